"""What stands behind the promises of a reply: a move that declares them and people who will be there, or a job."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from core.domain.claims import find_claims
from core.domain.clauses import sentences
from core.domain.conversation import Holder
from core.domain.duty import after_duty
from core.domain.messages import OutboundMessage
from core.domain.promises import MadePromise, PromiseKind, PromiseRule
from core.domain.review_rules import PROMISE
from core.domain.turn import Action, JobRequest
from core.engine.speaker import Brief
from core.engine.timers import FOLLOW_UP

PROMISED = "promised"
MARGIN = timedelta(minutes=15)
"""What the bot does itself it begins so long before it is due."""
_WORD = re.compile(r"\w")


def declared(brief: Brief) -> Iterator[PromiseRule]:
    """By the moves whose own words are said. Without people who are ever there, only what the bot does itself."""
    decision, turn = brief.decision, brief.turn
    said = (None if decision.phrase else decision.move, decision.follow_move, *decision.also)
    for move_id in dict.fromkeys(said):
        move = brief.playbook.find_move(move_id) if move_id else None
        if move and move.promises and due_of(move.promises, turn.now, brief) is not None:
            yield move.promises


def is_backed(brief: Brief) -> bool:
    """Whether somebody or something is there to keep a promise of this reply."""
    is_called = brief.decision.action is Action.HAND_OFF or brief.turn.conversation.holder is Holder.WAITING
    return is_called or any(declared(brief))


def due_of(rule: PromiseRule, now: datetime, brief: Brief) -> datetime | None:
    """Working time for people, the clock for the bot."""
    return now + rule.within if rule.move else after_duty(brief.turn.firm, now, rule.within)


def promised(brief: Brief, replies: Sequence[OutboundMessage]) -> tuple[MadePromise, ...]:
    """What the reply that leaves has promised, with the sentence that says so."""
    rules, is_called = list(declared(brief)), brief.decision.action is Action.HAND_OFF
    if not replies or brief.decision.erases or not (rules or is_called):
        return ()
    words, now = _binding_sentence(replies[0].text), brief.turn.now
    made = [
        MadePromise(rule.kind, due, words=words)
        for rule in rules
        if words and (due := due_of(rule, now, brief)) is not None
    ]
    answers = after_duty(brief.turn.firm, now, brief.turn.firm.hand_over.answer_within)
    if is_called and answers is not None:
        made.append(MadePromise(PromiseKind.ANSWER, answers, words=words))
    return tuple(made)


def plan_promised(brief: Brief, made: Sequence[MadePromise]) -> tuple[JobRequest, ...]:
    """What the bot has promised to do itself, it does."""
    if not made:
        return ()
    talk = brief.turn.conversation
    return tuple(
        JobRequest(
            name=FOLLOW_UP,
            key=f"{PROMISED}:{talk.id}:{rule.move}",
            payload={"conversation_id": talk.id, "move": rule.move, "count": talk.memory.followups},
            after=max(timedelta(), rule.within - MARGIN),
        )
        for rule in declared(brief)
        if rule.move
    )


def _binding_sentence(text: str) -> str:
    """The one that commits us, else the first: a witness is never empty."""
    spans = [text[start:end].strip() for start, end in sentences(text)]
    spans = [span for span in spans if _WORD.search(span)]
    binding = (span for span in spans if any(claim.rule == PROMISE for claim in find_claims(span)))
    return next(binding, spans[0] if spans else "")
