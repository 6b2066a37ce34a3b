"""Contenders in processes of their own, driven in turn, so that each round meets the same weather."""

import json
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
    def __init__(self, name: str, folder: Path, peers: Peers | None = None) -> None:
        python = str(peers.python) if peers else sys.executable
        more = [str(peers.folder)] if peers else []
        self.folder = folder
        self._process = subprocess.Popen(
            [python, str(SCRIPT), name, str(folder), *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._hear()

    def drive(self, talks: Sequence[str], *, turns: int, at_once: int) -> dict[str, float]:
        assert self._process.stdin
        order = {"talks": list(talks), "turns": turns, "at_once": at_once, "text": TEXT}
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


def alternate(
    contenders: Mapping[str, Contender], *, rounds: int, talks: int, turns: int, at_once: int
) -> dict[str, list[dict[str, float]]]:
    """One round of each after the other, then the next round. A first short round warms everybody up."""
    for contender in contenders.values():
        contender.drive([f"warm-{at_once}-{number}" for number in range(at_once)], turns=2, at_once=at_once)
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in contenders}
    for number in range(rounds):
        names = [f"talk-{at_once}-{number}-{talk}" for talk in range(talks)]
        for name, contender in contenders.items():
            seen[name].append(contender.drive(names, turns=turns, at_once=at_once))
    return seen
