"""The Bot API methods: parameters in, result or refusal out, with the limits of the platform."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.emulators.telegram_limits import check_markup, check_text
from tests.emulators.telegram_profile import PROFILE, TooLong
from tests.emulators.telegram_state import Seen, TelegramState, Webhook
from tests.emulators.telegram_updates import Json

MEDIA = {
    "senddocument": "document",
    "sendphoto": "photo",
    "sendvideo": "video",
    "sendaudio": "audio",
    "sendvoice": "voice",
    "sendsticker": "sticker",
}
_FILE_CAP = 20 * 1024 * 1024


class Refusal(Exception):
    """What the platform answers instead of a result."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def call(state: TelegramState, method: str, params: Json) -> Any:
    """Do one method (lower case). Raises Refusal."""
    with state.lock:
        state.calls.append((method, params))
        if method in MEDIA:
            return _send(state, method, params, params.get("caption", ""), media=params.get(MEDIA[method], ""))
        handler = _METHODS.get(method)
        if handler is None:
            raise Refusal(404, "Not Found: method not found")
        try:
            return handler(state, params)
        except TooLong as error:
            raise Refusal(400, f"Bad Request: {error}") from None


def _send(state: TelegramState, method: str, params: Json, text: str, media: str | None = None) -> Json:
    chat_id = _reachable(state, params)
    problem = check_text(text, is_caption=media is not None) or (media == "" and "there is no file in the request")
    if problem:
        raise Refusal(400, f"Bad Request: {problem}")
    markup = json.loads(params.get("reply_markup") or "{}")
    problem = check_markup(markup)
    if problem:
        raise Refusal(400, f"Bad Request: {problem}")
    seen = Seen(
        chat_id=chat_id,
        message_id=state.number_message(),
        method=method,
        text=text,
        at=time.monotonic(),
        buttons=_rows(markup, "inline_keyboard"),
        keyboard=_rows(markup, "keyboard"),
        media=media,
        business=params.get("business_connection_id"),
    )
    state.see(seen)
    chat = {"id": chat_id, "type": "private", "first_name": "?"}
    result = {"message_id": seen.message_id, "date": int(time.time()), "chat": chat, "from": state.bot}
    return {**result, "text": text} if media is None else {**result, "caption": text}


def _rows(markup: Json, name: str) -> tuple[tuple[Json, ...], ...]:
    return tuple(tuple(row) for row in markup.get(name, ()))


def _reachable(state: TelegramState, params: Json) -> int:
    try:
        chat_id = int(params.get("chat_id", ""))
    except ValueError:
        raise Refusal(400, "Bad Request: chat not found") from None
    business = params.get("business_connection_id")
    if business is not None and not state.connections.get(business):
        raise Refusal(400, "Bad Request: BUSINESS_CONNECTION_INVALID")
    if chat_id in state.moved:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, description, {"migrate_to_chat_id": state.moved[chat_id]})
    if chat_id in state.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if chat_id not in state.chats:
        raise Refusal(400, "Bad Request: chat not found")
    return chat_id


def _send_message(state: TelegramState, params: Json) -> Json:
    return _send(state, "sendmessage", params, params.get("text", ""))


def _send_chat_action(state: TelegramState, params: Json) -> bool:
    state.typing.append(_reachable(state, params))
    return True


def _answer_callback(state: TelegramState, params: Json) -> bool:
    callback = params.get("callback_query_id", "")
    if state.callbacks.get(callback) != "open":
        raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    state.callbacks[callback] = "answered"
    return True


def _set_webhook(state: TelegramState, params: Json) -> bool:
    if json.loads(params.get("drop_pending_updates", "false")):
        state.queue.clear()
    connections = int(params.get("max_connections", 40))
    state.webhook = Webhook(params.get("url", ""), params.get("secret_token", ""), connections)
    _remember_allowed(state, params)
    state.pollers += 1
    state.arrived.notify()
    return True


def _delete_webhook(state: TelegramState, params: Json) -> bool:
    if json.loads(params.get("drop_pending_updates", "false")):
        state.queue.clear()
    state.webhook = Webhook()
    return True


def _remember_allowed(state: TelegramState, params: Json) -> None:
    if params.get("allowed_updates"):
        state.allowed = tuple(json.loads(params["allowed_updates"]))


def _webhook_info(state: TelegramState, params: Json) -> Json:
    hook = state.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(state.queue)}
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return info


def _get_file(state: TelegramState, params: Json) -> Json:
    file_id = params.get("file_id", "")
    if file_id not in state.files and file_id not in state.sizes:
        raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    size = state.sizes.get(file_id, len(state.files.get(file_id, b"")))
    if size > _FILE_CAP:
        raise Refusal(400, "Bad Request: file is too big")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"files/{file_id}"}


_METHODS: dict[str, Callable[[TelegramState, Json], Any]] = {
    "getme": lambda state, params: state.bot,
    "sendmessage": _send_message,
    "sendchataction": _send_chat_action,
    "answercallbackquery": _answer_callback,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _webhook_info,
    "getfile": _get_file,
    **PROFILE,
}
