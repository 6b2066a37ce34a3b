"""Where a person came from, as one text and back."""

import pytest

from core.domain.attribution import Attribution, SourceKind


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        (Attribution.of(ad=120, post="7", entry="ADS"), SourceKind.AD, "ad=120 post=7"),
        (Attribution.of(entry="ADS", ref="spring"), SourceKind.AD, "ref=spring entry=ads"),
        (Attribution.of(comment=True, post="7"), SourceKind.COMMENT, "comment post=7"),
        (Attribution.of(comment=True, ad="120"), SourceKind.AD, "comment ad=120"),
        (Attribution.of(product="KM-1"), SourceKind.SHOP, "product=KM-1"),
        (Attribution.of(ref="spring=2", entry="SHORTLINK"), SourceKind.LINK, "ref=spring=2"),
        (Attribution.of(post="7"), SourceKind.POST, "post=7"),
        (Attribution.of(entry="CUSTOMER_CHAT_PLUGIN"), SourceKind.OTHER, "entry=customer_chat_plugin"),
        (Attribution.of(), None, None),
    ],
)
def test_a_source_is_one_text_that_can_be_read_back(source: Attribution, kind: SourceKind, text: str | None) -> None:
    assert (source.kind, source.as_text()) == (kind, text)
    assert Attribution.read(text).as_text() == text
    assert Attribution.read(text).kind == kind


def test_a_bare_word_is_the_reference_of_a_link() -> None:
    found = Attribution.read("spring")
    assert (found.ref, found.kind) == ("spring", SourceKind.LINK)


def test_blanks_do_not_tear_a_source_apart() -> None:
    assert Attribution.read(Attribution.of(ref="big  spring\nsale").as_text()).ref == "big_spring_sale"
