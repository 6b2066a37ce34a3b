"""Markdown in, passages out: small enough to quote, large enough to make sense."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rag.sentences import split_sentences

TARGET_WORDS: Final = 90
LIMIT_WORDS: Final = 120
HEADING_SEPARATOR: Final = " › "

_HEADING: Final = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE: Final = re.compile(r"^\s*(```|~~~)")
_OWN_LINE: Final = re.compile(r"^\s*(?:[-*+•]\s|\d+[.)]\s|\||>)")


@dataclass(frozen=True, slots=True)
class Piece:
    """`heading` is the path of headings above the text, outermost first."""

    position: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Text that stays whole, and what stands between it and the part before it."""

    text: str
    gap: str = "\n\n"


@dataclass(slots=True)
class _Section:
    heading: str
    blocks: list[str] = field(default_factory=list)


def split_markdown(text: str) -> list[Piece]:
    """Cut at headings, then at paragraphs, list items and sentences. No word is lost, none is repeated; pure."""
    pieces: list[Piece] = []
    for section in _sections(text):
        parts = [part for block in section.blocks for part in _parts(block)]
        for packed in _pack(parts):
            pieces.append(Piece(len(pieces), section.heading, packed))
    return pieces


def _sections(text: str) -> list[_Section]:
    path: list[tuple[int, str]] = []
    sections = [_Section("")]
    for block in _blocks(text):
        heading = _HEADING.match(block)
        if heading is None:
            sections[-1].blocks.append(block)
            continue
        level = len(heading[1])
        path = [entry for entry in path if entry[0] < level] + [(level, heading[2])]
        sections.append(_Section(HEADING_SEPARATOR.join(title for _, title in path if title)))
    return [section for section in _with_lone_headings(sections) if section.blocks]


def _with_lone_headings(sections: list[_Section]) -> Iterator[_Section]:
    """A heading with nothing under it says something by itself."""
    for section, following in zip(sections, [*sections[1:], _Section("")], strict=True):
        is_parent = following.heading.startswith(section.heading + HEADING_SEPARATOR)
        if section.heading and not section.blocks and not is_parent:
            section.blocks.append(section.heading.rsplit(HEADING_SEPARATOR, 1)[-1])
        yield section


def _blocks(text: str) -> Iterator[str]:
    """Headings, paragraphs, whole lists and fenced code, in order; wrapped lines are joined."""
    lines: list[str] = []
    fence: str | None = None
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and fence in (None, mark[1]):
            fence = None if fence else mark[1]
        if fence or mark or (line.strip() and not _HEADING.match(line)):
            _continue(lines, line, wraps=not (fence or mark))
            continue
        if lines:
            yield "\n".join(lines)
        lines = []
        if line.strip():
            yield line.strip()
    if lines:
        yield "\n".join(lines)


def _continue(lines: list[str], line: str, *, wraps: bool) -> None:
    """Markdown wraps paragraphs at will: only list items, table rows and code begin a line of their own."""
    if wraps and lines and not _OWN_LINE.match(line) and not lines[-1].lstrip().startswith(("|", "```", "~~~")):
        lines[-1] += " " + line.strip()
    else:
        lines.append(line.strip() if wraps else line)


def _parts(block: str, gap: str = "\n\n") -> list[_Part]:
    """The block itself when it fits, else its lines, else its sentences, else runs of words."""
    if _size(block) <= LIMIT_WORDS:
        return [_Part(block, gap)]
    pieces, inner = block.split("\n"), "\n"
    if len(pieces) == 1:
        pieces, inner = split_sentences(block), " "
    if len(pieces) == 1:
        words = block.split()
        pieces = [" ".join(words[at : at + TARGET_WORDS]) for at in range(0, len(words), TARGET_WORDS)]
    first, *rest = pieces
    return [*_parts(first, gap), *(part for piece in rest for part in _parts(piece, inner))]


def _pack(parts: list[_Part]) -> Iterator[str]:
    """Put neighbours together up to the target; a line that ends in a colon stays with what it announces."""
    held = ""
    for part in parts:
        size = _size(held) + _size(part.text)
        fits = size <= TARGET_WORDS or (held.endswith(":") and size <= LIMIT_WORDS)
        if held and not fits:
            yield held
            held = ""
        held = held + part.gap + part.text if held else part.text
    if held:
        yield held


def _size(text: str) -> int:
    return len(text.split())
