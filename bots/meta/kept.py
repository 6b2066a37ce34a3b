"""Events that we cannot answer or do not understand: kept as they came, so that nothing is lost."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bots.meta.clean import clean_tree
from bots.meta.envelope import Event, kind_of
from bots.meta.reader import Reader, read_id
from core.domain.messages import InboundKind, InboundMessage


def keep(event: Event, reader: Reader) -> InboundMessage:
    """Nobody is answered, nothing is lost. Under its person where it names one, so that it is forgotten with them."""
    kind, raw = kind_of(event.data), clean_tree(event.data)
    sender = read_id(event.data.get("sender")) if isinstance(event.data, Mapping) else None
    chat = sender if sender and sender != reader.own_id else ""
    return InboundMessage(
        account=reader.account,
        event_id=f"{kind}:{mark(event.data)}",
        chat=chat,
        sender=chat,
        kind=InboundKind.KEPT,
        at=reader.now,
        payload=kind,
        raw=raw if isinstance(raw, dict) else {"event": raw},
    )


def mark(data: Any) -> str:
    """Tells one thing without an id of its own from another."""
    return hashlib.sha256(json.dumps(clean_tree(data), sort_keys=True).encode()).hexdigest()[:32]
