"""What people write in public under a page's or an Instagram account's posts, as our messages. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bots.arrival import Parsed
from bots.meta.clean import read_text
from bots.meta.envelope import Event
from bots.meta.kept import keep, mark
from bots.meta.reader import Reader, read_id, read_time
from core.domain.attribution import Attribution
from core.domain.messages import COMMENT_EVENT, InboundKind, InboundMessage, Profile

POST: Final = "post:"
"""Begins the id of what a visitor wrote on the page itself: it allows a private message as a comment does."""
_COMMENT_FIELDS: Final = frozenset({"comments", "live_comments"})
_WRITTEN_POSTS: Final = frozenset({"post", "status", "photo", "video"})
_VERBS: Final = {"edited": InboundKind.EDIT, "edit": InboundKind.EDIT, "remove": InboundKind.UNSENT}


def parse_change(event: Event, reader: Reader) -> Parsed:
    """Raises ValueError for a comment without an id."""
    change = event.data
    value = change.get("value") if isinstance(change, Mapping) else None
    if not isinstance(change, Mapping) or not isinstance(value, Mapping):
        return Parsed(refused=f"a change that is a {type(value).__name__}")
    field = change.get("field")
    if field in _COMMENT_FIELDS:
        return _read_instagram(value, event, reader)
    if field == "feed":
        return _read_feed(value, event, reader)
    return Parsed((keep(event, reader),))


def _read_instagram(value: Mapping[str, Any], event: Event, reader: Reader) -> Parsed:
    media = value.get("media") if isinstance(value.get("media"), Mapping) else {}
    media_id, ad = read_text(str((media or {}).get("id") or ""), 100), (media or {}).get("ad_id")
    number = value.get("id")
    made = read_time(value.get("created_time") or event.at, reader.now)
    return _comment(value, number, value.get("text"), made, reader, Attribution.of(comment=True, post=media_id, ad=ad))


def _read_feed(value: Mapping[str, Any], event: Event, reader: Reader) -> Parsed:
    item, verb = value.get("item"), value.get("verb")
    post = read_text(str(value.get("post_id") or ""), 100)
    made = read_time(value.get("created_time") or event.at, reader.now)
    if item == "comment":
        number: Any = value.get("comment_id")
    elif item in _WRITTEN_POSTS:
        number = f"{POST}{post}" if post else None
    else:
        return Parsed(ignored=f"feed: {str(item)[:40]}")
    if verb in _VERBS:
        return _change_of(_VERBS[verb], value, number, made, reader)
    if verb != "add":
        return Parsed(ignored=f"feed: {str(item)[:40]} {str(verb)[:40]}")
    return _comment(value, number, value.get("message"), made, reader, Attribution.of(comment=True, post=post))


def _comment(
    value: Mapping[str, Any], number: Any, text: Any, at: datetime, reader: Reader, source: Attribution
) -> Parsed:
    author = value.get("from")
    sender = read_id(author)
    if not isinstance(number, str | int) or not number:
        raise ValueError("no comment id")
    if sender == reader.own_id or _is_own_name(author):
        return Parsed(ignored="a comment of our own")
    name = author.get("name") if isinstance(author, Mapping) else None
    username = author.get("username") if isinstance(author, Mapping) else None
    place = sender or f"comment:{number}"
    written = InboundMessage(
        account=reader.account,
        event_id=f"{COMMENT_EVENT}{number}"[:200],
        chat=place[:100],
        sender=place[:100],
        kind=InboundKind.COMMENT,
        at=at,
        text=read_text(text),
        external_id=str(number)[:180],
        payload=source.post or None,
        profile=Profile(name=read_text(name, 100) or None, username=read_text(username, 100) or None),
        source=source.as_text(),
    )
    return Parsed((written,))


def _change_of(kind: InboundKind, value: Mapping[str, Any], number: Any, at: datetime, reader: Reader) -> Parsed:
    """A comment that was changed or taken away by its author."""
    sender = read_id(value.get("from"))
    if not number or sender == reader.own_id:
        return Parsed(ignored="a change of our own")
    place = (sender or f"comment:{number}")[:100]
    changed = InboundMessage(
        account=reader.account,
        event_id=f"{kind.value}:{number}:{mark(value.get('message'))}"[:200],
        chat=place,
        sender=place,
        kind=kind,
        at=at,
        text=read_text(value.get("message")) if kind is InboundKind.EDIT else "",
        external_id=str(number)[:180],
        # An edit may be of a comment that is older than we are: that is no reason to write to anybody.
        payload=f"{COMMENT_EVENT}{number}"[:200] if kind is InboundKind.UNSENT else None,
    )
    return Parsed((changed,))


def _is_own_name(author: Any) -> bool:
    """Instagram says of the account's own comments that they are its own."""
    return isinstance(author, Mapping) and author.get("self_ig_scoped_id") is not None
