"""Models meant by their number, and rentals meant by the word, on the example firm's price list."""

from pathlib import Path

import pytest

from core.domain.conversation import Memory
from core.domain.facts import FoundFact, Witness
from core.domain.ids import MessageId
from core.engine.models_said import rental_of, with_numbered
from core.engine.shelf import Shelf
from core.engine.wishes import find_wishes
from core.strategy.firm_folder import load_firm
from tests.core.engine.situations import build_turn, understood

FIRM = load_firm(Path(__file__).parents[3] / "examples" / "kavomir").firm
SHELF = Shelf(FIRM.products)
OFFICE = Memory(offered=("KM-O2",))
GRINDERS = Memory(offered=("GR-C1", "GR-C2"))


def mentioned(text: str, memory: Memory) -> tuple[str, ...]:
    heard = understood("ask_product", wishes=find_wishes(text), mentioned=SHELF.mentions(text))
    return with_numbered(heard, build_turn(text, firm=FIRM, memory=memory), SHELF).mentioned


@pytest.mark.parametrize(
    ("text", "memory", "skus"),
    [
        ("чем 50 лучше 20?", OFFICE, ("KM-O2", "KM-O1")),
        ("а 20?", OFFICE, ("KM-O1",)),
        ("беру 64", GRINDERS, ("GR-C1",)),
        ("I'll take the 83", GRINDERS, ("GR-C2",)),
        ("64 и 83 чем отличаются", Memory(), ("GR-C1", "GR-C2")),
        ("64 чи 83?", Memory(), ("GR-C1", "GR-C2")),
    ],
)
def test_a_number_beside_what_is_discussed_names_its_model(text: str, memory: Memory, skus: tuple[str, ...]) -> None:
    assert mentioned(text, memory) == skus


@pytest.mark.parametrize(
    ("text", "memory"),
    [
        ("нас 20", OFFICE),
        ("бюджет до 50", OFFICE),
        ("беру 20 штук", OFFICE),
        ("50 людей", OFFICE),
        ("for 20", OFFICE),
        ("64", Memory()),
        ("візьму 3", GRINDERS),
        ("58 или 600?", Memory()),
    ],
)
def test_a_number_that_counts_something_names_no_model(text: str, memory: Memory) -> None:
    assert mentioned(text, memory) == ()


def test_the_number_of_a_model_is_no_quantity_and_no_budget() -> None:
    here = Witness(MessageId(1), 0, 2)
    facts = (
        FoundFact("quantity", 64, here),
        FoundFact("budget", {"amount": 64000, "currency": "UAH"}, here),
        FoundFact("city", "Київ", here),
    )
    heard = understood("agree", wishes=frozenset({"buy"}), facts=facts)
    found = with_numbered(heard, build_turn("беру 64", firm=FIRM, memory=GRINDERS), SHELF)
    assert [fact.name for fact in found.facts] == ["city"]


@pytest.mark.parametrize(
    ("text", "memory", "sku"),
    [
        ("давайте аренду на год", Memory(focus="KM-O2"), "RN-O2"),
        ("can I rent it?", Memory(focus="KM-C2"), "RN-C2"),
        ("а оренда є?", Memory(offered=("KM-O1", "KM-O2")), "RN-O2"),
        ("беру", Memory(focus="KM-O2"), None),
        ("а оренда є?", Memory(focus="KM-H1"), None),
    ],
)
def test_renting_means_the_rental_of_what_is_discussed(text: str, memory: Memory, sku: str | None) -> None:
    found = rental_of(build_turn(text, firm=FIRM, memory=memory), understood("ask_product"), SHELF)
    assert (found.sku if found else None) == sku
