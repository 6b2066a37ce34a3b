import pytest

from core.understanding.facts import role
from tests.core.understanding.facts.contexts import context, last


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("our chain of cafés wants your terms", "partner"), ("цікавить гурт", "partner"), ("интересует опт", "partner"),
        ("наша мережа кав'ярень хоче дізнатися ваші умови", "partner"),
        ("у нас сеть кофеен, пришлите прайс", "partner"),
        ("хочу рекламировать ваш кофе за процент", "partner"), ("I could promote your coffee", "partner"),
        ("just for myself", "buyer"), ("для дому", "buyer"), ("для дома", "buyer"),
        ("do you have a chain lock?", None), ("яка у вас оптика?", None), ("для кав'ярні", None), ("офис", None),
    ],
)  # fmt: skip
def test_a_role_is_heard_in_what_people_say(text: str, found: str | None) -> None:
    assert last(role.find(text, context())) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("для кав'ярні", "partner"), ("кофейня", "partner"), ("for a shop", "partner"), ("regularly", "partner"),
        ("собі", "buyer"), ("в офис", "buyer"), ("for our office", "buyer"), ("just me", "buyer"), ("hm", None),
        ("співпраця", "partner"), ("сотрудничество", "partner"), ("working together", "partner"),
        ("разом працювати", "partner"),
    ],
)  # fmt: skip
def test_few_words_are_enough_where_the_role_was_asked_for(text: str, found: str | None) -> None:
    assert last(role.find(text, context("role"))) == found
