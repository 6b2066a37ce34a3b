"""The Send API's own rules: who may be written to, what a message may hold, and how a refusal reads."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from tests.emulators.meta_state import DAY, NEVER, Comment, MetaState, Seen
from tests.emulators.screens import Bubble, media_of

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
    recipient = recipient if isinstance(recipient, Mapping) else {}
    commented = _find_comment(state, recipient)
    person = commented.person if commented else str(recipient.get("id") or "")
    if person not in state.wrote_at and commented is None:
        raise GraphError(400, 100, 2018001, "No matching user found")
    if "sender_action" in body:
        return _act(state, person, body)
    if commented:
        _check_private_reply(state, commented)
    else:
        _check_standing(state, person, body)
    message = body.get("message")
    if not isinstance(message, Mapping):
        raise GraphError(400, 100, words="message is missing")
    _check_message(state, message)
    return _deliver(state, person, message, commented)


def _deliver(state: MetaState, person: str, message: Mapping[str, Any], commented: Comment | None) -> Json:
    seen = Seen(state.number(), person, dict(message))
    with state.lock:
        if commented:
            commented.is_answered = True
            state.wrote_at.setdefault(person, NEVER)
        state.seen.append(seen)
    state.screens.show(person, _as_bubble(seen))
    return {"recipient_id": person, "message_id": seen.mid, **_keep_file(state, message.get("attachment"))}


def _keep_file(state: MetaState, attachment: Any) -> Json:
    """What is marked so can be sent again by its id."""
    payload = attachment.get("payload") if isinstance(attachment, Mapping) else {}
    if not isinstance(payload, Mapping) or not payload.get("is_reusable"):
        return {}
    number = str(900_000 + len(state.files))
    state.files[number] = str(payload["url"])
    return {"attachment_id": number}


def _as_bubble(seen: Seen) -> Bubble:
    links = tuple((str(tap["title"]), str(tap["url"])) for tap in seen.taps if tap.get("url"))
    taps = tuple(tap_title(tap) for tap in seen.taps if not tap.get("url"))
    attachment = seen.message.get("attachment") or {}
    shown = attachment.get("type") not in (None, "template")
    media = media_of(attachment["type"], attachment["payload"].get("url")) if shown else None
    return Bubble(False, seen.text, taps, links, media)


def tap_title(button: Mapping[str, Any]) -> str:
    asked = {"user_phone_number": "Phone number", "user_email": "E-mail"}
    return str(button.get("title") or asked.get(str(button.get("content_type")), ""))


def _find_comment(state: MetaState, recipient: Mapping[str, Any]) -> Comment | None:
    number = recipient.get("comment_id") or recipient.get("post_id")
    if number is None:
        return None
    if str(number) not in state.comments:
        raise GraphError(400, 100, 33, "Unsupported post request")
    return state.comments[str(number)]


def _check_private_reply(state: MetaState, commented: Comment) -> None:
    if commented.is_answered:
        raise GraphError(400, 10900, words="Activity already replied to")
    if state.now - commented.at > 7 * DAY:
        raise GraphError(400, 10903, words="This user can't reply to this activity")


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
    if person in state.elsewhere:
        taken = "Another app is controlling this thread now"
        raise GraphError(400, 2018300, words=taken) if state.kind == "page" else GraphError(400, 100, 2534037, taken)
    kind, tag = body.get("messaging_type"), body.get("tag")
    by_hand = kind == "MESSAGE_TAG" and tag == "HUMAN_AGENT"
    if not by_hand and kind not in ("RESPONSE", "UPDATE"):
        raise GraphError(400, 100, words="messaging_type")
    if state.now - state.wrote_at[person] > (7 * DAY if by_hand else DAY):
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
    if kind == "template" and isinstance(payload, Mapping):
        return _check_template(payload)
    if kind not in _MEDIA[state.kind] or not isinstance(payload, Mapping):
        raise GraphError(400, 100, words="attachment")
    kept = payload.get("attachment_id")
    if kept is not None and str(kept) not in state.files:
        raise GraphError(400, 100, words="Invalid attachment id")
    url = str(payload.get("url") or state.files.get(str(kept)) or "")
    is_ogg = url.partition("?")[0].lower().endswith((".ogg", ".opus", ".oga"))
    if not url.startswith("https://") or (state.kind == "instagram" and is_ogg):
        raise GraphError(400, 100, 2018008, "Failed to fetch the file from the url")
    return None


def _check_template(payload: Mapping[str, Any]) -> None:
    if payload.get("template_type") == "button":
        cards = [payload]
        fits = 0 < len(str(payload.get("text") or "")) <= 640 and bool(payload.get("buttons"))
    else:
        cards = list(payload.get("elements") or ())
        fits = 1 <= len(cards) <= 10 and all(0 < len(str(card.get("title") or "")) <= 80 for card in cards)
        fits = fits and payload.get("template_type") == "generic"
    buttons = [card.get("buttons") or [] for card in cards]
    if not fits or any(len(row) > 3 for row in buttons) or not all(_is_button(one) for row in buttons for one in row):
        raise GraphError(400, 100, words="template")


def _is_button(button: Any) -> bool:
    if not isinstance(button, Mapping) or not 0 < len(str(button.get("title") or "")) <= _TITLE:
        return False
    if button.get("type") == "postback":
        return 0 < len(str(button.get("payload") or "")) <= 1_000
    return button.get("type") == "web_url" and str(button.get("url") or "").startswith(("https://", "http://"))


def _is_quick_reply(state: MetaState, item: Any) -> bool:
    if not isinstance(item, Mapping):
        return False
    if item.get("content_type") in ("user_phone_number", "user_email"):
        return state.kind == "page"
    title, payload = str(item.get("title") or ""), str(item.get("payload") or "")
    return item.get("content_type") == "text" and 0 < len(title) <= _TITLE and 0 < len(payload) <= 1_000
