from dataclasses import replace
from typing import Any

import pytest

from core.domain.conversation import Memory
from core.domain.facts import FoundFact, Witness
from core.domain.firm import Material
from core.domain.ids import MessageId
from core.engine.audience import choose_playbook, role
from core.engine.materials import pick_materials
from core.engine.partner_words import as_partner
from core.engine.shelf import Shelf
from core.engine.wishes import find_wishes
from tests.core.engine.situations import build_firm, build_playbook, build_product, build_turn, understood

BUYERS, PARTNERS = build_playbook(), build_playbook(audience="partners")
BOOK = {"buyers": BUYERS, "partners": PARTNERS}
FIRM = replace(build_firm([build_product()]), audiences={"test": "partners"})


def choose(text: str, *acts: str, **more: Any) -> str:
    facts = tuple(FoundFact(name, value, Witness(MessageId(7), 0, 1)) for name, value in more.pop("said", {}).items())
    means = understood(*acts, facts=facts, sku=more.pop("sku", None), wishes=find_wishes(text))
    told = {"memory": Memory(), "firm": FIRM, "playbook": BUYERS, **more}
    return choose_playbook(build_turn(text, playbooks=BOOK, **told), means, Shelf(FIRM.products)).audience


def test_the_firm_says_whom_it_expects_until_something_is_known() -> None:
    assert choose("hello", "greeting") == "partners"
    assert choose("hello", "greeting", firm=build_firm()) == "buyers"


@pytest.mark.parametrize(
    ("text", "act", "more"),
    [
        ("How much is the K1?", "ask_price", {"sku": "K1"}),
        ("Скільки коштує кавомолка?", "ask_price", {}),
        ("нужна кофемолка", "state_need", {}),
        ("something for my kitchen", "state_need", {}),
        ("хочу щось на кухню", "state_need", {}),
        ("для моей кухни", "other", {}),
        ("доставите домой?", "ask_terms", {}),
        ("what would you suggest?", "ask_product", {}),
        ("up to 20000", "state_budget", {"said": {"budget": {"amount": 20000, "currency": "UAH"}}}),
    ],
)
def test_who_shows_that_they_buy_is_sold_to_where_partners_are_expected(
    text: str, act: str, more: dict[str, Any]
) -> None:
    assert choose(text, act, **more) == "buyers"
    assert choose(text, act, memory=Memory(turns=2), playbook=PARTNERS, **more) == "buyers"


@pytest.mark.parametrize(
    "text", ["Яка у вас доставка?", "do you have terms?", "кофемолка для нашего кафе", "grinders for our café"]
)
def test_what_shows_nothing_leaves_the_talk_where_it_is(text: str) -> None:
    assert choose(text, "ask_product" if "?" not in text else "ask_terms") == "partners"
    assert choose("цікавить кавомолка", "state_need", memory=Memory(turns=1, told=("trade",)), playbook=PARTNERS) == (
        "partners"
    )


def test_a_role_that_was_said_outweighs_what_is_asked() -> None:
    assert choose("How much is the K1?", "ask_price", sku="K1", facts={"role": "partner"}) == "partners"
    assert choose("we want to resell", "ask_partnership", firm=build_firm()) == "partners"
    assert choose("for my kitchen", "other", said={"role": "buyer"}, facts={"role": "partner"}) == "buyers"


def test_who_asks_for_partnership_is_a_partner() -> None:
    assert role(build_turn("want to resell"), understood("ask_partnership")) == "partner"


@pytest.mark.parametrize("text", ["скиньте прайс", "пришлите прайс-лист", "could you send the price list?"])
def test_a_partner_who_asks_for_the_price_list_wants_what_is_made_for_partners(text: str) -> None:
    asked = understood("ask_price", wishes=find_wishes(text))
    meant = as_partner(asked, build_turn(text), PARTNERS)
    assert ("materials" in meant.wishes, "prices" in meant.wishes, meant.act) == (True, False, "ask_terms")
    assert as_partner(asked, build_turn(text), BUYERS) is asked


def test_what_was_asked_for_by_name_is_sent_alone() -> None:
    own = [
        Material(f"{what} of ours", "pdf", f"https://example.com/{what}", "en")
        for what in ("Catalogue", "Presentation")
    ]
    firm = replace(FIRM, materials=tuple(own))
    assert [item.title for item in pick_materials(firm, "en", asked="send me the catalogue")] == ["Catalogue of ours"]
    assert len(pick_materials(firm, "en", asked="send me the presentation and the catalogue")) == 2
    assert len(pick_materials(firm, "en", asked="send me something")) == 2


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("яка націнка?", "ask_terms"), ("сколько процентов?", "ask_terms"), ("what's the margin?", "ask_terms"),
        ("а якщо візьмемо 60 кг?", "ask_terms"), ("and for 60 kg?", "ask_terms"),
        ("дайте 25%", "object_price"), ("15% мало, давайте 25", "object_price"), ("can we get 25%?", "object_price"),
        ("чому так мало?", "object_price"), ("a better discount, please", "object_price"),
        ("беремо 25 кг на місяць", "state_need"), ("we take 25 kg a month", "state_need"),
    ],
)  # fmt: skip
def test_a_partner_is_heard_in_words_of_their_own(text: str, act: str) -> None:
    meant = as_partner(understood("state_need", wishes=find_wishes(text)), build_turn(text), PARTNERS)
    assert meant.act == act
