"""All facts of one message, each with the words that say it."""

from dataclasses import dataclass

from core.understanding.facts import (
    budget,
    city,
    company,
    dates,
    email,
    labels,
    name,
    need,
    phone,
    pieces,
    product,
    quantity,
    role,
)
from core.understanding.facts.clause import end_sentences
from core.understanding.facts.money import find_money
from core.understanding.facts.number_marks import mark
from core.understanding.facts.numbers import find_numbers, is_together
from core.understanding.facts.second_reading import read_again
from core.understanding.facts.span import MASK, Context, Span, mask
from core.understanding.text import fold


def find_facts(text: str, context: Context) -> dict[str, Span]:
    """The last statement of each fact, in the order in which they are told. The product's value is its sku."""
    explained = _explain(text, context)
    sums, quantities = _count(explained, text, context)
    counted = _before_products(explained, quantities, context)
    sums, quantities = read_again(explained.numbers, sums, quantities, context)
    quantities = sorted({span.start: span for span in (*quantities, *counted)}.values(), key=lambda span: span.start)
    found = {
        "email": email.own(text, explained.emails) or pieces.find_email(text, context),
        "phone": phone.own(text, explained.phones) or explained.phone_in_pieces,
        "product": product.find(explained.without_emails, context),
        "deadline": explained.deadlines,
        "budget": sums,
        "quantity": quantities,
        "city": city.find(explained.contacts, context),
        "name": name.find(explained.contacts, context),
        "company": company.find(explained.contacts, context),
        "role": role.find(explained.contacts, context),
        "need": _find_need(text, explained.contacts, context),
    }
    last = {fact: spans[-1] for fact, spans in found.items() if spans}
    return dict(sorted(last.items(), key=lambda each: each[1].start))


def read_numbers(text: str, context: Context) -> tuple[str, list[Span], list[Span]]:
    """The text with all numbers hidden that other finders explain, and in it budgets and quantities by the rules."""
    explained = _explain(text, context)
    return explained.numbers, *_count(explained, text, context)


def mark_numbers(text: str, context: Context) -> list[str]:
    """Every number of the text that may be a sum or a count, marked in it."""
    numbers = _explain(text, context).numbers
    folded = fold(numbers)
    return [mark(folded, money, context.recent) for money in find_money(folded, find_numbers(numbers))]


@dataclass(frozen=True, slots=True)
class _Explained:
    """What one finder has explained is hidden from the next: the digits of a phone or a date count no goods."""

    emails: list[Span]
    phones: list[Span]
    phone_in_pieces: list[Span]
    deadlines: list[Span]
    without_emails: str
    contacts: str
    """Without phones as well."""
    numbers: str
    """With nothing left in it but numbers that may be a sum or a count."""


def _explain(text: str, context: Context) -> _Explained:
    emails = email.find_all(text)
    without_emails = mask(text, emails)
    hidden = mask(without_emails, labels.find(without_emails, context))
    phones = phone.find_all(hidden, context)
    hidden = _hide_products(mask(hidden, phones), context)
    deadlines = dates.find(hidden, context)
    in_pieces = pieces.find_phone(text, context)
    told = [*in_pieces, *deadlines, *dates.find_figures(hidden, context)]
    numbers = end_sentences(mask(hidden, told))
    return _Explained(emails, phones, in_pieces, deadlines, without_emails, mask(without_emails, phones), numbers)


def _count(explained: _Explained, text: str, context: Context) -> tuple[list[Span], list[Span]]:
    """Budgets and quantities by the rules."""
    quantities = [
        count
        for count in quantity.find(explained.numbers, context)
        if not is_together(explained.numbers[count.start : count.end])
    ]
    sums = budget.find(explained.numbers, context)
    if "budget" in context.expected and sums and sums[-1].end - sums[-1].start == len(text.strip(" .!")):
        quantities = []
    restated = {money.start for money in sums[1:]}
    quantities = [count for count in quantities if count.start not in restated]
    return _without(sums, quantities), quantities


def _before_products(explained: _Explained, quantities: list[Span], context: Context) -> list[Span]:
    """What counts a product by its name needs no second reading."""
    if not quantities or context.numbers is None:
        return []
    starts = {start for mention in context.catalogue.find(explained.without_emails) for start, _ in mention.parts}
    return [span for span in quantities if starts & {span.end + 1, span.end + 2}]


def _without(amounts: list[Span], quantities: list[Span]) -> list[Span]:
    """A number that counts goods is no sum of money."""
    return [money for money in amounts if not any(money.start <= count.start < money.end for count in quantities)]


def _find_need(text: str, contacts: str, context: Context) -> list[Span]:
    """In the words as written: a need may hold an address, but a text that gives one is no need by itself."""
    return [Span(span.start, span.end, text[span.start : span.end]) for span in need.find(contacts, context)]


def _hide_products(text: str, context: Context) -> str:
    """The digits of a product's name or number; its words stay, for they are what is counted."""
    for mention in context.catalogue.find(text):
        for start, end in mention.parts:
            part = "".join(MASK if letter.isdigit() else letter for letter in text[start:end])
            text = text[:start] + part + text[end:]
    return text
