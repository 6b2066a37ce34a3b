"""Email addresses, in lower case."""

import re

from core.understanding.facts.clause import text_before
from core.understanding.facts.span import Context, Span
from core.understanding.text import fold

_AT = r"(?:@|\s?[(\[](?:at|собака|равлик)[)\]]\s?|\s(?:собака|собачка|равлик)\s)"
_DOT = r"(?:\.|\s?[(\[](?:dot|точка|крапка)[)\]]\s?|\s(?:точка|крапка)\s)"
_ADDRESS = re.compile(
    rf"(?<![\w.+-])([a-z0-9][\w.+-]{{0,62}}){_AT}((?:[a-z0-9-]{{1,62}}{_DOT}){{1,4}}[a-z]{{2,12}})(?![\w@-])"
)
_DOT_SIGN = re.compile(_DOT)
_YOURS = re.compile(r"(?:ваш\w*|your|на сайті|на сайте|website)(?:\W+\w+){0,3}\W+$")


def find(text: str, context: Context) -> list[Span]:
    folded = fold(text)
    if "@" not in folded and "собак" not in folded and "равлик" not in folded and "at" not in folded:
        return []
    return [
        Span(match.start(), match.end(), f"{match.group(1)}@{_DOT_SIGN.sub('.', match.group(2))}")
        for match in _ADDRESS.finditer(folded)
        if match.group(1).isascii() and not _YOURS.search(text_before(folded, match.start()))
    ]
