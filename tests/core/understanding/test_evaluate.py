import pytest

from core.understanding.evaluate import count_traps, is_same, score_acts, score_facts


def test_acts_are_scored_over_all_by_language_and_by_act() -> None:
    records = [
        {"id": "1", "language": "uk", "text": "а", "act": "thanks"},
        {"id": "2", "language": "uk", "text": "б", "act": "agree"},
        {"id": "3", "language": "en", "text": "c", "act": "thanks"},
    ]
    score = score_acts(records, ["thanks", "decline", "thanks"])
    assert score.accuracy == pytest.approx(2 / 3)
    assert score.by_language == {"en": 1.0, "uk": 0.5}
    assert score.by_act == {"agree": 0.0, "thanks": 1.0}
    assert score.mistakes == (("2", "agree", "decline"),)


def test_facts_are_scored_by_name() -> None:
    records = [
        {"id": "1", "messages": [], "facts": {"quantity": 5}, "absent": ["phone"]},
        {"id": "2", "messages": [], "facts": {"quantity": 7}, "absent": []},
        {"id": "3", "messages": [], "facts": {}, "absent": ["quantity"]},
    ]
    scores = score_facts(records, [{"quantity": 5}, {}, {"quantity": 1}])
    assert (scores["quantity"].right, scores["quantity"].missed, scores["quantity"].wrong) == (1, 1, 1)
    assert scores["quantity"].f1 == pytest.approx(0.5)
    assert scores["phone"].f1 == 0.0
    assert scores["quantity"].mistakes == (("2", 7, None), ("3", None, 1))


@pytest.mark.parametrize(
    ("name", "wanted", "given", "same"),
    [
        ("budget", {"amount": 1500, "currency": "UAH"}, {"amount": 1500.0, "currency": "UAH"}, True),
        ("budget", {"amount": 1500, "currency": "UAH"}, {"amount": 1500, "currency": "USD"}, False),
        ("deadline", {"text": "15.12", "date": "2026-12-15"}, {"text": "до 15.12", "date": "2026-12-15"}, True),
        ("deadline", {"text": "навесні", "date": None}, {"text": "десь навесні", "date": "2027-03-01"}, True),
        ("deadline", "до суботи", {"text": "до суботи", "date": "2026-11-28"}, True),
        ("deadline", "до суботи", {"text": "навесні", "date": None}, False),
        ("company", "ТОВ «Сонце»", "Сонце", True),
        ("name", "Оксана", "оксана", True),
        ("city", "Київ", "Львів", False),
        ("quantity", 5, 6, False),
    ],
)
def test_values_are_compared_as_people_would(name: str, wanted: object, given: object, same: bool) -> None:
    assert is_same(name, wanted, given) is same


def test_macro_f1_is_the_mean_over_labelled_acts() -> None:
    records = [{"id": str(n), "language": "uk", "text": "", "act": act} for n, act in enumerate(("a", "a", "b", "c"))]
    score = score_acts(records, ["a", "b", "b", "d"])
    counts = score.counts["uk"]
    assert (counts["a"].precision, counts["a"].recall) == (1.0, 0.5)
    assert (counts["b"].precision, counts["b"].recall) == (0.5, 1.0)
    assert score.macro_f1("uk") == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_traps_are_counted_unless_the_fact_is_told_as_well() -> None:
    records = [
        {"id": "1", "facts": {"phone": "+380671234567"}, "absent": ["phone", "quantity"]},
        {"id": "2", "facts": {}, "absent": ["phone", "budget"]},
    ]
    assert count_traps(records, [{"phone": "+1", "quantity": 2}, {"budget": {}}]) == (2, 3)
