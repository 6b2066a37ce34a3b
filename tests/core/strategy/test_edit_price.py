import pytest

from core.errors import InvalidFirm
from core.strategy.catalogue_files import read_price_list
from core.strategy.edit_price import add_price, edit_price
from core.strategy.problems import Problems

LIST = (
    "sku,name_en,price,currency,valid_until,in_stock\n"
    'T-1,"Table, oak",14500,UAH,2027-12-31,4\n'
    "\n"
    'C-1,"Chair\nof two lines", 3200 ,UAH,,0\n'
    "L-1,Lamp,900,UAH,,"
)


def prices(text: str) -> dict[str, tuple[str, str, int | None]]:
    problems = Problems()
    found = read_price_list(text, "price_list.csv", currency="UAH", problems=problems)
    assert problems.found == []
    return {one.sku: (str(one.price), str(one.valid_until or ""), one.in_stock) for one in found}


@pytest.mark.parametrize("sku", ["T-1", "C-1", "L-1"])
def test_one_row_changes_and_the_others_stay(sku: str) -> None:
    changed = edit_price(LIST, sku, {"price": "999.50", "valid_until": "2028-01-01", "in_stock": ""})
    assert prices(changed) == {**prices(LIST), sku: ("999.50", "2028-01-01", None)}


def test_the_rest_of_the_text_stays_as_it_was() -> None:
    changed = edit_price(LIST, "C-1", {"price": "3300"})
    assert changed == LIST.replace(" 3200 ", "3300")


def test_a_list_from_a_spreadsheet_keeps_its_separator_and_line_ends() -> None:
    text = "sku;name_en;price\r\nT-1;Table;14500\r\nC-1;Chair;3200\r\n"
    assert edit_price(text, "T-1", {"price": "15000,50"}) == text.replace("14500", "15000,50")


def test_a_column_that_the_list_does_not_have_is_told() -> None:
    text = "sku,name_en,price\nT-1,Table,14500\n"
    assert edit_price(text, "T-1", {"price": "1", "in_stock": ""}) == text.replace("14500", "1")
    with pytest.raises(InvalidFirm) as refused:
        edit_price(text, "T-1", {"in_stock": "4"})
    assert "in_stock" in refused.value.what


def test_a_product_that_is_not_there_is_told() -> None:
    with pytest.raises(LookupError):
        edit_price(LIST, "X-1", {"price": "1"})


def test_a_list_that_cannot_be_read_is_not_written() -> None:
    with pytest.raises(InvalidFirm):
        edit_price('sku,price\n"T-1,5\n', "T-1", {"price": "1"})


@pytest.mark.parametrize(
    "text", ["sku,name_en,price\nT-1,Oak,5\n", "\ufeffsku;name_en;price\r\nT-1;Oak;5\r\n", "sku,name_en,price"]
)
def test_a_row_is_added_below_the_others(text: str) -> None:
    added = add_price(text, {"sku": "T-2", "name_en": 'Ash, "white"; raw', "price": "7", "unit": ""})
    problems = Problems()
    found = read_price_list(added.removeprefix("\ufeff"), "price_list.csv", currency="UAH", problems=problems)
    assert problems.found == []
    assert (found[-1].sku, found[-1].names["en"], str(found[-1].price)) == ("T-2", 'Ash, "white"; raw', "7")
    assert added.startswith(text)


@pytest.mark.parametrize(
    ("cells", "where"),
    [({"sku": "T-1", "price": "7"}, "price_list.csv:2"), ({"sku": "T-2", "colour": "red"}, "price_list.csv:1")],
)
def test_a_row_that_does_not_fit_is_not_added(cells: dict[str, str], where: str) -> None:
    with pytest.raises(InvalidFirm) as refused:
        add_price("sku,name_en,price\nT-1,Oak,5\n", cells)
    assert refused.value.where == where
    assert refused.value.hint
