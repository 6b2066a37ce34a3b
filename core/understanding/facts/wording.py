"""Lists of wordings as they are read best, one a line, compiled into one expression."""

import re


def any_of(lines: str, *, after: str = "") -> re.Pattern[str]:
    """Any line, from the beginning of a word on; `after` follows whichever it was. Lines are expressions."""
    wordings = [line.strip() for line in lines.splitlines() if line.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(wordings) + ")" + after)
