"""What a platform may answer instead of doing its work, scripted one call at a time."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """`delivered` does the work before the fault shows; `hang` keeps the caller waiting; `drop` cuts the answer off."""

    code: int = 0
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    delivered: bool = False
    hang: float = 0.0
    drop: bool = False
    body: str | None = None
    """Answered as it is, in place of the platform's JSON (a proxy's page)."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def too_many_requests(seconds: int) -> Fault:
    return Fault(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def forbidden(description: str = "Forbidden: bot was blocked by the user") -> Fault:
    return Fault(403, description)


def bad_request(description: str) -> Fault:
    return Fault(400, f"Bad Request: {description}")


def migrated(new_chat: int) -> Fault:
    return Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_chat})


def unauthorized() -> Fault:
    return Fault(401, "Unauthorized")


def not_found() -> Fault:
    return Fault(404, "Not Found")


OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def conflict(description: str = OTHER_POLLER) -> Fault:
    return Fault(409, f"Conflict: {description}")


def server_error(code: int = 502) -> Fault:
    return Fault(code, body="<html><h1>Bad Gateway</h1></html>")


def delivered_but_silent(seconds: float = 5.0) -> Fault:
    return Fault(delivered=True, hang=seconds)


def silent(seconds: float = 5.0) -> Fault:
    return Fault(hang=seconds)


def cut_off(*, delivered: bool) -> Fault:
    return Fault(delivered=delivered, drop=True)


class FaultScript:
    """Faults in the order they will be met, by method; `*` meets any method."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[str, deque[Fault]] = {}
        self._always: dict[str, Fault] = {}
        self._chance: dict[str, Callable[[], Fault | None]] = {}

    def add(self, method: str, *faults: Fault) -> None:
        with self._lock:
            self._next.setdefault(method.lower(), deque()).extend(faults)

    def always(self, method: str, fault: Fault) -> None:
        with self._lock:
            self._always[method.lower()] = fault

    def by_chance(self, method: str, throw: Callable[[], Fault | None]) -> None:
        """Each call of `method` that nothing else was scripted for meets what `throw` gives."""
        with self._lock:
            self._chance[method.lower()] = throw

    def clear(self) -> None:
        with self._lock:
            self._next.clear()
            self._always.clear()
            self._chance.clear()

    def take(self, method: str) -> Fault | None:
        with self._lock:
            for name in (method.lower(), "*"):
                if self._next.get(name):
                    return self._next[name].popleft()
            if found := self._always.get(method.lower()) or self._always.get("*"):
                return found
            throw = self._chance.get(method.lower())
            return throw() if throw else None
