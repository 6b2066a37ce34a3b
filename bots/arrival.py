"""What the doors of all platforms share: what a payload holds, who stores it, and texts that can be stored."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from core.domain.messages import InboundMessage

TEXT_LIMIT: Final = 32_768
"""Signs: the platforms send at most a few thousand; whatever is longer did not come from a person."""
_EXCERPT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Ban:
    """The platform bars the account from writing, or lets it write again."""

    is_on: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a payload holds for us. `refused` says why it cannot be read, `ignored` why it is not ours to answer."""

    messages: tuple[InboundMessage, ...] = ()
    refused: str | None = None
    ignored: str | None = None
    ban: Ban | None = None


class Receiver(Protocol):
    async def receive(self, messages: Sequence[InboundMessage]) -> int:
        """Returning means committed; gives the number of new messages. Raises when nothing could be stored."""
        ...


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Without NUL and lone surrogates, which SQL and JSON refuse. All other signs stay as they were written."""
    text = text[:limit]
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def excerpt(payload: Any, clean: Callable[[Any], Any]) -> str:
    """The beginning of what could not be read, for the log's personal field. Never raises."""
    try:
        return json.dumps(clean(payload), ensure_ascii=False)[:_EXCERPT]
    except (TypeError, ValueError, RecursionError):
        return "not to be shown"
