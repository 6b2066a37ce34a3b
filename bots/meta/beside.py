"""Events that are no message: reactions, reading, who holds the thread, what the platform forbids. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bots.arrival import Ban, Parsed
from bots.meta.clean import read_text
from bots.meta.envelope import Event, kind_of
from bots.meta.kept import keep
from bots.meta.reader import Envelope, Reader, read_envelope, read_time
from core.domain.conversation import ANOTHER_APP, HOLD_REQUESTED
from core.domain.messages import InboundKind, InboundMessage

INBOXES: Final = frozenset({"26390203743090", "263902037430900", "1217981644879628"})
"""The platform's own inboxes, where people of the firm answer."""

# What a person says to another application is only heard; what they take back or react to is known all the same.
_HEARD: Final = frozenset(
    {InboundKind.TEXT, InboundKind.COMMAND, InboundKind.BUTTON, InboundKind.MEDIA, InboundKind.UNSUPPORTED}
)


def overhear(parsed: Parsed) -> Parsed:
    """Of a thread that another application holds: to keep, and to answer nobody."""
    return replace(parsed, messages=tuple(_overhear(message) for message in parsed.messages))


def _overhear(message: InboundMessage) -> InboundMessage:
    if message.kind in _HEARD:
        return replace(message, kind=InboundKind.OVERHEARD, payload=None, raw=None)
    if message.kind is InboundKind.EDIT:  # of what was never heard: that would not be for us either
        return replace(message, payload=None)
    return replace(message, payload=ANOTHER_APP) if message.kind is InboundKind.ECHO else message


def parse_reaction(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    envelope = read_envelope(data, reader)
    if envelope.is_own:
        return Parsed(ignored="a reaction of our own")
    mid, action = str(part.get("mid") or "")[:180], str(part.get("action") or "react")
    sign = read_text(part.get("emoji") or part.get("reaction"), 40) if action == "react" else ""
    event_id = f"reaction:{mid}:{envelope.sender}:{action}:{envelope.stamp}"
    return Parsed((replace(envelope.message(InboundKind.REACTION, event_id, external_id=mid), payload=sign or None),))


def parse_read(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """Messenger tells a time up to which all is read, Instagram the message that was."""
    envelope = read_envelope(data, reader)
    if envelope.is_own:
        return Parsed(ignored="our own reading")
    seen = envelope.message(InboundKind.READ, f"read:{envelope.sender}:{envelope.stamp}")
    return Parsed((replace(seen, at=read_time(part.get("watermark") or data.get("timestamp"), reader.now)),))


def parse_pass(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """Told to the application that gets the thread; one that is passed to an inbox is not ours."""
    is_theirs = str(part.get("new_owner_app_id") or "") in INBOXES
    return _change_hands(InboundKind.TAKEN_ELSEWHERE if is_theirs else InboundKind.GIVEN_BACK, data, reader)


def parse_take(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """Told to the application that loses the thread; one that is taken from an inbox is ours again."""
    was_theirs = str(part.get("previous_owner_app_id") or "") in INBOXES
    return _change_hands(InboundKind.GIVEN_BACK if was_theirs else InboundKind.TAKEN_ELSEWHERE, data, reader)


def parse_request(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    """Somebody wants to answer this person from another application."""
    parsed = _change_hands(InboundKind.TAKEN_ELSEWHERE, data, reader)
    return replace(parsed, messages=tuple(replace(one, payload=HOLD_REQUESTED) for one in parsed.messages))


def parse_policy(part: Mapping[str, Any], data: Mapping[str, Any], reader: Reader) -> Parsed:
    ban = Ban(str(part.get("action") or "block") != "unblock", read_text(part.get("reason"), 300))
    return Parsed((keep(Event(reader.own_id, "messaging", data), reader),), ban=ban)


def keep_unknown(event: Event, reader: Reader) -> Parsed:
    """An event of next year, or one that names nobody."""
    return Parsed((keep(event, reader),), ignored=f"kept: {kind_of(event.data)}")


def _change_hands(kind: InboundKind, data: Mapping[str, Any], reader: Reader) -> Parsed:
    envelope = _of_the_person(data, reader)
    word = next((name for name in data if name.endswith("thread_control")), kind.value)
    return Parsed((envelope.message(kind, f"{word}:{envelope.sender}:{envelope.stamp}"),))


def _of_the_person(data: Mapping[str, Any], reader: Reader) -> Envelope:
    """Whichever of the two stands as the sender."""
    envelope = read_envelope(data, reader)
    return replace(envelope, sender=envelope.recipient, recipient=envelope.sender) if envelope.is_own else envelope
