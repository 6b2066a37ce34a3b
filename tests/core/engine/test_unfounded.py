from pathlib import Path

import pytest

from core.domain.conversation import Memory
from core.domain.facts import FoundFact, Witness
from core.domain.firm import Firm
from core.domain.ids import MessageId
from core.engine.after_sale import after_sale
from core.engine.counting import counting_goods
from core.engine.owned import find_owned
from core.engine.shelf import Shelf
from core.engine.unfounded import without_unfounded_objection
from core.strategy.firm_folder import load_firm
from tests.core.engine.situations import build_firm, build_product, build_turn, understood

FIRM: Firm = load_firm(Path(__file__).parents[3] / "examples" / "kavomir").firm
SHELF = Shelf(FIRM.products)


@pytest.mark.parametrize(
    ("text", "act", "probability", "left"),
    [
        ("для турки", "object_fit", 0.4, ("other",)),
        ("кофемашину, купил на прошлой", "object_competitor", 0.5, ("state_need",)),
        ("and if it breaks", "object_timing", 0.4, ("other",)),
        ("не мій стиль", "object_fit", 0.9, ("object_fit",)),
        ("подумаю", "object_timing", 0.4, ("object_timing",)),
        ("в інших дешевше", "object_competitor", 0.4, ("object_competitor",)),
        ("it doesn't suit me", "object_fit", 0.4, ("object_fit",)),
        ("a machine for the office, not too pricey", "object_price", 0.9, ("state_need",)),
        ("кавомашину, не дуже дорогу", "object_price", 0.9, ("state_need",)),
        ("дорого", "object_price", 0.3, ("object_price",)),
        ("he has a grinder already", "object_competitor", 0.9, ("state_need",)),
        ("we already have a supplier", "object_competitor", 0.9, ("object_competitor",)),
    ],
)
def test_an_objection_is_one_that_words_say(text: str, act: str, probability: float, left: tuple[str, ...]) -> None:
    turn = build_turn(text, firm=FIRM, memory=Memory())
    assert without_unfounded_objection(understood(act, probability=probability), turn, SHELF).acts == left


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("he has a grinder already, what else?", {"GR"}),
        ("кавомолка вже є", {"GR"}),
        ("кофемолка уже есть, нужна ещё одна", set()),
        ("I need a grinder", set()),
    ],
)
def test_what_is_there_already_is_told_by_its_kind(text: str, kinds: set[str]) -> None:
    assert find_owned(text, SHELF) == kinds


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("сумська 12, львів", False), ("двоє нас", False), ("we are three", False),
        ("12 кг у Львів", True), ("треба 12, Львів", True), ("Шевченка 12 кв 4, Львів", False),
        ("Кітелі кухарські, 12 комплектів, Львів", True), ("щебінь фракція 5-20, 12 тонн, Львів", True),
        ("Сумська 12 Львів", False), ("сумська 12 м. Львів, Олена", False), ("плитка 12 квадратів, Львів", True),
        ("кружки 12 подарункових, Львів", True), ("кавомашина в офіс, 12 людей", False), ("квест, 12 людей", True),
    ],
)  # fmt: skip
def test_houses_and_people_count_no_goods(text: str, counts: bool) -> None:
    at = Witness(MessageId(7), 0, len(text))
    told = (FoundFact("quantity", 12, at), *((FoundFact("city", "Львів", at),) if "ів" in text.casefold() else ()))
    left = counting_goods(understood("other", facts=told), build_turn(text, firm=FIRM))
    assert ("quantity" in {fact.name for fact in left.facts}) is counts


def test_people_are_counted_where_places_are_sold() -> None:
    firm = build_firm([build_product(in_stock=None)])
    told = (FoundFact("quantity", 2, Witness(MessageId(7), 0, 8)),)
    assert counting_goods(understood("other", facts=told), build_turn("нас двоє", firm=firm)).facts == told


@pytest.mark.parametrize(
    ("act", "wish", "told", "left"),
    [
        ("object_fit", "return", (), "ask_terms"),
        ("object_competitor", "bought", (), "other"),
        ("object_timing", None, ("return",), "other"),
        ("object_timing", None, (), "object_timing"),
    ],
)
def test_who_has_bought_objects_to_nothing(act: str, wish: str | None, told: tuple[str, ...], left: str) -> None:
    turn = build_turn("як так", memory=Memory(turns=1, told=told))
    assert after_sale(understood(act, wishes=frozenset({wish} if wish else ())), turn).act == left


def test_money_is_asked_about_in_so_many_words_after_a_return() -> None:
    turn = build_turn("а гроші коли", memory=Memory(turns=1, told=("return",)))
    found = after_sale(understood("object_timing", language="uk"), turn)
    assert found.act == "ask_terms"
    assert "гроші за повернений" in str(found.query)


@pytest.mark.parametrize(("wish", "left"), [(None, 0), ("buy", 1)])
def test_what_was_paid_for_what_is_returned_is_no_budget(wish: str | None, left: int) -> None:
    turn = build_turn("720 гривень на вітер", memory=Memory(turns=1, told=("return",)))
    told = (FoundFact("budget", {"amount": 720, "currency": "UAH"}, Witness(MessageId(7), 0, 9)),)
    found = after_sale(understood("other", facts=told, wishes=frozenset({wish} if wish else ())), turn)
    assert len(found.facts) == left
