"""Email addresses, in lower case."""

import re

from core.understanding.facts.span import Context, Span, mask
from core.understanding.facts.spoken_email import find_spoken
from core.understanding.facts.whose import is_foreign
from core.understanding.text import fold

_ADDRESS = re.compile(r"(?<![\w.+-])([a-z0-9][\w.+-]{0,62})@((?:[a-z0-9-]{1,62}\.){1,4}[a-z]{2,12})(?![\w@-])")
_COMMA = re.compile(r"(@[\w.-]+),(?=(?:com|net|ua|org)(?!\w))")
"""A slip of the finger: "lena@gmail,com"."""


def find(text: str, context: Context) -> list[Span]:
    """The customer's own: addresses of other people and of the firm are left out."""
    return own(text, find_all(text))


def find_all(text: str) -> list[Span]:
    """Whosever they are, as typed or said in words."""
    folded = _COMMA.sub(r"\1.", fold(text))
    bracketed = [
        Span(said.start, said.end, said.address) for said in find_spoken(folded) if "(" in folded[said.start : said.end]
    ]
    folded = mask(folded, bracketed)
    found = [
        Span(match.start(), match.end(), match.group())
        for match in _ADDRESS.finditer(folded)
        if match.group(1).isascii()
    ]
    found += bracketed
    found += [Span(said.start, said.end, said.address) for said in find_spoken(mask(folded, found))]
    return sorted(found, key=lambda each: each.start)


def own(text: str, addresses: list[Span]) -> list[Span]:
    folded = fold(text)
    return [span for span in addresses if not is_foreign(folded, span.start, span.end)]
