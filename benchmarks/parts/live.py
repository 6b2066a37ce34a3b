"""P2 and the time to a reply: the whole server with its real brain, a platform that sends to it and is sent to."""

import asyncio
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import percentile, report
from benchmarks.indexed import firm, indexed
from benchmarks.load import Caller, Target, wrap
from benchmarks.options import Options
from benchmarks.parts.webhook import serve
from benchmarks.questions import unique_question
from benchmarks.webhook_server import PATH, SECRET, TOKEN
from bots.telegram.routes import SECRET_HEADER
from tests.emulators.telegram import TelegramEmulator

WEBHOOKS_PER_S = 50
TURN_EVERY = 5
"""Every fifth webhook is a new text; the rest are edits, which are stored and never answered."""
PATIENCE_S = 20.0
_CALLERS = 16
_EDITED = 1


@dataclass
class Customers:
    """Sends at fixed times, however slow the answers are."""

    target: Target
    emulator: TelegramEmulator
    count: int = 0
    accepted: dict[int, float] = field(default_factory=dict)
    """When the 200 was there, by chat."""

    async def write(self, seconds: float, *, turns: bool) -> list[float]:
        """Milliseconds of every webhook."""
        free: asyncio.Queue[Caller] = asyncio.Queue()
        for _ in range(_CALLERS):
            free.put_nowait(Caller(self.target.port))
        began = time.monotonic()
        calls = []
        for number in range(int(seconds * WEBHOOKS_PER_S)):
            await asyncio.sleep(began + number / WEBHOOKS_PER_S - time.monotonic())
            asks = turns and number % TURN_EVERY == 0
            calls.append(asyncio.create_task(self._call(free, asks=asks)))
        took = list(await asyncio.gather(*calls))
        while not free.empty():
            free.get_nowait().close()
        return took

    async def wait(self, chats: Sequence[int]) -> list[float]:
        """Milliseconds from each chat's 200 to the moment when the platform had its first reply."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not all(self.emulator.seen(chat) for chat in chats):  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # the emulator lives in a thread of its own
        answered = {chat: self.emulator.seen(chat) for chat in chats}
        silent = [chat for chat, seen in answered.items() if not seen]
        if silent:
            raise RuntimeError(f"{len(silent)} of {len(chats)} had no reply within {PATIENCE_S:.0f} s")
        return [(seen[0].at - self.accepted[chat]) * 1000 for chat, seen in answered.items()]

    async def _call(self, free: asyncio.Queue[Caller], *, asks: bool) -> float:
        began = time.perf_counter()
        self.count += 1
        number = self.target.first + self.count
        chat = number if asks else _EDITED
        if asks:
            self.emulator.open_chat(chat)
        request = wrap(self.target, json.dumps(_update(number, chat, edit=not asks)).encode())
        caller = await free.get()
        status, _ = await caller.call(request)
        free.put_nowait(caller)
        if status != 200:
            raise RuntimeError(f"the webhook answered {status}")
        if asks:
            self.accepted[chat] = time.monotonic()
        return (time.perf_counter() - began) * 1000


def _update(number: int, chat: int, *, edit: bool) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "Olena", "language_code": "uk"}
    message: dict[str, object] = {
        "message_id": _EDITED if edit else number,
        "date": 1_780_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Olena"},
        "from": person,
        "text": unique_question(number),
    }
    if edit:
        return {"update_id": number, "edited_message": {**message, "edit_date": 1_780_000_001}}
    return {"update_id": number, "message": message}


def measure_live(options: Options) -> None:
    source = firm(quick=options.quick)
    seconds = 5.0 if options.quick else 15.0
    with tempfile.TemporaryDirectory() as place, TelegramEmulator(token=TOKEN) as emulator:
        folder = Path(place) / "data"
        shutil.copytree(indexed(source), folder)
        with serve("seller", folder, "0", emulator.base_url, str(source)) as port:
            customers = Customers(Target(port, PATH, SECRET_HEADER, SECRET, first=1_000_000), emulator)
            asyncio.run(_measure(customers, seconds, options.rounds))


async def _measure(customers: Customers, seconds: float, rounds: int) -> None:
    busy: list[float] = []
    idle: list[float] = []
    replied: list[float] = []
    await customers.write(2.0, turns=True)
    await customers.wait(list(customers.accepted))
    for _ in range(rounds):
        idle += await customers.write(seconds, turns=False)
        before = set(customers.accepted)
        busy += await customers.write(seconds, turns=True)
        replied += await customers.wait([chat for chat in customers.accepted if chat not in before])
    _tell_webhooks(busy, idle)
    p50, p95, p99 = (percentile(replied, share) for share in (0.5, 0.95, 0.99))
    report(
        f"reply at {WEBHOOKS_PER_S // TURN_EVERY} turns/s, accepted to sent, no quiet window",
        "p50 at most 80 ms, p95 250 ms",
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms of {len(replied)} replies",
        p50_ms=round(p50, 1),
        p95_ms=round(p95, 1),
        p99_ms=round(p99, 1),
        replies=len(replied),
    )


def _tell_webhooks(busy: list[float], idle: list[float]) -> None:
    p50, p99 = percentile(busy, 0.5), percentile(busy, 0.99)
    alone50, alone99 = percentile(idle, 0.5), percentile(idle, 0.99)
    report(
        f"P2 webhook at {WEBHOOKS_PER_S}/s beside {WEBHOOKS_PER_S // TURN_EVERY} turns/s",
        "p99 at most 50 ms",
        f"p99 {p99:.1f} ms (p50 {p50:.1f}) beside {alone99:.1f} ms (p50 {alone50:.1f}) without turns, "
        f"of {len(busy)} webhooks",
        p50_ms=round(p50, 2),
        p99_ms=round(p99, 2),
        p50_alone_ms=round(alone50, 2),
        p99_alone_ms=round(alone99, 2),
        webhooks=len(busy),
    )
