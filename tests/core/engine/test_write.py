"""A model words what was decided: what it may change, how often it is asked, what is left when it fails."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from core.domain.allowance import WORDING, Allowance
from core.domain.messages import Button, OutboundMessage
from core.domain.turn import Action, Blocked, Decision, Draft, Found, Reviewed
from core.engine.compose import Brief
from core.engine.write import Review, write
from core.ports import Completion, Failure, LanguageModelFailed, Prompt
from tests.core.engine.situations import build_playbook, build_turn, understood

APPROVED = Draft(
    (OutboundMessage("We deliver in two days.", (Button("Share", contact=True),)),), approved=True, used=("a",)
)
GOOD = "Gladly! We deliver in two days."


@dataclass
class Told:
    """Says what it is told to; an exception is raised, a number is slept."""

    script: list[str | Exception | float]
    prompts: list[Prompt] = field(default_factory=list)

    async def complete(self, prompt: Prompt) -> Completion:
        self.prompts.append(prompt)
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, float):
            await asyncio.sleep(step)
            return Completion("too late", "told", 10, 0.001)
        return Completion(step, "told", 10, 0.001)


def brief(memory_disclosed: bool = True, **more: Any) -> Brief:
    turn = build_turn(**more)
    if not memory_disclosed:
        conversation = replace(turn.conversation, memory=replace(turn.conversation.memory, disclosed_at=None))
        turn = replace(turn, conversation=conversation)
    decision = Decision(Action.REPLY, "answer", "discovery")
    return Brief(turn, understood("ask_terms"), decision, build_playbook(), None, Found())


async def passes(draft: Draft) -> Reviewed:
    return Reviewed(draft.messages)


def refuses(word: str) -> Review:
    async def review(draft: Draft) -> Reviewed:
        text = draft.messages[0].text
        return Reviewed((), (Blocked("untraced_amount", text),)) if word in text else Reviewed(draft.messages)

    return review


async def words(script: Sequence[str | Exception | float], review: Review = passes) -> tuple[Any, Told]:
    model = Told(list(script))
    return await write(brief(), APPROVED, model, review), model


async def test_a_good_text_is_taken_with_the_buttons_that_were_decided() -> None:
    worded, _ = await words([GOOD])
    assert worded.reviewed is not None
    assert worded.reviewed.messages == (OutboundMessage(GOOD, APPROVED.messages[0].buttons),)
    assert (worded.draft.model, worded.draft.tokens, worded.draft.cost) == ("told", 10, 0.001)
    assert worded.draft.used == APPROVED.used
    assert not worded.draft.approved


async def test_a_refused_sentence_is_told_and_tried_once_more() -> None:
    worded, model = await words(["Only 99 UAH!", GOOD], refuses("99"))
    assert worded.reviewed.messages[0].text == GOOD
    assert [item.sentence for item in worded.reviewed.blocked] == ["Only 99 UAH!"]
    assert "Only 99 UAH!" in model.prompts[1].user
    assert "untraced amount" in model.prompts[1].user
    assert model.prompts[0].system == model.prompts[1].system
    assert (worded.draft.tokens, worded.draft.cost) == (20, 0.002)


async def test_after_two_refusals_the_approved_words_are_left_with_what_it_cost() -> None:
    worded, model = await words(["Only 99 UAH!", "Just 99!", GOOD], refuses("99"))
    assert worded.reviewed is None
    assert worded.draft.messages == APPROVED.messages
    assert worded.draft.approved
    assert (worded.draft.tokens, len(worded.blocked), len(model.prompts)) == (20, 2, 2)


@pytest.mark.parametrize("bad", ["", "Добре, доставимо за два дні.", "**Two** days", "Two? Three?", "word " * 300])
async def test_an_unfit_text_is_tried_once_more_with_the_reason(bad: str) -> None:
    worded, model = await words([bad, GOOD])
    assert worded.reviewed.messages[0].text == GOOD
    assert "REFUSED" in model.prompts[1].user
    assert worded.draft.trouble
    worded, model = await words([bad, bad, GOOD])
    assert (worded.reviewed, len(model.prompts)) == (None, 2)


@pytest.mark.parametrize("kind", [Failure.REFUSED, Failure.BUSY, Failure.BROKEN, Failure.SLOW, Failure.EXHAUSTED])
async def test_a_model_that_failed_is_not_asked_again_in_the_turn(kind: Failure) -> None:
    worded, model = await words([LanguageModelFailed("it failed", kind=kind), GOOD])
    assert (worded.reviewed, len(model.prompts)) == (None, 1)
    assert worded.draft.trouble == ("it failed",)


async def test_a_slow_model_is_left_when_the_turns_time_is_over() -> None:
    model = Told([30.0, GOOD])
    given = brief()
    hurried = replace(given, turn=replace(given.turn, allowance=Allowance(seconds=0.4)))
    started = time.monotonic()
    worded = await write(hurried, APPROVED, model, passes)
    assert worded.reviewed is None
    assert time.monotonic() - started < 3


async def test_a_turn_without_calls_or_time_asks_nobody() -> None:
    for allowance in (Allowance(calls={WORDING: 0}), Allowance(seconds=0)):
        model = Told([GOOD])
        given = brief()
        worded = await write(replace(given, turn=replace(given.turn, allowance=allowance)), APPROVED, model, passes)
        assert (worded.reviewed, model.prompts) == (None, [])


async def test_the_disclosure_stands_first_word_for_word_whatever_the_model_says() -> None:
    approved = replace(APPROVED, messages=(OutboundMessage("I am a bot of the firm.\n\nWe deliver in two days."),))
    model = Told([GOOD])
    worded = await write(brief(memory_disclosed=False), approved, model, passes)
    assert worded.reviewed is not None
    assert worded.reviewed.messages[0].text == f"I am a bot of the firm.\n\n{GOOD}"
    assert '"OPENING": "I am a bot of the firm."' in model.prompts[0].user
    assert '"APPROVED": "We deliver in two days."' in model.prompts[0].user
