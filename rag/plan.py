"""What a document will be stored as, before anything is stored: pieces, and hashes of all that they depend on."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.ports import Document
from rag.sources.markdown import read_markdown
from rag.split import Piece, split_markdown
from rag.units import split_units

# Part of every document's hash: raise it when splitting or the lexicon changes, and all are split and indexed again.
_FORM: Final = "1"
_FEWEST_TEXTS: Final = 32


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    digest: str
    pieces: tuple[Piece, ...]
    digests: tuple[str, ...]
    """One a piece: what its vector is made of, the embedder included."""

    @property
    def by_digest(self) -> dict[str, Piece]:
        """What would be embedded."""
        return dict(zip(self.digests, self.pieces, strict=True))


def plan(document: Document, embedder: str) -> Plan:
    pieces = tuple(split_markdown(read_markdown(document.text)))
    digests = tuple(passage_digest(piece, embedder) for piece in pieces)
    return Plan(document, document_digest(document, embedder), pieces, digests)


def document_digest(document: Document, embedder: str) -> str:
    return _hash(_FORM, embedder, document.topic, document.language, document.text)


def passage_digest(piece: Piece, embedder: str) -> str:
    return _hash(embedder, embedded_text(piece))


def embedded_text(piece: Piece) -> str:
    """The headings say what the text is about."""
    return f"{piece.heading}\n{piece.text}" if piece.heading else piece.text


def embedded_sentences(piece: Piece) -> list[str]:
    """Under the same headings; none when it is a single one."""
    units = split_units(piece.text)
    return [embedded_text(replace(piece, text=unit.text)) for unit in units] if len(units) > 1 else []


def group(plans: Iterable[Plan]) -> Iterator[list[Plan]]:
    """Documents that are embedded together: few at first, then more, so that the index is not renewed too often."""
    held: list[Plan] = []
    done = texts = 0
    for each in plans:
        held.append(each)
        texts += len(each.pieces)
        if texts >= max(_FEWEST_TEXTS, done // 8):
            yield held
            done += texts
            held, texts = [], 0
    if held:
        yield held


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
