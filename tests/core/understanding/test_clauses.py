import pytest

from core.understanding.clauses import find_clause_acts, find_polite_acts
from core.understanding.head import Head
from core.understanding.phrases import read_phrases

HEAD = Head.load()
PHRASES = read_phrases()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Добрий день, скільки коштує і чи є доставка?", {"ask_price", "ask_terms"}),
        ("Підкажіть ціну, і яка гарантія", {"ask_price", "ask_terms"}),
        ("скільки коштує доставка", set()),
        ("так. ні", set()),
        ("", set()),
    ],
)
def test_each_clause_says_what_it_is_sure_of(text: str, acts: set[str]) -> None:
    assert set(find_clause_acts(text, HEAD)) == acts


def test_a_list_without_end_is_not_read_clause_by_clause() -> None:
    assert find_clause_acts("яка ціна доставки, " * 50, HEAD) == {}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Добрий день, скільки коштує?", ("greeting",)),
        ("дякую, беру! номер 0671234567", ("thanks", "agree")),
        ("ок, подумаю", ()),
        ("беру, а знижка буде?", ()),
        ("ok, i agree, call me", ("agree",)),
    ],
)
def test_what_comes_before_a_comma_counts_when_it_is_plain(text: str, acts: tuple[str, ...]) -> None:
    assert find_polite_acts(text, PHRASES) == acts
