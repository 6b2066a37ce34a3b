"""What every language model must do. A new one is done when this battery passes."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date

import pytest

from core.clock import ManualClock
from core.llm.anthropic_model import AnthropicModel
from core.llm.chain import ModelChain, Rung
from core.llm.openai_model import OpenAIModel
from core.llm.price import FREE
from core.llm.scripted import ScriptedModel
from core.llm.spending import MemorySpending
from core.ports import Failure, LanguageModel, LanguageModelFailed, Prompt
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Answer, Hang, Refuse, Say

FAILS = "<fails>"
PROMPT = Prompt("Ти продавець. " * 50, "Скільки коштує доставка?")
Opened = AbstractAsyncContextManager[LanguageModel]


@contextlib.asynccontextmanager
async def scripted(replies: Sequence[str], delay: float = 0.0) -> AsyncIterator[LanguageModel]:
    failures = sum(reply == FAILS for reply in replies)
    said = [reply for reply in replies if reply != FAILS]
    yield ScriptedModel(said or [""], failures=failures, delay=delay)


def tell(server: ModelServer, replies: Sequence[str], delay: float) -> None:
    answers: list[Answer] = [Refuse(400) if reply == FAILS else Say(reply) for reply in replies]
    server.answers = [Hang(delay)] if delay else answers


@contextlib.asynccontextmanager
async def openai(replies: Sequence[str], delay: float = 0.0, kind: str = "openai") -> AsyncIterator[LanguageModel]:
    with run_model_server(kind) as server:
        tell(server, replies, delay)
        model = OpenAIModel(api_key="key", model="small", base_url=server.url)
        yield model
        await model.close()


def gemini(replies: Sequence[str], delay: float = 0.0) -> Opened:
    return openai(replies, delay, "gemini")


@contextlib.asynccontextmanager
async def anthropic(replies: Sequence[str], delay: float = 0.0) -> AsyncIterator[LanguageModel]:
    with run_model_server("anthropic") as server:
        tell(server, replies, delay)
        model = AnthropicModel(api_key="key", model="small", base_url=server.url)
        yield model
        await model.close()


@contextlib.asynccontextmanager
async def chain(replies: Sequence[str], delay: float = 0.0) -> AsyncIterator[LanguageModel]:
    """Two rungs of which the first is never there."""
    async with anthropic(replies, delay) as model:
        rungs = [Rung("gone", "small", ScriptedModel(), FREE), Rung("anthropic", "small", model, FREE)]
        yield ModelChain(rungs=rungs, spending=MemorySpending(today=date.today), clock=ManualClock())


MODELS: dict[str, Callable[..., Opened]] = {
    "scripted": scripted,
    "openai": openai,
    "anthropic": anthropic,
    "gemini": gemini,
    "chain": chain,
}


@pytest.fixture(params=MODELS)
def opened(request: pytest.FixtureRequest) -> Callable[..., Opened]:
    return MODELS[request.param]


async def test_it_gives_its_text_with_name_and_figures(opened: Callable[..., Opened]) -> None:
    async with opened(["Доставка коштує 70 грн 🙂"]) as model:
        completion = await model.complete(PROMPT)
    assert completion.text == "Доставка коштує 70 грн 🙂"
    assert completion.model
    assert completion.tokens == completion.usage.tokens > 0
    assert completion.cost == 0.0


@pytest.mark.parametrize("reply", [FAILS, "", "  \n"])
async def test_no_usable_text_is_a_failure(opened: Callable[..., Opened], reply: str) -> None:
    async with opened([reply]) as model:
        with pytest.raises(LanguageModelFailed):
            await model.complete(PROMPT)


async def test_a_text_that_the_asker_cannot_use_is_a_failure(opened: Callable[..., Opened]) -> None:
    async with opened(["Привіт", "Вітаю!"]) as model:
        prompt = Prompt("Правила", "Питання", check=lambda text: None if text == "Вітаю!" else "another word")
        with pytest.raises(LanguageModelFailed) as failed:
            await model.complete(prompt)
        assert failed.value.kind is Failure.UNUSABLE
        assert (await model.complete(prompt)).text == "Вітаю!"


async def test_a_text_of_another_shape_than_asked_for_is_a_failure(opened: Callable[..., Opened]) -> None:
    schema = {"type": "object", "properties": {"act": {"type": "string"}}, "required": ["act"]}
    async with opened(['{"act": 1}', '{"act": "greeting"}']) as model:
        prompt = Prompt("Правила", "Питання", schema=schema)
        with pytest.raises(LanguageModelFailed):
            await model.complete(prompt)
        assert (await model.complete(prompt)).text == '{"act": "greeting"}'


async def test_after_a_failure_it_speaks_again(opened: Callable[..., Opened]) -> None:
    async with opened([FAILS, "Вітаю!"]) as model:
        with pytest.raises(LanguageModelFailed):
            await model.complete(PROMPT)
        assert (await model.complete(PROMPT)).text == "Вітаю!"


async def test_many_may_ask_at_once(opened: Callable[..., Opened]) -> None:
    async with opened(["Вітаю!"]) as model:
        completions = await asyncio.gather(*(model.complete(PROMPT) for _ in range(8)))
    assert {completion.text for completion in completions} == {"Вітаю!"}


async def test_whoever_does_not_want_to_wait_can_leave(opened: Callable[..., Opened]) -> None:
    async with opened(["Вітаю!"], delay=30) as model:
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await model.complete(PROMPT)
        assert time.monotonic() - started < 10
