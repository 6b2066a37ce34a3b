"""Phone numbers, as E.164."""

import re
from collections.abc import Iterator

from core.understanding.facts.span import Context, Span
from core.understanding.facts.spoken_phone import Group, find_runs
from core.understanding.facts.whose import is_foreign
from core.understanding.text import fold

_LEAST_DIGITS = 7
_LEAST_SPOKEN = 9
_MOST_SPOKEN = 16
_DIGIT = re.compile(r"\d")
# "8 067 123 45 67", the way it was dialled for decades.
_OLD_TRUNK = re.compile(r"(?<![\d+])8(?=[\s-]?\(?0\d{2})")
_SPLIT_CODE = re.compile(r"\+3 8(?=0)")
_LETTER_FOR_ZERO = re.compile(r"(?<!\w)[оo](?=\d\d)")


def find(text: str, context: Context) -> list[Span]:
    """The customer's own: numbers of other people and of the firm, old and free ones are left out."""
    return own(text, find_all(text, context))


def find_all(text: str, context: Context) -> list[Span]:
    """Whosever they are, if they exist in a country's plan; without a country code that of `context.region`."""
    folded = _LETTER_FOR_ZERO.sub("0", fold(text))
    found = [*_find_written(folded, context.region), *_find_spoken(folded, context.region)]
    return sorted(found, key=lambda each: each.start)


def own(text: str, numbers: list[Span]) -> list[Span]:
    folded = fold(text)
    return [
        span
        for span in numbers
        if not is_foreign(folded, span.start, span.end) and not is_free_or_paid(str(span.value))
    ]


def is_free_or_paid(number: str) -> bool:
    """Nobody has such a line of their own."""
    from phonenumbers import PhoneNumberType, number_type, parse

    kinds = (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
    return number_type(parse(number)) in kinds


def to_e164(number: str, region: str) -> str | None:
    """One number by itself, as a contact card gives it; None when there is no such number."""
    import phonenumbers

    for written in (number, f"+{number.lstrip('+')}"):
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


def _find_written(folded: str, region: str) -> Iterator[Span]:
    if len(_DIGIT.findall(folded)) < _LEAST_DIGITS:
        return
    import phonenumbers

    written = _SPLIT_CODE.sub("+38 ", _OLD_TRUNK.sub(" ", folded))
    valid = [(match, False) for match in phonenumbers.PhoneNumberMatcher(written, region)]
    taken = [(match.start, match.end) for match, _ in valid]
    possible = phonenumbers.PhoneNumberMatcher(written, region, leniency=phonenumbers.Leniency.POSSIBLE)
    for match, needs_plus in [*valid, *((match, True) for match in possible)]:
        is_again = needs_plus and any(start < match.end and match.start < end for start, end in taken)
        if needs_plus and (is_again or not match.raw_string.startswith("+")):
            continue
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield Span(match.start, match.end, number)


def _find_spoken(folded: str, region: str) -> Iterator[Span]:
    for run in find_runs(folded):
        span = _read_spoken(run, region)
        if span is not None:
            yield span


def _read_spoken(run: list[Group], region: str) -> Span | None:
    """The longest part of the run that is a number of the plan, from the left."""
    for first in range(len(run)):
        for last in range(len(run), first, -1):
            part = run[first:last]
            digits = "".join(group.digits for group in part)
            if not _LEAST_SPOKEN <= len(digits) <= _MOST_SPOKEN or not any(group.worded for group in part):
                continue
            number = to_e164(re.sub(r"^8(?=0\d{9}$)", "", digits), region)
            if number is not None:
                return Span(part[0].start, part[-1].end, number)
    return None
