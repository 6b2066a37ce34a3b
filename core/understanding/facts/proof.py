"""Values of facts that somebody else found in a text: each is read again by our own rules, or refused."""

from collections.abc import Callable, Mapping

from core.domain.facts import FactValue
from core.understanding.facts import budget_wordings, email, phone
from core.understanding.facts import quantity_wordings as counting
from core.understanding.facts.calendar import find_days
from core.understanding.facts.clause import clause_around
from core.understanding.facts.gazetteer import cities_by_form
from core.understanding.facts.money import currency_default, find_money
from core.understanding.facts.numbers import find_numbers, whole
from core.understanding.facts.span import Context
from core.understanding.facts.whose import is_foreign
from core.understanding.text import fold

Quote = tuple[str, int, int]
"""A message's text and the span in it that is quoted."""
_LONGEST = {"name": 60, "company": 80, "city": 40, "product": 80, "need": 200}
_MOST_PIECES = 1_000_000


def read_value(name: str, value: str, quote: Quote, context: Context) -> FactValue | None:
    """What the quote proves of the fact; None when it does not."""
    prove = _PROOFS.get(name)
    return prove(value, quote, context) if prove else None


def _phone(value: str, quote: Quote, context: Context) -> FactValue | None:
    """Where our own finder knows a number it has judged whose it is."""
    text, start, end = quote
    number = phone.to_e164(text[start:end], context.region)
    if number is None or any(span.value == number for span in phone.find_all(text, context)):
        return None
    return None if phone.is_free_or_paid(number) or is_foreign(fold(text), start, end) else number


def _email(value: str, quote: Quote, context: Context) -> FactValue | None:
    text, start, end = quote
    found = email.find_all(text[start:end])
    known = {span.value for span in email.find_all(text)}
    return next((span.value for span in email.own(text[start:end], found) if span.value not in known), None)


def _budget(value: str, quote: Quote, context: Context) -> FactValue | None:
    text, start, end = quote
    clause = clause_around(fold(text), start, end)
    if clause.is_question or budget_wordings.NOT_MINE.search(clause.before + text[start:end] + clause.after):
        return None
    sums = find_money(fold(text[start:end]), find_numbers(text[start:end]))
    return sums[-1].value(currency_default(context.language, context.currency)) if len(sums) == 1 else None


def _quantity(value: str, quote: Quote, context: Context) -> FactValue | None:
    text, start, end = quote
    numbers = find_numbers(text[start:end])
    clause = clause_around(fold(text), start, end)
    if len(numbers) != 1 or counting.NOT_ORDERED.search(clause.text):
        return None
    count = whole(numbers[0].value)
    return count if count is not None and 0 < count <= _MOST_PIECES else None


def _deadline(value: str, quote: Quote, context: Context) -> FactValue | None:
    text, start, end = quote
    days = find_days(fold(text[start:end]), context.today)
    if not days or (days[-1].day and days[-1].day < context.today):
        return None
    day = days[-1].day
    return {"text": text[start:end], "date": day.isoformat() if day else None}


def _city(value: str, quote: Quote, context: Context) -> FactValue | None:
    """A city of ours, else the name as quoted with its capital: declension is not guessed."""
    said = quote[0][quote[1] : quote[2]].strip()
    city = cities_by_form().get(fold(said))
    if city is not None:
        return city.names.get(context.language) or city.names["en"]
    return said if said[:1].isupper() and len(said) <= _LONGEST["city"] and fold(said) == fold(value) else None


def _role(value: str, quote: Quote, context: Context) -> FactValue | None:
    return value if value in ("buyer", "partner") else None


def _as_quoted(name: str) -> Callable[[str, Quote, Context], FactValue | None]:
    def prove(value: str, quote: Quote, context: Context) -> FactValue | None:
        """The customer's own words, as far as value and quote agree."""
        text, start, end = quote
        at = fold(text[start:end]).find(fold(value))
        said = text[start + at : start + at + len(value)] if at >= 0 else ""
        return said if said and len(said) <= _LONGEST[name] and any(letter.isalpha() for letter in said) else None

    return prove


_PROOFS: Mapping[str, Callable[[str, Quote, Context], FactValue | None]] = {
    "phone": _phone,
    "email": _email,
    "budget": _budget,
    "quantity": _quantity,
    "deadline": _deadline,
    "city": _city,
    "role": _role,
    **{name: _as_quoted(name) for name in ("name", "company", "product", "need")},
}
