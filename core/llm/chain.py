"""Several models in order behind the one port: the next rung answers when one fails, and every call is paid for."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from core.llm.breaker import Breaker
from core.llm.price import Price
from core.llm.refusals import late
from core.ports import (
    Clock,
    Completion,
    Failure,
    FinishedCall,
    LanguageModel,
    LanguageModelFailed,
    PlannedCall,
    Prompt,
    Spending,
    Usage,
)

log = structlog.get_logger()

ONCE_MORE_AFTER_S = 0.4
"""A server's hiccup is given so long when there is no other rung to turn to."""
FAIR_S = 2.0
"""A rung that had less time than this and did not answer is not called slow."""
LEFT = "left"
"""Outcome of a call whose caller did not wait for the answer."""
LEAST_S = 0.2
"""A call with less time than this is not begun."""


@dataclass(frozen=True, slots=True)
class Rung:
    name: str
    model_name: str
    model: LanguageModel
    price: Price


@dataclass(frozen=True, slots=True)
class _Booked:
    number: int
    worst: int
    started: float


class ModelChain:
    """Implements LanguageModel. Rungs are asked in their order; one that failed rests. Nothing is asked unreserved."""

    def __init__(self, *, rungs: Sequence[Rung], spending: Spending, clock: Clock) -> None:
        self._rungs = [(rung, Breaker(clock=clock)) for rung in rungs]
        self._spending = spending
        self.calls: Counter[tuple[str, str]] = Counter()
        """(rung, outcome): the outcome is `answered`, `left` or a Failure."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.cost = 0
        """Millionths of a dollar since the start of this process."""

    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed when no rung has a usable text."""
        failure = LanguageModelFailed("every model rests after a failure", kind=Failure.RESTING)
        waiting = list(self._rungs)
        while waiting:
            rung, breaker = waiting.pop(0)
            if not breaker.admit():
                continue
            is_last = not any(other.rests_until is None for _, other in waiting)
            try:
                return await self._try(rung, breaker, prompt, once_more=is_last)
            except LanguageModelFailed as failed:
                failure = failed
                tell = log.info if failed.kind is Failure.EXHAUSTED else log.warning
                tell("model.failed", rung=rung.name, kind=failed.kind.value, reason=str(failed))
            finally:
                breaker.leave()
        raise failure

    async def prepare(self) -> None:
        """Import what the first call would have to wait for."""
        for rung, _ in self._rungs:
            await _prepare(rung)

    async def close(self) -> None:
        for rung, _ in self._rungs:
            close = getattr(rung.model, "close", None)
            if close:
                await close()

    async def describe(self) -> dict[str, Any]:
        """How the rungs and the day's budget are doing, for health pages; money in dollars."""
        rungs = {
            rung.name: {"model": rung.model_name, "state": "resting", "reason": breaker.reason}
            if breaker.rests_until
            else {"model": rung.model_name, "state": "ok"}
            for rung, breaker in self._rungs
        }
        return {"rungs": rungs, "budget": await self._describe_budget()}

    async def _describe_budget(self) -> dict[str, Any]:
        try:
            budget = await self._spending.today()
        except Exception as error:  # a health page has to be shown above all when something is broken
            return {"state": "unknown", "reason": type(error).__name__}
        limit = None if budget.limit is None else budget.limit / 1e6
        return {"state": "spent" if budget.has_refused else "ok", "spent": budget.spent / 1e6, "limit": limit}

    async def _try(self, rung: Rung, breaker: Breaker, prompt: Prompt, *, once_more: bool) -> Completion:
        began = time.monotonic()
        try:
            try:
                completion = await self._call(rung, prompt)
            except LanguageModelFailed as failed:
                if not once_more or not _is_hiccup(failed):
                    raise
                await asyncio.sleep(ONCE_MORE_AFTER_S)
                completion = await self._call(rung, prompt)
        except LanguageModelFailed as failed:
            if failed.kind is not Failure.EXHAUSTED:
                breaker.note_failure(failed)
            raise
        except asyncio.CancelledError:
            waited = time.monotonic() - began
            if waited > FAIR_S:  # whoever asked has lost patience, and the next one shall not have to
                breaker.note_failure(late(waited))
            raise
        breaker.note_success()
        return completion

    async def _call(self, rung: Rung, prompt: Prompt) -> Completion:
        """One request, reserved before and settled after; a caller who leaves pays the worst case."""
        await _prepare(rung)  # before anything is booked: the first call of all would wait a second for an import
        booked = await self._book(rung, prompt)
        left = prompt.allowance.seconds_left if prompt.allowance else None
        try:
            async with asyncio.timeout(left):
                completion = await rung.model.complete(prompt)
        except TimeoutError:
            # Who was given the last moment of a turn only is not to blame.
            failed = late(left or 0.0, Failure.SLOW if left is None or left > FAIR_S else Failure.EXHAUSTED)
        except LanguageModelFailed as error:
            failed = error
        except asyncio.CancelledError:
            await self._settle(rung, booked, LEFT, booked.worst, Usage())
            raise
        except Exception as error:  # a rung's own mistake must not cost the customer the turn
            failed = LanguageModelFailed(f"its library failed ({type(error).__name__})", may_cost=True)
        else:
            cost = rung.price.cost(completion.usage) if completion.usage.tokens else booked.worst
            await self._settle(rung, booked, "answered", cost, completion.usage)
            return completion
        if prompt.allowance and not failed.may_cost:
            prompt.allowance.give_back(prompt.purpose)
        cost = rung.price.cost(failed.usage) if failed.usage else booked.worst if failed.may_cost else 0
        await self._settle(rung, booked, failed.kind.value, cost, failed.usage or Usage())
        raise failed

    async def _book(self, rung: Rung, prompt: Prompt) -> _Booked:
        """Take the call from the turn's allowance and its worst case from the budgets."""
        allowance = prompt.allowance
        if allowance and allowance.seconds_left < LEAST_S:
            raise LanguageModelFailed("the turn has no time left", kind=Failure.EXHAUSTED)
        if allowance and not allowance.take(prompt.purpose):
            raise LanguageModelFailed("the turn has no call left", kind=Failure.EXHAUSTED)
        worst = rung.price.worst(prompt)
        planned = PlannedCall(prompt.lead, prompt.purpose, rung.name, rung.model_name, worst)
        number = None
        reason = "the budget is spent"
        try:
            number = await self._spending.reserve(planned)
        except Exception as error:  # no book, no call: the approved words cost nothing
            reason = f"the call cannot be booked ({type(error).__name__})"
            log.error("model.not_booked", rung=rung.name, reason=str(error))
        finally:
            if number is None and allowance:
                allowance.give_back(prompt.purpose)
        if number is None:
            self.calls[rung.name, Failure.EXHAUSTED.value] += 1
            raise LanguageModelFailed(reason, kind=Failure.EXHAUSTED)
        return _Booked(number, worst, time.perf_counter())

    async def _settle(self, rung: Rung, booked: _Booked, outcome: str, cost: int, usage: Usage) -> None:
        seconds = time.perf_counter() - booked.started
        self.calls[rung.name, outcome] += 1
        self.seconds[rung.name] += seconds
        self.cost += cost
        try:
            await self._spending.settle(booked.number, FinishedCall(outcome, cost, round(seconds * 1000), usage))
        except Exception as error:  # the answer is there all the same, and the worst case stays booked
            log.error("model.not_settled", rung=rung.name, reason=str(error))


async def _prepare(rung: Rung) -> None:
    prepare = getattr(rung.model, "prepare", None)
    try:
        if prepare:
            await prepare()
    except Exception as error:
        raise LanguageModelFailed(f"its library cannot be used ({type(error).__name__})") from error


def _is_hiccup(failed: LanguageModelFailed) -> bool:
    """Likely gone in a moment, and surely not paid for."""
    passing = failed.kind in (Failure.BROKEN, Failure.BUSY)
    return passing and not failed.may_cost and failed.retry_after is None
