"""Phrases that are known word for word: their act needs no model and no vector."""

import re
from collections.abc import Mapping
from pathlib import Path

from core.understanding.text import fold, normalize

PHRASES_FILE = Path(__file__).with_name("phrases.tsv")

_STRETCHED = re.compile(r"([^\W\d_])\1+")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
_PARTS = re.compile(r"[,.!?;:()\n]+")
_SENTENCES = re.compile(r"[.!?\n]+")
_MOST_PARTS = 4


def read_phrases(file: Path = PHRASES_FILE) -> dict[str, str]:
    """Phrase to act. Of a phrase that stands twice the first act counts."""
    known: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            act, _, phrases = line.partition("\t")
            for phrase in phrases.split("|"):
                known.setdefault(_key(phrase), act)
    return known


def find_known_acts(text: str, phrases: Mapping[str, str]) -> tuple[str, ...] | None:
    """The acts of a text that consists of known phrases alone ("Добрий день! Дякую."); None for any other text."""
    whole = phrases.get(_key(text))
    if whole:
        return (whole,)
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    acts = [phrases.get(_key(part)) for part in parts]
    return tuple(dict.fromkeys(act for act in acts if act)) if all(acts) else None


def find_known_sentences(text: str, phrases: Mapping[str, str]) -> tuple[str, ...]:
    """The acts of those whole sentences that are known phrases ("Так. А скільки йде доставка?" agrees)."""
    acts = (phrases.get(_key(sentence)) for sentence in _SENTENCES.split(text) if sentence.strip())
    return tuple(dict.fromkeys(act for act in acts if act))


def _key(phrase: str) -> str:
    words = normalize(phrase)
    if words:
        return _STRETCHED.sub(r"\1", words)
    signs = _SKIN.sub("", "".join(fold(phrase).split()))
    return "".join(dict.fromkeys(signs))
