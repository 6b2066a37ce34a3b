"""P7 to P9: a turn costs the same in a long talk and in a full store, and a message takes little of the disk."""

import shutil
import statistics
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.contest import Contender
from benchmarks.figures import report
from benchmarks.multiply import multiply
from benchmarks.options import Options
from benchmarks.seller_loop import PRICE
from tests.servers import migrated_sqlite

MESSAGES = 1_000
_SAMPLE = 5


def measure_flat(options: Options) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _compare_lengths(folder / "length", options)
        small = folder / "small"
        _fill(small)
        big = folder / "big"
        shutil.copytree(small, big)
        messages = multiply(big, 10 if options.quick else 50)
        _compare_stores({"small": small, "big": big}, messages, options)


def _compare_lengths(folder: Path, options: Options) -> None:
    """An old talk and new ones in turn: five turns of the one, turns 2 to 6 of another."""
    folder.mkdir()
    seller = Contender("seller", folder)
    try:
        length = 0
        for wanted, goal in ((200, 1.15),) if options.quick else ((200, 1.15), (2_000, 1.3)):
            seller.drive(["long"], turns=wanted - length, at_once=1, text=PRICE)
            rounds = 10 if options.quick else 30
            old, new = [], []
            for number in range(rounds):
                old.append(seller.drive(["long"], turns=_SAMPLE, at_once=1, text=PRICE)["p50_ms"])
                fresh = [f"new-{wanted}-{number}"]
                new.append(seller.drive(fresh, turns=_SAMPLE + 1, at_once=1, text=PRICE)["early_ms"])
            length = wanted + rounds * _SAMPLE
            _tell_ratio(f"P7 turn {wanted} beside turn 2", f"at most {goal} x", old, new)
    finally:
        seller.close()


def _fill(folder: Path) -> None:
    """A thousand messages by real turns; what they take of the disk."""
    folder.mkdir()
    seller = Contender("seller", folder)
    seller.drive([f"filled-{number}" for number in range(MESSAGES // 10)], turns=5, at_once=8)
    seller.close()
    empty, full = migrated_sqlite().stat().st_size, (folder / "seller.db").stat().st_size
    each = (full - empty) / MESSAGES / 1024
    told = f"{each:.2f} kB with its turn, trace, events, lead and indexes"
    report("P9 disk a message", "at most 4 kB", told, kilobytes=round(each, 3), messages=MESSAGES)


def _compare_stores(folders: Mapping[str, Path], messages: int, options: Options) -> None:
    sellers = {name: Contender("seller", folder) for name, folder in folders.items()}
    seen: dict[str, list[float]] = {name: [] for name in sellers}
    try:
        for number in range(5 if options.quick else 20):
            talks = [f"look-{number}-{talk}" for talk in range(10)]
            for name, seller in sellers.items():
                seen[name].append(seller.drive(talks, turns=2, at_once=1)["p50_ms"])
    finally:
        for seller in sellers.values():
            seller.close()
    _tell_ratio(f"P8 {messages} messages beside {MESSAGES}", "at most 1.15 x", seen["big"], seen["small"])


def _tell_ratio(name: str, goal: str, much: list[float], little: list[float]) -> None:
    middle: Callable[[list[float]], float] = statistics.median
    times = middle([a / b for a, b in zip(much, little, strict=True)])
    told = f"p50 {middle(much):.2f} ms = {times:.2f} x {middle(little):.2f} ms"
    report(name, goal, told, times=round(times, 3), much_ms=round(middle(much), 3), little_ms=round(middle(little), 3))
