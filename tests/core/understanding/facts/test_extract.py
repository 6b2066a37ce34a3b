import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.vocabulary import FACT_NAMES
from core.understanding.facts.extract import find_facts
from tests.core.understanding.facts.contexts import context

TEXT = (
    "Добрий день, я Олена, ТОВ «Сонце». Потрібно 25 мішків до п'ятниці у Бровари, бюджет до 15 тисяч. "
    "Номер 067 000 11 22, пошта olena@sonce.ua, замовлення №4512"
)


def test_one_message_can_tell_everything_and_nothing_is_told_twice() -> None:
    facts = find_facts(TEXT, context())
    assert {name: span.value for name, span in facts.items()} == {
        "name": "Олена",
        "company": "ТОВ «Сонце»",
        "need": "Потрібно 25 мішків до п'ятниці у Бровари, бюджет до 15 тисяч",
        "quantity": 25,
        "deadline": {"text": "до п'ятниці", "date": "2026-11-27"},
        "city": "Бровари",
        "budget": {"amount": 15_000, "currency": "UAH"},
        "phone": "+380670001122",
        "email": "olena@sonce.ua",
    }


def test_each_span_is_the_words_that_say_it() -> None:
    said = {name: TEXT[span.start : span.end] for name, span in find_facts(TEXT, context()).items()}
    assert said["quantity"] == "25"
    assert said["budget"] == "15 тисяч"
    assert said["phone"] == "067 000 11 22"
    assert said["city"] == "Бровари"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("абвїє тис грн5 0.,-+@#№«»?\n\u200bAbc$"), max_size=60) | st.text(max_size=60))
def test_any_text_gives_known_facts_with_spans_inside_it(text: str) -> None:
    for name, span in find_facts(text, context()).items():
        assert name in FACT_NAMES
        assert 0 <= span.start < span.end <= len(text)


def test_a_number_that_counts_goods_is_no_budget() -> None:
    found = find_facts("треба дві тисячі наліпок", context(implied=frozenset({"budget"})))
    assert {name: span.value for name, span in found.items() if name in ("quantity", "budget")} == {"quantity": 2000}


def test_the_digits_of_somebody_elses_number_are_nothing_else() -> None:
    found = find_facts("0661112233 is my old one, use 0681112233", context(implied=frozenset({"budget"})))
    assert {name: span.value for name, span in found.items()} == {"phone": "+380681112233"}


def test_an_address_is_no_need_when_the_need_was_asked_for() -> None:
    assert set(find_facts("new@ukr.net", context("need"))) == {"email"}
    assert "need" in find_facts("щось тепле для дачі", context("need"))


def test_a_bare_number_answers_the_question_for_money_and_not_an_earlier_wish() -> None:
    asked = context("budget", earlier="хочу стілець")
    assert {name: span.value for name, span in find_facts("500", asked).items()} == {
        "budget": {"amount": 500, "currency": "UAH"}
    }
    assert find_facts("треба 20 стільців", context("budget"))["quantity"].value == 20


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("потрібне зерно", "потрібне зерно"),
        ("треба щось для", "треба щось"),
        ("I need something with milk and", "I need something with milk"),
        ("людину не треба", None),
        ("в офіс треба", None),
        ("мне не нужна машина", None),
    ],
)
def test_a_need_is_a_whole_thing_that_is_wanted(text: str, need: str | None) -> None:
    found = find_facts(text, context()).get("need")
    assert (found.value if found else None) == need


@pytest.mark.parametrize("text", ["а якщо я сам заберу", "где вы находитесь", "ok what about kyiv, how fast"])
def test_who_asks_back_has_not_told_the_need_that_was_asked_for(text: str) -> None:
    assert "need" not in find_facts(text, context("need"))


def test_a_street_with_a_number_is_no_name() -> None:
    assert set(find_facts("сумська 12 львів", context("name"))) == {"city"}
    assert find_facts("Иван 0501112233", context())["name"].value == "Иван"
