"""The firewall: what must not leave is cut, sentence by sentence, by rule."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain.amounts import Amount, Names, find_amounts, names_with_numbers
from core.domain.firm import Firm
from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft, Reviewed

UNTRACED_AMOUNT = "untraced_amount"

# A sentence ends with a line, and with a stop unless a small letter shows that it was an abbreviation's.
_SENTENCE_END = re.compile(r"(?:(?<=[!?…])|(?<=\.)(?!\s+[^\W\d_A-ZА-ЯІЇЄҐЁ]))\s+|\n+")


@dataclass(frozen=True, slots=True)
class Vouched:
    """What may be said: (number, currency) pairs, where a currency of None stands for one that the text leaves out,
    and numbers that are part of a product's name."""

    sums: frozenset[tuple[Decimal, str | None]]
    names: Names

    def covers(self, amount: Amount) -> bool:
        return amount.value is not None and (amount.value, amount.currency) in self.sums


class Reviewer:
    """Remembers what the present catalogue and policies vouch for: they change far less often than people write."""

    def __init__(self) -> None:
        self._key: tuple[str, date] | None = None
        self._vouched = Vouched(frozenset(), None)

    def review(self, draft: Draft, firm: Firm, today: date) -> Reviewed:
        if self._key != (firm.version, today):
            self._key, self._vouched = (firm.version, today), vouched_amounts(firm, today)
        return review(draft, self._vouched)


def review(draft: Draft, vouched: Vouched) -> Reviewed:
    """Cut every sentence that holds an amount which neither the catalogue nor a policy vouches for."""
    messages: list[OutboundMessage] = []
    blocked: list[Blocked] = []
    for message in draft.messages:
        text, cut = _review_text(message.text, vouched)
        blocked.extend(cut)
        if text or message.attachments:
            messages.append(replace(message, text=text))
    return Reviewed(tuple(messages), tuple(blocked))


def vouched_amounts(firm: Firm, today: date) -> Vouched:
    """The prices and the policies' sums that hold today."""
    named: set[tuple[Decimal, str | None]] = {(p.price, p.currency) for p in firm.products if p.is_priced_on(today)}
    for policy in firm.policies:
        if policy.holds_on(today):
            found = [amount for text in policy.text.values() for amount in find_amounts(text)]
            named |= {(amount.value, amount.currency) for amount in found if amount.value is not None}
    names = names_with_numbers(name for product in firm.products for name in product.names.values())
    return Vouched(frozenset(named | {(number, None) for number, _ in named}), names)


def _review_text(text: str, vouched: Vouched) -> tuple[str, list[Blocked]]:
    """Again until nothing is left to cut: what was apart may have come together."""
    bad = [amount for amount in find_amounts(text, vouched.names) if not vouched.covers(amount)]
    if not bad:
        return text, []
    kept: list[str] = []
    blocked: list[Blocked] = []
    for start, end in _sentences(text):
        if any(amount.start < end and start < amount.end for amount in bad):
            blocked.append(Blocked(UNTRACED_AMOUNT, text[start:end].strip()))
        else:
            kept.append(text[start:end])
    rest, more = _review_text("".join(kept).strip(), vouched)
    return rest, blocked + more


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans that together are the whole text; the white space after a sentence belongs to it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))
