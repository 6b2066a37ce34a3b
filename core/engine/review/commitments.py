"""What a trained reader adds to the rules: commitments in words that no list holds. It only ever adds."""

from collections.abc import Mapping
from typing import Final

from core.domain.amounts import find_amounts
from core.domain.claims import find_claims
from core.domain.clauses import sentences
from core.domain.commitments import Reading
from core.domain.visible import make_visible
from core.engine.review.evidence import Evidence
from core.engine.review.words import shared, stems

COMMITS: Final = 0.55
"""From this probability on a sentence needs a source, though no rule knows its words."""
SAID: Final = 0.6
"""The share of a sentence's words that one line of the firm must hold to vouch for it."""


def list_open(text: str, evidence: Evidence) -> tuple[str, ...]:
    """The sentences that the rules have nothing to trace in and that nobody wrote: for a trained reader to judge."""
    seen = make_visible(text).text
    found = (seen[start:end].strip() for start, end in sentences(seen))
    return tuple(dict.fromkeys(sentence for sentence in found if sentence and _is_open(sentence, evidence)))


def find_unsourced(sentence: str, readings: Mapping[str, Reading]) -> str | None:
    """The rule that a sentence breaks, as it was read."""
    reading = readings.get(sentence.strip())
    return reading.rule if reading and reading.commits >= COMMITS else None


def _is_open(sentence: str, evidence: Evidence) -> bool:
    if find_claims(sentence) or find_amounts(sentence, evidence.names):
        return False  # its figures and promises were traced, or it would have been cut
    words = stems(sentence)
    return bool(words) and all(len(shared(words, line.stems)) < SAID * len(words) for line in evidence.lines)
