"""From a webhook body to single events: every entry, every element, each on its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_LISTS: Final = ("messaging", "standby", "changes")


@dataclass(frozen=True, slots=True)
class Event:
    """`owner` is the page or Instagram account that it happened to; `way` the list it stood in."""

    owner: str
    way: str
    data: Any
    at: Any = None
    """When the entry was written, for changes that have no time of their own."""


def walk(body: Any) -> Iterator[Event]:
    """Whatever has the wrong shape is passed on as it is, so that it is told and not lost."""
    entries = body.get("entry") if isinstance(body, Mapping) else None
    for entry in entries if isinstance(entries, Sequence) and not isinstance(entries, str) else ():
        if not isinstance(entry, Mapping):
            yield Event("", "entry", entry)
            continue
        owner = str(entry.get("id") or "")
        yield from _walk_entry(entry, owner)


def _walk_entry(entry: Mapping[str, Any], owner: str) -> Iterator[Event]:
    for way in _LISTS:
        items = entry.get(way)
        if items is None:
            continue
        for item in items if isinstance(items, list) else [items]:
            yield _unfold(Event(owner, way, item, entry.get("time")))
    if "field" in entry:  # comments may stand straight in the entry
        change = {"field": entry["field"], "value": entry.get("value")}
        yield _unfold(Event(owner, "changes", change, entry.get("time")))


def _unfold(event: Event) -> Event:
    """The dashboard's test button wraps a message into a change."""
    change = event.data
    if event.way == "changes" and isinstance(change, Mapping) and change.get("field") == "messages":
        return Event(event.owner, "messaging", change.get("value"), event.at)
    return event


def kind_of(data: Any) -> str:
    """What an event is about, for logs: never what it says."""
    if not isinstance(data, Mapping):
        return type(data).__name__
    if "field" in data:
        return str(data["field"])[:64]
    envelope = {"sender", "recipient", "timestamp", "priority"}
    return next((str(name)[:64] for name in data if name not in envelope), "nothing")
