"""What is particular to one house: names of parameters that some of its models do not know."""

from collections.abc import Iterator

import pytest

from core.llm.anthropic_model import AnthropicModel
from core.llm.openai_model import OpenAIModel
from core.ports import LanguageModelFailed, Prompt
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Refuse, Say

PROMPT = Prompt("Правила", "Питання", max_tokens=50)


@pytest.fixture
def openai() -> Iterator[ModelServer]:
    with run_model_server("openai") as server:
        yield server


@pytest.fixture
def anthropic() -> Iterator[ModelServer]:
    with run_model_server("anthropic") as server:
        yield server


async def test_a_compatible_server_is_asked_as_every_one_understands(openai: ModelServer) -> None:
    model = OpenAIModel(api_key="key", model="small", base_url=openai.url)
    await model.complete(PROMPT)
    await model.close()
    assert openai.bodies == [
        {
            "model": "small",
            "messages": [{"role": "system", "content": "Правила"}, {"role": "user", "content": "Питання"}],
            "max_tokens": 650,
        }
    ]


async def test_a_server_that_wants_the_newer_name_of_the_limit_gets_it_and_it_is_remembered(
    openai: ModelServer,
) -> None:
    openai.answers = [Refuse(400, blames="max_tokens"), Say("Вітаю!")]
    model = OpenAIModel(api_key="key", model="small", base_url=openai.url)
    await model.complete(PROMPT)
    await model.complete(PROMPT)
    await model.close()
    assert [body.get("max_completion_tokens") for body in openai.bodies] == [None, 650, 650]


async def test_openai_itself_is_asked_to_think_little(openai: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", openai.url)
    openai.answers = [*[Refuse(400, blames="reasoning_effort")] * 2, Say("Вітаю!")]
    model = OpenAIModel(api_key="key", model="small")
    await model.complete(PROMPT)
    await model.complete(PROMPT)
    await model.close()
    assert [body.get("reasoning_effort") for body in openai.bodies] == ["minimal", "low", None, None]
    assert {body["max_completion_tokens"] for body in openai.bodies} == {650}


async def test_gemini_blames_a_parameter_in_its_words_only() -> None:
    with run_model_server("gemini") as server:
        server.answers = [Refuse(400, blames="reasoning_effort"), Say("Вітаю!")]
        model = OpenAIModel(api_key="key", model="small", base_url=server.url, efforts=("none", "low", ""))
        await model.complete(PROMPT)
        await model.close()
        assert [body.get("reasoning_effort") for body in server.bodies] == ["none", "low"]


async def test_anthropic_is_asked_with_a_marked_prefix_and_without_thinking(anthropic: ModelServer) -> None:
    model = AnthropicModel(api_key="key", model="small", base_url=anthropic.url)
    await model.complete(PROMPT)
    await model.close()
    assert anthropic.bodies == [
        {
            "model": "small",
            "max_tokens": 650,
            "system": [{"type": "text", "text": "Правила", "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": "Питання"}],
            "thinking": {"type": "disabled"},
        }
    ]


async def test_a_model_that_always_thinks_is_left_to_think(anthropic: ModelServer) -> None:
    anthropic.answers = [Refuse(400, blames="thinking"), Say("Вітаю!")]
    model = AnthropicModel(api_key="key", model="small", base_url=anthropic.url)
    await model.complete(PROMPT)
    await model.close()
    assert ["thinking" in body for body in anthropic.bodies] == [True, False]


async def test_what_cannot_be_given_up_is_not_asked_for_ever(anthropic: ModelServer) -> None:
    anthropic.answers = [Refuse(400, blames="thinking")]
    model = AnthropicModel(api_key="key", model="small", base_url=anthropic.url)
    with pytest.raises(LanguageModelFailed):
        await model.complete(PROMPT)
    await model.close()
    assert len(anthropic.bodies) == 2
