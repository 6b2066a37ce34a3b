"""Choosing the approved texts of one reply, in the turn's language, and noting which ones were used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.firm import Product
from core.domain.playbook import Playbook, Templates
from core.domain.turn import Decision, Found, Turn, Understood
from core.engine.texts import choose
from core.engine.totals import NOTHING_PICKED, Total


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a composer may use."""

    turn: Turn
    understood: Understood
    decision: Decision
    playbook: Playbook
    product: Product | None
    found: Found
    more: tuple[tuple[str, Found], ...] = ()
    """Further questions of the same turn, each with what was found for it."""
    picks: tuple[Product, ...] = ()
    asked_for: tuple[Product, ...] = ()
    """What a question about a price describes without naming it ("how much is a grinder?")."""
    order: Total = NOTHING_PICKED
    """What was picked, with its sums."""
    question: str | None = None
    """The question that `found` answers, when the turn asks more than one."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The parts of one reply, in the order in which they are read."""

    texts: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    answered: bool = True
    """False when a question was asked and the firm's knowledge has no answer."""

    def plus(self, chosen: tuple[str, str] | None) -> "Pieces":
        if chosen is None:
            return self
        return replace(self, texts=(*self.texts, chosen[0]), used=(*self.used, chosen[1]))

    def quoting(self, text: str, sources: Sequence[str]) -> "Pieces":
        return replace(self, texts=(*self.texts, text), sources=(*self.sources, *sources))

    def unanswered(self) -> "Pieces":
        return replace(self, answered=False)

    @property
    def asks(self) -> bool:
        return any("?" in text for text in self.texts)


class Speaker:
    def __init__(self, brief: Brief, values: Mapping[str, str]) -> None:
        self._brief = brief
        self._values = values

    def knows(self, name: str) -> bool:
        """Whether a placeholder has a value."""
        return bool(self._values.get(name))

    def choose(self, templates: Templates, key: str) -> tuple[str, str] | None:
        used = self._brief.turn.conversation.memory.used
        for language in (self._brief.understood.language, self._brief.turn.firm.default_language):
            chosen = choose(templates, language, self._values, key=key, used=used)
            if chosen:
                return chosen
        return None

    def phrase(self, pieces: Pieces, key: str) -> Pieces:
        return pieces.plus(self.choose(self._brief.playbook.phrases.get(key, {}), f"phrase.{key}"))

    def move(self, pieces: Pieces, move_id: str) -> Pieces:
        move = self._brief.playbook.find_move(move_id)
        return pieces.plus(self.choose(move.templates, f"move.{move_id}")) if move else pieces
