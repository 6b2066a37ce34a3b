"""A turn's decision trace in words that need no engineer."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bots.desk.words import Words
from core.storage.talks import TalkTurn

_RULE: Final = "rule."
_TROUBLE: Final = "trouble."
_FAMILIES: Final = ("act", "move", "reason", "fact")
"""Where a name inside a rule's sentence may have its words."""


@dataclass(frozen=True, slots=True)
class FoundSource:
    source: str
    heading: str
    score: float
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """`source`: the row, policy or list that would have had to say it; `version`: of the firm at that time."""

    sentence: str
    why: str
    source: str
    version: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the bot said what it said (or kept silent), part by part, each ready to be read."""

    turn: TalkTurn
    acts: tuple[str, ...]
    probability: float | None
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    move: str
    follow_move: str | None
    asks: str | None
    reason: str | None
    stage_changed: bool
    searched: bool
    enough: bool
    cutoff: float
    sources: tuple[FoundSource, ...]
    cuts: tuple[Cut, ...]
    model: str
    is_template: bool
    product: str | None
    playbook: str | None
    trouble: tuple[str, ...] = ()
    """Why a model that was asked wrote nothing of this."""


def explain(turn: TalkTurn, words: Words) -> Explanation:
    trace = turn.trace
    search: Mapping[str, Any] = trace.get("search") or {}
    model = str(trace.get("model") or "templates")
    return Explanation(
        turn=turn,
        acts=tuple(words(f"act.{act}") for act in trace.get("acts") or ()),
        probability=trace.get("probability"),
        facts=tuple(words(f"fact.{name}") for name in trace.get("facts") or ()),
        rules=tuple(rule_text(str(rule), words) for rule in trace.get("rules") or ()),
        move=words(f"move.{turn.move}"),
        follow_move=_named(trace, "follow_move", "move", words),
        asks=_named(trace, "asks", "fact", words),
        reason=_named(trace, "reason", "reason", words),
        stage_changed=turn.stage_from != turn.stage_to,
        searched=bool(search),
        enough=bool(search.get("enough")),
        cutoff=float(search.get("cutoff") or 0.0),
        sources=tuple(_source(hit) for hit in search.get("hits") or ()),
        cuts=tuple(_cut(item, words) for item in trace.get("blocked") or ()),
        model=model,
        is_template=model == "templates",
        product=trace.get("product"),
        playbook=trace.get("playbook"),
        trouble=tuple(_trouble(str(why), words) for why in trace.get("model_trouble") or ()),
    )


def _trouble(why: str, words: Words) -> str:
    """Of an error that has no words of its own what it says is kept: it names no person."""
    known = next((key for key in words.keys(_TROUBLE) if key.removeprefix(_TROUBLE) in why), None)
    return words(known) if known else why


def rule_text(rule: str, words: Words) -> str:
    """The engine's sentence in the reader's language; one that the catalogue does not know stays as it is."""
    if words.has(_RULE + rule):
        return words(_RULE + rule)
    for pattern, key in _patterns(words.keys(_RULE)):
        if match := pattern.fullmatch(rule):
            return words(key, what=_name(match["what"], words))
    return rule


@functools.cache
def _patterns(keys: Sequence[str]) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.escape(key.removeprefix(_RULE)).replace(r"\{what\}", "(?P<what>.+)")), key)
        for key in keys
        if "{what}" in key
    ]


def _name(name: str, words: Words) -> str:
    key = next((f"{family}.{name}" for family in _FAMILIES if words.has(f"{family}.{name}")), name)
    return words(key)


def _named(trace: Mapping[str, Any], part: str, family: str, words: Words) -> str | None:
    value = trace.get(part)
    return words(f"{family}.{value}") if value else None


def _source(hit: Mapping[str, Any]) -> FoundSource:
    return FoundSource(hit.get("source", ""), hit.get("heading", ""), hit.get("score", 0.0), hit.get("ranks") or {})


def _cut(item: Mapping[str, Any], words: Words) -> Cut:
    source, version = str(item.get("source", "")), str(item.get("version", ""))
    return Cut(str(item.get("sentence", "")), words(f"blocked.{item.get('rule', '')}"), source, version)
