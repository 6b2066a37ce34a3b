"""Markdown as people write it, to the words that a customer may read."""

import re
from typing import Final

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_IMAGE: Final = re.compile(r"!\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK: Final = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_EMPHASIS: Final = re.compile(r"(?<![\w*_])(\*\*|__|\*|_)(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_])")
_CODE: Final = re.compile(r"`([^`\n]+)`")
_RULE: Final = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)


def read_markdown(text: str) -> str:
    """Without comments, front matter, emphasis and link markup; headings, lists and addresses stay."""
    text = text.replace("\r\n", "\n").replace("\ufeff", "")
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text))
    text = _RULE.sub("", _LINK.sub(_show_link, _IMAGE.sub(r"\1", text)))
    for _ in range(2):  # bold may hold italics
        text = _EMPHASIS.sub(r"\2", text)
    return _CODE.sub(r"\1", text)


def _show_link(link: re.Match[str]) -> str:
    words, address = link[1], link[2]
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return words if shown == words or address.startswith("#") else f"{words} ({shown})"
