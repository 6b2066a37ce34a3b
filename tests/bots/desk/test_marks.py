from bots.desk.marks import cut
from core.domain.facts import FactValue
from core.domain.ids import ConversationId
from core.storage.witnessed import WitnessedFact
from tests.bots.desk.demo import NOON

TEXT = "10 мішків до Львова"


def fact(fact_id: int, start: int | None, end: int | None, value: FactValue = "x") -> WitnessedFact:
    return WitnessedFact(fact_id, "city", value, "bot", NOON, ConversationId(1), 1, start, end, TEXT)


def pieces(*facts: WitnessedFact) -> list[tuple[str, list[int], list[int]]]:
    return [(piece.text, [f.id for f in piece.facts], [f.id for f in piece.begins]) for piece in cut(TEXT, facts)]


def test_a_text_without_facts_is_one_piece() -> None:
    assert pieces() == [(TEXT, [], [])]


def test_the_proving_words_are_a_piece_of_their_own() -> None:
    assert pieces(fact(7, 13, 19)) == [("10 мішків до ", [], []), ("Львова", [7], [7])]


def test_words_that_prove_two_facts_belong_to_both() -> None:
    assert pieces(fact(1, 0, 9), fact(2, 3, 19)) == [
        ("10 ", [1], [1]),
        ("мішків", [1, 2], [2]),
        (" до Львова", [2], []),
    ]


def test_spans_that_the_text_no_longer_has_are_left_out() -> None:
    assert pieces(fact(1, 5, 50), fact(2, None, None), fact(3, 4, 4)) == [(TEXT, [], [])]


def test_no_letter_is_lost() -> None:
    assert "".join(piece.text for piece in cut(TEXT, [fact(1, 0, 2), fact(2, 1, 9), fact(3, 9, 19)])) == TEXT


def test_an_empty_message_has_no_pieces() -> None:
    assert list(cut("", [])) == []
