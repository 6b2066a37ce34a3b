import shutil
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InvalidFirm
from core.strategy.firm_folder import load_firm

FIRM_YAML = """\
name: Квіти Поділля
languages: [uk, en]
currency: UAH
on_duty:
  mon: "09:00-18:00"
disclosure:
  uk: Вам відповідає бот.
  en: A bot is answering.
contacts:
  phone: "+380 44 000 00 00"
policies:
  - id: delivery
    valid_until: 2027-01-31
    text:
      uk: Доставка 100 грн.
      en: Delivery is 100 UAH.
"""
PRICE_LIST = """\
sku,name_uk,name_ru,name_en,price,currency,unit,valid_until,in_stock
R-1,Троянда,,Rose,120,UAH,шт,2027-03-31,50
R-2,"Букет ""Літо"", великий",,Summer bouquet,"1250,50",,шт,,0
R-3,Ваза,,Vase,1 900,USD,шт,,
"""
MATERIALS = """\
title,kind,url,language
Каталог,pdf,https://example.com/c.pdf,uk
"""


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "delivery.uk.md").write_text("# Доставка\n\nЩодня.\n", encoding="utf-8")
    (tmp_path / "knowledge" / ".hidden").write_text("x")
    (tmp_path / "firm.yaml").write_text(FIRM_YAML, encoding="utf-8")
    (tmp_path / "price_list.csv").write_text(PRICE_LIST, encoding="utf-8")
    (tmp_path / "materials.csv").write_text(MATERIALS, encoding="utf-8")
    return tmp_path


def test_a_folder_becomes_a_firm(firm: Path) -> None:
    loaded = load_firm(firm)
    assert loaded.firm.name == "Квіти Поділля"
    assert loaded.firm.languages == ("uk", "en")
    assert loaded.firm.default_language == "uk"
    assert loaded.firm.on_duty == {"mon": (time(9), time(18))}
    assert loaded.firm.is_on_duty(datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert loaded.firm.disclosure["en"] == "A bot is answering."
    assert loaded.firm.contacts == {"phone": "+380 44 000 00 00"}
    assert loaded.firm.policies[0].valid_until == date(2027, 1, 31)
    assert loaded.firm.materials[0].kind == "pdf"
    assert [(d.source, d.topic, d.language) for d in loaded.documents] == [("delivery.uk.md", "delivery", "uk")]


def test_prices_are_read_as_people_write_them(firm: Path) -> None:
    rose, bouquet, vase = load_firm(firm).firm.products
    assert (rose.price, rose.currency, rose.valid_until, rose.in_stock) == (Decimal(120), "UAH", date(2027, 3, 31), 50)
    assert (bouquet.name("uk"), bouquet.price) == ('Букет "Літо", великий', Decimal("1250.50"))
    assert (bouquet.currency, bouquet.in_stock) == ("UAH", 0)
    assert (vase.price, vase.currency, vase.in_stock) == (Decimal(1900), "USD", None)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_price_list_saved_by_a_spreadsheet_is_read(firm: Path, delimiter: str) -> None:
    header, *_ = PRICE_LIST.split("\n")
    row = "R-1,Троянда,,Rose,120,UAH,шт,2027-03-31,50"
    text = f"\ufeff{header}\r\n{row}\r\n,,,,,,,,\r\n".replace(",", delimiter)
    (firm / "price_list.csv").write_bytes(text.encode())
    assert [product.sku for product in load_firm(firm).firm.products] == ["R-1"]


def test_what_is_missing_comes_from_the_built_in_firm(tmp_path: Path) -> None:
    loaded = load_firm(tmp_path)
    assert loaded.firm.name
    assert loaded.firm.languages == ("uk", "ru", "en")
    assert loaded.firm.products == ()
    assert loaded.documents == ()
    assert set(loaded.playbooks) == {"buyers", "partners"}
    assert loaded.playbooks["buyers"].find_move("greet")


def test_one_own_playbook_leaves_the_other_built_in(firm: Path) -> None:
    built_in = load_firm(firm)
    text = built_in.sources["buyers"].replace('version: "1"', 'version: "mine"')
    (firm / "playbook").mkdir()
    (firm / "playbook" / "buyers.yaml").write_text(text, encoding="utf-8")
    loaded = load_firm(firm)
    assert loaded.playbooks["buyers"].version == "mine"
    assert loaded.sources["buyers"] == text
    assert loaded.playbooks["partners"].digest == built_in.playbooks["partners"].digest


@pytest.mark.parametrize("name", ["firm.yaml", "price_list.csv", "materials.csv", "knowledge/delivery.uk.md"])
def test_the_version_follows_every_source(firm: Path, name: str) -> None:
    before = load_firm(firm).firm.version
    assert load_firm(firm).firm.version == before
    text = (firm / name).read_text(encoding="utf-8")
    (firm / name).write_text(
        text.replace("Доставка", "Перевезення").replace("Троянда", "Ружа").replace("Каталог", "Усе")
    )
    assert load_firm(firm).firm.version != before


def test_the_version_does_not_depend_on_where_the_folder_is(
    firm: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("elsewhere") / "firm"
    shutil.copytree(firm, copy)
    assert load_firm(copy).firm.version == load_firm(firm).firm.version


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFirm, match="nowhere: there is no such folder"):
        load_firm(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "what", "hint"),
    [
        ("firm.yaml", "name: ", "nmae: ", 1, "unknown key 'nmae'", "did you mean 'name'"),
        ("firm.yaml", "name: Квіти Поділля", "name:", 1, "name of the firm is empty", "add a line"),
        ("firm.yaml", "[uk, en]", "[uk, de]", 2, "unknown language 'de'", "uk, ru, en"),
        ("firm.yaml", "currency: UAH", "currency: грн", 3, "not the code of a currency", "UAH"),
        ("firm.yaml", "currency: UAH", "region: Ukraine", 3, "not the code of a country", "UA"),
        ("firm.yaml", "currency: UAH", "timezone: Kyiv/Europe", 3, "unknown time zone", "Europe/Kyiv"),
        ("firm.yaml", "currency: UAH", "timezone: ../../etc/passwd", 3, "unknown time zone", "Europe/Kyiv"),
        ("firm.yaml", "currency: UAH", "default_language: ru", 3, "not one of the firm's languages", "uk, en"),
        ("firm.yaml", '"09:00-18:00"', '"9-18"', 5, "'9-18' are no hours", "09:00-18:00"),
        ("firm.yaml", '"09:00-18:00"', '"18:00-09:00"', 5, "ends before it begins", "opening time first"),
        ("firm.yaml", "  mon:", "  monday:", 5, "unknown key 'monday'", "did you mean 'mon'"),
        ("firm.yaml", "A bot is answering.", "Olena is answering.", 8, "does not say that an automated", "assistant"),
        ("firm.yaml", "  en: A bot is answering.\n", "", 6, "the disclosure has no text in en", "each language"),
        ("firm.yaml", "- id: delivery", "- id:", 12, "id of the policy is empty", "add a line"),
        ("firm.yaml", "2027-01-31", "31.01.2027", 13, "valid_until '31.01.2027' is no date", "2027-01-31"),
        (
            "firm.yaml",
            "      en: Delivery is 100 UAH.\n",
            "",
            12,
            "policy 'delivery' has no text in en",
            "each language",
        ),
        ("firm.yaml", "      en: D", "      eng: D", 12, "unknown language 'eng'", "did you mean 'en'"),
        ("firm.yaml", "name: Квіти", "name: Квіти: ", 1, "not valid YAML", "quotes"),
        ("price_list.csv", "sku,", "SKU ,", 0, "", ""),
        ("price_list.csv", "valid_until,", "valid_untill,", 1, "unknown column 'valid_untill'", "did you mean"),
        ("price_list.csv", "sku,", "art,", 1, "the column 'sku' is missing", "the header is sku,"),
        ("price_list.csv", "in_stock", "price", 1, "column 'price' stands twice", "delete one"),
        ("price_list.csv", "R-1,", ",", 2, "the row has no sku", "short code"),
        ("price_list.csv", "R-2,", "R-1,", 3, "the sku 'R-1' stands twice, first on line 2", "keep one"),
        ("price_list.csv", "Троянда,,Rose", ",,", 2, "the product has no name", "name_uk"),
        ("price_list.csv", ",120,", ",,", 2, "the product has no price", "1250.50"),
        ("price_list.csv", ",120,", ",від 120,", 2, "'від 120' is no price", "1250.50"),
        ("price_list.csv", ",120,", ",-120,", 2, "'-120' is no price", "above zero"),
        ("price_list.csv", ",120,", ",0,", 2, "'0' is no price", "above zero"),
        ("price_list.csv", ",120,", ',"1,250",', 2, "'1,250' is no price", "1250"),
        ("price_list.csv", ",120,", ",1.250,", 2, "'1.250' is no price", "1250"),
        ("price_list.csv", ",120,", ",nan,", 2, "'nan' is no price", "1250"),
        ("price_list.csv", ",UAH,", ",грн,", 2, "'грн' is no currency", "UAH"),
        ("price_list.csv", "2027-03-31", "31.03.2027", 2, "valid_until '31.03.2027' is no date", "year-month-day"),
        ("price_list.csv", ",50\n", ",багато\n", 2, "in_stock 'багато' is no count", "0 for none"),
        ("price_list.csv", ",50\n", ",50,x\n", 2, "the row has 10 cells, the header 9", "double quotes"),
        ("price_list.csv", 'великий"', "великий", 3, "not valid CSV", "close every double quote"),
        ("price_list.csv", PRICE_LIST, "\n\n", 0, "the file is empty", "begin with the line sku,"),
        ("materials.csv", ",pdf,", ",pfd,", 2, "unknown kind 'pfd'", "did you mean 'pdf'"),
        ("materials.csv", "https://example.com/c.pdf", "c.pdf", 2, "'c.pdf' is no web address", "https://"),
        ("materials.csv", "https://example.com/c.pdf", "javascript:alert(1)", 2, "is no web address", "https://"),
        ("materials.csv", "https://example.com/c.pdf", "http://[x/", 2, "is no web address", "https://"),
        ("materials.csv", ",uk\n", ",ua\n", 2, "unknown language 'ua'", "uk, ru, en"),
        ("materials.csv", "Каталог,", ",", 2, "the material has no title", "the customer will read"),
        ("materials.csv", "title,", "titel,", 1, "unknown column 'titel'", "did you mean 'title'"),
        ("knowledge/delivery.uk.md", "# Доставка\n\nЩодня.\n", " \n", 0, "the file is empty", "write it or delete it"),
    ],
)
def test_a_slip_in_a_file_is_told_with_its_line_and_how_to_mend_it(
    firm: Path, name: str, old: str, new: str, line: int, what: str, hint: str
) -> None:
    text = (firm / name).read_text(encoding="utf-8")
    assert old in text
    (firm / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    if not what:
        assert load_firm(firm).firm.products
        return
    with pytest.raises(InvalidFirm) as caught:
        load_firm(firm)
    message = str(caught.value)
    place = f"{firm / name}:{line}:" if line else f"{firm / name}:"
    told = [part for part in message.split("\n- ") if place in part and what in part]
    assert told, message
    assert hint in told[0].split("how to mend:")[1]


@pytest.mark.parametrize(
    ("name", "what", "hint"),
    [
        ("knowledge/delivery.md", "does not say topic and language", "topic.language.md"),
        ("knowledge/Delivery.uk.md", "does not say topic and language", "small Latin letters"),
        ("knowledge/delivery.de.md", "does not say topic and language", "uk, ru, en"),
        ("knowledge/contract.docx", "does not say topic and language", "topic.language.md"),
        ("playbook/buyer.yaml", "no audience reads this playbook", "buyers.yaml or partners.yaml"),
    ],
)
def test_a_file_with_a_name_that_nothing_reads_is_told(firm: Path, name: str, what: str, hint: str) -> None:
    (firm / name).parent.mkdir(exist_ok=True)
    (firm / name).write_text("text", encoding="utf-8")
    with pytest.raises(InvalidFirm) as caught:
        load_firm(firm)
    assert caught.value.where == str(firm / name)
    assert what in caught.value.what
    assert hint in caught.value.hint


def test_a_misspelt_price_list_is_noticed(firm: Path) -> None:
    (firm / "price_list.csv").rename(firm / "price-list.csv")
    with pytest.raises(InvalidFirm, match=r"price-list\.csv: nothing reads this name\n.*rename it to price_list\.csv"):
        load_firm(firm)


@pytest.mark.parametrize("name", ["firm.yaml", "price_list.csv", "materials.csv", "knowledge/delivery.uk.md"])
def test_a_file_in_another_encoding_is_told_with_its_line(firm: Path, name: str) -> None:
    path = firm / name
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251", errors="replace"))
    with pytest.raises(InvalidFirm, match=r":\d+: the file is not UTF-8\n.*save it as UTF-8"):
        load_firm(firm)
    path.write_text("x", encoding="utf-16")
    with pytest.raises(InvalidFirm, match=":1: the file is UTF-16, not UTF-8"):
        load_firm(firm)


def test_a_folder_in_place_of_a_file_is_told(firm: Path) -> None:
    (firm / "price_list.csv").unlink()
    (firm / "price_list.csv").mkdir()
    with pytest.raises(InvalidFirm, match=r"price_list\.csv: the file cannot be read"):
        load_firm(firm)


def test_a_playbook_under_the_other_ones_name_is_told(firm: Path) -> None:
    (firm / "playbook").mkdir()
    (firm / "playbook" / "buyers.yaml").write_text(load_firm(firm).sources["partners"], encoding="utf-8")
    with pytest.raises(InvalidFirm, match="its audience is partners"):
        load_firm(firm)


def test_slips_of_all_files_are_told_together(firm: Path) -> None:
    (firm / "firm.yaml").write_text("nmae: x\n", encoding="utf-8")
    (firm / "price_list.csv").write_text("sku,name_uk,price\nA,Б,x\nA,В,2\n", encoding="utf-8")
    (firm / "knowledge" / "empty.uk.md").write_text("", encoding="utf-8")
    with pytest.raises(InvalidFirm) as caught:
        load_firm(firm)
    message = str(caught.value)
    assert "5 problems" in message
    for expected in ("firm.yaml:1:", "price_list.csv:2:", "price_list.csv:3:", "empty.uk.md:"):
        assert expected in message
