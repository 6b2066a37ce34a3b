from hypothesis import given, settings
from hypothesis import strategies as st

from rag.split import LIMIT_WORDS, split_markdown

WORD = st.text("абвгдеєїяxyz0123,:", min_size=1, max_size=9)
SENTENCE = st.lists(WORD, min_size=1, max_size=40).map(lambda words: " ".join(words) + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=8).map(" ".join)
LIST = st.lists(SENTENCE, min_size=1, max_size=12).map(lambda items: "\n".join(f"- {item}" for item in items))
HEADING = st.tuples(st.integers(1, 6), SENTENCE).map(lambda pair: "#" * pair[0] + " heading " + pair[1])
MARKDOWN = st.lists(st.one_of(PARAGRAPH, LIST, HEADING), max_size=12).map("\n\n".join)


def body_words(markdown: str) -> list[str]:
    return " ".join(line for line in markdown.splitlines() if not line.startswith("#")).split()


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_no_word_is_lost_or_repeated_and_the_order_stays(markdown: str) -> None:
    pieces = split_markdown(markdown)
    headings = [line.lstrip("#").strip() for line in markdown.splitlines() if line.startswith("#")]
    kept = [piece.text for piece in pieces if piece.text not in headings]
    assert " ".join(kept).split() == body_words(markdown)
    for heading in headings:
        assert any(heading in piece.heading or heading in piece.text for piece in pieces)


@settings(max_examples=60, deadline=None)
@given(MARKDOWN)
def test_the_same_text_gives_the_same_pieces_and_none_is_too_long(markdown: str) -> None:
    pieces = split_markdown(markdown)
    assert pieces == split_markdown(markdown)
    assert [piece.position for piece in pieces] == list(range(len(pieces)))
    assert all(piece.text.strip() and len(piece.text.split()) <= LIMIT_WORDS for piece in pieces)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_split_without_losing_its_words(text: str) -> None:
    pieces = split_markdown(text)
    held = {word for piece in pieces for word in f"{piece.heading} {piece.text}".split()}
    assert {word for word in text.split() if "#" not in word} <= held


def test_a_passage_knows_the_headings_above_it() -> None:
    pieces = split_markdown("# Delivery\n\nWe ship daily.\n\n## Price\n\nIt is free.\n\n# Payment\n\nBy card.")
    assert [(p.heading, p.text) for p in pieces] == [
        ("Delivery", "We ship daily."),
        ("Delivery › Price", "It is free."),
        ("Payment", "By card."),
    ]


def test_a_heading_with_nothing_under_it_is_kept_as_text() -> None:
    assert [p.text for p in split_markdown("# Shop\n\n## We are closed on Sunday\n\n## Hours\n\n9 to 18.")] == [
        "We are closed on Sunday",
        "9 to 18.",
    ]


def test_short_paragraphs_of_one_section_share_a_passage() -> None:
    (piece,) = split_markdown("One.\n\nTwo.\n\n- three\n- four")
    assert piece.text == "One.\n\nTwo.\n\n- three\n- four"


def test_wrapped_lines_become_one_line_but_list_items_stay_apart() -> None:
    (piece,) = split_markdown("The fee is\n80 hryvnias.\n- first\n  and more\n- second")
    assert piece.text == "The fee is 80 hryvnias.\n- first and more\n- second"


def test_a_long_paragraph_is_cut_between_sentences_only() -> None:
    sentences = [f"Речення номер {n} має рівно вісім таких слів тут." for n in range(30)]
    pieces = split_markdown(" ".join(sentences))
    assert len(pieces) > 1
    assert all(piece.text.endswith("тут.") and piece.text.startswith("Речення") for piece in pieces)


def test_a_line_that_announces_a_list_stays_with_its_first_item() -> None:
    filler = " ".join(["слово"] * 85) + "."
    item = " ".join(["пункт"] * 20)
    pieces = split_markdown(f"{filler} Ми приймаємо:\n- {item}\n- {item}")
    assert any("Ми приймаємо:\n- пункт" in piece.text for piece in pieces)


def test_headings_inside_code_are_text() -> None:
    (piece,) = split_markdown("Run this:\n```\n# not a heading\n\n  indented\n```\nDone.")
    assert "# not a heading" in piece.text
    assert piece.heading == ""
    assert "  indented" in piece.text
