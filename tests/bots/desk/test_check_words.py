from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bots.desk.check_words import check_text
from bots.desk.words import Words, load_catalogues
from core.errors import InvalidFirm
from core.strategy.catalogue_files import read_price_list
from core.strategy.edit_policy import add_policy
from core.strategy.edit_price import add_price
from core.strategy.firm_folder import load_firm
from core.strategy.problems import Problems

UKRAINIAN, ENGLISH = (Words(each, load_catalogues()[each], timezone=ZoneInfo("Europe/Kyiv")) for each in ("uk", "en"))
HEADER = "sku,name_en,price,currency,valid_until,in_stock\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "sku,colour,price\nT-1,red,5\n", "sku,sku,price\nT-1,T-1,5\n", "sku\nT-1\n", 'sku,price\n"T-1,5\n',
        f"{HEADER},Oak,5,,,\n", f"{HEADER}T-1,Oak,5,,,\nT-1,Ash,6,,,\n", f"{HEADER}T-1,,5,,,\n",
        f"{HEADER}T-1,Oak,free,,,\n", f"{HEADER}T-1,Oak,,,,\n", f"{HEADER}T-1,Oak,5,hryvnia,,\n",
        f"{HEADER}T-1,Oak,5,,31.12.2027,\n", f"{HEADER}T-1,Oak,5,,,many\n", f"{HEADER}T-1,Oak,5\n",
    ],
)  # fmt: skip
def test_every_slip_in_a_price_list_is_told_in_ukrainian_too(text: str) -> None:
    problems = Problems()
    read_price_list(text, "price_list.csv", currency="UAH", problems=problems)
    assert problems.found
    for problem in problems.found:
        for said in (problem.what, problem.hint):
            assert check_text(UKRAINIAN, said) != said, said
            assert check_text(ENGLISH, said) == said


def test_what_cannot_be_added_is_told_in_ukrainian_too() -> None:
    with pytest.raises(InvalidFirm) as price:
        add_price(f"{HEADER}T-1,Oak,5,,,\n", {"sku": "T-1", "price": "6"})
    with pytest.raises(InvalidFirm) as policy:
        add_policy("policies: [{id: fee, text: {en: Fee.}}]\n", "fee", {"en": "x"}, "")
    assert check_text(UKRAINIAN, price.value.what) == "код 'T-1' уже є"
    assert check_text(UKRAINIAN, policy.value.what) == "правило 'fee' вже є"
    assert "виберіть" in check_text(UKRAINIAN, policy.value.hint)


def test_several_slips_keep_their_places(tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text("name: Oak\nlanguages: [en]\n", encoding="utf-8")
    (tmp_path / "price_list.csv").write_text(f"{HEADER}T-1,,5,,,\nT-2,Oak,free,,,\n", encoding="utf-8")
    with pytest.raises(InvalidFirm) as refused:
        load_firm(tmp_path)
    said = check_text(UKRAINIAN, refused.value.what)
    assert said.startswith("проблем у файлах фірми: 2\n- ")
    assert "price_list.csv:2: товар без назви\n  як виправити: заповніть" in said


def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert check_text(UKRAINIAN, "the moon is out") == "the moon is out"
