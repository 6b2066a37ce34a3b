"""Speed and memory beside their references: `python -m benchmarks.run [--only NAME] [--quick]`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.contest import Peers
from benchmarks.options import Options
from benchmarks.parts.turns import measure_turns
from benchmarks.parts.webhook import measure_webhook

PARTS: dict[str, Callable[[Options], None]] = {
    "webhook": measure_webhook,
    "turns": measure_turns,
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
            part(options)


if __name__ == "__main__":
    main()
