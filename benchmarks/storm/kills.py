"""SIGKILL at random moments under load, and at every boundary of a short conversation."""

import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.storm.life import Life
from benchmarks.storm.logbook import Logbook
from benchmarks.storm.nursery import Child
from benchmarks.storm.verify import Verdict, verify
from core.storage.database import build_engine
from core.storage.migrate import migrate

Bear = Callable[[Life], Child]
SIGKILLED = -9


@dataclass(frozen=True, slots=True)
class Resumption:
    """Seconds until the first open conversation was visited: since the process began, and since it had imported."""

    since_birth: float
    since_imports: float


@dataclass(frozen=True, slots=True)
class KillReport:
    kills: int
    verdict: Verdict
    resumptions: tuple[Resumption, ...]
    """One for each life that found something open."""


Progress = Callable[[int], None]
"""Is told how many kills there were so far."""


def _silently(_kills: int) -> None:
    return


def kill_at_random(
    folder: Path, bear: Bear, *, kills: int, seed: int, longest: float = 0.8, progress: Progress = _silently
) -> KillReport:
    """Kill, start again, kill ...; at last let it live until all that was offered is answered."""
    dice = random.Random(seed)
    _prepare(folder)
    life = Life(str(folder), seed=seed)
    for number in range(kills):
        child = bear(replace(life, seed=seed + number))
        _wait_for_life(folder, number + 1, child)
        time.sleep(dice.random() * longest)
        child.kill()
        child.wait()
        progress(number + 1)
    _live_to_the_end(bear, replace(life, messages=0))
    return KillReport(kills, judge(folder), _resumptions(folder))


def kill_at_every_boundary(
    bear: Bear,
    *,
    messages: int,
    deaths_of_recovery: int = 0,
    repeats: bool = False,
    progress: Progress = _silently,
) -> list[KillReport]:
    """One conversation, killed at its first boundary, then anew at its second, until none is left. With
    `deaths_of_recovery` the life after it is killed at each of its first boundaries as well."""
    reports = []
    calm = Life("", seed=0, chats=1, duplicates=0, slow=0, one_by_one=True)
    with tempfile.TemporaryDirectory() as place:
        _prepare(Path(place) / "empty")
        for second in (None, *range(1, deaths_of_recovery + 1)):
            for boundary in itertools.count(1):
                folder = Path(place) / f"{boundary}-{second}"
                shutil.copytree(Path(place) / "empty", folder)
                life = replace(calm, folder=str(folder), seed=boundary, messages=messages, repeats=repeats)
                report = _die_once(folder, bear, life, boundary, second)
                if report is None:
                    break
                reports.append(report)
                progress(sum(one.kills for one in reports))
    return reports


def _die_once(folder: Path, bear: Bear, life: Life, boundary: int, second: int | None) -> KillReport | None:
    if bear(replace(life, die_at=boundary)).wait() != SIGKILLED:
        return None
    kills = 1
    if second is not None and bear(replace(life, die_at=second)).wait() == SIGKILLED:
        kills = 2
    _live_to_the_end(bear, life)
    return KillReport(kills, judge(folder), _resumptions(folder))


def _live_to_the_end(bear: Bear, life: Life) -> None:
    code = bear(life).wait()
    if code != 0:
        spoken = Path(life.folder) / "spoken.log"
        raise RuntimeError(f"the last life ended with {code}: {spoken.read_text()[-2000:]}")


def judge(folder: Path) -> Verdict:
    log = Logbook(folder)
    engine = build_engine(f"sqlite:///{folder / 'seller.db'}")
    try:
        with engine.connect() as conn:
            return verify(conn, set(log.lines("accepted")), list(log.seen()))
    finally:
        engine.dispose()


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    engine = build_engine(f"sqlite:///{folder / 'seller.db'}")
    migrate(engine)
    engine.dispose()


def _wait_for_life(folder: Path, count: int, child: Child, limit: float = 60.0) -> None:
    """Until that many lives have said that they are up."""
    started = time.monotonic()
    while sum(line.startswith("up") for line in Logbook(folder).lines("lives")) < count:
        if time.monotonic() - started > limit:
            child.kill()
            spoken = folder / "spoken.log"
            raise RuntimeError(f"a life did not begin: {spoken.read_text()[-2000:] if spoken.exists() else ''}")
        time.sleep(0.005)


def _resumptions(folder: Path) -> tuple[Resumption, ...]:
    lines = [line.split() for line in Logbook(folder).lines("lives")]
    return tuple(Resumption(float(line[2]), float(line[3])) for line in lines if line[0] == "resumed")
