"""P12: how long a start takes, and how much memory the program then holds."""

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.figures import report
from benchmarks.indexed import firm, indexed
from benchmarks.load import HERE
from benchmarks.options import Options

SELLER = (sys.executable, "-c", "from bots.cli import main; main()")
TOO_LONG = 120.0


def measure_start(options: Options) -> None:
    times = 2 if options.quick else 5
    helped = [_time_help() for _ in range(times)]
    report("P12 seller --help", "at most 0.6 s", f"{statistics.median(helped):.2f} s", seconds=_rounded(helped))
    source = firm(quick=options.quick)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        shutil.copytree(indexed(source), folder)
        started = [_start(source, folder) for _ in range(times)]
    seconds, fresh, talked = ([one[figure] for one in started] for figure in range(3))
    ready, then, later = (statistics.median(samples) for samples in (seconds, fresh, talked))
    report(
        "P12 warm start to the first 200",
        "at most 5 s, better 4; 700 MB, better 600, without speech",
        f"{ready:.2f} s; {then:.0f} MB then, {later:.0f} MB after the first reply",
        seconds=_rounded(seconds),
        megabytes=_rounded(fresh),
        megabytes_after_a_reply=_rounded(talked),
    )


def _time_help() -> float:
    began = time.perf_counter()
    subprocess.run([*SELLER, "--help"], cwd=HERE, check=True, capture_output=True)
    return time.perf_counter() - began


def _start(source: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds to the first 200, MB resident then, and MB after a first reply."""
    began = time.perf_counter()
    with _serve(source, folder) as (at, process):
        _wait_for(f"{at}/healthz", "status")
        took, fresh = time.perf_counter() - began, _resident(process)
        visitor = f"bench{time.time_ns()}"
        body = '{"text": "Скільки днів іде доставка у Львів?"}'.encode()
        chat = f"{at}/api/v1/webchat/{visitor}/messages"
        asked = urllib.request.Request(chat, body, {"Content-Type": "application/json"})
        urllib.request.urlopen(asked).close()
        _wait_for(chat, '"out"')
        return took, fresh, _resident(process)


@contextlib.contextmanager
def _serve(source: Path, folder: Path) -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    order = [*SELLER, "run", "--firm", str(source), "--data", str(folder), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("_KEY", "_TOKEN", "_URL"))}
    process = subprocess.Popen(order, cwd=HERE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, words: str) -> None:
    began = time.perf_counter()
    while time.perf_counter() - began < TOO_LONG:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.02)
    raise RuntimeError(f"{url} did not say {words} within {TOO_LONG:.0f} s")


def _resident(process: int) -> float:
    return float(psutil.Process(process).memory_info().rss) / 2**20


def _rounded(samples: list[float]) -> list[float]:
    return [round(sample, 3) for sample in samples]
