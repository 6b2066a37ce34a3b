"""Every scripted talk of buyers and partners on every platform: `python -m benchmarks.scripts`. Exits with 1 when one
does not go as it should."""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
import yaml

from benchmarks.scripts.lines import CHANNELS, connect, plays_on
from bots.evaluation.dialogues import play
from bots.evaluation.request import Request
from bots.evaluation.stand import open_stand
from bots.evaluation.talk_rules import find_failures

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def load_talks() -> list[dict[str, Any]]:
    files = sorted((ROOT / "tests" / "conversations").glob("*.yaml"))
    return [talk for file in files for talk in yaml.safe_load(file.read_text(encoding="utf-8"))]


async def run(channels: tuple[str, ...], only: str | None, *, own_names: bool = False, login: bool = False) -> int:
    """The number of talks that failed."""
    talks = [talk for talk in load_talks() if only is None or only in talk["id"]]
    passed: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    request = Request(ROOT / "examples" / "kavomir", NOON)
    async with open_stand(request) as stand, connect(stand, own_names=own_names, login=login) as platforms:
        for channel in channels:
            expected = stand.app.firms.firm.audiences.get(channel) if own_names else None
            fitting = [talk for talk in talks if talk.get("expects") in (None, expected) and plays_on(talk, channel)]
            for talk in fitting:
                stand.clock.advance(NOON - stand.clock.now())
                line = platforms.line(channel, talk)
                failures = find_failures(talk["expected"], await play(stand, talk, line))
                kind = (channel, f"{talk['language']} {talk.get('role', 'buyer')}")
                total[kind] += 1
                passed[kind] += not failures
                if failures or not line.seen():
                    print(f"{channel} {talk['id']}: {failures or 'nothing was seen'}", flush=True)
    for kind in sorted(total):
        print(f"{kind[0]:<10} {kind[1]:<11} {passed[kind]}/{total[kind]}")
    print(f"{passed.total()}/{total.total()} talks went as they should")
    return total.total() - passed.total()


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.scripts")
    parser.add_argument("--channel", choices=CHANNELS)
    parser.add_argument("--only", help="a part of the talk's id")
    parser.add_argument("--expecting", action="store_true", help="whom the firm expects on each channel counts")
    parser.add_argument("--login", action="store_true", help="Instagram by its own login instead of by a page")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    started = time.perf_counter()
    channels = (options.channel,) if options.channel else CHANNELS
    failed = asyncio.run(run(channels, options.only, own_names=options.expecting, login=options.login))
    print(f"({time.perf_counter() - started:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
