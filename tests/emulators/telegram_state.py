"""What one emulated bot of Telegram remembers. Every method may be called from any thread."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.moving_clock import MovingClock
from tests.emulators.screens import Bubble, Screens
from tests.emulators.signal import Signal
from tests.emulators.telegram_updates import BOT, DATE, Json
from tests.emulators.weather import Weather

TOKEN = "100:" + "A" * 35


@dataclass(frozen=True)
class Seen:
    """One message as the person saw it."""

    chat_id: int
    message_id: int
    method: str
    text: str
    at: float
    """Seconds of the monotonic clock."""
    buttons: tuple[tuple[Json, ...], ...] = ()
    keyboard: tuple[tuple[Json, ...], ...] = ()
    media: str | None = None
    business: str | None = None

    def as_json(self) -> Json:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(eq=False)
class Waiting:
    """An update that was not taken yet. `not_before` holds it back, `attempts` counts webhook deliveries."""

    update: Json
    not_before: float = 0.0
    attempts: int = 0
    in_flight: bool = False


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


@dataclass
class TelegramState:
    token: str = TOKEN
    bot: Json = field(default_factory=lambda: dict(BOT))
    clock: MovingClock = field(default_factory=lambda: MovingClock(DATE))
    weather: Weather = field(default_factory=Weather)
    screens: Screens = field(default_factory=Screens)
    queue: list[Waiting] = field(default_factory=list)
    history: dict[int, Json] = field(default_factory=dict)
    offsets: list[int] = field(default_factory=list)
    """Every offset that getUpdates was asked with."""
    allowed: tuple[str, ...] = ()
    webhook: Webhook = field(default_factory=Webhook)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    """By part and language."""
    seen: list[Seen] = field(default_factory=list)
    typing: list[int] = field(default_factory=list)
    callbacks: dict[str, str] = field(default_factory=dict)
    """open, answered or expired, by callback id."""
    chats: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    connections: dict[str, bool] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    deliveries: list[tuple[int, int]] = field(default_factory=list)
    """(update id, HTTP status) of every webhook delivery, 0 when nobody answered."""
    pollers: int = 0
    """Grows with every getUpdates: an older one that still waits has been replaced."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    arrived: Signal = field(default_factory=Signal)
    _next_update: int = 1
    _next_message: int = 1000

    def number_update(self) -> int:
        with self.lock:
            self._next_update += 1
            return self._next_update - 1

    def number_message(self) -> int:
        with self.lock:
            self._next_message += 1
            return self._next_message

    def enqueue(self, update: Mapping[str, Any], delay: float = 0.0) -> int:
        """Put an update in line; without an id it gets the next one."""
        with self.lock:
            full = dict(update)
            full.setdefault("update_id", self.number_update())
            update_id = int(full["update_id"])
            self._next_update = max(self._next_update, update_id + 1)
            self.history[update_id] = full
            now = time.monotonic()
            self.queue.extend(Waiting(full, now + delay + hold) for hold in self.weather.holds())
        self.arrived.notify()
        return update_id

    def due(self, limit: int) -> list[Json]:
        with self.lock:
            now = time.monotonic()
            return [waiting.update for waiting in self.queue if waiting.not_before <= now][:limit]

    def confirm(self, offset: int) -> None:
        """Forget everything below `offset`; a negative one keeps that many from the end."""
        with self.lock:
            self.offsets.append(offset)
            if offset < 0:
                self.queue = self.queue[offset:]
            else:
                self.queue = [waiting for waiting in self.queue if waiting.update["update_id"] >= offset]

    def see(self, seen: Seen) -> None:
        with self.lock:
            self.seen.append(seen)
        self.screens.show(seen.chat_id, _as_bubble(seen))
        self.arrived.notify()


def _as_bubble(seen: Seen) -> Bubble:
    buttons = [button for row in (*seen.buttons, *seen.keyboard) for button in row]
    return Bubble(
        False,
        seen.text,
        taps=tuple(str(button["text"]) for button in buttons if "url" not in button),
        links=tuple((str(button["text"]), str(button["url"])) for button in buttons if "url" in button),
        media=f"{seen.method.removeprefix('send')}: {seen.media}" if seen.media is not None else None,
    )
