"""What a scripted talk must and must not bring, as rules such as `text:24 900`, `event:handed_off` or `ask_contact`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.domain.events import EventKind
from core.domain.outcomes import OutcomeKind
from core.domain.turn import Action
from core.domain.vocabulary import MOVES
from core.storage.played import Played

KINDS = ("text", "move", "action", "source", "holder", "stage", "audience", "event", "outcome")

_NAMES = frozenset(
    (*MOVES, *(kind.value for kind in OutcomeKind), *(kind.value for kind in EventKind), *(a.value for a in Action))
)
"""What a bare word may be the name of."""


def list_happenings(played: Played) -> list[str]:
    """Everything that a rule may name, as `kind:value`."""
    return [
        *(f"text:{reply.text}" for reply in played.replies),
        *(f"move:{turn.move}" for turn in played.turns),
        *(f"move:{turn.led}" for turn in played.turns if turn.led),
        *(f"action:{turn.action}" for turn in played.turns),
        *(f"source:{source}" for turn in played.turns for source in turn.sources),
        *(f"event:{event}" for event in played.events),
        *([f"outcome:{played.outcome}"] if played.outcome else []),
        f"holder:{played.holder}",
        f"stage:{played.stage}",
        f"audience:{played.audience}",
    ]


def matches(rule: str, happenings: Sequence[str]) -> bool:
    """`kind:pattern` is searched among the values of that kind; a bare name of a move, an outcome, an event or an
    action must be equal; anything else is searched in what the bot said. Case never matters."""
    kind, separator, pattern = rule.partition(":")
    if not separator or kind not in KINDS:
        named = [key for key in ("move", "outcome", "event", "action") if _is_named(rule, key, happenings)]
        return bool(named) or (rule not in _NAMES and _searched(rule, _values("text", happenings)))
    return _searched(pattern, _values(kind, happenings))


def find_failures(expected: Mapping[str, Any], played: Played) -> list[str]:
    """Why a talk did not go as expected, in plain words; empty when it did."""
    happenings = list_happenings(played)
    failures = [
        f"fact {name}: wanted {wanted!r}, found {played.facts.get(name)!r}"
        for name, wanted in (expected.get("facts") or {}).items()
        if not is_same(wanted, played.facts.get(name)) and not _names(name, wanted, played.facts.get(name))
    ]
    failures += [f"fact {name} is there" for name in expected.get("absent") or () if name in played.facts]
    failures += [
        f"did not happen: {rule}" for rule in expected.get("must_happen") or () if not matches(rule, happenings)
    ]
    failures += [f"happened: {rule}" for rule in expected.get("must_not_happen") or () if matches(rule, happenings)]
    if "outcome" in expected and expected["outcome"] != played.outcome:
        failures.append(f"outcome: wanted {expected['outcome']!r}, found {played.outcome!r}")
    return failures


def is_same(wanted: Any, found: Any) -> bool:
    """Equal, where an object is asked only for the parts it names and letters' case does not matter."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(is_same(value, found.get(name)) for name, value in wanted.items())
    if isinstance(wanted, str):
        said = found.get("text") if isinstance(found, Mapping) else found
        return isinstance(said, str) and wanted.casefold() == said.casefold()
    return bool(wanted == found)


def _names(fact: str, wanted: Any, found: Any) -> bool:
    """A product and a need may be told by the words that matter of them."""
    by_words = fact in ("product", "need") and isinstance(wanted, str) and isinstance(found, str)
    return by_words and wanted.casefold() in found.casefold()


def _is_named(rule: str, kind: str, happenings: Sequence[str]) -> bool:
    return rule in _values(kind, happenings)


def _values(kind: str, happenings: Sequence[str]) -> list[str]:
    return [value for key, _, value in (item.partition(":") for item in happenings) if key == kind]


def _searched(pattern: str, values: Sequence[str]) -> bool:
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error:
        wanted = re.compile(re.escape(pattern), re.IGNORECASE)
    return any(wanted.search(value) or pattern.casefold() in value.casefold() for value in values)
