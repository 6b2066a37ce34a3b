"""The other way to a draft: a language model words what was decided, from what the firm vouches for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft, Reviewed
from core.engine.compose import Brief, needs_disclosure
from core.engine.wording_prompt import build_prompt, list_passages
from core.ports import Completion, Failure, LanguageModel, LanguageModelFailed, Prompt

TRIES = 2
LEAST_S = 0.2
"""A call with less time than this is not begun."""
GRACE_S = 0.2
"""A model that keeps the turn's time itself is not cut off in the same moment: it has its books to keep."""

Review = Callable[[Draft], Awaitable[Reviewed]]


@dataclass(frozen=True, slots=True)
class Worded:
    """What came of asking a model. `reviewed` is None when nothing of it may leave: the approved words go then."""

    draft: Draft
    reviewed: Reviewed | None
    blocked: tuple[Blocked, ...] = ()


async def write(brief: Brief, approved: Draft, model: LanguageModel, review: Review) -> Worded:
    """Word the approved draft better, once more if review refuses sentences, within the turn's allowance. Buttons,
    attachments and the disclosure stay as decided."""
    writer = _Writer(brief, approved, model, review)
    for _ in range(TRIES):
        done = await writer.attempt()
        if done:
            return done
        if writer.is_over:
            break
    return writer.give_up()


class _Writer:
    def __init__(self, brief: Brief, approved: Draft, model: LanguageModel, review: Review) -> None:
        self._brief = brief
        self._approved = approved
        self._model = model
        self._review = review
        self._opening = find_opening(brief, approved)
        self._refused: list[Blocked] = []
        self._blocked: list[Blocked] = []
        self._trouble: list[str] = []
        self._tokens = 0
        self._cost = 0.0
        self.is_over = False
        """Another try would bring nothing: the model itself failed, not its words."""

    async def attempt(self) -> Worded | None:
        prompt = build_prompt(self._brief, self._approved, opening=self._opening, refused=self._refused)
        try:
            completion = await self._ask(prompt)
        except LanguageModelFailed as failed:
            self._trouble.append(str(failed))
            self._refused = [Blocked(str(failed), "")]
            self.is_over = failed.kind is not Failure.UNUSABLE
            return None
        self._tokens += completion.tokens
        self._cost += completion.cost
        draft = self._draft(completion)
        reviewed = await self._review(draft)
        self._refused = list(reviewed.blocked)
        self._blocked += reviewed.blocked
        if reviewed.blocked or not reviewed.messages:
            self._trouble.append("review refused it")
            return None
        return Worded(draft, replace(reviewed, blocked=tuple(self._blocked)))

    def give_up(self) -> Worded:
        """The approved words, with what the tries have cost."""
        draft = replace(self._approved, tokens=self._tokens, cost=self._cost, trouble=tuple(self._trouble))
        return Worded(draft, None, tuple(self._blocked))

    async def _ask(self, prompt: Prompt) -> Completion:
        """Whatever the model does, the turn's time is the limit, and a text with a fault is none."""
        left = self._brief.turn.allowance.seconds_left
        if left < LEAST_S or not self._brief.turn.allowance.may_ask(prompt.purpose):
            raise LanguageModelFailed("the turn has no time or call left", kind=Failure.EXHAUSTED)
        try:
            async with asyncio.timeout(left + GRACE_S):
                completion = await self._model.complete(prompt)
        except TimeoutError:
            raise LanguageModelFailed("no answer within the turn's time", kind=Failure.SLOW) from None
        fault = prompt.check(completion.text) if prompt.check else None
        if fault:
            self._tokens += completion.tokens
            self._cost += completion.cost
            raise LanguageModelFailed(f"the text cannot be used: {fault}", kind=Failure.UNUSABLE)
        return completion

    def _draft(self, completion: Completion) -> Draft:
        message = self._approved.messages[0] if self._approved.messages else OutboundMessage("")
        text = "\n\n".join(filter(None, (self._opening, completion.text.strip())))
        return Draft(
            (replace(message, text=text), *self._approved.messages[1:]),
            approved=False,
            sources=tuple(dict.fromkeys(passage.source for passage in list_passages(self._brief))),
            model=completion.model,
            tokens=self._tokens,
            cost=self._cost,
            used=self._approved.used,
            trouble=tuple(self._trouble),
        )


def find_opening(brief: Brief, approved: Draft) -> str:
    """The disclosure, which stands first where it is due: no model may leave it out or reword it."""
    if not approved.messages or not needs_disclosure(brief.turn, brief.decision):
        return ""
    return approved.messages[0].text.partition("\n\n")[0]
