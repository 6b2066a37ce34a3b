"""What a loopback page or Instagram account knows: who may be written to, and what they saw."""

import threading
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.moving_clock import MovingClock
from tests.emulators.screens import Screens
from tests.emulators.signal import Signal

APP_SECRET = "0123456789abcdef0123456789abcdef"
VERIFY_TOKEN = "verify-me"
TOKEN = "page-token-of-the-emulator-that-is-long-enough"
PAGE = "100200300400500"
PERSON = "7000000000000007"
INSTAGRAM_ACCOUNT = "17841400000000000"
DAY = 24 * 3600.0
START = 1_790_000_000.0
NEVER = float("-inf")


@dataclass(frozen=True)
class Seen:
    """One message as the person saw it."""

    mid: str
    recipient: str
    message: dict[str, Any]

    @property
    def text(self) -> str:
        payload = self._payload
        return str(self.message.get("text") or payload.get("text") or "")

    @property
    def taps(self) -> list[dict[str, Any]]:
        """The buttons under it, as they were sent."""
        return [*self._payload.get("buttons", ()), *(self.message.get("quick_replies") or ())]

    @property
    def _payload(self) -> dict[str, Any]:
        found = (self.message.get("attachment") or {}).get("payload")
        return found if isinstance(found, dict) else {}

    def as_json(self) -> dict[str, Any]:
        return {"mid": self.mid, "recipient": self.recipient, "message": self.message}


@dataclass
class Comment:
    """What a person wrote in public; one private message may answer it."""

    person: str
    at: float
    is_answered: bool = False


@dataclass
class MetaState:
    """`kind` is the webhook's object. A person may be answered for a day after `wrote_at`; NEVER is one whose words
    opened no window."""

    kind: str = "page"
    node: str = PAGE
    token: str = TOKEN
    app_secret: str = APP_SECRET
    proof_is_optional: bool = False
    clock: MovingClock = field(default_factory=lambda: MovingClock(START))
    wrote_at: dict[str, float] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    """People whose thread another application holds."""
    blocked: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """Addresses of the files that are kept, by their ids."""
    screens: Screens = field(default_factory=Screens)
    actions: list[tuple[str, str]] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)
    is_subscribed: bool = True
    """An account that nobody answered for too long is not told anything until it subscribes again."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    arrived: Signal = field(default_factory=Signal)
    mids: int = 0

    @property
    def now(self) -> float:
        return self.clock.now()

    @property
    def stamp(self) -> int:
        """As webhooks write the time: milliseconds."""
        return int(self.now * 1000)

    def number(self) -> str:
        with self.lock:
            self.mids += 1
            return f"m_{self.node}_{self.mids}"

    def open_window(self, person: str) -> None:
        with self.lock:
            self.wrote_at[person] = self.now
