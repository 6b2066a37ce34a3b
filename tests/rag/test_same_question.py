import json
from pathlib import Path

import pytest

from rag.same_question import say_the_same, sign

TWINS = Path(__file__).parents[1] / "fixtures" / "twins.jsonl"


def same(one: str, other: str, language: str = "uk", of: str | None = None) -> bool:
    return say_the_same(sign(one, language), sign(other, of or language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Яка гарантія на кавомолку?", "яка гарантія на кавомолку"),
        ("Доброго дня, підкажіть, чи є парковка?", "є у вас парковка?"),
        ("Скільки діє гарантія на фільтр?", "Який термін гарантії на фільтр?"),
        ("Доставите в Польщу?", "Чи є доставка в Польщу?"),
        ("Lumera 20 є на складі?", "Маєте Lumera 20 в наявності?"),
    ],
)
def test_politeness_order_endings_and_known_synonyms_change_nothing(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Гарантія діє 12 місяців?", "Гарантія діє 24 місяці?"),
        ("Є знижка від десяти штук?", "Є знижка від двадцяти штук?"),
        ("Можна записатися до Олени?", "Можна записатися до Ірини?"),
        ("Доставите в Польщу?", "Доставите в Чехію?"),
        ("є магазин у києві?", "є магазин у львові?"),
        ("Працюєте в суботу?", "Працюєте в неділю?"),
        ("Що покриває гарантія?", "Що не покриває гарантія?"),
        ("Можна з собакою?", "Можна без собаки?"),
        ("Можна повернути розпакований товар?", "Можна повернути нерозпакований товар?"),
        ("Яка гарантія на кавомолку?", "Яка гарантія на кавомашину?"),
        ("Є Vento Home на складі?", "Є Vento Latte на складі?"),
        ("Доставка з Києва до Львова є?", "Доставка зі Львова до Києва є?"),
        ("Скільки коштує навчання?", "Скільки триває навчання?"),
        ("Чи можна передоплата?", "Чи потрібна передоплата?"),
        ("Де ви?", "Хто ви?"),
        ("Хто приймає замовлення?", "Як приймаєте замовлення?"),
    ],
)
def test_whatever_changes_an_answer_keeps_questions_apart(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_an_answer_in_another_language_serves_nobody() -> None:
    assert not same("Vento Home", "Vento Home", "uk", of="en")


def test_of_many_pairs_hardly_one_is_taken_for_the_same_that_is_not() -> None:
    """By words alone; the vectors are compared after them."""
    pairs = [json.loads(line) for line in TWINS.read_text("utf-8").splitlines()]
    found = [say_the_same(sign(p["a"], p["language_a"]), sign(p["b"], p["language_b"])) for p in pairs]
    assert len(pairs) >= 600
    assert sum(is_same and not p["same"] for p, is_same in zip(pairs, found, strict=True)) <= len(pairs) // 200
    true = [is_same for p, is_same in zip(pairs, found, strict=True) if p["same"]]
    assert sum(true) / len(true) >= 0.3
