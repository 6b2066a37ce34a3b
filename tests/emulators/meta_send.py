"""The Send API's own rules: who may be written to, what a message may hold, and how a refusal reads."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from tests.emulators.meta_state import DAY, MetaState, Seen

Json = dict[str, Any]
_QUICK_REPLIES = 13
_TITLE = 20
_ACTIONS = {"typing_on", "typing_off", "mark_seen", "react", "unreact"}
_MEDIA = {"page": {"image", "audio", "video", "file"}, "instagram": {"image", "audio", "video", "file"}}


class GraphError(Exception):
    def __init__(self, status: int, code: int, subcode: int | None = None, words: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.body: Json = {"error": {"message": words or f"(#{code})", "type": "OAuthException", "code": code}}
        if subcode is not None:
            self.body["error"]["error_subcode"] = subcode


def send(state: MetaState, body: Mapping[str, Any]) -> Json:
    """Raises GraphError."""
    recipient = body.get("recipient")
    person = str(recipient.get("id") or "") if isinstance(recipient, Mapping) else ""
    if person not in state.wrote_at:
        raise GraphError(400, 100, 2018001, "No matching user found")
    if "sender_action" in body:
        return _act(state, person, body)
    _check_standing(state, person, body)
    message = body.get("message")
    if not isinstance(message, Mapping):
        raise GraphError(400, 100, words="message is missing")
    _check_message(state, message)
    mid = state.number()
    with state.lock:
        state.seen.append(Seen(mid, person, dict(message)))
    return {"recipient_id": person, "message_id": mid}


def check_proof(state: MetaState, authorization: str, body: Mapping[str, Any]) -> None:
    if authorization != f"Bearer {state.token}":
        raise GraphError(401, 190, 467, "Invalid OAuth access token")
    if state.proof_is_optional and "appsecret_proof" not in body:
        return
    wanted = hmac.new(state.app_secret.encode(), state.token.encode(), hashlib.sha256).hexdigest()
    if body.get("appsecret_proof") != wanted:
        raise GraphError(400, 100, words="Invalid appsecret_proof provided in the API argument")


def _act(state: MetaState, person: str, body: Mapping[str, Any]) -> Json:
    if body["sender_action"] not in _ACTIONS or "message" in body:
        raise GraphError(400, 100, words="sender_action stands alone")
    with state.lock:
        state.actions.append((person, str(body["sender_action"])))
    return {"recipient_id": person}


def _check_standing(state: MetaState, person: str, body: Mapping[str, Any]) -> None:
    if person in state.blocked:
        raise GraphError(400, 551, 1545041, "This person isn't available right now.")
    kind = body.get("messaging_type")
    since = state.now - state.wrote_at[person]
    if kind == "MESSAGE_TAG" and body.get("tag") == "HUMAN_AGENT" and since <= 7 * DAY:
        return
    if kind not in ("RESPONSE", "UPDATE"):
        raise GraphError(400, 100, words="messaging_type")
    if since > DAY:
        subcode = 2018278 if state.kind == "page" else 2534022
        raise GraphError(400, 10, subcode, "This message is sent outside of allowed window.")


def _check_message(state: MetaState, message: Mapping[str, Any]) -> None:
    text, attachment = message.get("text"), message.get("attachment")
    if (text is None) == (attachment is None):
        raise GraphError(400, 100, words="either text or attachment")
    if text is not None and (not str(text).strip() or not _fits(state, str(text))):
        raise GraphError(400, 100, None, "Length of param message[text] must be less")
    if attachment is not None:
        _check_attachment(state, attachment)
    if len(str(message.get("metadata") or "")) > 1_000:
        raise GraphError(400, 100, words="metadata is too long")
    quick = message.get("quick_replies") or []
    if len(quick) > _QUICK_REPLIES or any(not _is_quick_reply(state, item) for item in quick):
        raise GraphError(400, 100, words="quick_replies")


def _fits(state: MetaState, text: str) -> bool:
    if state.kind == "instagram":
        return len(text.encode()) <= 1_000
    return len(text.encode("utf-16-le")) // 2 <= 2_000


def _check_attachment(state: MetaState, attachment: Any) -> None:
    kind = attachment.get("type") if isinstance(attachment, Mapping) else None
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else None
    if kind == "template" and isinstance(payload, Mapping) and payload.get("template_type") == "button":
        if len(str(payload.get("text"))) > 640 or not 1 <= len(payload.get("buttons") or []) <= 3:
            raise GraphError(400, 100, words="button template")
        return
    if kind not in _MEDIA[state.kind] or not isinstance(payload, Mapping):
        raise GraphError(400, 100, words="attachment")
    url = str(payload.get("url") or "")
    if not url.startswith("https://") or (state.kind == "instagram" and url.endswith((".ogg", ".opus", ".oga"))):
        raise GraphError(400, 100, 2018008, "Failed to fetch the file from the url")


def _is_quick_reply(state: MetaState, item: Any) -> bool:
    if not isinstance(item, Mapping):
        return False
    if item.get("content_type") in ("user_phone_number", "user_email"):
        return state.kind == "page"
    title, payload = str(item.get("title") or ""), str(item.get("payload") or "")
    return item.get("content_type") == "text" and 0 < len(title) <= _TITLE and 0 < len(payload) <= 1_000
