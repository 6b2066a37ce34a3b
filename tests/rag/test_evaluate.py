import pytest

from rag.evaluate import ALL, Prediction, Question, holds_answer, read_question, score_answers

QUESTIONS = [
    Question("1", "uk", "Скільки доставка?", ("delivery",), (("120 грн",),), True),
    Question("2", "uk", "Яка гарантія?", ("warranty", "service"), (("24",),), True),
    Question("3", "uk", "Яка погода?"),
    Question("4", "en", "Who are you?", ("company",), (("2014",),), True),
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
    assert holds_answer(Question("1", "uk", "", ("t",), ((expected,),)), answer) is holds


@pytest.mark.parametrize(
    ("wanted", "groups"),
    [
        ("24", (("24",),)),
        (["24", "months"], (("24",), ("months",))),
        ([["24", "two years"], "guarantee"], (("24", "two years"), ("guarantee",))),
        ("24|two years", (("24", "two years"),)),
        (None, ()),
    ],
)
def test_what_an_answer_must_hold_is_read_leniently(wanted: object, groups: tuple[tuple[str, ...], ...]) -> None:
    row = {"id": 7, "language": "uk", "question": "?", "answerable": True, "doc": "x", "must_contain": wanted}
    assert read_question(row).contains == groups


def test_of_alternatives_one_is_enough_and_of_a_list_all_are_needed() -> None:
    question = Question("1", "en", "", contains=(("24", "two years"), ("guarantee",)))
    assert holds_answer(question, "The guarantee is two years.")
    assert not holds_answer(question, "Two years.")
    assert not holds_answer(Question("1", "en", ""), "")


@pytest.mark.parametrize("doc", ["delivery", "delivery.uk.md", "knowledge/delivery.uk.md", ["delivery"]])
def test_a_document_is_named_by_topic_or_by_file(doc: object) -> None:
    question = read_question({"id": "1", "language": "uk", "question": "?", "doc": doc})
    assert question.topics == ("delivery",)
    assert question.is_answerable


def test_an_answer_that_stands_in_no_page_counts_for_no_recall() -> None:
    priced = Question("1", "uk", "Яка ціна?", contains=(("100",),), is_answerable=True)
    scores = score_answers([priced], [Prediction("1", (), "100 грн")])[ALL]
    assert (scores.answerable, scores.contains, scores.recall_at_1) == (1, 1.0, 0.0)
