"""Webhook bodies as Meta writes them."""

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.emulators.meta_state import PAGE, PERSON

Json = dict[str, Any]
STAMP = 1_790_000_000_000
_numbers = itertools.count(1)


def envelope(*, sender: str = PERSON, recipient: str = PAGE, stamp: int | str | float = STAMP, **parts: Any) -> Json:
    return {"sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": stamp, **parts}


def message(
    text: str | None = "привіт",
    *,
    mid: str | None = None,
    sender: str = PERSON,
    to: str = PAGE,
    stamp: int | str | float = STAMP,
    **parts: Any,
) -> Json:
    """A message event; `parts` are other fields of the message."""
    body: Json = {"mid": mid or f"m_{next(_numbers)}", **parts}
    if text is not None:
        body["text"] = text
    return envelope(sender=sender, recipient=to, stamp=stamp, message=body)


def echo(
    text: str,
    *,
    mid: str = "m_echo",
    to: str = PERSON,
    own_id: str = PAGE,
    stamp: int | str | float = STAMP,
    **parts: Any,
) -> Json:
    body = {"mid": mid, "text": text, "is_echo": True, **parts}
    return envelope(sender=own_id, recipient=to, stamp=stamp, message=body)


def entry(*events: Any, own_id: str = PAGE, way: str = "messaging", stamp: int = STAMP) -> Json:
    return {"id": own_id, "time": stamp, way: list(events)}


def body(*events: Any, kind: str = "page", own_id: str = PAGE, way: str = "messaging") -> Json:
    return {"object": kind, "entry": [entry(*events, own_id=own_id, way=way)]}


def write(payload: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """As the platform does: letters beyond ASCII and slashes escaped."""
    return json.dumps(payload, ensure_ascii=True).replace("/", "\\/").encode()
