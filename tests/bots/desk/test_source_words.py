from zoneinfo import ZoneInfo

import pytest

from bots.desk.source_words import source_words
from bots.desk.words import Words, load_catalogues


@pytest.mark.parametrize(
    ("source", "en", "uk"),
    [
        ("ad=7 post=p1", "Ad 7 (post p1)", "Реклама 7 (допис p1)"),
        ("spring", "Link spring", "Посилання spring"),
        ("comment post=9", "Comment under post 9", "Коментар під дописом 9"),
        ("ref=june ad=7", "Ad 7 (link june)", "Реклама 7 (посилання june)"),
        ("product=KM-1", "Shop: KM-1", "Крамниця: KM-1"),
        ("entry=customer_chat_plugin", "From customer chat plugin", "Звідки: customer chat plugin"),
        ("entry=ads", "Ad", "Реклама"),
        ("comment", "Comment under post", "Коментар під дописом"),
        (None, "", ""),
    ],
)
def test_where_a_lead_came_from_is_said_in_words(source: str | None, en: str, uk: str) -> None:
    catalogues = load_catalogues()
    said = [source_words(source, Words(one, catalogues[one], timezone=ZoneInfo("UTC"))) for one in ("en", "uk")]
    assert said == [en, uk]
