"""How good the answers are on the example firm, on questions that nothing was fitted on. Floors, not goals."""

import pytest

from benchmarks.retrieval import QUESTIONS, is_for_calibration, opened, predict
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
async def test_the_right_topic_is_found_and_the_unknown_is_admitted(questions: list[Question]) -> None:
    reported = [question for question in questions if not is_for_calibration(question)]
    async with opened() as bench:
        scores = score_answers(reported, await predict(bench, reported))
    assert scores[ALL].recall_at_3 >= 0.85
    assert scores[ALL].recall_at_1 >= 0.7
    assert scores[ALL].false_answers <= 0.25
    assert scores[ALL].false_abstentions <= 0.3
    for language in ("uk", "ru", "en"):
        assert scores[language].recall_at_3 >= 0.8
        assert scores[language].contains >= 0.5
