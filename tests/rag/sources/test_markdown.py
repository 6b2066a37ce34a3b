import pytest

from rag.sources.markdown import read_markdown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**Важливо:** оплата *карткою* та __рахунком__", "Важливо: оплата карткою та рахунком"),
        ("***both***", "both"),
        ("see [our site](https://example.com/a)", "see our site (https://example.com/a)"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example"),
        ("[above](#top)", "above"),
        ("![a photo](photo.jpg) here", "a photo here"),
        ("code `KV-200`", "code KV-200"),
        ("one<!-- for\nauthors -->two", "onetwo"),
        ("---\ntitle: x\n---\n# Hi", "# Hi"),
        ("a\n\n---\n\nb", "a\n\n\n\nb"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("* item\n* other", "* item\n* other"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_markup_is_taken_away_and_words_stay(written: str, read: str) -> None:
    assert read_markdown(written) == read
