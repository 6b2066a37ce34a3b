"""Which models the settings ask for, in which order, and what is told about them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bots.bootstrap import Store, open_store
from bots.language_models import build_models, describe_models
from core.errors import InvalidSettings
from core.llm.chain import ModelChain
from core.ports import LanguageModelFailed, Prompt
from core.settings import Settings, read_settings
from tests.emulators.llm import run_model_server
from tests.emulators.llm_answers import Refuse, Say

KEY = SecretStr("sk-very-secret")
Build = Callable[..., ModelChain | None]


@pytest.fixture
async def store(tmp_path: Path) -> Iterator[Store]:  # type: ignore[misc]
    store = open_store(Settings(data_dir=tmp_path))
    await store.firms.load()
    yield store
    store.database.close()
    store.folder.release()


@pytest.fixture
def build(store: Store, tmp_path: Path) -> Build:
    return lambda **values: build_models(Settings(data_dir=tmp_path, **values), store)


async def rungs(chain: ModelChain | None) -> list[tuple[str, str]]:
    assert chain is not None
    return [(name, told["model"]) for name, told in (await chain.describe())["rungs"].items()]


def test_without_any_key_there_is_no_model(build: Build) -> None:
    assert build() is None


async def test_those_with_a_key_are_asked_in_the_usual_order(build: Build) -> None:
    chain = build(gemini_api_key=KEY, anthropic_api_key=KEY, openai_api_key=KEY)
    assert await rungs(chain) == [
        ("openai", "gpt-5-mini"),
        ("anthropic", "claude-haiku-5-5"),
        ("gemini", "gemini-2.5-flash"),
    ]


async def test_the_order_can_be_another_one_and_leave_some_out(build: Build) -> None:
    chain = build(
        anthropic_api_key=KEY,
        openai_api_key=KEY,
        gemini_api_key=KEY,
        llm_base_url="http://127.0.0.1:1/v1",
        llm_model="llama3",
        llm_order=" compatible, Anthropic ,compatible",
    )
    assert await rungs(chain) == [("compatible", "llama3"), ("anthropic", "claude-haiku-5-5")]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"llm_order": "openai,bard"}, r"LLM_ORDER: .*bard is none of openai, anthropic, gemini, compatible"),
        ({"llm_base_url": "http://127.0.0.1:1/v1"}, "LLM_MODEL"),
        ({"llm_day_budget": "-1"}, "LLM_DAY_BUDGET"),
        ({"llm_lead_budget": "inf"}, "LLM_LEAD_BUDGET"),
        ({"turn_budget_s": "0"}, "TURN_BUDGET_S"),
    ],
)
def test_a_wrong_setting_is_named(values: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidSettings, match=told):
        read_settings(**values)


def test_a_price_that_is_none_is_named(build: Build) -> None:
    with pytest.raises(InvalidSettings, match="LLM_PRICES"):
        build(openai_api_key=KEY, llm_prices="gpt-5-mini=cheap")


def test_no_limit_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_DAY_BUDGET", "none")
    monkeypatch.setenv("LLM_LEAD_BUDGET", "0")
    settings = read_settings()
    assert (settings.llm_day_budget, settings.llm_lead_budget) == (None, 0)


async def test_openais_key_is_not_sent_to_another_server(build: Build) -> None:
    with run_model_server("openai") as server:
        chain = build(openai_api_key=KEY, llm_base_url=server.url, llm_model="small", llm_order="compatible")
        assert chain is not None
        await chain.complete(Prompt("Правила", "Питання"))
        await chain.close()
        assert server.keys == ["none"]


@pytest.mark.parametrize(("prices", "dollars"), [("", 0.0), ("small=1/10", 0.002)])
async def test_a_server_at_home_costs_nothing_unless_it_has_a_price(
    build: Build, store: Store, prices: str, dollars: float
) -> None:
    with run_model_server("openai") as server:
        server.answers = [Say("Вітаю!", usage=(1000, 100))]
        chain = build(llm_base_url=server.url, llm_model="small", llm_prices=prices)
        assert chain is not None
        completion = await chain.complete(Prompt("Правила", "Питання"))
        await chain.close()
        assert completion.cost == pytest.approx(dollars)
        assert (await chain.describe())["budget"]["spent"] == pytest.approx(dollars)


async def test_a_model_of_unknown_price_is_taken_to_be_dear(
    build: Build, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with run_model_server("openai") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        server.answers = [Say("Вітаю!", usage=(1000, 100))]
        chain = build(openai_api_key=KEY, openai_model="brand-new")
        assert chain is not None
        assert (await chain.complete(Prompt("Правила", "Питання"))).cost > 0.01
        await chain.close()
    assert "LLM_PRICES=brand-new=" in capsys.readouterr().out


async def test_health_says_ok_then_resting_and_what_to_do(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    with run_model_server("anthropic") as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        chain = build(anthropic_api_key=KEY)
        assert chain is not None
        assert (await describe_models(chain))["state"] == "ok"
        server.answers = [Refuse(401, echo=KEY.get_secret_value())]
        with pytest.raises(LanguageModelFailed):
            await chain.complete(Prompt("Правила", "Питання"))
        told = await describe_models(chain)
        await chain.close()
    assert (told["state"], bool(told["hint"])) == ("resting", True)
    assert "secret" not in str(told)


async def test_a_spent_budget_asks_nobody_and_is_told_with_a_hint(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    with run_model_server("anthropic") as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        chain = build(anthropic_api_key=KEY, llm_day_budget=0.0001)
        assert chain is not None
        with pytest.raises(LanguageModelFailed):
            await chain.complete(Prompt("Правила", "Питання"))
        told = await describe_models(chain)
        await chain.close()
    assert server.bodies == []
    assert told["state"] == "spent"
    assert "LLM_DAY_BUDGET" in told["hint"]


def test_keys_are_in_no_words_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, openai_api_key=KEY, anthropic_api_key=KEY, llm_api_key=KEY)
    assert "very-secret" not in f"{settings!r} {settings.model_dump()}"
