"""Shortcuts for tests of the parser."""

from datetime import UTC, datetime
from typing import Any

from bots.arrival import Parsed
from bots.telegram.inbound import parse
from core.domain.ids import AccountId
from core.domain.messages import InboundMessage
from tests.emulators.telegram_updates import BOT, DATE, Json, person

ACCOUNT = AccountId("shop")
NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
AT = datetime.fromtimestamp(DATE, UTC)
BUSINESS: Json = {"business_connection_id": "conn-1"}
OWNER = person(500, "Власник")


def read(data: Any) -> Parsed:
    return parse(data, ACCOUNT, now=NOW, username=BOT["username"])


def only(data: Json) -> InboundMessage:
    """The one message of an update that holds one."""
    parsed = read(data)
    assert parsed.refused is None
    (found,) = parsed.messages
    return found
