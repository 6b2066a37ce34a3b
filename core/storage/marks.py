"""Lines of the transcript that nobody said: a person took over, the bot is back, the customer is forgotten."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.tables import MessageRow, table

_messages = table(MessageRow)

NOTE: Final = "note"
"""The state of a message row that is sent to nobody."""


class Mark(StrEnum):
    TAKEN_OVER = "taken_over"
    TAKEN_OVER_IN_APP = "taken_over_in_app"
    HANDED_BACK = "handed_back"
    RESUMED = "resumed"
    ERASED = "erased"


_TOLD: Final[Mapping[Mark, str]] = {
    Mark.TAKEN_OVER: "A person of the firm answers from here on.",
    Mark.TAKEN_OVER_IN_APP: "A person of the firm answers from here on.",
    Mark.HANDED_BACK: "The bot answers again from here on.",
    Mark.RESUMED: "The person did not answer in time; the bot answers again from here on.",
    Mark.ERASED: "What was said before was erased because the customer wanted it.",
}
"""As whoever words the next reply reads it; people read it in their own language."""


def add_mark(
    conn: sa.Connection, conversation_id: ConversationId, mark: Mark, now: datetime, *, by: str | None = None
) -> None:
    extra = {"mark": mark.value, **({"by": by} if by else {})}
    values = {
        "conversation_id": conversation_id, "direction": "out", "role": "system", "text": _TOLD[mark], "extra": extra,
        "state": NOTE, "at": now,
    }  # fmt: skip
    conn.execute(sa.insert(_messages).values(**values))


def read_mark(extra: Mapping[str, Any] | None) -> tuple[str, str | None] | None:
    """(mark, by whom)"""
    stored = extra or {}
    return (str(stored["mark"]), stored.get("by")) if "mark" in stored else None
