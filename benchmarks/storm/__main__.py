"""Kills, redeliveries and faults in full size: `python -m benchmarks.storm`. Exits with 1 when anything broke."""

import argparse
import asyncio
import json
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog

from benchmarks.storm.faults import Size, run_fault_storm
from benchmarks.storm.kills import KillReport, kill_at_every_boundary, kill_at_random
from benchmarks.storm.nursery import Nursery, bear_anew
from benchmarks.storm.pairs import Moment, send_pairs
from benchmarks.storm.platforms import Crowd, as_figures, run_platform_storm
from benchmarks.storm.redelivery import redeliver
from tests.servers import fresh_postgres, migrated_postgres

Part = Callable[[argparse.Namespace, Path], tuple[int, dict[str, Any]]]
"""-> (faults, figures)"""

TOLD_EVERY = 20


def random_kills(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    """Whole new processes, so that the time to the first resumed turn is a real one."""
    report = kill_at_random(folder / "kills", bear_anew, kills=options.kills, seed=options.seed, progress=_tell_kills)
    return report.verdict.faults, {"kills": report.kills, **report.verdict.as_dict(), **_resumption(report)}


def boundary_kills(_options: argparse.Namespace, _folder: Path) -> tuple[int, dict[str, Any]]:
    with Nursery() as nursery:
        reports = kill_at_every_boundary(nursery.bear, messages=2, deaths_of_recovery=4, progress=_tell_kills)
    verdicts = [report.verdict.as_dict() for report in reports]
    sums = {name: sum(verdict[name] for verdict in verdicts) for name in verdicts[0]}
    kills = sum(report.kills for report in reports)
    faults = sum(report.verdict.faults for report in reports)
    return faults, {"conversations": len(reports), "kills": kills, **sums}


def _tell_kills(kills: int) -> None:
    if kills % TOLD_EVERY == 0:
        print(f"... {kills} kills", file=sys.stderr, flush=True)


def redelivery(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    report = asyncio.run(redeliver(folder, updates=300, chats=30, seed=options.seed))
    faults = report.second_replies + report.verdict.faults
    counts = {"updates": 300, "redelivered": report.redelivered, "second_replies": report.second_replies}
    return faults, {**counts, **report.verdict.as_dict()}


def pairs(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    return _pairs_of_each_moment(options, folder, None)


def pairs_on_postgresql(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    with fresh_postgres(migrated_postgres()) as url:
        return _pairs_of_each_moment(options, folder, url)


def _pairs_of_each_moment(options: argparse.Namespace, folder: Path, url: str | None) -> tuple[int, dict[str, Any]]:
    found, figures = 0, {}
    for moment in Moment:
        report = asyncio.run(send_pairs(folder, moment, pairs=options.pairs, seed=options.seed, database_url=url))
        found += report.faults
        figures[moment.value] = asdict(report)
    return found, figures


def faults(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    return _fault_rounds(options, folder, None)


def faults_of_two_processes(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    with fresh_postgres(migrated_postgres()) as url:
        return _fault_rounds(options, folder, url)


def _fault_rounds(options: argparse.Namespace, folder: Path, url: str | None) -> tuple[int, dict[str, Any]]:
    size = Size(chats=40, messages=options.messages)
    processes = 2 if url else 1
    report = asyncio.run(run_fault_storm(folder, size, seed=options.seed, database_url=url, processes=processes))
    figures = {name: value for name, value in asdict(report).items() if name != "verdict"}
    return report.faults, {**figures, **report.verdict.as_dict()}


def platforms(options: argparse.Namespace, folder: Path) -> tuple[int, dict[str, Any]]:
    """Ten messages of each person."""
    report = asyncio.run(run_platform_storm(folder, Crowd(options.people, 10), seed=options.seed))
    return report.faults, as_figures(report)


def _resumption(report: KillReport) -> dict[str, float]:
    if not report.resumptions:
        return {}
    births = sorted(one.since_birth for one in report.resumptions)
    starts = sorted(one.since_imports for one in report.resumptions)
    return {
        "resumed_s_since_birth": statistics.median(births),
        "slowest_since_birth": births[-1],
        "resumed_s_since_imports": statistics.median(starts),
        "slowest_since_imports": starts[-1],
    }


COLUMNS = ("kills", "accepted", "lost", "doubled", "out of order", "unanswered", "untrue", "unconfirmed")

PARTS: dict[str, Part] = {
    "random kills": random_kills,
    "kills at every boundary": boundary_kills,
    "redelivery": redelivery,
    "pairs": pairs,
    "pairs on PostgreSQL": pairs_on_postgresql,
    "faults": faults,
    "faults, two processes on PostgreSQL": faults_of_two_processes,
    "platforms": platforms,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.storm")
    parser.add_argument("--only", choices=sorted(PARTS))
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=100, help="a conversation, in the fault storms")
    parser.add_argument("--people", type=int, default=1000, help="on the three platforms, ten messages each")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # of the libraries: each scripted fault would be told at length
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print(f"seed {options.seed}", flush=True)
    found = {name: _run(name, part, options) for name, part in PARTS.items() if options.only in (None, name)}
    print(table(found))
    return 1 if any(faults for faults, _ in found.values()) else 0


def table(found: Mapping[str, tuple[int, Mapping[str, Any]]]) -> str:
    """One line a storm; a dash where it does not count such a thing. A doubled reply is never an unconfirmed one."""
    width = max(len(name) for name in found)
    lines = ["  ".join([" " * width, "faults", *COLUMNS])]
    for name, (faults, figures) in found.items():
        shown = [str(figures.get(column.replace(" ", "_"), "-")).rjust(len(column)) for column in COLUMNS]
        lines.append("  ".join([name.ljust(width), str(faults).rjust(6), *shown]))
    return "\n".join(lines)


def _run(name: str, part: Part, options: argparse.Namespace) -> tuple[int, dict[str, Any]]:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found, figures = part(options, Path(folder))
    took = round(time.perf_counter() - started, 1)
    print(json.dumps({"storm": name, "seed": options.seed, "took_s": took, **figures}), flush=True)
    shown = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in figures.items())
    print(f"{name}: {'all in order' if not found else f'{found} FAULTS'} ({shown}; {took} s)", flush=True)
    return found, figures


if __name__ == "__main__":
    sys.exit(main())
