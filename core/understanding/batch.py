"""The facts of the messages that are answered together: what is said later corrects what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.facts import FactValue, FoundFact, Witness
from core.domain.firm import Firm
from core.domain.turn import TurnMessage
from core.understanding.facts.extract import find_facts, mark_numbers
from core.understanding.facts.span import Context
from core.understanding.reading import Reading
from core.understanding.text import clean

_SHORT_ANSWER = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """One fact of each name, the last told last. `open_texts` need a model, `answered` facts were plainly given."""

    facts: tuple[FoundFact, ...]
    sku: str | None
    open_texts: tuple[str, ...]
    answered: tuple[str, ...]


def find_batch(readings: Sequence[Reading], context: Context, firm: Firm) -> Batch:
    facts: dict[str, FoundFact] = {}
    sku = None
    earlier: list[str] = []
    open_texts: list[str] = []
    answered: list[str] = []
    for reading in readings:
        here = replace(
            context, known=_known(context, facts), earlier="\n".join(earlier), recent=_recent(context, earlier)
        )
        found, named = _find(reading, here, firm)
        earlier.append(reading.text)
        for fact in (*reading.facts, *found):
            facts.pop(fact.name, None)
            facts[fact.name] = fact
        sku = named or sku
        if _is_answer(reading.text, found, context.expected):
            answered += [fact.name for fact in found]
        elif reading.text.strip():
            open_texts.append(reading.text)
    return Batch(tuple(facts.values()), sku, tuple(open_texts), tuple(dict.fromkeys(answered)))


def mark_all_numbers(readings: Sequence[Reading], context: Context) -> list[str]:
    """The numbers of all messages, each marked in its text, as `find_batch` will ask about them."""
    earlier: list[str] = []
    marked: list[str] = []
    for reading in readings:
        marked += mark_numbers(clean(reading.text).text, replace(context, recent=_recent(context, earlier)))
        earlier.append(reading.text)
    return marked


def _recent(context: Context, earlier: Sequence[str]) -> str:
    return "\n".join((context.recent, *earlier))


def _known(context: Context, facts: dict[str, FoundFact]) -> dict[str, FactValue]:
    before = {name: value for name, value in context.known.items() if name not in facts}
    return before | {fact.name: fact.value for fact in facts.values()}


def _find(reading: Reading, context: Context, firm: Firm) -> tuple[list[FoundFact], str | None]:
    """The facts of one message, and the product it names."""
    cleaned = clean(reading.text)
    sku = None
    facts = []
    for name, span in find_facts(cleaned.text, context).items():
        value = span.value
        if name == "product":
            sku = str(value)
            product = firm.product(sku)
            value = product.name(context.language) if product else sku
        facts.append(FoundFact(name, value, _witness(reading.message, cleaned.span(span.start, span.end))))
    return facts, sku


def _witness(message: TurnMessage, span: tuple[int, int]) -> Witness:
    return Witness(message.id, *span)


def _is_answer(text: str, found: Sequence[FoundFact], expected: frozenset[str]) -> bool:
    """Nothing but the fact that was asked for, or no word at all: no model need read that."""
    if not any(letter.isalpha() for letter in text):
        return True
    short = len(text.split()) <= _SHORT_ANSWER and "?" not in text
    return short and any(fact.name in expected for fact in found)
