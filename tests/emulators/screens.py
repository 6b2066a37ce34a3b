"""What stands on each person's screen: their own words and what they saw of ours, in order."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bubble:
    """`taps` are the titles that can be tapped, `links` the ones that open an address."""

    is_mine: bool
    text: str
    taps: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    media: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Screens:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bubbles: dict[str, list[Bubble]] = {}

    def show(self, person: object, bubble: Bubble) -> None:
        with self._lock:
            self._bubbles.setdefault(str(person), []).append(bubble)

    def read(self, person: object) -> list[Bubble]:
        with self._lock:
            return list(self._bubbles.get(str(person), ()))


def media_of(kind: str, address: object) -> str:
    return f"{kind}: {address}"


def titles(buttons: Sequence[Mapping[str, Any]], name: str = "title") -> tuple[str, ...]:
    return tuple(str(button.get(name) or "") for button in buttons)
