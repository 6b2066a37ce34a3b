from core.domain.turn import Passage
from rag.fuse import fuse, one_language_a_topic


def passage(number: int, topic: str, language: str) -> Passage:
    return Passage(number, f"{topic}.{language}.md", topic, language, "", "")


def test_what_both_legs_found_comes_before_what_one_did() -> None:
    assert (fuse({"vector": [1, 2, 3], "keyword": [3]}, {"vector": 1.0, "keyword": 0.4})) == [3, 1, 2]


def test_a_light_leg_cannot_overtake_by_itself() -> None:
    assert (fuse({"vector": [1, 2], "keyword": [9]}, {"vector": 1.0, "keyword": 0.4})) == [1, 2, 9]


def test_ties_are_settled_by_id() -> None:
    assert (fuse({"vector": [5], "keyword": [4]}, {"vector": 1.0, "keyword": 1.0})) == [4, 5]


def test_no_legs_give_nothing() -> None:
    assert fuse({"vector": [], "keyword": []}, {"vector": 1.0, "keyword": 1.0}) == []


def test_of_each_topic_the_best_language_stays_in_order() -> None:
    found = [
        passage(1, "a", "ru"),
        passage(2, "b", "ru"),
        passage(3, "a", "uk"),
        passage(4, "b", "en"),
        passage(5, "a", "uk"),
    ]
    assert [kept.id for kept in one_language_a_topic(found, ("uk", "ru", "en"))] == [2, 3, 5]


def test_a_language_nobody_named_comes_last() -> None:
    found = [passage(1, "a", "pl"), passage(2, "a", "en"), passage(3, "b", "pl")]
    assert [kept.id for kept in one_language_a_topic(found, ("uk", "en"))] == [2, 3]
