"""A phone or an address that came in pieces, one message each: "099", "412 56", "70"."""

import re

from core.understanding.facts.email import find_all
from core.understanding.facts.phone import to_e164
from core.understanding.facts.span import Context, Span

_DIGITS = re.compile(r"[\d\s()+.-]*\d[\d\s()+.-]*")
_DIGITS_LAST = re.compile(r"(?<![\w+])[\d\s()+.-]*\d[\d\s()+.-]*$")
_HOST = re.compile(r"\s*@\s?[\w.-]+\.[a-z]{2,12}\s*", re.IGNORECASE)
_LOCAL_LAST = re.compile(r"(?<![^\s:])[a-z0-9][\w.+-]*$", re.IGNORECASE)


def find_phone(text: str, context: Context) -> list[Span]:
    """The number that the digits of this message complete."""
    before = _DIGITS_LAST.search(context.recent.rstrip())
    if before is None or not _DIGITS.fullmatch(text):
        return []
    number = to_e164(" ".join(f"{before.group()} {text}".split()), context.region)
    return [Span(0, len(text), number)] if number else []


def find_email(text: str, context: Context) -> list[Span]:
    """The address whose host this message tells."""
    before = _LOCAL_LAST.search(context.recent.rstrip())
    if before is None or not _HOST.fullmatch(text):
        return []
    return [Span(0, len(text), each.value) for each in find_all(before.group() + text.strip())]
