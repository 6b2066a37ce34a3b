import pytest

from core.understanding.model_reply import Read, prove_query, read_reply


@pytest.mark.parametrize("text", ["", "no", "[1]", "{", "[" * 9000, '{"query": "' + "a" * 30_000 + '"}'])
def test_what_is_no_object_is_no_answer(text: str) -> None:
    assert read_reply(text) is None


def test_parts_that_are_not_as_asked_are_left_out() -> None:
    said = (
        '```json\n{"acts": ["agree", "agree", 5, "buy"], "query": " ", "facts": [1, {"name": "city"},'
        ' {"name": "city", "value": " Київ ", "quote": "до Києва"}, {"name": "city", "value": 7, "quote": "7"}]}\n```'
    )
    assert read_reply(said) == Read(("agree",), (("city", "Київ", "до Києва"),), None)


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("скільки коштує доставка", True),
        ("how much is delivery", False),
        ("погода у Парижі", False),
        ("доставка " * 40, False),
        (None, False),
    ],
)
def test_a_query_is_about_what_was_said_in_the_customers_letters(query: str | None, is_kept: bool) -> None:
    assert prove_query(query, ["а доставка?"]) == (query if is_kept else None)
