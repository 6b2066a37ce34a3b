"""Phone numbers, as E.164."""

import re

from core.understanding.facts.clause import text_before
from core.understanding.facts.span import Context, Span
from core.understanding.text import fold

_LEAST_DIGITS = 7
_DIGIT = re.compile(r"\d")
# "8 067 123 45 67", the way it was dialled for decades.
_OLD_TRUNK = re.compile(r"(?<![\d+])8(?=[\s-]?\(?0\d{2})")
# Whose number it is when it is not the customer's.
_YOURS = re.compile(r"(?:ваш|вашого|вашему|your|у вас|на сайті|на сайте|website)(?:\W+\w+){0,3}\W+$")


def find(text: str, context: Context) -> list[Span]:
    """Only numbers that exist in a country's plan; without a country code that of `context.region`."""
    if len(_DIGIT.findall(text)) < _LEAST_DIGITS:
        return []
    import phonenumbers

    folded = _OLD_TRUNK.sub(" ", fold(text))
    return [
        Span(match.start, match.end, phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))
        for match in phonenumbers.PhoneNumberMatcher(folded, context.region)
        if not _YOURS.search(text_before(folded, match.start))
    ]


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
