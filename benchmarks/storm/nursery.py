"""Where lives begin: forked from a process that has imported everything, or as wholly new processes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import psutil

from benchmarks.storm.life import Life, live

HERE = Path(__file__).resolve().parents[2]


class Child(Protocol):
    def kill(self) -> None: ...

    def wait(self) -> int:
        """The exit code; negative = the number of the signal that ended it."""
        ...


class Nursery:
    """Forks children on request, which saves a second of imports each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def bear(self, life: Life) -> Child:
        self._say(json.dumps(asdict(life)))
        return _Forked(self, int(self._hear()))

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def wait(self) -> int:
        return int(self._hear())

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


class _Forked:
    """The nursery waits for one child at a time."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self._pid = pid

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        return self._nursery.wait()


def bear_anew(life: Life) -> Child:
    """A whole new process, as after a crash of the machine's service."""
    return subprocess.Popen([sys.executable, "-m", __name__, json.dumps(asdict(life))], cwd=HERE)


def _run(life: Life) -> None:
    """What the program says goes into a file of its own."""
    spoken = os.open(Path(life.folder) / "spoken.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(spoken, stream)
    asyncio.run(live(life, psutil.Process().create_time()))


def _nurse() -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _run(Life(**json.loads(line)))
                code = 0
            finally:
                os._exit(code)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _run(Life(**json.loads(sys.argv[1])))
    else:
        _nurse()
