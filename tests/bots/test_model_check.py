from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bots.model_check import NONE, check_models
from core.settings import Settings
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Answer, Cut, Refuse, Say

KEY = SecretStr("sk-very-secret")


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with run_model_server("anthropic", key=KEY.get_secret_value()) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield server


async def test_nothing_connected_is_nothing_wrong() -> None:
    checked = await check_models(Settings())
    assert (checked.is_well, checked.lines) == (True, [NONE])


async def test_a_model_that_answers_is_told_with_its_time_and_price(house: ModelServer) -> None:
    house.answers = [Say("ok", usage=(100, 100))]
    checked = await check_models(Settings(anthropic_api_key=KEY))
    assert checked.is_well
    (line,) = checked.lines
    assert line.split()[:3] == ["anthropic", "claude-haiku-5-5", "ok"]
    assert line.endswith("$0.000060")


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (Refuse(404), "check ANTHROPIC_API_KEY and ANTHROPIC_MODEL"),
        (Refuse(429, retry_after="9"), "limits of your account"),
        (Cut(), "check the network"),
        (Say(""), "choose another one in ANTHROPIC_MODEL"),
    ],
)
async def test_what_is_wrong_is_told_with_the_way_to_mend_it(house: ModelServer, answer: Answer, hint: str) -> None:
    house.answers = [answer]
    checked = await check_models(Settings(anthropic_api_key=KEY))
    assert not checked.is_well
    assert hint in checked.lines[0]


async def test_a_wrong_key_is_named_but_not_shown(house: ModelServer) -> None:
    checked = await check_models(Settings(anthropic_api_key=SecretStr("sk-wrong-secret")))
    assert "ANTHROPIC_API_KEY" in checked.lines[0]
    assert "secret" not in checked.lines[0]


async def test_each_is_asked_even_if_one_before_it_fails(house: ModelServer) -> None:
    settings = Settings(
        anthropic_api_key=KEY,
        llm_base_url="http://127.0.0.1:9/v1",
        llm_model="llama3",
        llm_order="compatible,anthropic",
    )
    checked = await check_models(settings)
    assert [line.split()[0] for line in checked.lines] == ["compatible", "anthropic"]
    assert "LLM" not in checked.lines[1]
