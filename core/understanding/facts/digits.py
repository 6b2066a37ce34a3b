"""Amounts written in digits, with marks between thousands and before the fraction."""

import re
from decimal import Decimal

_GROUPED = r"\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d{1,2})?"
_PLAIN = r"\d{1,15}(?:[.,]\d{1,4})?"
DIGITS = rf"(?<!\d[.,:/])(?<!\w)(?:{_GROUPED}|{_PLAIN})(?!\d)(?![.,:/]\d)"


def read_digits(digits: str) -> Decimal:
    """Of two kinds of marks the last is the decimal one; a single mark before three digits groups thousands."""
    plain = digits.replace(" ", "").replace("'", "")
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return Decimal(plain)
    head, _, tail = plain.rpartition(marks[-1])
    groups = len(tail) == 3 and not plain.startswith("0") and len(set(marks)) == 1
    return Decimal(re.sub(r"[.,]", "", plain) if groups else f"{re.sub('[.,]', '', head)}.{tail}")
