"""What every language model must do. A new one is done when this battery passes."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest

from core.llm.openai_model import OpenAIModel
from core.llm.scripted import ScriptedModel
from core.ports import LanguageModel, LanguageModelFailed, Prompt
from tests.core.llm.fake_provider import hang, refuse, run_provider, say

FAILS = "<fails>"
PROMPT = Prompt("Ти продавець. " * 50, "Скільки коштує доставка?")
Opened = AbstractAsyncContextManager[LanguageModel]


@contextlib.asynccontextmanager
async def scripted(replies: Sequence[str], delay: float = 0.0) -> AsyncIterator[LanguageModel]:
    failures = sum(reply == FAILS for reply in replies)
    said = [reply for reply in replies if reply != FAILS]
    yield ScriptedModel(said or [""], failures=failures, delay=delay)


@contextlib.asynccontextmanager
async def openai(replies: Sequence[str], delay: float = 0.0) -> AsyncIterator[LanguageModel]:
    async with run_provider() as provider:
        provider.answers = [refuse(400) if reply == FAILS else say(reply) for reply in replies]
        if delay:
            provider.answers = [hang(delay)]
        model = OpenAIModel(api_key="key", model="small", base_url=provider.url)
        yield model
        await model.close()


MODELS: dict[str, Callable[..., Opened]] = {"scripted": scripted, "openai": openai}


@pytest.fixture(params=MODELS)
def opened(request: pytest.FixtureRequest) -> Callable[..., Opened]:
    return MODELS[request.param]


async def test_it_gives_its_text_with_name_and_figures(opened: Callable[..., Opened]) -> None:
    async with opened(["Доставка коштує 70 грн 🙂"]) as model:
        completion = await model.complete(PROMPT)
    assert completion.text == "Доставка коштує 70 грн 🙂"
    assert completion.model
    assert completion.tokens > 0
    assert completion.cost == 0.0


@pytest.mark.parametrize("reply", [FAILS, "", "  \n"])
async def test_no_usable_text_is_a_failure(opened: Callable[..., Opened], reply: str) -> None:
    async with opened([reply]) as model:
        with pytest.raises(LanguageModelFailed):
            await model.complete(PROMPT)


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
