"""What a turn leaves behind: the result with its memory and the events that happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain.basket import Item
from core.domain.conversation import Holder, Memory
from core.domain.events import Event, EventKind
from core.domain.messages import InboundKind
from core.domain.turn import SILENCE, Action, Draft, JobRequest, Reviewed, Turn, TurnResult
from core.engine.audience import role_said_here
from core.engine.backing import plan_promised, promised
from core.engine.materials import pick_materials
from core.engine.openings import needs_disclosure
from core.engine.refer import NO_FOCUS
from core.engine.resume import plan_assignment, plan_resume
from core.engine.situation import MEETING, focus, has_agreed, names_time, told
from core.engine.speaker import Brief
from core.engine.texts import remember
from core.engine.timers import plan_timer

_HOLDERS: Mapping[Action, Holder] = {Action.HAND_OFF: Holder.WAITING, Action.CLOSE: Holder.BOT}
_COURTESIES = frozenset({"thanks", "agree", "decline", "smalltalk"})
_OFFERS_PERSON = ("phrase.no_answer", "phrase.nearest_person", "phrase.offer_person", "phrase.rude")


@dataclass(frozen=True, slots=True)
class Written:
    draft: Draft
    reviewed: Reviewed
    answered: bool
    shown: tuple[str, ...] = ()
    """Products (sku) that a quoted answer was about."""
    refocused: bool = False
    """The one shown is under discussion from now on."""


def build_result(brief: Brief, written: Written, trace: Mapping[str, Any]) -> TurnResult:
    turn, understood, decision = brief.turn, brief.understood, brief.decision
    memory = _forgotten(brief) if decision.erases else _remember(brief, written)
    is_aside = decision.action is Action.WAIT or decision.erases or decision.pending == "erase"
    is_waiting = turn.conversation.holder is Holder.WAITING
    stays = turn.conversation.holder if is_aside or is_waiting else Holder.BOT
    jobs = () if decision.erases else plan_timer(brief, memory, wrote=_opts_in(brief))
    promises = promised(brief, written.reviewed.messages)
    return TurnResult(
        action=decision.action,
        move=decision.move,
        stage=decision.stage,
        language=understood.language,
        holder=_HOLDERS.get(decision.action, stays),
        replies=written.reviewed.messages,
        facts=() if decision.erases else understood.facts,
        memory=memory,
        events=(*_events(brief, written), *_planned(brief, jobs)),
        jobs=(*jobs, *_later(brief), *plan_promised(brief, promises)),
        trace=trace,
        role="" if decision.erases else role_said_here(turn, understood),
        audience=brief.playbook.audience,
        outcome=decision.outcome,
        reason=decision.reason,
        opted_out=decision.phrase == "opted_out",
        opted_in=_opts_in(brief),
        erases=decision.erases,
        sources=written.draft.sources,
        promises=promises,
        invitation=decision.doorway.code if decision.doorway and written.reviewed.messages else None,
    )


def _later(brief: Brief) -> tuple[JobRequest, ...]:
    """What is to happen around people."""
    if brief.decision.erases:
        return ()
    return (*plan_resume(brief.turn), *plan_assignment(brief.turn, brief.decision.action))


def _remember(brief: Brief, written: Written) -> Memory:
    turn, decision = brief.turn, brief.decision
    old = turn.conversation.memory
    said = tuple(move for move in (decision.move, decision.follow_move, *decision.also) if move)
    asked = dict(old.asked)
    if decision.asks and written.reviewed.messages and decision.move != "answer":
        asked[decision.asks] = asked.get(decision.asks, 0) + 1
    discloses = bool(written.reviewed.messages) and (
        needs_disclosure(turn, decision) or decision.phrase == "bot_identity"
    )
    return Memory(
        focus=_next_focus(brief, written),
        topic=brief.found.hits[0].passage.topic if brief.found.enough else old.topic,
        last_move=said[-1] if written.reviewed.messages else old.last_move,
        asked=asked,
        done=tuple(dict.fromkeys((*old.done, *said, *([MEETING] if names_time(brief.understood) else ())))),
        used=remember(old.used, written.draft.used),
        stuck=_stuck(written, old.stuck),
        turns=old.turns + 1,
        disclosed_at=turn.now.isoformat() if discloses else old.disclosed_at,
        followups=_followups(turn, old.followups),
        offered=_offered(brief, written),
        agreed=has_agreed(turn, brief.understood),
        told=tuple(sorted(told(turn, brief.understood))),
        objected=_objected(brief, old.objected),
        pending=decision.pending or _pending(written),
        basket=_picked(brief),
    )


def _picked(brief: Brief) -> tuple[Item, ...]:
    """What a sum was told for is what will be ordered, unless the customer says otherwise."""
    basket = brief.understood.basket
    if brief.decision.phrase != "total":
        return basket
    told = [row.product.sku for row in brief.order.rows]
    rest = [Item(sku) for sku in told if all(item.sku != sku for item in basket)]
    return tuple(replace(item, taken=item.taken or item.sku in told) for item in (*basket, *rest))


def _next_focus(brief: Brief, written: Written) -> str | None:
    if _is_sold_out(brief.decision.phrase):
        return NO_FOCUS
    if written.refocused:
        return written.shown[0]
    return focus(brief.turn, brief.understood) or brief.turn.conversation.memory.focus


def _stuck(written: Written, before: int) -> int:
    """Who was shown what comes nearest is neither helped for sure nor left with nothing."""
    if written.answered:
        return 0
    return before if any(key.startswith("phrase.nearest:") for key in written.draft.used) else before + 1


def _is_sold_out(phrase: str | None) -> bool:
    """What cannot be had is not under discussion any more."""
    return phrase is not None and phrase.startswith("out_of_stock")


def _offered(brief: Brief, written: Written) -> tuple[str, ...]:
    """What the reply showed; a product that cannot be had is no offer."""
    if brief.decision.phrase == "restock_unknown":
        return brief.turn.conversation.memory.offered
    shown = brief.decision.picks or tuple(product.sku for product in brief.asked_for) or written.shown
    return shown or _still_offered(brief)


def _still_offered(brief: Brief) -> tuple[str, ...]:
    """What was shown before; nothing once another product is under discussion: a yes to that is no yes to those."""
    memory, named = brief.turn.conversation.memory, brief.understood.sku
    return () if named and named != memory.focus and named not in memory.offered else memory.offered


def _forgotten(brief: Brief) -> Memory:
    """Nothing but what keeps the talk itself in order: how many turns, and that the bot has said what it is."""
    old = brief.turn.conversation.memory
    return Memory(turns=old.turns + 1, disclosed_at=brief.turn.now.isoformat())


def _objected(brief: Brief, before: int) -> int:
    if brief.understood.sku and brief.understood.sku != brief.turn.conversation.memory.focus:
        before = 0
    return before + 1 if brief.decision.move == "handle_price" else before


def _pending(written: Written) -> str | None:
    """A reply that ends with the offer of a person may be answered with a plain yes."""
    last = written.draft.used[-1] if written.draft.used else ""
    return "person" if last.rpartition(":")[0].rpartition(":")[0] in _OFFERS_PERSON else None


def _opts_in(brief: Brief) -> bool:
    """Who asked us to stop and now writes to us wants to be answered."""
    turn = brief.turn
    wrote = any(message.kind is not InboundKind.FOLLOW_UP for message in turn.messages)
    wants = bool(set(brief.understood.acts) - _COURTESIES)
    return (
        turn.conversation.opted_out
        and not turn.is_public
        and wrote
        and wants
        and brief.decision.phrase != "opted_out"
        and not brief.decision.erases
    )


def _planned(brief: Brief, jobs: Sequence[JobRequest]) -> list[Event]:
    steps = [(job.payload["move"], brief.turn.now + job.after) for job in jobs if job.after]
    return [
        Event(EventKind.FOLLOWUP_PLANNED, {"move": move, "at": at.isoformat()}) for move, at in steps if move != SILENCE
    ]


def _followups(turn: Turn, before: int) -> int:
    """The customer's own message starts the count anew."""
    return before + 1 if all(m.kind is InboundKind.FOLLOW_UP for m in turn.messages) else 0


def _events(brief: Brief, written: Written) -> tuple[Event, ...]:
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
    if _opts_in(brief):
        events.append(Event(EventKind.CONSENT_GIVEN, {"by": "wrote"}))
    if decision.erases:
        events.append(Event(EventKind.CONTACT_ERASED, {"by": "customer"}))
    if not written.answered:
        events.append(Event(EventKind.QUESTION_UNANSWERED, {"act": understood.act}))
    events += [Event(EventKind.SENTENCE_BLOCKED, {"rule": item.rule}) for item in written.reviewed.blocked]
    if decision.outcome:
        outcome = {"outcome": decision.outcome.value, "by": "rule", "at": turn.now.isoformat()}
        events.append(Event(EventKind.OUTCOME_RECORDED, outcome))
    if "send_material" in (decision.move, decision.follow_move) and written.reviewed.messages:
        for item in pick_materials(turn.firm, understood.language, brief.playbook.audience, turn.text):
            events.append(Event(EventKind.MATERIAL_SENT, {"title": item.title, "url": item.url}))
    return tuple(events)
