"""What a loopback page or Instagram account knows: who may be written to, and what they saw."""

import threading
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.signal import Signal

APP_SECRET = "0123456789abcdef0123456789abcdef"
VERIFY_TOKEN = "verify-me"
TOKEN = "page-token-of-the-emulator-that-is-long-enough"
PAGE = "100200300400500"
PERSON = "7000000000000007"
DAY = 24 * 3600.0


@dataclass(frozen=True)
class Seen:
    """One message as the person saw it."""

    mid: str
    recipient: str
    message: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    def as_json(self) -> dict[str, Any]:
        return {"mid": self.mid, "recipient": self.recipient, "message": self.message}


@dataclass
class MetaState:
    """`kind` is the webhook's object. `now` (seconds) moves by hand; a person may be answered for a day."""

    kind: str = "page"
    node: str = PAGE
    token: str = TOKEN
    app_secret: str = APP_SECRET
    proof_is_optional: bool = False
    now: float = 1_790_000_000.0
    wrote_at: dict[str, float] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    actions: list[tuple[str, str]] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    arrived: Signal = field(default_factory=Signal)
    mids: int = 0

    def number(self) -> str:
        with self.lock:
            self.mids += 1
            return f"m_{self.node}_{self.mids}"
