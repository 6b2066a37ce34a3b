"""The firewall: what must not leave is cut, sentence by sentence, by rule."""

import re
from dataclasses import replace
from datetime import date

from core.domain.amounts import find_amounts
from core.domain.firm import Firm
from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft, Reviewed

UNTRACED_AMOUNT = "untraced_amount"

_SENTENCE = re.compile(r"[^\n.!?…]*(?:[.](?=\d)[^\n.!?…]*)*(?:[.!?…]+(?=\s|$)|[.!?…]+|\n+|$)")


Vouched = frozenset[tuple[str, str | None]]
"""(number, currency) pairs that may be said. A currency of None stands for one that the text leaves out."""


class Reviewer:
    """Remembers what the present catalogue and policies vouch for: they change far less often than people write."""

    def __init__(self) -> None:
        self._key: tuple[str, date] | None = None
        self._vouched: Vouched = frozenset()

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
    pairs: set[tuple[str, str | None]] = set()
    for product in firm.products:
        if product.is_priced_on(today):
            number = _key(str(product.price))
            pairs |= {(number, product.currency), (number, None)}
    for policy in firm.policies:
        if policy.holds_on(today):
            for text in policy.text.values():
                for amount in find_amounts(text):
                    if amount.value is not None:
                        number = _key(str(amount.value))
                        pairs |= {(number, amount.currency), (number, None)}
    return frozenset(pairs)


def _review_text(text: str, vouched: Vouched) -> tuple[str, list[Blocked]]:
    amounts = find_amounts(text)
    bad = [a for a in amounts if a.value is None or (_key(str(a.value)), a.currency) not in vouched]
    if not bad:
        return text, []
    kept: list[str] = []
    blocked: list[Blocked] = []
    for piece in _SENTENCE.finditer(text):
        if any(piece.start() <= amount.start < piece.end() for amount in bad):
            blocked.append(Blocked(UNTRACED_AMOUNT, piece.group().strip()))
        else:
            kept.append(piece.group())
    return "".join(kept).strip(), blocked


def _key(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
