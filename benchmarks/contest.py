"""Contenders in processes of their own, driven in turn, so that each round meets the same weather."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("contender.py")
TEXT = "Скільки коштує доставка двох пар у Львів і чи є 43 розмір?"


@dataclass(frozen=True, slots=True)
class Peers:
    """Where other people's loops are, and the Python that can run them."""

    folder: Path
    python: Path


class Contender:
    """`more` is what a loop of ours wants to know besides its folder."""

    def __init__(self, name: str, folder: Path, peers: Peers | None = None, more: Sequence[str] = ()) -> None:
        python = str(peers.python) if peers else sys.executable
        more = [str(peers.folder)] if peers else more
        self.folder = folder
        self._process = subprocess.Popen(
            [python, str(SCRIPT), name, str(folder), *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._hear()

    def drive(self, talks: Sequence[str], *, turns: int, at_once: int, text: str = TEXT) -> dict[str, float]:
        assert self._process.stdin
        order = {"talks": list(talks), "turns": turns, "at_once": at_once, "text": text}
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return dict(self._hear())

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _hear(self) -> Any:
        """Libraries talk as well: ours are the lines that are JSON objects."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()}")


@contextmanager
def enter(names: Mapping[str, Peers | None]) -> Iterator[dict[str, Contender]]:
    with tempfile.TemporaryDirectory() as place:
        contenders = {}
        for name, peers in names.items():
            folder = Path(place) / name
            folder.mkdir()
            contenders[name] = Contender(name, folder, peers)
        try:
            yield contenders
        finally:
            for contender in contenders.values():
                contender.close()


@dataclass(frozen=True, slots=True)
class Load:
    """Of one round: so many talks with so many turns each, `at_once` talks at a time."""

    talks: int
    turns: int
    at_once: int
    text: str = TEXT


def alternate(
    contenders: Mapping[str, Contender], load: Load, *, rounds: int, mark: str = ""
) -> dict[str, list[dict[str, float]]]:
    """One round of each after the other, then the next round. A first short round warms everybody up. `mark` keeps
    the talks of two loads apart."""
    at_once, text = load.at_once, load.text
    for contender in contenders.values():
        contender.drive([f"warm-{mark}{at_once}-{n}" for n in range(at_once)], turns=2, at_once=at_once, text=text)
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in contenders}
    for number in range(rounds):
        names = [f"talk-{mark}{at_once}-{number}-{talk}" for talk in range(load.talks)]
        for name, contender in contenders.items():
            seen[name].append(contender.drive(names, turns=load.turns, at_once=at_once, text=text))
    return seen


def ratio(ours: Sequence[Mapping[str, float]], theirs: Sequence[Mapping[str, float]], figure: str) -> float:
    """The median over the rounds of ours by theirs."""
    return statistics.median(a[figure] / b[figure] for a, b in zip(ours, theirs, strict=True))
