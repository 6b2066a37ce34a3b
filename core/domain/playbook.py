"""The strategy that the sales lead owns, as loaded and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.domain.promises import PromiseRule
from core.domain.situation import Situation

Templates = Mapping[str, tuple[str, ...]]
Guard = Callable[[Situation], bool]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing the seller can do. `asks` names the fact it is after; `next` the moves that may follow."""

    id: str
    stage: str
    goal: str
    templates: Templates
    asks: str | None = None
    when: Guard | None = None
    next: tuple[str, ...] = ()
    promises: PromiseRule | None = None

    def is_open(self, situation: Situation) -> bool:
        return self.when is None or self.when(situation)


@dataclass(frozen=True, slots=True)
class Objection:
    act: str
    answers: Templates


@dataclass(frozen=True, slots=True)
class FollowUp:
    after: timedelta
    move: str
    when: Guard | None = None


@dataclass(frozen=True, slots=True)
class HandOffRule:
    reason: str
    when: Guard


@dataclass(frozen=True, slots=True)
class Playbook:
    """`phrases` are the fixed texts around moves (disclosure, no answer, hand-off, ...), one list a language."""

    audience: str
    version: str
    stages: tuple[str, ...]
    moves: tuple[Move, ...]
    objections: tuple[Objection, ...]
    followups: tuple[FollowUp, ...]
    handoff: tuple[HandOffRule, ...]
    phrases: Mapping[str, Templates]
    digest: str
    """Hash of the source text: what a conversation is pinned to."""

    def find_move(self, move_id: str) -> Move | None:
        return next((move for move in self.moves if move.id == move_id), None)

    def find_objection(self, act: str) -> Objection | None:
        return next((objection for objection in self.objections if objection.act == act), None)
