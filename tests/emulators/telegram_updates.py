"""Telegram updates as the platform writes them. Pure builders; everything can be overridden."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

DATE = 1_767_600_000
ATTACHMENTS = (
    "photo",
    "video",
    "voice",
    "audio",
    "document",
    "sticker",
    "location",
    "contact",
    "video_note",
    "animation",
)
BOT: Json = {"id": 100, "is_bot": True, "first_name": "Крамниця", "username": "example_shop_bot"}


def person(user_id: int = 7, name: str = "Олена", **more: Any) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": name, "language_code": "uk", **more}


def private_chat(user: Mapping[str, Any]) -> Json:
    return {"id": user["id"], "type": "private", "first_name": user["first_name"]}


def group_chat(chat_id: int = -500, kind: str = "supergroup") -> Json:
    return {"id": chat_id, "type": kind, "title": "Група"}


def message(user: Mapping[str, Any] | None = None, *, number: int = 11, **more: Any) -> Json:
    """A message in the private chat of `user`; give `text=` or any other field of a message."""
    user = dict(user or person())
    return {"message_id": number, "from": user, "chat": private_chat(user), "date": DATE, **more}


def update(kind: str, body: Any, update_id: int = 1) -> Json:
    return {"update_id": update_id, kind: body}


def text_update(text: str, *, user: Mapping[str, Any] | None = None, update_id: int = 1, number: int = 11) -> Json:
    return update("message", message(user, number=number, text=text), update_id)


def button_update(data: str, *, user: Mapping[str, Any] | None = None, update_id: int = 1, **more: Any) -> Json:
    user = dict(user or person())
    return update(
        "callback_query", {"id": f"cb{update_id}", "from": user, "chat_instance": "1", "data": data, **more}, update_id
    )


def membership_update(status: str, *, user: Mapping[str, Any] | None = None, update_id: int = 1) -> Json:
    user = dict(user or person())
    old = "member" if status == "kicked" else "kicked"
    return update(
        "my_chat_member",
        {
            "chat": private_chat(user),
            "from": user,
            "date": DATE,
            "old_chat_member": _member(old),
            "new_chat_member": _member(status),
        },
        update_id,
    )


def _member(status: str) -> Json:
    return {"user": dict(BOT), "status": status, **({"until_date": 0} if status == "kicked" else {})}


def file(kind: str, **more: Any) -> Json:
    """One attachment of a message, with the fields that Telegram always sends."""
    sizes: dict[str, Json] = {
        "photo": {"width": 90, "height": 60},
        "video": {"width": 90, "height": 60, "duration": 3},
        "animation": {"width": 90, "height": 60, "duration": 3},
        "video_note": {"length": 240, "duration": 3},
        "voice": {"duration": 3},
        "audio": {"duration": 3},
        "sticker": {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"},
    }
    return {"file_id": f"{kind}-id", "file_unique_id": f"{kind}-u", **sizes.get(kind, {}), **more}
