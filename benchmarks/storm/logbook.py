"""Lines that survive the death of the process that wrote them: what a platform would know."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Seen:
    """One message that a person saw. `key` is the outbox row's id."""

    key: int
    chat: str
    text: str


class Logbook:
    """offered: the platform began to deliver an event; accepted: it was told that we have it; seen: what people saw;
    lives: what each process told of itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, book: str, line: str) -> None:
        """One write of one whole line: there, or not there."""
        handle = os.open(self._folder / f"{book}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{line}\n".encode())
        finally:
            os.close(handle)

    def lines(self, book: str) -> list[str]:
        path = self._folder / f"{book}.log"
        return path.read_text().splitlines() if path.exists() else []

    def see(self, key: str, chat: str, text: str) -> None:
        self.note("seen", json.dumps([int(key), chat, text]))

    def seen(self) -> Iterator[Seen]:
        for line in self.lines("seen"):
            yield Seen(*json.loads(line))

    def open_offers(self) -> dict[str, list[int]]:
        """Events that were offered and not accepted, by chat: the platform will offer them again."""
        accepted = set(self.lines("accepted"))
        left: dict[str, list[int]] = {}
        for event in dict.fromkeys(self.lines("offered")):
            if event not in accepted:
                chat, number = split_event(event)
                left.setdefault(chat, []).append(number)
        return left

    def next_numbers(self) -> dict[str, int]:
        """The first number of each chat that was never offered."""
        following: dict[str, int] = {}
        for event in self.lines("offered"):
            chat, number = split_event(event)
            following[chat] = max(following.get(chat, 0), number + 1)
        return following


def event_name(chat: str, number: int) -> str:
    return f"{chat}-{number}"


def split_event(event: str) -> tuple[str, int]:
    chat, _, number = event.rpartition("-")
    return chat, int(number)
