from textwrap import dedent

import pytest

from core.errors import InvalidFirm
from core.strategy.edit_policy import add_policy, edit_policy
from core.strategy.firm_file import read_firm_file
from core.strategy.problems import Problems

FIRM = dedent("""\
    # Our firm
    name: Oak
    languages: [uk, en]
    policies:   # what we stand by
      - id: delivery   # asked every day
        text:
          uk: "Доставка 120 грн."  # since May
          en: Delivery costs 120 UAH.
      - id: returns
        valid_until: 2027-01-31
        text:
          uk: >
            Повернення
            за 14 днів.
          en: |
            Returns within 14 days.
    contacts:
      site: https://oak.example
    """)
FLOW = 'name: Oak\nlanguages: [en]\npolicies: [{id: fee, text: {en: "Fee 5 UAH."}}]\n'


def policies(text: str) -> dict[str, tuple[dict[str, str], str]]:
    problems = Problems()
    firm = read_firm_file(text, "firm.yaml", problems=problems)
    assert firm
    assert problems.found == []
    return {one.id: (dict(one.text), str(one.valid_until or "")) for one in firm.policies}


def test_a_line_changes_and_everything_else_stays() -> None:
    changed = edit_policy(FIRM, "delivery", {"uk": 'Доставка "до дверей" — 150 грн.'}, "")
    assert changed == FIRM.replace('"Доставка 120 грн."', '"Доставка \\"до дверей\\" — 150 грн."')
    assert policies(changed)["delivery"][0]["uk"] == 'Доставка "до дверей" — 150 грн.'


@pytest.mark.parametrize("new", ["Returns: 30 days. # really", "- a", "{x}", "yes", "Line\nbreak", "'q' \\ \" end"])
def test_whatever_is_written_is_read_back_as_it_was_written(new: str) -> None:
    for policy in ("delivery", "returns"):
        changed = policies(edit_policy(FIRM, policy, {"en": new, "uk": new}, ""))[policy][0]
        assert changed == {"en": new, "uk": new}


def test_blocks_of_lines_become_one_line() -> None:
    changed = edit_policy(
        FIRM, "returns", {"uk": "Повернення за 30 днів.", "en": "Returns within 30 days."}, "2027-01-31"
    )
    assert policies(changed)["returns"] == (
        {"uk": "Повернення за 30 днів.", "en": "Returns within 30 days."},
        "2027-01-31",
    )
    assert "site: https://oak.example" in changed


@pytest.mark.parametrize(
    ("policy", "date"), [("delivery", "2028-05-01"), ("delivery", ""), ("returns", "2029-12-31"), ("returns", "")]
)
def test_a_date_is_set_and_taken_away(policy: str, date: str) -> None:
    changed = policies(edit_policy(FIRM, policy, {}, date))
    other = "returns" if policy == "delivery" else "delivery"
    assert changed[policy][1] == date
    assert changed[other] == policies(FIRM)[other]


def test_a_date_that_was_taken_away_can_be_set_again() -> None:
    without = edit_policy(FIRM, "returns", {}, "")
    assert policies(edit_policy(without, "returns", {}, "2030-01-01"))["returns"][1] == "2030-01-01"


def test_a_policy_on_one_line_can_be_changed_too() -> None:
    changed = edit_policy(FLOW, "fee", {"en": "Fee 6 UAH."}, "2027-01-01")
    assert policies(changed) == {"fee": ({"en": "Fee 6 UAH."}, "2027-01-01")}


def test_nothing_changed_changes_nothing() -> None:
    assert edit_policy(FIRM, "returns", {}, "2027-01-31") == FIRM


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(LookupError):
        edit_policy(FIRM, "unknown", {}, "")
    with pytest.raises(InvalidFirm):
        edit_policy(FIRM, "delivery", {"ru": "Доставка"}, "")
    with pytest.raises(InvalidFirm):
        edit_policy("a: [", "delivery", {}, "")
    with pytest.raises(InvalidFirm):
        edit_policy(FLOW, "fee", {}, "2027-01-01, name: Evil")


EMPTY = "name: Oak\nlanguages: [en]\npolicies: []\n"


@pytest.mark.parametrize(
    "text", [FIRM, FLOW, EMPTY, "name: Oak\nlanguages: [en]\n", FIRM.replace("contacts", "# c\ncontacts")]
)
@pytest.mark.parametrize("until", ["", "2028-01-31"])
def test_a_policy_is_added_below_the_others(text: str, until: str) -> None:
    said = {"en": 'Gifts: "wrapped" # free', **({"uk": "Пакуємо."} if "uk" in text else {})}
    added = add_policy(text, "gifts", said, until)
    assert policies(added) == policies(text) | {"gifts": (said, until)}
    for line in text.splitlines():
        assert line in added or line.startswith("policies: [")


def test_a_policys_name_is_taken_once() -> None:
    with pytest.raises(InvalidFirm, match="is there already"):
        add_policy(FIRM, "returns", {"en": "x"}, "")
