"""What a document will be stored as, before anything is stored: pieces, and hashes of all that they depend on."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.ports import Document
from rag.calibrate import find_calibration
from rag.sources.markdown import read_markdown
from rag.split import Piece, split_markdown
from rag.units import split_units

# Part of every document's hash: raise it when splitting or the lexicon changes, and all are split and indexed again.
_FORM: Final = "1"
_FEWEST_TEXTS: Final = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """Who embeds, and whether sentences are embedded beside their passages."""

    embedder: str
    by_sentence: bool = False


def read_with(embedder: str) -> Reading:
    """Sentences too, where this embedder's are known to tell an answer."""
    return Reading(embedder, find_calibration(embedder).reads_sentences)


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    digest: str
    pieces: tuple[Piece, ...]
    digests: tuple[str, ...]
    """One a piece: what its vectors are made of, the embedder included."""
    texts: Mapping[str, Sequence[str]]
    """What would be embedded, by digest: see `embedded_texts`."""


def plan(document: Document, reading: Reading) -> Plan:
    pieces = tuple(split_markdown(read_markdown(document.text)))
    texts = [embedded_texts(piece, reading) for piece in pieces]
    digests = tuple(texts_digest(each, reading) for each in texts)
    by_digest = dict(zip(digests, texts, strict=True))
    return Plan(document, document_digest(document, reading), pieces, digests, by_digest)


def document_digest(document: Document, reading: Reading) -> str:
    how = ("sentences",) if reading.by_sentence else ()
    return _hash(_FORM, reading.embedder, document.topic, document.language, document.text, *how)


def texts_digest(texts: Sequence[str], reading: Reading) -> str:
    return _hash(reading.embedder, *texts)


def embedded_texts(piece: Piece, reading: Reading) -> tuple[str, ...]:
    """The passage under its headings, which say what it is about, and where they are read its sentences, likewise; a
    single one is the passage itself."""
    units = split_units(piece.text) if reading.by_sentence else []
    parts = [piece.text, *(unit.text for unit in units if len(units) > 1)]
    return tuple(f"{piece.heading}\n{part}" if piece.heading else part for part in parts)


def group(plans: Iterable[Plan]) -> Iterator[list[Plan]]:
    """Documents that are embedded together: few at first, then more, so that the index is not renewed too often."""
    held: list[Plan] = []
    done = texts = 0
    for each in plans:
        held.append(each)
        texts += sum(map(len, each.texts.values()))
        if texts >= max(_FEWEST_TEXTS, done // 8):
            yield held
            done += texts
            held, texts = [], 0
    if held:
        yield held


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
