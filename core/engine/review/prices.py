"""Whether a sum of money can be traced: to a row's price, a total of it, or a line that names the sum."""

import re
from collections.abc import Iterable

from core.domain import money_words as w
from core.domain import review_rules as rules
from core.domain.amounts import Amount, find_amounts
from core.domain.basket import Sum
from core.engine.review.catalogue import Row
from core.engine.review.evidence import Evidence, Line
from core.engine.review.heard import Heard
from core.engine.review.support import Fault, Sentence, nearest_source
from core.engine.review.words import shared, stems

_PRICE = re.compile(rf"\b{w.PRICE}", re.I)
_ANOTHER = re.compile(
    r"інш|друг|дешев|простіш|прост|дорожч|дорож|another|other|cheap|simpl|also|теж|також|тоже|instead|натомість|"
    r"замість",
    re.I,
)
_MONEY = stems("коштує стоит costs ціна цена price сума сумма грн гривень гривен uah замовлення заказ order")
_BUDGET = re.compile(r"бюджет|budget", re.I)


def judge_amount(
    amount: Amount, sentence: Sentence, evidence: Evidence, heard: Heard, *, approved: bool
) -> Fault | None:
    """None when it can be traced."""
    if amount.value is None:
        return Fault(rules.AMOUNT, nearest_source(sentence, evidence))
    rows = [row for row in evidence.rows if row.is_priced and _is_price(amount, row, heard)]
    lines = [line for line in evidence.lines if (amount.value, amount.currency) in line.sums]
    if any(_speaks_of(line, sentence, "" if approved else heard.text) for line in lines) or _is_own_budget(
        amount, sentence, heard
    ):
        return None
    if any(_is_sum(amount, each, sentence) for each in heard.sums):
        return None
    if not rows:
        return Fault(rules.AMOUNT, nearest_source(sentence, evidence))
    meant = sentence.named or _meant_before(sentence)
    if meant and not any(row.sku in meant for row in rows):
        return Fault(rules.OTHER_PRODUCT, _rows(row for row in evidence.rows if row.sku in meant))
    return None


def _is_price(amount: Amount, row: Row, heard: Heard) -> bool:
    """One piece, or as many as the customer spoke of."""
    if amount.currency not in (None, row.currency) or amount.value is None:
        return False
    return amount.value == row.price or any(
        amount.value == row.price * number for number in heard.quantities if number > 1
    )


def _is_sum(amount: Amount, each: Sum, sentence: Sentence) -> bool:
    """Of what is named beside it, or of everything when nothing is named."""
    if amount.value != each.value or amount.currency not in (None, each.currency):
        return False
    return not sentence.named or sentence.named >= each.skus


def _speaks_of(line: Line, sentence: Sentence, asked: str) -> bool:
    """A product's price stands in its row alone; any other sum must be about what the line is about."""
    if not sentence.named:
        about = stems(sentence.text) | stems(asked)
        return not asked or bool(shared(about - _MONEY, line.stems))
    return line.is_policy and bool(shared(stems(sentence.text), line.stems))


def _is_own_budget(amount: Amount, sentence: Sentence, heard: Heard) -> bool:
    if not _BUDGET.search(sentence.text) or sentence.named:
        return False
    return any(said.value == amount.value for said in find_amounts(heard.everything))


def _meant_before(sentence: Sentence) -> frozenset[str]:
    """ "It costs …" right after a product was named is about that product."""
    is_about_it = _PRICE.search(sentence.text) and not _ANOTHER.search(sentence.text)
    return sentence.before if is_about_it and len(stems(sentence.text)) <= 4 else frozenset()


def _rows(rows: Iterable[Row]) -> str:
    return "row " + ", ".join([row.sku for row in rows][:3])
