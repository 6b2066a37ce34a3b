import pytest

from rag.evaluate import ALL, Prediction, Question, holds_answer, score_answers

QUESTIONS = [
    Question("1", "uk", "Скільки доставка?", ("delivery",), ("120 грн",)),
    Question("2", "uk", "Яка гарантія?", ("warranty", "service"), ("24",)),
    Question("3", "uk", "Яка погода?"),
    Question("4", "en", "Who are you?", ("company",), ("2014",)),
    Question("5", "en", "Do you sell tea?"),
]
PREDICTIONS = [
    Prediction("1", ("delivery", "payment"), "Доставка коштує 120\u00a0грн."),
    Prediction("2", ("returns", "service"), ""),
    Prediction("3", ("hours",), "Ми працюємо з 9."),
    Prediction("4", ("hours", "beans", "milk", "company"), "Since 2010."),
    Prediction("5", ("beans",), ""),
]


def test_each_language_is_scored_by_itself() -> None:
    uk = score_answers(QUESTIONS, PREDICTIONS)["uk"]
    assert (uk.answerable, uk.unanswerable) == (2, 1)
    assert (uk.recall_at_1, uk.recall_at_3, uk.mrr) == (0.5, 1.0, 0.75)
    assert (uk.contains, uk.false_answers, uk.false_abstentions) == (0.5, 1.0, 0.5)


def test_all_languages_are_scored_together() -> None:
    scores = score_answers(QUESTIONS, PREDICTIONS)
    assert scores[ALL].mrr == pytest.approx((1 + 0.5 + 0.25) / 3)
    assert scores[ALL].false_answers == 0.5
    assert set(scores) == {"uk", "en", ALL}


def test_a_question_without_a_prediction_is_an_error() -> None:
    with pytest.raises(KeyError):
        score_answers(QUESTIONS, PREDICTIONS[:-1])


def test_nothing_to_score_gives_zeros() -> None:
    assert score_answers([], [])[ALL].recall_at_1 == 0.0


@pytest.mark.parametrize(
    ("expected", "answer", "holds"),
    [("1-3 робочі", "Триває 1–3 робочі дні", True), ("1200", "120 0", False), ("ёлка", "Елка", True), ("", "x", True)],
)
def test_an_answer_is_compared_without_regard_to_typing(expected: str, answer: str, holds: bool) -> None:
    assert holds_answer(Question("1", "uk", "", ("t",), (expected,)), answer) is holds
