"""Speed and memory beside their references: `python -m benchmarks.run [--only NAME] [--quick]`."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.contest import Peers
from benchmarks.options import Options
from benchmarks.parts.failing import measure_failing
from benchmarks.parts.flat import measure_flat
from benchmarks.parts.live import measure_live
from benchmarks.parts.meta import measure_meta
from benchmarks.parts.pairs import measure_pairs
from benchmarks.parts.start import measure_start
from benchmarks.parts.thinking import measure_thinking
from benchmarks.parts.turns import measure_turns
from benchmarks.parts.webhook import measure_webhook

PARTS: dict[str, Callable[[Options], None]] = {
    "webhook": measure_webhook,
    "turns": measure_turns,
    "flat": measure_flat,
    "pairs": measure_pairs,
    "thinking": measure_thinking,
    "live": measure_live,
    "meta": measure_meta,
    "start": measure_start,
    "failing": measure_failing,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.run")
    parser.add_argument("--only", choices=sorted(PARTS))
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a look")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="folder with a peer_loops.py that defines PEERS")
    parser.add_argument("--peer-python", type=Path, help="a Python that has what the peers need")
    given = parser.parse_args()
    peers = Peers(given.peers, given.peer_python) if given.peers and given.peer_python else None
    options = Options(rounds=given.rounds, quick=given.quick, peers=peers)
    for name, part in PARTS.items():
        if given.only in (None, name):
            started = time.perf_counter()
            part(options)
            print(f"({name}: {time.perf_counter() - started:.0f} s)", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
