"""The signed webhook of a page at the rate of a busy day, while turns run, beside an empty FastAPI route."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.figures import percentile, report
from benchmarks.indexed import firm, indexed
from benchmarks.load import Caller, Target, wrap
from benchmarks.options import Options
from benchmarks.parts.webhook import serve
from benchmarks.questions import unique_question
from benchmarks.webhook_server import NOWHERE, PATH
from bots.meta.signature import HEADER, sign
from bots.meta.webhook import WEBHOOK_PATH
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_events import body, envelope, message, write
from tests.emulators.meta_state import APP_SECRET, MetaState
from tests.emulators.moving_clock import MovingClock

WEBHOOKS_PER_S = 50
TURN_EVERY = 5
"""Every fifth webhook is a new person's text; the rest are edits, which are stored and never answered."""
PATIENCE_S = 20.0
GOAL_P95_MS = 50
_CALLERS = 16
_EDITED = "m_edited"


@dataclass
class Crowd:
    """Sends at fixed times, however slow the answers are."""

    target: Target
    emulator: MetaEmulator
    count: int = 0
    asked: list[str] = field(default_factory=list)

    async def write(self, seconds: float) -> list[float]:
        """Milliseconds of every webhook."""
        free: asyncio.Queue[Caller] = asyncio.Queue()
        for _ in range(_CALLERS):
            free.put_nowait(Caller(self.target.port))
        began = time.monotonic()
        calls = []
        for number in range(int(seconds * WEBHOOKS_PER_S)):
            await asyncio.sleep(began + number / WEBHOOKS_PER_S - time.monotonic())
            calls.append(asyncio.create_task(self._call(free, self._request(asks=number % TURN_EVERY == 0))))
        took = list(await asyncio.gather(*calls))
        while not free.empty():
            free.get_nowait().close()
        return took

    async def wait(self) -> None:
        """Until everybody who asked has an answer."""
        until = time.monotonic() + PATIENCE_S
        while silent := [person for person in self.asked if not self.emulator.seen(person)]:
            if time.monotonic() > until:
                raise RuntimeError(f"{len(silent)} of {len(self.asked)} had no reply within {PATIENCE_S:.0f} s")
            await asyncio.sleep(0.02)
        self.asked.clear()

    def _request(self, *, asks: bool) -> bytes:
        self.count += 1
        person = str(7_000_000_000 + (self.count if asks else 0))
        self.emulator.open_chat(person)
        if asks:
            self.asked.append(person)
            event: dict[str, Any] = message(unique_question(self.count), mid=f"m_{self.count}", sender=person)
        else:
            changed = {"mid": _EDITED, "text": unique_question(self.count), "num_edit": self.count}
            event = envelope(sender=person, message_edit=changed)
        raw = write(body({**event, "timestamp": self.emulator.state.stamp}))
        return wrap(replace(self.target, secret=sign(raw, APP_SECRET)), raw)

    async def _call(self, free: asyncio.Queue[Caller], request: bytes) -> float:
        began = time.perf_counter()
        caller = await free.get()
        status, _ = await caller.call(request)
        free.put_nowait(caller)
        if status != 200:
            raise RuntimeError(f"the webhook answered {status}")
        return (time.perf_counter() - began) * 1000


def measure_meta(options: Options) -> None:
    source = firm(quick=options.quick)
    seconds = 5.0 if options.quick else 15.0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        emulator = stack.enter_context(MetaEmulator(MetaState(clock=MovingClock(None)), echoes=False))
        shutil.copytree(indexed(source), folder)
        empty = stack.enter_context(serve("empty", folder))
        seller = stack.enter_context(serve("seller", folder, "0", NOWHERE, str(source), emulator.base_url))
        asyncio.run(_measure(_crowds(emulator, seller, empty), seconds, options.rounds))


def _crowds(emulator: MetaEmulator, seller: int, empty: int) -> Callable[[str], Crowd]:
    known = {
        "seller": Crowd(Target(seller, WEBHOOK_PATH, HEADER, "", first=0), emulator),
        "empty": Crowd(Target(empty, PATH, HEADER, "", first=0), emulator),
    }
    return known.__getitem__


async def _measure(crowd: Callable[[str], Crowd], seconds: float, rounds: int) -> None:
    took: dict[str, list[float]] = {"seller": [], "empty": []}
    await crowd("seller").write(2.0)
    await crowd("seller").wait()
    for _ in range(rounds):
        took["empty"] += await crowd("empty").write(seconds)
        took["seller"] += await crowd("seller").write(seconds)
        await crowd("seller").wait()
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    ours, empty = ({k: percentile(took[name], share) for k, share in shares.items()} for name in ("seller", "empty"))
    report(
        f"signed Meta webhook at {WEBHOOKS_PER_S}/s beside {WEBHOOKS_PER_S // TURN_EVERY} turns/s",
        f"p95 at most {GOAL_P95_MS} ms",
        f"p50 {ours['p50']:.1f}, p95 {ours['p95']:.1f}, p99 {ours['p99']:.1f} ms beside an empty FastAPI route's "
        f"{empty['p50']:.1f}, {empty['p95']:.1f}, {empty['p99']:.1f} ms, of {len(took['seller'])} webhooks each",
        ours_ms={name: round(value, 2) for name, value in ours.items()},
        empty_ms={name: round(value, 2) for name, value in empty.items()},
        webhooks=len(took["seller"]),
    )
