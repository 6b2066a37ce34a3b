"""Firms and messages as tokens, and what of them one lesson is about."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from benchmarks.adapter.pages import Ask, Firm, Section, title
from core.domain.vocabulary import LANGUAGES
from rag.units import split_units

FAR_FIRMS: Final = 6
FAR_EACH: Final = 2
IDLE_MESSAGES: Final = 8
NEAR: Final = -1
FAR: Final = -2
IDLE: Final = -3

_TOKENS: Final = 220
_ASK_TOKENS: Final = 100
_TITLED: Final = 1 / 3
"""Of the sections stand under their page's title, as in a real page."""

# Of these any firm may tell: to ask another firm for them is no question without an answer.
_COMMON: Final = re.compile(
    "deliver|pay|return|guarant|warrant|about|book|cancel|discount|price|visit|shop|hour|contact|order|partner|wholesale"
    "|pickup|staff|service|gift|store|showroom|schedule|safety|choose|install|repair|rental|trade|dealer|ship|refund|terms"
    "|start|location|support|care|loyal|who"
)

Thing = TypeVar("Thing")
Encode = Callable[..., list[int]]
Tokens = list[int]


@dataclass(frozen=True, slots=True)
class Question:
    """`section` is its number in the firm, or NEAR, FAR or IDLE; `places` are the sentences that answer it, of all
    that its section has in its language."""

    tokens: Tokens
    section: int
    language: str
    places: frozenset[int] = frozenset()
    of: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A section, or the sentence of it at `place`; under their heading both."""

    tokens: Tokens
    section: int
    language: str
    place: int | None = None
    of: int = 0
    """Sentences that the section has."""

    def answers(self, question: Question) -> bool:
        """A translation of as many sentences has the answer in the same place."""
        if self.section != question.section:
            return False
        return self.place is None or (self.of == question.of and self.place in question.places)


@dataclass(frozen=True, slots=True)
class Material:
    """A firm, cut into tokens once."""

    sections: Sequence[Mapping[str, Sequence[Text]]]
    """By language: the section and its sentences."""
    titled: Sequence[Mapping[str, Sequence[Text]]]
    """The same under their pages' titles."""
    questions: Sequence[Question]
    telling: Sequence[Question]
    """Those that another trade has no answer to."""

    def draw(self) -> list[Text]:
        """Every section in one of its languages."""
        drawn: list[Text] = []
        for number in range(len(self.sections)):
            source = self.titled if random.random() < _TITLED else self.sections
            drawn += source[number][random.choice(LANGUAGES)]
        return drawn


@dataclass(frozen=True, slots=True)
class Others:
    """What people ask elsewhere."""

    firms: Sequence[Material]
    idle: Sequence[Question]

    def draw(self) -> list[Question]:
        """A few of them, other ones each time."""
        chosen = _some(self.firms, FAR_FIRMS)
        return [*(text for firm in chosen for text in _some(firm.telling, FAR_EACH)), *_some(self.idle, IDLE_MESSAGES)]


def prepare_idle(asks: Sequence[Ask], encode: Encode) -> list[Question]:
    return [_strange(encode, ask, IDLE) for ask in asks]


def prepare(firm: Firm, encode: Encode) -> Material:
    questions = [_question(encode, ask, n, section) for n, section in enumerate(firm.sections) for ask in section.asks]
    near = [_strange(encode, ask, NEAR) for section in firm.sections for ask in section.strange]
    own = [section for section in firm.sections if not _COMMON.search(section.topic)]
    return Material(
        [_texts(encode, number, section) for number, section in enumerate(firm.sections)],
        [_texts(encode, number, section, f"{title(section)} › ") for number, section in enumerate(firm.sections)],
        [*questions, *near],
        [_strange(encode, ask, FAR) for section in own for ask in section.asks],
    )


def _question(encode: Encode, ask: Ask, number: int, section: Section) -> Question:
    units = [_plain(unit.text) for unit in split_units(section.texts[ask.language])]
    places = frozenset(place for place, unit in enumerate(units) if _plain(ask.answer) in unit)
    return Question(_asked(encode, ask), number, ask.language, places, len(units))


def _strange(encode: Encode, ask: Ask, kind: int) -> Question:
    return Question(_asked(encode, ask), kind, ask.language)


def _asked(encode: Encode, ask: Ask) -> Tokens:
    return encode(ask.text, is_query=True, limit=_ASK_TOKENS)


def _texts(encode: Encode, number: int, section: Section, above: str = "") -> dict[str, list[Text]]:
    def cut(language: str, text: str) -> Tokens:
        return encode(f"{above}{section.headings[language]}\n{text}", is_query=False, limit=_TOKENS)

    made: dict[str, list[Text]] = {}
    for language in LANGUAGES:
        units = split_units(section.texts[language])
        whole = Text(cut(language, section.texts[language]), number, language)
        parts = [Text(cut(language, unit.text), number, language, n, len(units)) for n, unit in enumerate(units)]
        made[language] = [whole, *parts]
    return made


def _plain(text: str) -> str:
    return " ".join(text.lower().strip().strip(".").split())


def _some(things: Sequence[Thing], count: int) -> list[Thing]:
    return random.sample(list(things), min(count, len(things)))
