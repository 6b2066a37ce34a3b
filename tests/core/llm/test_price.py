import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidSettings
from core.llm.price import FREE, Price, dearest_price, find_price, most_written, parse_prices, read_prices
from core.ports import Prompt, Usage

HAIKU = Price(prompt=1.0, cached=0.1, stored=1.25, completion=5.0)


def test_each_kind_of_token_has_its_price() -> None:
    assert HAIKU.cost(Usage(read=1000, written=100)) == 1500
    assert HAIKU.cost(Usage(read=1000, written=0, cached=800)) == 280
    assert HAIKU.cost(Usage(read=1000, written=0, stored=800)) == 1200


def test_part_of_a_millionth_is_a_whole_one() -> None:
    assert Price(0.05, 0.4).cost(Usage(read=1, written=1)) == 1
    assert FREE.cost(Usage(read=10**6, written=10**6)) == 0


@given(system=st.text(max_size=200), user=st.text(max_size=200), limit=st.integers(1, 1000))
def test_no_counting_of_tokens_can_come_above_the_worst_case(system: str, user: str, limit: int) -> None:
    """Every byte a token, everything stored anew, the whole limit written."""
    prompt = Prompt(system, user, max_tokens=limit, schema={"type": "object"})
    size = len((system + user).encode("utf-8", "replace")) + len(json.dumps({"type": "object"}))
    most = Usage(read=size, written=most_written(prompt), stored=size)
    assert HAIKU.cost(most) <= HAIKU.worst(prompt)


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("gpt-5-mini", "gpt-5-mini"),
        ("gpt-5-mini-2025-08-07", "gpt-5-mini"),
        ("claude-haiku-4-5-20251001", "claude-haiku-4-5"),
        ("gpt-5-mini-ultra", None),
        ("gpt-5-pro", None),
    ],
)
def test_a_price_is_found_by_the_models_name_without_its_date(name: str, of: str | None) -> None:
    assert find_price(name) == (read_prices()[of] if of else None)


def test_every_price_is_dated_and_the_cache_is_no_dearer_than_it_should_be() -> None:
    for price in read_prices().values():
        assert len(price.as_of) == len("2026-11")
        assert price.cached is not None
        assert price.stored is not None
        assert 0 < price.cached < price.prompt <= price.stored < price.completion
    assert all(dearest_price().completion >= price.completion for price in read_prices().values())


def test_the_firms_own_price_wins() -> None:
    own = parse_prices("llama3=0/0; gpt-5-mini = 1/0.5/4 ;")
    assert find_price("llama3", own) == Price(0, 0)
    assert find_price("gpt-5-mini", own) == Price(prompt=1, cached=0.5, completion=4)
    assert parse_prices("") == {}


@pytest.mark.parametrize(
    "text", ["llama3", "llama3=1", "=1/2", "llama3=a/b", "llama3=-1/2", "llama3=nan/1", "x=1/2/3/4"]
)
def test_what_is_no_price_is_said_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(InvalidSettings, match=r"(?s)LLM_PRICES.*llama3=0/0"):
        parse_prices(text)
