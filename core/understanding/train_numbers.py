"""Train the head that tells numbers apart: `python -m core.understanding.train_numbers`. Needs scikit-learn, a
development tool."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.errors import SellerError
from core.understanding.facts.elided import THOUSAND, may_be_thousands
from core.understanding.facts.extract import read_numbers
from core.understanding.facts.money import Money, find_money
from core.understanding.facts.number_features import WORD_BUCKETS, WORDING_BUCKETS, NumberFeatures, read_features
from core.understanding.facts.number_head import (
    HEAD_FILE,
    KINDS,
    RULES_WEIGHT,
    WORDING_WEIGHT,
    WORDS_WEIGHT,
    NumberHead,
    digest,
)
from core.understanding.facts.number_marks import mark
from core.understanding.facts.numbers import find_numbers
from core.understanding.facts.second_reading import name_by_rules
from core.understanding.facts.span import Context
from core.understanding.head import SEED_FOLDER
from core.understanding.text import fold

_SEEN: Final = "numbers_seen."
_SEEN_WEIGHT: Final = 0.5
TODAY: Final = date(2026, 11, 23)
_NEAR: Final = 4
_STRENGTH: Final = 2.0
"""Inverse regularization; 1 to 3 do alike."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What one customer wrote, and the two facts that it holds."""

    messages: tuple[str, ...]
    language: str
    quantity: int | None
    budget: float | None
    is_seen: bool = False
    """The rules were written with it in view: their word on it is worth less than it looks."""


@dataclass(frozen=True, slots=True)
class Example:
    features: NumberFeatures
    by_rules: str
    kind: str
    marked: str = ""
    """The text with this number marked, for the model that `benchmarks.marked_numbers` trains."""
    weight: float = 1.0


def read_seed(folder: Path = SEED_FOLDER) -> list[Talk]:
    """Lines of {"messages": [...], "quantity", "budget": {"amount", "currency"}}, the last two if they are told.

    Raises SellerError with file and line.
    """
    talks = []
    for file in sorted(folder.glob("numbers*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                is_seen = file.name.startswith(_SEEN)
                talks.append(_read_talk(json.loads(line), file.suffixes[0].lstrip("."), is_seen=is_seen))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                hint = 'write: {"messages": ["..."], "quantity": 3, "budget": {"amount": 900, "currency": "UAH"}}'
                raise SellerError(f"This is no talk: {error!r}", where=f"{file}:{number}", hint=hint) from error
    return talks


def _read_talk(record: Mapping[str, Any], language: str, *, is_seen: bool) -> Talk:
    messages = tuple(str(message) for message in record["messages"])
    budget = record.get("budget")
    return Talk(messages, language, record.get("quantity"), float(budget["amount"]) if budget else None, is_seen)


def list_examples(talk: Talk) -> Iterator[Example]:
    """One for each number; none for an earlier one that a later message may have changed: nobody said what it was."""
    known: dict[str, Any] = {}
    for place, message in enumerate(talk.messages):
        earlier, is_last = "\n".join(talk.messages[:place]), place + 1 == len(talk.messages)
        context = Context(today=TODAY, language=talk.language, known=dict(known), recent=earlier)
        text, budgets, quantities = read_numbers(message, context)
        folded, numbers = fold(text), find_numbers(text)
        for money in find_money(folded, numbers):
            by_rules, kind = name_by_rules(money, budgets, quantities), _kind(money, talk)
            if is_last or kind != "other" or not _may_be_changed(money, by_rules, talk):
                marked = mark(folded, money, earlier)
                example = Example(read_features(folded, money, numbers), by_rules, kind, marked)
                yield _doubted(example) if talk.is_seen else example
        known |= {name: spans[-1].value for name, spans in (("budget", budgets), ("quantity", quantities)) if spans}


def _doubted(example: Example) -> Example:
    """The rules' word is left out of every other one, by chance that is always the same."""
    is_hidden = sum(example.features.words) % 2 == 0 and example.by_rules == example.kind
    return replace(example, by_rules="other" if is_hidden else example.by_rules, weight=_SEEN_WEIGHT)


def _kind(money: Money, talk: Talk) -> str:
    amount = float(money.amount)
    sums = (amount, amount * THOUSAND) if may_be_thousands(money) else (amount,)
    if amount == talk.quantity:
        return "quantity"
    is_sum = talk.budget is not None and any(abs(each - talk.budget) < 0.01 for each in sums)
    return "budget" if is_sum else "other"


def _may_be_changed(money: Money, by_rules: str, talk: Talk) -> bool:
    """The rules took it for what the talk ends with otherwise, or it is about as large."""
    amount, told = float(money.amount), {"budget": talk.budget, "quantity": talk.quantity}
    is_near = any(last is not None and last / _NEAR <= amount <= last * _NEAR for last in told.values())
    return is_near or told.get(by_rules) is not None


def fit(examples: Sequence[Example], *, trained_on: str) -> NumberHead:
    from sklearn.linear_model import LogisticRegression

    kinds, weights = [each.kind for each in examples], [each.weight for each in examples]
    model = LogisticRegression(C=_STRENGTH, max_iter=400).fit(_matrix(examples), kinds, sample_weight=weights)
    assert tuple(model.classes_) == KINDS
    columns = model.coef_.T.astype(np.float32)
    words, wordings, rules = np.split(columns, [WORD_BUCKETS, WORD_BUCKETS + WORDING_BUCKETS])
    return NumberHead(words, wordings, rules, model.intercept_.astype(np.float32), trained_on=trained_on)


def _matrix(examples: Sequence[Example]) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]  # scipy ships no types

    rows: list[int] = []
    places: list[int] = []
    values: list[float] = []
    for row, each in enumerate(examples):
        words, wordings = each.features.words, each.features.wordings
        rule = WORD_BUCKETS + WORDING_BUCKETS + KINDS.index(each.by_rules)
        places += [*words, *(WORD_BUCKETS + place for place in wordings), rule]
        values += [WORDS_WEIGHT * max(len(words), 1) ** -0.5] * len(words)
        values += [WORDING_WEIGHT] * len(wordings) + [RULES_WEIGHT]
        rows += [row] * (len(words) + len(wordings) + 1)
    return sparse.csr_matrix(
        (values, (rows, places)), shape=(len(examples), WORD_BUCKETS + WORDING_BUCKETS + len(KINDS))
    )


def main() -> None:
    talks = read_seed()
    examples = [example for talk in talks for example in list_examples(talk)]
    fit(examples, trained_on=digest()).save()
    sys.stdout.write(f"{HEAD_FILE}: {HEAD_FILE.stat().st_size:,} bytes, {len(talks)} talks, {len(examples)} numbers\n")


if __name__ == "__main__":
    main()
