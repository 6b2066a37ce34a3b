"""A letter in, our message out. Pure; what cannot be read becomes a reason, never an exception."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bots.arrival import Parsed, clean_text
from core.domain.ids import AccountId
from core.domain.messages import Attachment, AttachmentKind, InboundKind, InboundMessage

ACCOUNT: Final = AccountId("letterbox")
OWN_BOX: Final = "shop"


def parse(letter: Any, *, now: datetime) -> Parsed:
    """`stamp` is what the post office repeats when it brings the same letter again."""
    try:
        if letter.get("kind") != "letter":
            return Parsed(ignored=f"not a letter: {str(letter.get('kind'))[:40]}")
        if letter["from"] == OWN_BOX:
            return Parsed(ignored="our own letter came back")
        return Parsed((_read(letter, now),))
    except (AttributeError, KeyError, TypeError) as error:
        return Parsed(refused=f"{type(error).__name__} while reading a letter")


def _read(letter: Mapping[str, Any], now: datetime) -> InboundMessage:
    parcel = (Attachment(AttachmentKind.UNSUPPORTED),) if "parcel" in letter else ()
    return InboundMessage(
        account=ACCOUNT,
        event_id=str(letter["stamp"]),
        chat=str(letter["from"]),
        sender=str(letter["from"]),
        kind=InboundKind.UNSUPPORTED if parcel else InboundKind.TEXT,
        at=now,
        text=clean_text(letter.get("text") or ""),
        attachments=parcel,
    )
