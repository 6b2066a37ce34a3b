"""Several models behind one port: what the next rung, the budgets and the turn's allowance do."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta

import pytest

from core.clock import ManualClock
from core.domain.allowance import WORDING, Allowance
from core.domain.ids import ContactId
from core.errors import Unavailable
from core.llm.anthropic_model import AnthropicModel
from core.llm.chain import ModelChain, Rung
from core.llm.openai_model import OpenAIModel
from core.llm.price import Price
from core.llm.spending import MemorySpending
from core.ports import Budget, Failure, FinishedCall, LanguageModelFailed, PlannedCall, Prompt, Spending
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Answer, Cut, Hang, Refuse, Say, Send

DAY = date(2026, 1, 5)
PRICE = Price(prompt=1.0, completion=5.0)
KINDS = ("openai", "anthropic", "gemini")
Open = Callable[..., tuple[ModelChain, list[ModelServer]]]


def prompt(**more: object) -> Prompt:
    return Prompt("Правила", "Питання", max_tokens=50, lead=ContactId(7), **more)  # type: ignore[arg-type]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def spending() -> MemorySpending:
    return MemorySpending(today=lambda: DAY)


@pytest.fixture
async def opened(clock: ManualClock, spending: MemorySpending) -> AsyncIterator[Open]:
    """A chain over the stand-ins of these houses, each with its answers."""
    async with AsyncExitStack() as stack:

        def open_chain(
            scripts: Sequence[Sequence[Answer]], *, timeout: float = 5.0, book: Spending | None = None
        ) -> tuple[ModelChain, list[ModelServer]]:
            servers, rungs = [], []
            for kind, script in zip(KINDS, scripts, strict=False):
                server = stack.enter_context(run_model_server(kind))
                server.answers = list(script)
                build = AnthropicModel if kind == "anthropic" else OpenAIModel
                model = build(api_key="key", model="small", base_url=server.url, timeout=timeout)
                rungs.append(Rung(kind, "small", model, PRICE))
                servers.append(server)
            chain = ModelChain(rungs=rungs, spending=book or spending, clock=clock)
            stack.push_async_callback(chain.close)
            return chain, servers

        yield open_chain


async def test_the_first_rung_answers_and_the_others_are_not_asked(opened: Open) -> None:
    chain, servers = opened([[Say("перша")], [Say("друга")]])
    assert (await chain.complete(prompt())).text == "перша"
    assert [len(server.bodies) for server in servers] == [1, 0]


TROUBLES: dict[str, Answer] = {
    "wrong key": Refuse(401),
    "too many requests": Refuse(429, retry_after="30"),
    "broken": Refuse(500),
    "overloaded": Refuse(529),
    "cut": Cut(),
    "garbage": Send("<html>"),
    "empty": Say(""),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_the_next_rung_answers_within_three_seconds(opened: Open, trouble: Answer) -> None:
    chain, _ = opened([[trouble], [Say("друга")]])
    await chain.prepare()
    started = time.monotonic()
    assert (await chain.complete(prompt(allowance=Allowance()))).text == "друга"
    assert time.monotonic() - started < 3


async def test_a_server_that_is_gone_is_passed_over(opened: Open) -> None:
    chain, servers = opened([[Say("перша")], [Say("друга")]])
    servers[0].stop()
    assert (await chain.complete(prompt())).text == "друга"


async def test_a_rung_that_failed_rests_and_is_tried_again_later(opened: Open, clock: ManualClock) -> None:
    chain, servers = opened([[Refuse(500), Say("перша")], [Say("друга")]])
    assert [(await chain.complete(prompt())).text for _ in range(3)] == ["друга"] * 3
    assert len(servers[0].bodies) == 1
    clock.advance(timedelta(seconds=6))
    assert (await chain.complete(prompt())).text == "перша"


async def test_when_all_rest_the_answer_is_there_at_once(opened: Open) -> None:
    chain, servers = opened([[Refuse(401)], [Refuse(401)]])
    for kind in (Failure.REFUSED, Failure.RESTING):
        with pytest.raises(LanguageModelFailed) as failed:
            await chain.complete(prompt())
        assert failed.value.kind is kind
    assert [len(server.bodies) for server in servers] == [1, 1]


async def test_the_only_rung_is_asked_once_more_after_a_hiccup(opened: Open) -> None:
    chain, servers = opened([[Refuse(500), Say("перша")]])
    assert (await chain.complete(prompt())).text == "перша"
    assert len(servers[0].bodies) == 2


@pytest.mark.parametrize("trouble", [Refuse(401), Refuse(429, retry_after="30"), Cut(), Say("")])
async def test_what_waiting_does_not_cure_is_not_asked_again(opened: Open, trouble: Answer) -> None:
    chain, servers = opened([[trouble, Say("перша")]])
    with pytest.raises(LanguageModelFailed):
        await chain.complete(prompt())
    assert len(servers[0].bodies) == 1


async def test_the_turns_time_is_the_limit_of_all_rungs_together(opened: Open) -> None:
    chain, _ = opened([[Hang(30)], [Hang(30)], [Hang(30)]], timeout=0.5)
    await chain.prepare()
    started = time.monotonic()
    with pytest.raises(LanguageModelFailed):
        await chain.complete(prompt(allowance=Allowance(seconds=0.8, calls={WORDING: 9}, most=9)))
    assert time.monotonic() - started < 2


async def test_a_turn_without_time_asks_nobody(opened: Open) -> None:
    chain, servers = opened([[Say("перша")]])
    with pytest.raises(LanguageModelFailed) as failed:
        await chain.complete(prompt(allowance=Allowance(seconds=0.0)))
    assert (failed.value.kind, servers[0].bodies) == (Failure.EXHAUSTED, [])
    assert (await chain.complete(prompt(allowance=Allowance()))).text == "перша"


async def test_a_rung_that_was_given_too_little_time_is_not_made_to_rest(opened: Open) -> None:
    chain, _ = opened([[Say("перша", after=0.8)]])
    await chain.prepare()
    with pytest.raises(LanguageModelFailed):
        await chain.complete(prompt(allowance=Allowance(seconds=0.3)))
    assert (await chain.complete(prompt())).text == "перша"


async def test_a_turn_gets_no_more_answers_than_it_has_calls(opened: Open) -> None:
    chain, servers = opened([[Say("")], [Say("")], [Say("третя")]])
    with pytest.raises(LanguageModelFailed) as failed:
        await chain.complete(prompt(allowance=Allowance(calls={WORDING: 2})))
    assert failed.value.kind is Failure.EXHAUSTED
    assert [len(server.bodies) for server in servers] == [1, 1, 0]


async def test_a_refused_request_is_no_call(opened: Open) -> None:
    chain, servers = opened([[Refuse(500)], [Refuse(401)], [Say("третя")]])
    assert (await chain.complete(prompt(allowance=Allowance(calls={WORDING: 1})))).text == "третя"
    assert [len(server.bodies) for server in servers] == [1, 1, 1]


async def test_what_an_answer_cost_is_booked_for_the_lead(opened: Open, spending: MemorySpending) -> None:
    chain, _ = opened([[Say("перша", usage=(1000, 100))]])
    completion = await chain.complete(prompt())
    assert (await spending.today()).spent == 1500
    done = spending.finished[1]
    assert (done.outcome, done.cost, done.usage) == ("answered", 1500, completion.usage)
    assert done.latency_ms >= 0


COSTS: dict[str, tuple[Answer, str]] = {
    "refused": (Refuse(500), "nothing"),
    "cut": (Cut(), "worst"),
    "garbage": (Send("<html>"), "worst"),
    "uncounted": (Say("", counts=False), "worst"),
    "unusable": (Say("", usage=(1000, 100)), "told"),
}


@pytest.mark.parametrize(("trouble", "cost"), COSTS.values(), ids=COSTS)
async def test_a_failure_costs_what_it_may_have_cost(
    opened: Open, spending: MemorySpending, trouble: Answer, cost: str
) -> None:
    chain, _ = opened([[trouble], [Refuse(401)]])
    with pytest.raises(LanguageModelFailed):
        await chain.complete(prompt())
    expected = {"nothing": 0, "worst": PRICE.worst(prompt()), "told": 1500}[cost]
    assert (await spending.today()).spent == spending.finished[1].cost == expected


async def test_an_answer_without_figures_is_taken_to_have_cost_the_most(opened: Open, spending: MemorySpending) -> None:
    chain, _ = opened([[Say("перша", counts=False)]])
    await chain.complete(prompt())
    assert (await spending.today()).spent == PRICE.worst(prompt())


async def test_a_spent_budget_asks_nobody_and_says_so(opened: Open) -> None:
    tight = MemorySpending(today=lambda: DAY, day_limit=PRICE.worst(prompt()) - 1)
    chain, servers = opened([[Say("перша")], [Say("друга")]], book=tight)
    with pytest.raises(LanguageModelFailed) as failed:
        await chain.complete(prompt(allowance=Allowance()))
    assert (failed.value.kind, str(failed.value)) == (Failure.EXHAUSTED, "the budget is spent")
    assert [server.bodies for server in servers] == [[], []]
    assert (await chain.describe())["budget"]["state"] == "spent"


class Torn:
    """A book whose database is gone, for these of its three ways."""

    def __init__(self, *ways: str) -> None:
        self._ways = ways

    async def reserve(self, call: PlannedCall) -> int | None:
        if "reserve" in self._ways:
            raise Unavailable("the disk is full")
        return 1

    async def settle(self, number: int, done: FinishedCall) -> None:
        if "settle" in self._ways:
            raise OSError("the connection is lost")

    async def today(self) -> Budget:
        raise OSError("the connection is lost")


async def test_a_book_that_cannot_be_written_means_no_call(opened: Open) -> None:
    chain, servers = opened([[Say("перша")]], book=Torn("reserve"))
    with pytest.raises(LanguageModelFailed, match="cannot be booked"):
        await chain.complete(prompt())
    assert servers[0].bodies == []


async def test_an_answer_is_given_even_if_its_price_cannot_be_written(opened: Open) -> None:
    chain, _ = opened([[Say("перша")]], book=Torn("settle"))
    assert (await chain.complete(prompt())).text == "перша"


async def test_health_is_told_even_if_the_book_cannot_be_read(opened: Open) -> None:
    chain, _ = opened([[Say("перша")]], book=Torn())
    assert (await chain.describe())["budget"] == {"state": "unknown", "reason": "OSError"}


async def test_many_turns_at_once_never_spend_more_than_the_budget(opened: Open) -> None:
    worst = PRICE.worst(prompt())
    tight = MemorySpending(today=lambda: DAY, day_limit=worst * 3)
    chain, servers = opened([[Say("перша", after=0.05)]], book=tight)
    results = await asyncio.gather(*(chain.complete(prompt()) for _ in range(12)), return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) == 3
    assert len(servers[0].bodies) == 3
    assert (await tight.today()).spent <= worst * 3


async def test_an_adapters_own_mistake_is_one_more_failure(clock: ManualClock, spending: MemorySpending) -> None:
    class Wrong:
        async def complete(self, prompt: Prompt) -> None:
            raise ZeroDivisionError

    chain = ModelChain(rungs=[Rung("odd", "small", Wrong(), PRICE)], spending=spending, clock=clock)  # type: ignore[arg-type]
    with pytest.raises(LanguageModelFailed, match="ZeroDivisionError"):
        await chain.complete(prompt())


async def test_nothing_is_booked_while_an_adapter_gets_ready(clock: ManualClock, spending: MemorySpending) -> None:
    class Late:
        async def prepare(self) -> None:
            await asyncio.sleep(30)

        async def complete(self, prompt: Prompt) -> None:
            raise AssertionError("nobody waits for that")

    chain = ModelChain(rungs=[Rung("late", "small", Late(), PRICE)], spending=spending, clock=clock)  # type: ignore[arg-type]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await chain.complete(prompt())
    assert (await spending.today()).spent == 0


async def test_a_missing_library_is_one_more_failure(clock: ManualClock, spending: MemorySpending) -> None:
    class Missing:
        async def prepare(self) -> None:
            raise ImportError("No module named 'house'")

        async def complete(self, prompt: Prompt) -> None:
            raise AssertionError("nobody can ask")

    chain = ModelChain(rungs=[Rung("gone", "small", Missing(), PRICE)], spending=spending, clock=clock)  # type: ignore[arg-type]
    with pytest.raises(LanguageModelFailed, match="ImportError"):
        await chain.complete(prompt())


async def test_a_caller_who_leaves_pays_the_worst_case(opened: Open, spending: MemorySpending) -> None:
    chain, servers = opened([[Hang(30)]])
    task = asyncio.create_task(chain.complete(prompt()))
    while not servers[0].bodies:  # noqa: ASYNC110 - the server says it no other way
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await spending.today()).spent == PRICE.worst(prompt())
    assert spending.finished[1].outcome == "left"


async def test_a_caller_with_less_patience_than_the_turn_is_let_go_at_once(
    opened: Open, spending: MemorySpending
) -> None:
    chain, _ = opened([[Hang(30)]])
    await chain.prepare()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await chain.complete(prompt(allowance=Allowance()))
    assert time.monotonic() - started < 2
    assert spending.finished[1].cost == PRICE.worst(prompt())


async def test_a_rung_that_a_caller_lost_patience_with_rests(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.llm.chain.FAIR_S", 0.2)
    chain, servers = opened([[Hang(30)], [Say("друга")]])
    await chain.prepare()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.4):
            await chain.complete(prompt())
    assert (await chain.complete(prompt())).text == "друга"
    assert len(servers[0].bodies) == 1


async def test_health_tells_which_rung_rests_and_why(opened: Open) -> None:
    chain, _ = opened([[Refuse(401, echo="sk-secret")], [Say("друга")]])
    await chain.complete(prompt())
    told = await chain.describe()
    assert told["rungs"]["openai"] == {
        "model": "small",
        "state": "resting",
        "reason": "the model's server answered 401",
    }
    assert told["rungs"]["anthropic"]["state"] == "ok"
    assert told["budget"]["state"] == "ok"
    assert chain.calls == {("openai", "refused"): 1, ("anthropic", "answered"): 1}
