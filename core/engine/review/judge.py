"""Which of a text's claims the firm does not vouch for, and where each would have had to come from."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from core.domain import review_rules as rules
from core.domain.amounts import Amount, find_amounts
from core.domain.claims import Claim, find_claims
from core.domain.clauses import sentences
from core.engine.review.catalogue import find_named
from core.engine.review.evidence import Evidence
from core.engine.review.heard import Heard
from core.engine.review.prices import judge_amount
from core.engine.review.support import Sentence, claim_text, judge_claim


@dataclass(frozen=True, slots=True)
class Problem:
    rule: str
    start: int
    end: int
    source: str
    """The row, policy or list that would have had to say it."""


WORDED_BY_PEOPLE = frozenset(
    {rules.PROMISE, rules.TERMS, rules.URGENCY, rules.COMPARISON, rules.LEGAL, rules.FREE, rules.GUARANTEE}
)
"""In approved texts these words are the sales lead's own."""


_UNBACKED = "playbook: promises"


def find_problems(text: str, evidence: Evidence, heard: Heard, *, approved: bool) -> list[Problem]:
    """`text` is visible text. In their order."""
    spans = [Sentence(start, end, text[start:end]) for start, end in sentences(text)]
    amounts = find_amounts(text, evidence.names)
    claims = [claim for claim in find_claims(text) if not _is_sum(claim, amounts)]
    problems: list[Problem] = []
    before: frozenset[str] = frozenset()
    for sentence in spans:
        named = find_named(_without(sentence, amounts), evidence.rows)
        sentence = sentence.placed(named=named, before=before)
        problems += _judge(sentence, amounts, claims, evidence, heard, approved=approved)
        before = named or before
    return problems


def _judge(
    sentence: Sentence, amounts: list[Amount], claims: list[Claim], evidence: Evidence, heard: Heard, *, approved: bool
) -> Iterator[Problem]:
    for amount in amounts:
        if not sentence.holds(amount.start, amount.end):
            continue
        if fault := judge_amount(amount, sentence, evidence, heard, approved=approved):
            yield Problem(fault.rule, amount.start, amount.end, fault.source)
    seen: set[tuple[str, Hashable]] = set()
    for claim in claims:
        if not sentence.holds(claim.start, claim.end):
            continue
        # One fault of a kind is enough to cut the sentence; an equal claim in it is judged the same.
        key = (claim.rule, claim.value if claim.value is not None else claim_text(claim, sentence))
        if key in seen or (claim.rule, None) in seen:
            continue
        seen.add(key)
        unbacked = claim.rule == rules.PROMISE and heard.is_backed is False
        if approved and not unbacked and _is_peoples_own(claim):
            continue
        if fault := judge_claim(claim, sentence, evidence, heard, approved=approved):
            seen.add((claim.rule, None))
            yield Problem(fault.rule, claim.start, claim.end, _UNBACKED if unbacked else fault.source)


def _is_peoples_own(claim: Claim) -> bool:
    return claim.value is None and (claim.rule in WORDED_BY_PEOPLE or claim.rule == rules.DISCOUNT)


def _is_sum(claim: Claim, amounts: list[Amount]) -> bool:
    """A long sum looks like a phone number, and its digits like those of a share taken off."""
    looks_alike = claim.rule == rules.CONTACT or (isinstance(claim.value, tuple) and claim.value[0] == "cut")
    return looks_alike and any(amount.start < claim.end and claim.start < amount.end for amount in amounts)


def _without(sentence: Sentence, amounts: list[Amount]) -> str:
    """The sentence with its sums blanked: the 20 of `20 UAH` names no `Lumera 20`."""
    text = sentence.text
    for amount in amounts:
        if sentence.holds(amount.start, amount.end):
            start, end = max(0, amount.start - sentence.start), amount.end - sentence.start
            text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text
