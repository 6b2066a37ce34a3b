"""The everyday update (a private text and nothing else) without building the library's objects."""

from collections.abc import Mapping
from typing import Any

from bots.arrival import Parsed
from bots.telegram.address import Address
from bots.telegram.clean import clean_name
from bots.telegram.envelope import Envelope, Reader, at_second, parse_text, told_at
from core.domain.messages import Profile

_UPDATE = {"update_id", "message"}
_MESSAGE = {"message_id", "from", "chat", "date", "text"}
_USER = {"id": int, "is_bot": bool, "first_name": str}
_USER_EXTRAS = {"last_name": str, "username": str, "language_code": str, "is_premium": bool}


def parse_quickly(update: Mapping[str, Any], reader: Reader) -> Parsed | None:
    """The same as the full parser would give, or None when this is not such an update."""
    if update.keys() != _UPDATE or type(update["update_id"]) is not int:
        return None
    message = update["message"]
    if type(message) is not dict or message.keys() != _MESSAGE:
        return None
    user, chat = message["from"], message["chat"]
    if not _is_person(user) or type(chat) is not dict or chat.get("type") != "private" or chat.get("id") != user["id"]:
        return None
    text, date, number = message["text"], message["date"], message["message_id"]
    if type(text) is not str or not text or type(date) is not int or type(number) is not int:
        return None
    envelope = Envelope(
        reader=reader,
        event_id=str(update["update_id"]),
        chat=Address(user["id"]),
        sender=user["id"],
        at=told_at(at_second(date), number),
        profile=Profile(
            clean_name(f"{user['first_name']} {user.get('last_name', '')}"),
            clean_name(user.get("username")),
            clean_name(user.get("language_code")),
        ),
        external_id=str(number),
    )
    return parse_text(envelope, text)


def _is_person(user: Any) -> bool:
    if type(user) is not dict or not user.keys() >= _USER.keys() or user["is_bot"]:
        return False
    known = {**_USER, **_USER_EXTRAS}
    return all(name in known and type(value) is known[name] for name, value in user.items())
