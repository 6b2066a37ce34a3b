"""P1: how many webhooks a second are stored and then answered, beside an empty FastAPI route."""

import contextlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import median_of, report
from benchmarks.load import HERE, Target, press
from benchmarks.options import Options
from benchmarks.webhook_server import PATH, SECRET
from bots.telegram.routes import SECRET_HEADER

GOALS = {32: 0.40, 1: 0.25}
APART = 10_000_000
"""Update numbers between two runs."""


@contextlib.contextmanager
def serve(kind: str, folder: Path, *more: str) -> Iterator[int]:
    """The port of a server of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    order = [sys.executable, "-m", "benchmarks.webhook_server", kind, str(folder), str(port), *more]
    process = subprocess.Popen(order, cwd=HERE)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise RuntimeError("the server does not listen")


def measure_webhook(options: Options) -> None:
    seconds = 1.0 if options.quick else 3.0
    with (
        tempfile.TemporaryDirectory() as folder,
        serve("empty", Path(folder)) as empty,
        serve("seller", Path(folder)) as seller,
    ):
        run = 0
        for connections, goal in GOALS.items():
            rounds: dict[str, list[dict[str, float]]] = {"seller": [], "empty": []}
            commits = _commits(seller)
            answered = 0.0
            for _ in range(options.rounds):
                for name, port in (("empty", empty), ("seller", seller)):
                    run += 1
                    target = Target(port, PATH, SECRET_HEADER, SECRET, first=run * APART)
                    measured = press(target, connections=connections, seconds=seconds)
                    rounds[name].append({"per_s": measured.per_s, "p50_ms": measured.p50_ms, "p99_ms": measured.p99_ms})
                    if measured.wrong:
                        raise RuntimeError(f"{measured.wrong} of the answers were no 200")
                    answered += measured.per_s * seconds if name == "seller" else 0
            grouped = (_commits(seller) - commits) / answered
            _tell(connections, goal, rounds, grouped, measured.by)


def _tell(connections: int, goal: float, rounds: dict[str, list[dict[str, float]]], commits: float, by: str) -> None:
    pairs = zip(rounds["seller"], rounds["empty"], strict=True)
    times = median_of([{"x": ours["per_s"] / empty["per_s"]} for ours, empty in pairs])["x"]
    ours, empty = median_of(rounds["seller"]), median_of(rounds["empty"])
    report(
        f"P1 webhook, {connections} connections",
        f"{goal} x an empty FastAPI route",
        f"{ours['per_s']:.0f}/s = {times:.2f} x empty ({empty['per_s']:.0f}/s), p99 {ours['p99_ms']:.1f} ms beside "
        f"{empty['p99_ms']:.1f}, {commits:.2f} commits a webhook, by {by}",
        times=round(times, 3),
        seller=ours,
        empty=empty,
        commits_a_webhook=round(commits, 3),
        by=by,
    )


def _commits(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        found = re.search(r"^seller_commits\S* ([\d.e+]+)", answer.read().decode(), re.M)
    return int(float(found[1])) if found else 0
