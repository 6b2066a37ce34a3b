"""Every adapter against the real interface of its house, on the loopback."""

import asyncio
import logging
import time
import traceback

import pytest

from core.llm.bounded import LARGEST_BYTES
from core.llm.price import THINKING_ROOM, Price
from core.ports import Failure, LanguageModelFailed, Prompt, Usage
from tests.core.llm.conftest import KEY, Build
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Answer, Cut, Flood, Hang, Redirect, Refuse, Say, Send
from tests.emulators.llm_shapes import SHAPES

PROMPT = Prompt("Правила", "Питання", max_tokens=50)
LONG = Prompt("Правила фірми. " * 200, "Питання")
PERSON = {
    "type": "object",
    "properties": {"act": {"type": "string"}, "sure": {"type": "number"}},
    "required": ["act", "sure"],
    "additionalProperties": False,
}


async def fails(build: Build, prompt: Prompt = PROMPT, **values: object) -> LanguageModelFailed:
    with pytest.raises(LanguageModelFailed) as failed:
        await build(**values).complete(prompt)
    return failed.value


async def test_the_key_goes_where_the_interface_wants_it(build: Build, server: ModelServer) -> None:
    assert (await build().complete(PROMPT)).text == "Вітаю!"
    assert server.keys == [KEY]


async def test_tokens_are_counted_and_paid(build: Build, server: ModelServer) -> None:
    server.answers = [Say("Вітаю!", usage=(1000, 200))]
    completion = await build(price=Price(prompt=0.25, completion=2.0)).complete(PROMPT)
    assert (completion.usage, completion.tokens) == (Usage(1000, 200), 1200)
    assert completion.cost == pytest.approx(0.00065)
    assert completion.model.startswith("small")


async def test_a_server_that_counts_nothing_is_told_apart(build: Build, server: ModelServer) -> None:
    server.answers = [Say("Вітаю!", counts=False)]
    assert (await build().complete(PROMPT)).usage == Usage()


FAILURES: dict[str, tuple[Answer, Failure, bool]] = {
    "bad request": (Refuse(400, echo=KEY), Failure.UNFIT, False),
    "wrong key": (Refuse(401, echo=KEY), Failure.REFUSED, False),
    "no money": (Refuse(402), Failure.REFUSED, False),
    "forbidden": (Refuse(403, echo=KEY), Failure.REFUSED, False),
    "unknown model": (Refuse(404), Failure.REFUSED, False),
    "too long": (Refuse(413), Failure.UNFIT, False),
    "too many requests": (Refuse(429), Failure.BUSY, False),
    "server error": (Refuse(500, echo=KEY), Failure.BROKEN, False),
    "overloaded": (Refuse(529), Failure.BUSY, False),
    "cut in the middle": (Cut(), Failure.BROKEN, True),
    "an empty object": (Send("{}"), Failure.UNUSABLE, True),
    "another shape": (Send('{"answer": "hello", "choices": null, "content": null}'), Failure.UNUSABLE, True),
    "a list": (Send("[1, 2]"), Failure.UNUSABLE, True),
    "invalid JSON": (Send('{"choices": ['), Failure.UNUSABLE, True),
    "a web page": (Send("<html>hello</html>", "text/html"), Failure.UNUSABLE, True),
    "nothing at all": (Send(""), Failure.UNUSABLE, True),
    "no content": (Say(None), Failure.UNUSABLE, True),
    "blank": (Say(" \n"), Failure.UNUSABLE, True),
    "far too long": (Say("слово " * 10_000), Failure.UNUSABLE, True),
    "without an end": (Flood(LARGEST_BYTES // 1_000_000 + 2), Failure.BROKEN, True),
    "cut off": (Say("Ціна становить", finish="length"), Failure.UNUSABLE, True),
    "used up": (Say("Ціна становить", finish="max_tokens"), Failure.UNUSABLE, True),
    "filtered": (Say("…", finish="content_filter"), Failure.UNUSABLE, True),
    "refused in words": (Say("", finish="refusal"), Failure.UNUSABLE, True),
}


@pytest.mark.parametrize(("answer", "as_what", "may_cost"), FAILURES.values(), ids=FAILURES)
async def test_whatever_goes_wrong_is_one_error_without_the_key(
    build: Build,
    server: ModelServer,
    caplog: pytest.LogCaptureFixture,
    answer: Answer,
    as_what: Failure,
    may_cost: bool,
) -> None:
    server.answers = [answer]
    caplog.set_level(logging.DEBUG)
    failure = await fails(build)
    assert (failure.kind, failure.may_cost) == (as_what, may_cost)
    told = "".join(traceback.format_exception(failure)) + caplog.text + repr(failure)
    assert "secret" not in told


async def test_nothing_follows_to_another_address_than_the_chosen_one(
    build: Build, server: ModelServer, kind: str
) -> None:
    with run_model_server(kind) as other:
        server.answers = [Redirect(f"{other.url}{SHAPES[kind].path}")]
        assert (await fails(build)).kind is Failure.BROKEN
        assert other.bodies == []


async def test_no_key_stands_in_a_models_own_words(build: Build) -> None:
    model = build()
    await model.complete(PROMPT)
    assert "secret" not in f"{model!r} {model!s}"


async def test_it_does_not_ask_again_by_itself(build: Build, server: ModelServer) -> None:
    server.answers = [Refuse(500), Say("Вітаю!")]
    await fails(build)
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("told", "understood"), [("7", 7.0), ("86400", 600.0), ("soon", None), ("-1", None), ("inf", None), ("nan", None)]
)
async def test_a_server_says_how_long_it_wants_its_rest(
    build: Build, server: ModelServer, told: str, understood: float | None
) -> None:
    server.answers = [Refuse(429, retry_after=told)]
    assert (await fails(build)).retry_after == understood


async def test_the_time_limit_holds_for_the_whole_answer(build: Build, server: ModelServer) -> None:
    model = build(timeout=0.4)
    await model.complete(PROMPT)
    server.answers = [Hang(30), Say("Вітаю!")]
    started = time.monotonic()
    with pytest.raises(LanguageModelFailed) as failed:
        await model.complete(PROMPT)
    assert failed.value.kind is Failure.SLOW
    assert time.monotonic() - started < 2
    assert (await model.complete(PROMPT)).text == "Вітаю!"


async def test_a_server_that_is_not_there_costs_nothing(build: Build, server: ModelServer) -> None:
    server.stop()
    failure = await fails(build)
    assert (failure.kind, failure.may_cost) == (Failure.BROKEN, False)


async def test_a_cancelled_caller_is_cancelled(build: Build, server: ModelServer) -> None:
    server.answers = [Hang(30)]
    task = asyncio.create_task(build().complete(PROMPT))
    while not server.bodies:  # noqa: ASYNC110 - the server says it no other way
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("text", ["\ud83d", "", " \n", "до\x00після"])
async def test_no_text_of_a_customer_breaks_the_request(build: Build, server: ModelServer, text: str) -> None:
    assert (await build().complete(Prompt("Правила", text))).text == "Вітаю!"


async def test_a_text_of_the_wanted_shape_is_asked_for_and_required(build: Build, server: ModelServer) -> None:
    server.answers = [Say('{"act": "greeting", "sure": 0.9}')]
    asked = Prompt("Правила", "Питання", schema=PERSON)
    assert (await build().complete(asked)).text == '{"act": "greeting", "sure": 0.9}'
    assert "json_schema" in str(server.bodies[0])


@pytest.mark.parametrize(
    "text",
    ['{"act": "greeting"}', '{"act": 1, "sure": 0.9}', '{"act": "x", "sure": true}', "Sure! {}", "[]", '{"act": '],
)
async def test_a_text_of_another_shape_is_a_failure(build: Build, server: ModelServer, text: str) -> None:
    server.answers = [Say(text)]
    failure = await fails(build, Prompt("Правила", "Питання", schema=PERSON))
    assert failure.kind is Failure.UNUSABLE
    assert failure.usage


async def test_what_the_asker_refuses_is_a_failure_that_was_paid_for(build: Build, server: ModelServer) -> None:
    prompt = Prompt("Правила", "Питання", check=lambda text: "it greets" if "Вітаю" in text else None)
    failure = await fails(build, prompt)
    assert "it greets" in str(failure)
    assert failure.usage is not None


async def test_a_stable_part_is_read_from_the_cache_the_second_time(
    build: Build, server: ModelServer, kind: str
) -> None:
    model = build(price=Price(prompt=1.0, completion=5.0, cached=0.1, stored=1.25))
    first, second = await model.complete(LONG), await model.complete(LONG)
    if kind == "gemini":  # its compatible endpoint says nothing about its cache
        assert second.usage.cached == 0
        return
    assert (first.usage.cached, second.usage.cached > 1000) == (0, True)
    assert second.cost < first.cost / 2
    assert first.usage.read == second.usage.read


async def test_a_model_that_knows_no_schemas_is_asked_without_and_checked_all_the_same(
    build: Build, server: ModelServer, kind: str
) -> None:
    blamed = "output_config" if kind == "anthropic" else "response_format"
    server.answers = [Refuse(400, blames=blamed), Say('{"act": "x", "sure": 1}')]
    model, asked = build(), Prompt("Правила", "Питання", schema=PERSON)
    await model.complete(asked)
    await model.complete(asked)
    assert [blamed in body for body in server.bodies] == [True, False, False]
    server.answers = [Say("no JSON")]
    with pytest.raises(LanguageModelFailed):
        await model.complete(asked)


async def test_the_answers_length_and_some_room_to_think_are_the_limit(build: Build, server: ModelServer) -> None:
    await build().complete(PROMPT)
    assert server.bodies[0]["max_tokens"] == 50 + THINKING_ROOM
