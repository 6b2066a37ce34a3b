import contextlib

import pytest

from rag.sources.pdf import UnreadablePdf, read_pdf
from tests.rag.sources.pdf_files import build_pdf, locked

LINES = ["Guarantee of the workshop", "The guarantee is 24 months for tables.", "It begins with the day of delivery."]


def test_the_text_of_all_pages_is_read() -> None:
    text = read_pdf(build_pdf([LINES, ["Returns are free for fourteen days."]]), "guarantee.pdf")
    assert "24 months for tables" in text
    assert "fourteen days" in text


def test_running_headers_and_page_numbers_are_left_out() -> None:
    pages = [
        ["Oak and Loom", f"Rule {word} of the house.", f"{n}"] for n, word in enumerate(("one", "two", "three"), 1)
    ]
    text = read_pdf(build_pdf(pages), "rules.pdf")
    assert "Oak and Loom" not in text
    assert [f"Rule {word}" in text for word in ("one", "two", "three")] == [True, True, True]


def test_a_word_cut_at_a_lines_end_is_made_whole() -> None:
    assert "delivery days are many" in read_pdf(build_pdf([["The deliv-", "ery days are many in winter"]]), "x.pdf")


def test_a_file_locked_for_changes_only_is_read() -> None:
    assert "24 months" in read_pdf(locked(build_pdf([LINES]), ""), "guarantee.pdf")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"this is a letter", "damaged"),
        (b"%PDF-1.4\n" + b"\x00" * 400, "damaged"),
        (build_pdf([LINES])[:300], "damaged"),
        (build_pdf([]), "no pages"),
        (build_pdf([[], []]), "no text"),
        (locked(build_pdf([LINES]), "secret"), "locked"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_where_and_how_to_mend_it(data: bytes, what: str) -> None:
    with pytest.raises(UnreadablePdf, match=what) as failure:
        read_pdf(data, "knowledge/x.pdf")
    assert failure.value.where == "knowledge/x.pdf"
    assert failure.value.hint


def test_any_damage_ends_in_a_clear_message_or_in_text() -> None:
    whole = build_pdf([LINES])
    for at in range(0, len(whole), 23):
        broken = whole[:at] + b"<<(/[" + whole[at + 5 :]
        with contextlib.suppress(UnreadablePdf):
            assert read_pdf(broken, "x.pdf")
