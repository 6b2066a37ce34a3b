"""From the page's JSON to our message."""

import uuid
from datetime import datetime

from core.domain.ids import AccountId
from core.domain.invitation_code import find_code
from core.domain.messages import InboundKind, InboundMessage

ACCOUNT = AccountId("webchat")
LONGEST_TEXT = 8000


def parse(visitor: str, text: str, *, event_id: str | None, button: str | None, now: datetime) -> InboundMessage:
    """`event_id` is the page's own id of the message, so that a repeated request is stored once."""
    stripped = text.strip()
    kind = InboundKind.BUTTON if button else InboundKind.COMMAND if stripped.startswith("/") else InboundKind.TEXT
    return InboundMessage(
        account=ACCOUNT,
        event_id=f"{visitor}:{event_id or uuid.uuid4().hex}",
        chat=visitor,
        sender=visitor,
        kind=kind,
        at=now,
        text=stripped,
        payload=button,
        source=find_code(stripped) if kind is InboundKind.COMMAND else None,
    )
