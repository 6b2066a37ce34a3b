"""One lesson: all questions about one firm against its sections, and how wrong the network is about them."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch

from benchmarks.adapter.pages import Firm, Section, title
from core.domain.vocabulary import LANGUAGES

NEAR_WEIGHT: Final = 0.8
"""Of a question that sounds near to a section and has no answer."""
FAR_WEIGHT: Final = 0.25
"""Of a question about another trade."""
FAR_FIRMS: Final = 6
FAR_EACH: Final = 2
NEAR: Final = -1
FAR: Final = -2

_IMPOSSIBLE: Final = -1e9
_TOKENS: Final = 220
_ASK_TOKENS: Final = 100
_TITLED: Final = 1 / 3
"""Of the sections stand under their page's title, as in a real page."""
_AT_ONCE: Final = 40

# Of these any firm may tell: to ask another firm for them is no question without an answer.
_COMMON: Final = re.compile(
    "deliver|pay|return|guarant|warrant|about|book|cancel|discount|price|visit|shop|hour|contact|order|partner|wholesale"
    "|pickup|staff|service|gift|store|showroom|schedule|safety|choose|install|repair|rental|trade|dealer|ship|refund|terms"
    "|start|location|support|care|loyal|who"
)

Encode = Callable[..., list[int]]
Tokens = list[int]


@dataclass(frozen=True, slots=True)
class Text:
    """Tokens of a question or a section; `section` is its number in the firm, or NEAR or FAR."""

    tokens: Tokens
    section: int
    language: str


@dataclass(frozen=True, slots=True)
class Material:
    """A firm, cut into tokens once."""

    sections: Sequence[Sequence[Text]]
    """Of each one text a language."""
    titled: Sequence[Sequence[Text]]
    """The same under their pages' titles."""
    asks: Sequence[Text]
    telling: Sequence[Text]
    """Questions that another trade has no answer to."""


def prepare(firm: Firm, encode: Encode) -> Material:
    def asked(number: int, section: Section) -> list[Text]:
        return [_ask(encode, ask.text, number, ask.language) for ask in section.asks]

    strange = [_ask(encode, ask.text, NEAR, ask.language) for section in firm.sections for ask in section.strange]
    own = [text for section in firm.sections if not _COMMON.search(section.topic) for text in asked(FAR, section)]
    asks = [text for number, section in enumerate(firm.sections) for text in asked(number, section)]
    return Material(
        [_texts(encode, number, section) for number, section in enumerate(firm.sections)],
        [_texts(encode, number, section, title(section)) for number, section in enumerate(firm.sections)],
        [*asks, *strange],
        own,
    )


def loss(network: Any, material: Material, others: Sequence[Material], least: Any, sharpness: Any) -> Any:
    """Right sections must be nearer than all others and than `least`; what has no answer must stay below that."""
    far = [text for other in random.sample(list(others), min(FAR_FIRMS, len(others))) for text in _some(other.telling)]
    asks = [*material.asks, *far]
    passages = [text for number in range(len(material.sections)) for text in _two_languages(material, number)]
    near = _embed(network, asks) @ _embed(network, passages).T
    chances = torch.cat([near, least.expand(len(asks), 1)], 1) * sharpness.exp()
    section = torch.tensor([ask.section for ask in asks])
    right = section[:, None] == torch.tensor([passage.section for passage in passages])[None]
    same = torch.tensor([[ask.language == passage.language for passage in passages] for ask in asks])
    return _misses(chances, right, same, section) + _false_answers(chances, section)


def _misses(chances: Any, right: Any, same: Any, section: Any) -> Any:
    """Among all passages, and once more among those of the question's own language."""
    answered = section >= 0
    own = right & same
    there = answered & own.any(1)
    found, none = chances[:, :-1], chances[:, -1:]
    among = torch.cat([found.masked_fill(~same, _IMPOSSIBLE), none], 1).logsumexp(1)
    anywhere = chances.logsumexp(1) - found.masked_fill(~right, _IMPOSSIBLE).logsumexp(1)
    at_home = among - found.masked_fill(~own, _IMPOSSIBLE).logsumexp(1)
    return anywhere[answered].mean() + at_home[there].mean()


def _false_answers(chances: Any, section: Any) -> Any:
    surprise = chances.logsumexp(1) - chances[:, -1]
    weights = {NEAR: NEAR_WEIGHT, FAR: FAR_WEIGHT}
    parts = [weight * surprise[section == kind].mean() for kind, weight in weights.items() if (section == kind).any()]
    return sum(parts, torch.tensor(0.0))


def _embed(network: Any, texts: Sequence[Text]) -> Any:
    """Texts of like length together, which wastes little on padding; rows in the order of the texts."""
    order = sorted(range(len(texts)), key=lambda n: len(texts[n].tokens))
    parts = [order[at : at + _AT_ONCE] for at in range(0, len(order), _AT_ONCE)]
    rows = torch.cat([network([texts[n].tokens for n in part]) for part in parts])
    return rows[torch.argsort(torch.tensor(order))]


def _two_languages(material: Material, number: int) -> list[Text]:
    chosen = random.sample(range(len(LANGUAGES)), 2)
    source = material.titled if random.random() < _TITLED else material.sections
    return [source[number][place] for place in chosen]


def _some(texts: Sequence[Text]) -> Sequence[Text]:
    return random.sample(list(texts), min(FAR_EACH, len(texts)))


def _ask(encode: Encode, text: str, section: int, language: str) -> Text:
    return Text(encode(text, is_query=True, limit=_ASK_TOKENS), section, language)


def _texts(encode: Encode, number: int, section: Section, above: str = "") -> list[Text]:
    path = f"{above} › " if above else ""
    return [
        Text(
            encode(f"{path}{section.headings[language]}\n{section.texts[language]}", is_query=False, limit=_TOKENS),
            number,
            language,
        )
        for language in LANGUAGES
    ]
