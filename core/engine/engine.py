"""One turn, from what people wrote to what we answer: understand, decide, search, compose, review."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.allowance import TURN_SECONDS, Allowance
from core.domain.conversation import Holder, Memory
from core.domain.events import Event, EventKind
from core.domain.messages import InboundKind
from core.domain.turn import Action, Blocked, Draft, Found, Reviewed, Turn, TurnResult
from core.engine.compose import Brief, TemplateComposer, needs_disclosure
from core.engine.decide import decide
from core.engine.review import Reviewer, build_heard
from core.engine.search import search
from core.engine.situation import build_situation, choose_playbook, focus, role
from core.engine.texts import remember
from core.engine.timers import plan_timer
from core.engine.trace import build_trace
from core.engine.write import write
from core.ports import Knowledge, LanguageModel, StrategyValues, Understanding

_HOLDERS: Mapping[Action, Holder] = {Action.HAND_OFF: Holder.WAITING, Action.CLOSE: Holder.BOT}


@dataclass(frozen=True, slots=True)
class _Written:
    draft: Draft
    reviewed: Reviewed
    answered: bool


class Engine:
    """Has no channel, no database and no clock in hand: a turn goes in, a result comes out."""

    def __init__(
        self,
        *,
        understanding: Understanding,
        knowledge: Knowledge,
        composer: TemplateComposer,
        model: LanguageModel | None = None,
        values: StrategyValues | None = None,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._understanding = understanding
        self._knowledge = knowledge
        self._composer = composer
        self._model = model
        self._values = values
        self._turn_seconds = turn_seconds
        self._reviewer = Reviewer()

    async def take_turn(self, turn: Turn) -> TurnResult:
        started = time.perf_counter()
        turn = replace(turn, allowance=Allowance(seconds=self._turn_seconds))
        understood = await self._understanding.understand(turn)
        situation = build_situation(turn, understood)
        playbook = choose_playbook(turn, role(turn, understood))
        decision = decide(turn, understood, situation, playbook, self._values)
        sku = focus(turn, understood)
        found = await search(turn, understood, sku, self._knowledge) if decision.search else Found()
        brief = Brief(turn, understood, decision, playbook, turn.firm.product(sku), found)
        written = await self._write(brief)
        took: dict[str, Any] = {"engine_ms": round((time.perf_counter() - started) * 1000, 1)}
        if written.draft.trouble:
            took["model_trouble"] = list(written.draft.trouble)
        return _result(brief, written, {**build_trace(brief, written.draft, written.reviewed), **took})

    async def _write(self, brief: Brief) -> _Written:
        """The model's words when there is a model and they pass review; the approved ones otherwise."""
        today = brief.turn.firm.today(brief.turn.now)
        approved, answered = self._composer.compose(brief)
        sku = brief.product.sku if brief.product else None
        heard = build_heard(brief.turn, brief.understood, brief.found, sku, approved)
        blocked: tuple[Blocked, ...] = ()
        if self._model and brief.decision.action is Action.REPLY and not brief.decision.phrase and answered:
            worded = await write(
                brief, approved, self._model, lambda draft: self._reviewer.review(draft, brief.turn.firm, today, heard)
            )
            if worded.reviewed:
                return _Written(worded.draft, worded.reviewed, answered)
            approved, blocked = worded.draft, worded.blocked
        if brief.decision.phrase == "my_data":
            # The customer's own words, told back: a budget among them is no price of ours.
            return _Written(approved, Reviewed(approved.messages), answered)
        checked = self._reviewer.review(approved, brief.turn.firm, today, heard)
        if approved.messages and not checked.messages:
            approved, answered = self._composer.compose_unknown(brief)
            checked = Reviewed(approved.messages, checked.blocked)
        return _Written(approved, Reviewed(checked.messages, blocked + checked.blocked), answered)


def _result(brief: Brief, written: _Written, trace: Mapping[str, Any]) -> TurnResult:
    turn, understood, decision = brief.turn, brief.understood, brief.decision
    memory = _remember(brief, written)
    stays = turn.conversation.holder if decision.action is Action.WAIT else Holder.BOT
    return TurnResult(
        action=decision.action,
        move=decision.move,
        stage=decision.stage,
        language=understood.language,
        holder=_HOLDERS.get(decision.action, stays),
        replies=written.reviewed.messages,
        facts=understood.facts,
        memory=memory,
        events=_events(brief, written),
        jobs=plan_timer(brief, memory),
        trace=trace,
        role=role(turn, understood),
        audience=brief.playbook.audience,
        outcome=decision.outcome,
        reason=decision.reason,
        opted_out=decision.phrase == "opted_out",
        sources=written.draft.sources,
    )


def _remember(brief: Brief, written: _Written) -> Memory:
    turn, decision = brief.turn, brief.decision
    old = turn.conversation.memory
    led = decision.follow_move or decision.move
    asked = dict(old.asked)
    if decision.asks and written.reviewed.messages:
        asked[decision.asks] = asked.get(decision.asks, 0) + 1
    discloses = bool(written.reviewed.messages) and (
        needs_disclosure(turn, decision) or decision.phrase == "bot_identity"
    )
    return Memory(
        focus=brief.product.sku if brief.product else old.focus,
        topic=brief.found.hits[0].passage.topic if brief.found.enough else old.topic,
        last_move=led if written.reviewed.messages else old.last_move,
        asked=asked,
        done=tuple(dict.fromkeys((*old.done, decision.move, led))),
        used=remember(old.used, written.draft.used),
        stuck=0 if written.answered else old.stuck + 1,
        turns=old.turns + 1,
        disclosed_at=turn.now.isoformat() if discloses else old.disclosed_at,
        followups=_followups(turn, old.followups),
    )


def _followups(turn: Turn, before: int) -> int:
    """The customer's own message starts the count anew."""
    return before + 1 if all(m.kind is InboundKind.FOLLOW_UP for m in turn.messages) else 0


def _events(brief: Brief, written: _Written) -> tuple[Event, ...]:
    turn, understood, decision = brief.turn, brief.understood, brief.decision
    before = turn.conversation.stage
    finished = {
        "acts": list(understood.acts),
        "move": decision.move,
        "stage_from": before,
        "stage_to": decision.stage,
        "action": decision.action.value,
        "model": written.draft.model,
        "tokens": understood.tokens + written.draft.tokens,
        "cost": written.draft.cost,
    }
    events = [Event(EventKind.TURN_FINISHED, finished)]
    if decision.stage != before:
        events.append(Event(EventKind.STAGE_CHANGED, {"from": before, "to": decision.stage}))
    if decision.action is Action.HAND_OFF:
        events.append(Event(EventKind.HANDED_OFF, {"reason": decision.reason}))
    if decision.phrase == "opted_out":
        events.append(Event(EventKind.OPTED_OUT))
    if not written.answered:
        events.append(Event(EventKind.QUESTION_UNANSWERED, {"act": understood.act}))
    events += [Event(EventKind.SENTENCE_BLOCKED, {"rule": item.rule}) for item in written.reviewed.blocked]
    if decision.outcome:
        outcome = {"outcome": decision.outcome.value, "by": "rule", "at": turn.now.isoformat()}
        events.append(Event(EventKind.OUTCOME_RECORDED, outcome))
    if decision.move == "send_material" and written.reviewed.messages:
        for item in written.reviewed.messages[0].attachments:
            events.append(Event(EventKind.MATERIAL_SENT, {"title": item.title, "url": item.url}))
    return tuple(events)
