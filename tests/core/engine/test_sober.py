from typing import Any

import pytest

from core.domain.facts import FoundFact, Witness
from core.domain.ids import MessageId
from core.domain.turn import Turn, Understood
from core.engine.shelf import Shelf
from core.engine.sober import sober, without_offered_price, without_partnership
from tests.core.engine.situations import build_firm, build_product, build_turn


def understood(turn: Turn, act: str, fact: FoundFact | None = None) -> Understood:
    return Understood(language="uk", act=act, acts=(act,), probability=0.9, facts=(fact,) if fact else ())


@pytest.mark.parametrize(
    "text",
    [
        "минулого разу брали 20 кг, зараз поки думаємо",
        "раньше заказывали по 5 кг, сейчас присматриваемся",
        "last time we had 30 pcs, not sure yet",
    ],
)
def test_what_was_bought_before_is_not_what_is_wanted(text: str) -> None:
    turn = build_turn(text)
    assert sober(understood(turn, "other"), turn, Shelf(())).facts == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ми студія, хочемо відсоток за клієнтів", "відсоток за клієнтів"),
        ("мы студия, хотим процент за приведенных клиентов", "процент за приведенных клиентов"),
        ("we're a studio and want a cut for clients we bring", "cut for clients"),
    ],
)
def test_a_role_that_some_of_the_words_say_is_kept(text: str, said: str) -> None:
    turn, start = build_turn(text), text.index(said)
    proven = FoundFact("role", "partner", Witness(MessageId(7), start, start + len(said)))
    assert without_partnership(understood(turn, "state_need", proven), turn).facts == (proven,)


def test_a_role_that_was_only_guessed_is_dropped() -> None:
    turn = build_turn("we need two machines")
    guessed = FoundFact("role", "partner", Witness(MessageId(7), 0, len(turn.text)))
    assert without_partnership(understood(turn, "ask_partnership", guessed), turn).facts == ()


@pytest.mark.parametrize(
    ("text", "told", "meant"),
    [
        ("хочу додому, бюджет 25", 25, 25000),
        ("хочу домой, до 25", 25, 25000),
        ("for home, my budget is 25", 25, 25000),
        ("бюджет 25 грн", 25, 25),
        ("нас 12", 12, None),
        ("бюджет 90", 90, None),
        ("бюджет 65 євро", 65, 65),
        ("бюджет 65 баксов", 65, 65),
        ("my budget is 65 dollars", 65, 65),
        ("бюджет 500", 500, 500),
        ("5", 5, None),
    ],
)
def test_a_budget_that_buys_nothing_is_meant_in_thousands_where_a_budget_was_spoken_of(
    text: str, told: int, meant: int | None
) -> None:
    turn = build_turn(text, firm=build_firm([build_product(price="40000"), build_product("K2", "640")]))
    fact = FoundFact("budget", {"amount": told, "currency": "UAH"}, Witness(MessageId(7), 0, len(text)))
    found: list[Any] = [each.value for each in sober(understood(turn, "state_budget", fact), turn, Shelf(())).facts]
    assert [value["amount"] for value in found] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("text", "is_budget"),
    [
        ("ну хоч тисячу скиньте, я ж готівкою", False),
        ("уступите тысячу", False),
        ("could you knock 1000 off", False),
        ("скиньте рахунок на 1000 грн", True),
        ("скиньте тисячу, бо бюджет 1000", True),
    ],
)
def test_what_is_to_be_taken_off_is_no_budget(text: str, is_budget: bool) -> None:
    turn = build_turn(text)
    told = FoundFact("budget", {"amount": 1000, "currency": "UAH"}, Witness(MessageId(7), 0, len(text)))
    assert bool(without_offered_price(understood(turn, "object_price", told), turn).facts) is is_budget
