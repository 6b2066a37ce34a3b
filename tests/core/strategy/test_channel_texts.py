"""`channel_texts` of firm.yaml: what is read, and what is said of a slip."""

from pathlib import Path

import pytest

from core.domain.channel_texts import ChannelTexts, Tap
from core.domain.firm import Firm
from core.errors import InvalidFirm
from core.strategy.firm_folder import load_firm

EXAMPLE = Path(__file__).parents[3] / "examples" / "kavomir"


def load(folder: Path, text: str) -> Firm:
    (folder / "firm.yaml").write_text(f"name: Shop\nlanguages: [en]\n{text}", encoding="utf-8")
    return load_firm(folder).firm


def test_a_firm_without_texts_has_none(tmp_path: Path) -> None:
    assert load(tmp_path, "").channel_texts == ChannelTexts(default_language="en")


def test_a_tap_says_an_act_or_its_own_words(tmp_path: Path) -> None:
    said = """channel_texts:
  greeting: {en: Hello}
  menu:
    - {title: {en: Prices}, act: ask_price, command: prices}
    - {title: {en: Our site}, url: "https://example.com"}
  questions:
    - title: {en: How long is delivery?}
"""
    texts = load(tmp_path, said).channel_texts
    assert texts.menu == (
        Tap({"en": "Prices"}, act="ask_price", command="prices"),
        Tap({"en": "Our site"}, url="https://example.com"),
    )
    assert [tap.payload for tap in (*texts.menu[:1], *texts.questions)] == ["act:ask_price", "say:"]
    assert texts.find_command("prices") is texts.menu[0]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("  greeting: {en: %s}" % ("x" * 161), 4, "the greeting is 161 characters long"),
        ("  about: {en: %s}" % ("x" * 121), 4, "the line about the bot is 121 characters long"),
        ("  menu: [{title: {en: %s}}]" % ("x" * 31), 4, "the title of the menu's item is 31 characters long"),
        ("  questions: [{title: {en: %s}}]" % ("x" * 81), 4, "the title of the question is 81 characters long"),
        ("  menu:\n" + "    - title: {en: A}\n" * 21, 25, "menu of channel_texts has 21 items"),
        ("  questions:\n" + "    - title: {en: A}\n" * 5, 9, "questions of channel_texts has 5 items"),
        ("  menu: [{title: {en: A}, act: ask_prise}]", 4, "unknown act 'ask_prise'"),
        ("  menu: [{title: {en: A}, command: stop}]", 4, "'stop' cannot be a command"),
        ("  menu: [{title: {en: A}, command: Ціни}]", 4, "'Ціни' cannot be a command"),
        ("  menu: [{title: {en: A}, url: example.com}]", 4, "'example.com' is no https address"),
        ("  menu: [{title: {en: A}, url: 'https://a', act: agree}]", 4, "has both act and url"),
        ("  menu: [{act: agree}]", 4, "the menu's item has no title"),
        ("  menu: [{title: {de: A}}]", 4, "speaks an unknown language 'de'"),
        ("  questions: [{title: {en: A}, url: 'https://a'}]", 4, "the question has an unknown key 'url'"),
        ("  menu: [{title: {en: A}, command: a}, {title: {en: B}, command: a}]", 4, "the command 'a' stands twice"),
        ("  gretting: {en: A}", 4, "channel_texts has an unknown key 'gretting'"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(InvalidFirm) as refusal:
        load(tmp_path, f"channel_texts:\n{text}\n")
    told = f"{refusal.value.where} {refusal.value}"
    assert what in told
    assert f"firm.yaml:{line}" in told


def test_the_example_firm_shows_a_menu_and_questions() -> None:
    texts = load_firm(EXAMPLE).firm.channel_texts
    assert len(texts.menu) <= 4
    assert texts.questions
    assert all(set(tap.title) == {"uk", "ru", "en"} for tap in (*texts.menu, *texts.questions))
