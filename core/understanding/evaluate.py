"""Score what was understood against labelled records: acts by language, facts by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.understanding.text import normalize

Record = Mapping[str, Any]
_OPEN_FACTS = frozenset({"need", "role", "product", "deadline", "company"})
"""A record does not list these everywhere; finding one counts against us only where it is said to be absent."""
_LEGAL_FORM = re.compile(r"\b(?:тов|фоп|прат|пат|пп|ооо|ао|зао|чп|ип|llc|ltd|inc|gmbh|corp|компанія|компания)\b")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found rightly, found wrongly, and missed. Without anything to find or found, all shares are 0."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


@dataclass(frozen=True, slots=True)
class ActScore:
    """Shares of right first acts, and counts by language and act. `mistakes` are (id, wanted, given)."""

    accuracy: float
    by_language: Mapping[str, float]
    by_act: Mapping[str, float]
    counts: Mapping[str, Mapping[str, Counts]]
    mistakes: tuple[tuple[str, str, str], ...]

    def macro_f1(self, language: str) -> float:
        """The mean over the acts that somebody labelled in that language."""
        labelled = [each.f1 for each in self.counts[language].values() if each.right + each.missed]
        return sum(labelled) / len(labelled) if labelled else 0.0


@dataclass(frozen=True, slots=True)
class FactScore(Counts):
    """`mistakes` are (id, wanted, given); None = nothing."""

    mistakes: tuple[tuple[str, Any, Any], ...]


def score_acts(records: Sequence[Record], predictions: Sequence[str]) -> ActScore:
    """Records are {"id", "language", "text", "act"}; one predicted act a record."""
    pairs = list(zip(records, predictions, strict=True))
    hits = [(record, record["act"] == given) for record, given in pairs]
    languages = sorted({str(record["language"]) for record in records})
    return ActScore(
        accuracy=_share([hit for _, hit in hits]),
        by_language=_shares(hits, "language"),
        by_act=_shares(hits, "act"),
        counts={
            language: _count_acts([(str(r["act"]), given) for r, given in pairs if r["language"] == language])
            for language in languages
        },
        mistakes=tuple((str(r["id"]), str(r["act"]), given) for r, given in pairs if r["act"] != given),
    )


def _count_acts(pairs: Sequence[tuple[str, str]]) -> dict[str, Counts]:
    return {
        act: Counts(
            right=sum(wanted == given == act for wanted, given in pairs),
            wrong=sum(given == act != wanted for wanted, given in pairs),
            missed=sum(wanted == act != given for wanted, given in pairs),
        )
        for act in sorted({act for pair in pairs for act in pair})
    }


def score_facts(records: Sequence[Record], predictions: Sequence[Mapping[str, Any]]) -> dict[str, FactScore]:
    """Records are {"id", "messages", "facts": {name: value}, "absent": [name]}; by name of fact."""
    names = {name for record in records for name in (*record["facts"], *record["absent"])}
    pairs = list(zip(records, predictions, strict=True))
    return {name: _score_fact(name, pairs) for name in sorted(names)}


def count_traps(records: Sequence[Record], predictions: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """How many of the facts said to be absent were found all the same, and how many there are."""
    traps = [
        name in found
        for record, found in zip(records, predictions, strict=True)
        for name in record["absent"]
        if name not in record["facts"]
    ]
    return sum(traps), len(traps)


def _score_fact(name: str, pairs: Sequence[tuple[Record, Mapping[str, Any]]]) -> FactScore:
    right = wrong = missed = 0
    mistakes = []
    for record, found in pairs:
        wanted, given = record["facts"].get(name), found.get(name)
        if wanted is None and name in _OPEN_FACTS and name not in record["absent"]:
            continue
        if wanted is not None and given is not None and is_same(name, wanted, given):
            right += 1
            continue
        wrong += given is not None
        missed += wanted is not None
        if wanted is not None or given is not None:
            mistakes.append((str(record["id"]), wanted, given))
    return FactScore(right, wrong, missed, tuple(mistakes))


def is_same(name: str, wanted: Any, given: Any) -> bool:
    """Amounts to the hundredth, dates by day, texts by their words; a company with or without its legal form.

    A deadline may be labelled by its words alone.
    """
    if name == "budget":
        return bool(abs(wanted["amount"] - given["amount"]) < 0.01 and wanted["currency"] == given["currency"])
    if name == "deadline":
        if isinstance(wanted, Mapping) and wanted.get("date"):
            return bool(wanted["date"] == given.get("date"))
        text = wanted["text"] if isinstance(wanted, Mapping) else str(wanted)
        said, found = normalize(text), normalize(given["text"])
        return said in found or found in said
    if isinstance(wanted, int):
        return bool(wanted == given)
    said, found = normalize(str(wanted)), normalize(str(given))
    if name == "company":
        said, found = _without_form(said), _without_form(found)
    return said == found or (name in ("product", "need") and (said in found or found in said))


def _without_form(company: str) -> str:
    return " ".join(_LEGAL_FORM.sub(" ", company).split())


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def _shares(hits: Sequence[tuple[Record, bool]], key: str) -> dict[str, float]:
    grouped: dict[str, list[bool]] = {}
    for record, hit in hits:
        grouped.setdefault(str(record[key]), []).append(hit)
    return {name: _share(each) for name, each in sorted(grouped.items())}
