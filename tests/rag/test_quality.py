"""How good the answers are on the example firm, on questions that nothing was fitted on. Floors, not goals."""

import pytest

from benchmarks.retrieval import CLINIC, EXAMPLE, QUESTIONS, Firm, is_for_calibration, opened, predict
from rag.evaluate import ALL, Question, read_questions, score_answers


@pytest.fixture
def questions() -> list[Question]:
    return read_questions(QUESTIONS.read_text("utf-8"))


def test_every_language_asks_enough_of_both_kinds(questions: list[Question]) -> None:
    for language in ("uk", "ru", "en"):
        own = [question for question in questions if question.language == language]
        assert sum(question.is_answerable for question in own) >= 40
        assert sum(not question.is_answerable for question in own) >= 30
    assert len({question.id for question in questions}) == len(questions)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("firm", "least"),
    [
        (EXAMPLE, {"recall_at_3": 0.9, "recall_at_1": 0.75, "contains": 0.65}),
        (CLINIC, {"recall_at_3": 0.9, "recall_at_1": 0.85, "contains": 0.7}),
    ],
    ids=["example", "clinic"],
)
async def test_the_right_topic_is_found_and_the_unknown_is_admitted(firm: Firm, least: dict[str, float]) -> None:
    asked = [question for question in firm.read_questions() if firm is CLINIC or not is_for_calibration(question)]
    async with opened(firm) as bench:
        scores = score_answers(asked, await predict(bench, asked))
    for name, floor in least.items():
        assert getattr(scores[ALL], name) >= floor, name
    assert scores[ALL].false_answers <= 0.3
    assert scores[ALL].false_abstentions <= 0.25
    for language in ("uk", "ru", "en"):
        assert scores[language].recall_at_3 >= 0.8
        assert scores[language].contains >= 0.5
