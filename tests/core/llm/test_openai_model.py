import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator, Callable

import pytest

from core.llm.openai_model import THINKING_ROOM, OpenAIModel, Price
from core.ports import LanguageModelFailed, Prompt
from tests.core.llm.fake_provider import Answer, FakeProvider, hang, refuse, say, send

KEY = "sk-very-secret-key-12345"
PROMPT = Prompt("Правила", "Питання", max_tokens=50)
Build = Callable[..., OpenAIModel]


@pytest.fixture
async def build(provider: FakeProvider) -> AsyncIterator[Build]:
    built: list[OpenAIModel] = []

    def build(**values: object) -> OpenAIModel:
        arguments = {"api_key": KEY, "model": "small", "base_url": provider.url, "timeout": 5.0, **values}
        model = OpenAIModel(**arguments)  # type: ignore[arg-type]
        built.append(model)
        return model

    yield build
    for model in built:
        await model.close()


async def test_it_asks_as_every_compatible_server_understands(build: Build, provider: FakeProvider) -> None:
    await build().complete(PROMPT)
    assert provider.bodies == [
        {
            "model": "small",
            "messages": [{"role": "system", "content": "Правила"}, {"role": "user", "content": "Питання"}],
            "max_tokens": 50 + THINKING_ROOM,
        }
    ]
    assert provider.keys == [f"Bearer {KEY}"]


async def test_tokens_and_cost_are_counted(build: Build, provider: FakeProvider) -> None:
    provider.answers = [say("Вітаю!", usage=(1000, 200))]
    completion = await build(price=Price(prompt=0.25, completion=2.0)).complete(PROMPT)
    assert (completion.text, completion.model, completion.tokens) == ("Вітаю!", "small-2026", 1200)
    assert completion.cost == pytest.approx(0.00065)


async def test_a_server_that_counts_nothing_costs_nothing(build: Build, provider: FakeProvider) -> None:
    provider.answers = [say("Вітаю!", usage=None)]
    completion = await build(price=Price(1, 1)).complete(PROMPT)
    assert (completion.tokens, completion.cost) == (0, 0.0)


FAILURES: dict[str, tuple[Answer, str]] = {
    "wrong key": (refuse(401, echo=KEY), "401"),
    "forbidden": (refuse(403, echo=KEY), "403"),
    "unknown model": (refuse(404), "404"),
    "bad request": (refuse(400, param="messages"), "400"),
    "too many requests": (refuse(429), "429"),
    "server error": (refuse(500, echo=KEY), "500"),
    "overloaded": (refuse(529), "529"),
    "no choices": (send('{"choices": []}'), "no chat completion"),
    "null choices": (send('{"choices": null}'), "no chat completion"),
    "another shape": (send('{"answer": "hello"}'), "no chat completion"),
    "a list": (send("[1, 2]"), "no chat completion"),
    "invalid JSON": (send('{"choices": ['), "cannot be read"),
    "a web page": (send("<html>hello</html>", "text/html"), "no chat completion"),
    "nothing at all": (send(""), "cannot be read"),
    "no content": (say(None), "empty"),
    "blank": (say(" \n"), "empty"),
    "cut off": (say("Ціна становить", finish="length"), "cut off"),
    "filtered": (say("…", finish="content_filter"), "cut off"),
    "a tool call": (say("", finish="tool_calls"), "cut off"),
}


@pytest.mark.parametrize(("answer", "said"), FAILURES.values(), ids=FAILURES)
async def test_whatever_goes_wrong_is_one_error_without_the_key(
    build: Build, provider: FakeProvider, caplog: pytest.LogCaptureFixture, answer: Answer, said: str
) -> None:
    provider.answers = [answer]
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LanguageModelFailed) as failed:
        await build().complete(PROMPT)
    assert said in str(failed.value)
    told = "".join(traceback.format_exception(failed.value)) + caplog.text
    assert "secret" not in told


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_one_more_try_may_help(build: Build, provider: FakeProvider, status: int) -> None:
    provider.answers = [refuse(status), say("Вітаю!")]
    assert (await build().complete(PROMPT)).text == "Вітаю!"


async def test_there_is_only_one_more_try(build: Build, provider: FakeProvider) -> None:
    provider.answers = [refuse(500), refuse(500), say("Вітаю!")]
    with pytest.raises(LanguageModelFailed):
        await build().complete(PROMPT)
    assert len(provider.bodies) == 2


@pytest.mark.parametrize("answer", [hang(30), refuse(429, retry_after="30")], ids=["hang", "retry after"])
async def test_the_time_limit_holds_for_the_whole_answer(build: Build, provider: FakeProvider, answer: Answer) -> None:
    model = build(timeout=0.4)
    await model.complete(PROMPT)
    provider.answers = [answer]
    started = time.monotonic()
    with pytest.raises(LanguageModelFailed, match=r"within 0\.4 s|cannot be reached"):
        await model.complete(PROMPT)
    assert time.monotonic() - started < 2


async def test_after_a_failure_the_next_call_works(build: Build, provider: FakeProvider) -> None:
    model = build(timeout=0.4)
    await model.complete(PROMPT)
    provider.answers = [hang(30), say("Вітаю!")]
    with pytest.raises(LanguageModelFailed):
        await model.complete(PROMPT)
    assert (await model.complete(PROMPT)).text == "Вітаю!"


async def test_a_server_that_is_not_there_is_told(build: Build) -> None:
    with pytest.raises(LanguageModelFailed, match="cannot be reached"):
        await build(base_url="http://127.0.0.1:9/v1").complete(PROMPT)


async def test_a_cancelled_caller_is_cancelled(build: Build, provider: FakeProvider) -> None:
    provider.answers = [hang(30)]
    task = asyncio.create_task(build().complete(PROMPT))
    while not provider.bodies:  # noqa: ASYNC110 - the server says it no other way
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_half_a_surrogate_pair_does_not_break_the_request(build: Build, provider: FakeProvider) -> None:
    await build().complete(Prompt("", "\ud83d", 10))
    assert provider.bodies[0]["messages"][1]["content"] == "?"


async def test_a_server_that_wants_the_newer_name_of_the_limit_gets_it_and_it_is_remembered(
    build: Build, provider: FakeProvider
) -> None:
    provider.answers = [refuse(400, param="max_tokens"), say("Вітаю!")]
    model = build()
    await model.complete(PROMPT)
    await model.complete(PROMPT)
    assert [body.get("max_completion_tokens") for body in provider.bodies] == [None, 650, 650]


async def test_openai_itself_is_asked_to_think_little(
    build: Build, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", provider.url)
    provider.answers = [refuse(400, param="reasoning_effort"), refuse(400, param="reasoning_effort"), say("Вітаю!")]
    model = build(base_url=None)
    await model.complete(PROMPT)
    await model.complete(PROMPT)
    assert [body.get("reasoning_effort") for body in provider.bodies] == ["minimal", "low", None, None]
    assert {body["max_completion_tokens"] for body in provider.bodies} == {650}
