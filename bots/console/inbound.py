"""From a typed line to our message."""

from datetime import datetime

from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage, Profile

ACCOUNT = AccountId("console")


def parse(line: str, *, chat: str, number: int, now: datetime, language: str | None = None) -> InboundMessage:
    text = line.strip()
    kind = InboundKind.COMMAND if text.startswith("/") else InboundKind.TEXT
    return InboundMessage(ACCOUNT, f"{chat}:{number}", chat, chat, kind, now, text, profile=Profile(language=language))
