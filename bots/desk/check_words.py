"""What the check of the firm's folder says, in the reader's language: its sentences are patterns of the catalogue."""

import re
from typing import Final

from bots.desk.words import Words

_FAMILY: Final = "check."
_LINE: Final = re.compile(r"(?P<place>- \S+: )?(?P<mend>\s*how to mend: )?(?P<said>.*)", re.DOTALL)
_NEAR: Final = re.compile(r"(did you mean '[^']*'\? )(allowed: .*)")


def check_text(words: Words, text: str) -> str:
    """Line by line; what the catalogue has no pattern for stays as it is."""
    return "\n".join(_line(words, line) for line in text.split("\n"))


def _line(words: Words, line: str) -> str:
    found = _LINE.fullmatch(line)
    if found is None:
        return line
    mend = f"  {words(f'{_FAMILY}how to mend')}: " if found["mend"] else ""
    near = _NEAR.fullmatch(found["said"])
    said = "".join(_say(words, part) for part in near.groups()) if near else _say(words, found["said"])
    return f"{found['place'] or ''}{mend}{said}"


def _say(words: Words, said: str) -> str:
    for key in words.keys(_FAMILY):
        names = re.escape(key.removeprefix(_FAMILY)).replace(r"\{\}", "(.+?)")
        if found := re.fullmatch(names, said, re.DOTALL):
            text = words(key)
            for value in found.groups():
                text = text.replace("{}", value, 1)
            return text
    return said
