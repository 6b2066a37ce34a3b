import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.adapter.pages import (
    KEPT,
    SEED,
    Firm,
    documents,
    read_firm,
    read_firms,
    read_no_trade,
    seed_digest,
)
from core.domain.vocabulary import LANGUAGES
from core.errors import SellerError

FIXTURES = Path(__file__).parents[2] / "fixtures"
FIRM = """# florist, Dnipro
## delivery
### 1
H uk: Кур'єр
H ru: Курьер
H en: Courier
uk: Веземо містом за 90 грн.
ru: Везём по городу за 90 грн.
en: We deliver in town for 90 UAH.
? uk: скільки візьмете за привезти => 90 грн
! en: do you deliver to Poland?
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "florist.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_firms_file_is_read(tmp_path: Path) -> None:
    firm = read_firm(write(tmp_path, FIRM))
    (section,) = firm.sections
    assert (firm.name, section.topic, section.headings["en"]) == ("florist, Dnipro", "delivery", "Courier")
    assert [(ask.language, ask.answer) for ask in section.asks] == [("uk", "90 грн")]
    assert [ask.text for ask in section.strange] == ["do you deliver to Poland?"]


@pytest.mark.parametrize("line", ["What is this?", "? uk: скільки => 95 грн", "? uk: скільки"])
def test_a_line_that_is_none_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    with pytest.raises(SellerError, match=r"florist\.txt:12"):
        read_firm(write(tmp_path, FIRM + line))


def test_it_becomes_the_pages_of_a_knowledge_folder(tmp_path: Path) -> None:
    pages = {document.source: document for document in documents(read_firm(write(tmp_path, FIRM)))}
    assert set(pages) == {"delivery.uk.md", "delivery.ru.md", "delivery.en.md"}
    assert (pages["delivery.en.md"].topic, pages["delivery.en.md"].language) == ("delivery", "en")
    assert pages["delivery.en.md"].text == "# Delivery\n\n## Courier\n\nWe deliver in town for 90 UAH.\n"


def firms() -> list[Firm]:
    return [*read_firms(SEED), *read_firms(KEPT)]


def test_every_section_stands_in_all_languages_and_is_asked_about() -> None:
    for firm in firms():
        for section in firm.sections:
            assert set(section.headings) == set(section.texts) == set(LANGUAGES), (firm.name, section.topic)
            assert section.asks, (firm.name, section.topic)


def test_no_question_that_is_measured_on_is_trained_on() -> None:
    def asked(folder: Path) -> set[str]:
        return {ask.text for firm in read_firms(folder) for s in firm.sections for ask in (*s.asks, *s.strange)}

    measured = {
        json.loads(line)["question"]
        for file in FIXTURES.glob("questions_*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    trained = asked(SEED) | {ask.text for ask in read_no_trade()}
    assert trained & (asked(KEPT) | measured) == set()


def test_messages_of_no_trade_are_as_many_in_every_language() -> None:
    counts = Counter(ask.language for ask in read_no_trade())
    assert set(counts) == set(LANGUAGES)
    assert len(set(counts.values())) == 1


def test_a_line_that_is_no_message_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "no_trade.txt"
    file.write_text("# none\nen: what is 2 + 2\n? en: what => this\n", encoding="utf-8")
    with pytest.raises(SellerError, match=r"no_trade\.txt:3"):
        read_no_trade(file)


def test_the_digest_changes_with_the_text(tmp_path: Path) -> None:
    write(tmp_path, FIRM)
    before = seed_digest(tmp_path)
    write(tmp_path, FIRM + "\n")
    assert seed_digest(tmp_path) != before
