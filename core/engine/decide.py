"""What to do next, chosen before any text exists: pure rules over values, no waiting and no clock."""

from collections.abc import Iterator
from dataclasses import replace

from core.domain.conversation import Holder
from core.domain.messages import InboundKind
from core.domain.outcomes import OutcomeKind
from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.next_move import later_stage, next_move
from core.ports import StrategyValues

SILENCE = "silence"
"""The move of a timer that means: the customer did not come back."""

_CLOSING_MOVES = frozenset({"offer", "ask_commitment", "confirm", "schedule"})
_SMALL_TALK = frozenset({"thanks", "smalltalk"})
STUCK_LIMIT = 2


def decide(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, values: StrategyValues | None = None
) -> Decision:
    """The first rule that speaks wins; the last one always does."""
    for rule in (_held, _timer, _asked_to_stop, _asked_for_person, _about_the_bot, _handoff_rules, _no_words):
        decision = rule(turn, understood, situation, playbook)
        if decision:
            return decision
    return _sell(turn, understood, situation, playbook, values)


def _held(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    holder = turn.conversation.holder
    stage = situation.stage
    if holder is Holder.OPERATOR:
        return Decision(Action.WAIT, "wait", stage, rules=("a person holds the conversation: the bot stays silent",))
    if holder is Holder.WAITING and not situation.acts & {"opt_out", "erase_me"}:
        if turn.conversation.memory.last_move == "waiting":
            return Decision(Action.WAIT, "waiting", stage, rules=("a person was called: told so once already",))
        return Decision(
            Action.WAIT,
            "waiting",
            stage,
            phrase="waiting",
            rules=("a person was called: the customer is told so once",),
        )
    return None


def _timer(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if any(message.kind is not InboundKind.FOLLOW_UP for message in turn.messages):
        return None
    stage = situation.stage
    wanted = turn.messages[-1].payload or ""
    if turn.conversation.opted_out or stage in ("won", "lost"):
        return Decision(Action.WAIT, "wait", stage, rules=("the timer has nothing left to do",))
    if wanted == SILENCE:
        return Decision(
            Action.WAIT, "wait", "lost", outcome=OutcomeKind.LOST_SILENT, rules=("the customer stayed silent too long",)
        )
    move = playbook.find_move(wanted)
    rule = next((step for step in playbook.followups if step.move == wanted), None)
    unwanted = rule is not None and rule.when is not None and not rule.when(situation)
    if move is None or unwanted or not move.is_open(situation):
        return Decision(Action.WAIT, "wait", stage, rules=(f"the follow-up {wanted} does not fit any more",))
    return Decision(Action.REPLY, move.id, stage, asks=move.asks, rules=(f"the follow-up {move.id} is due",))


def _asked_to_stop(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "erase_me" in situation.acts:
        return Decision(
            Action.HAND_OFF, "hand_off", situation.stage, phrase="erase", reason="erase_me",
            rules=("the customer wants the data erased: a person does it and confirms",),
        )  # fmt: skip
    if "opt_out" in situation.acts:
        return Decision(
            Action.CLOSE, "farewell", "lost", phrase="opted_out", outcome=OutcomeKind.OPTED_OUT,
            rules=("the customer does not want to be written to",),
        )  # fmt: skip
    return None


def _asked_for_person(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "ask_human" not in situation.acts:
        return None
    return hand_off(situation, "asked", "the customer asked for a person")


def hand_off(situation: Situation, reason: str, why: str) -> Decision:
    """Call a person; what the customer is told depends on whether one is there."""
    phrase = "hand_off_on_duty" if situation.on_duty else "hand_off_off_duty"
    return Decision(Action.HAND_OFF, "hand_off", situation.stage, phrase=phrase, reason=reason, rules=(why,))


def _about_the_bot(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "ask_my_data" in situation.acts:
        phrase = "my_data" if turn.facts or understood.facts else "my_data_empty"
        return Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, rules=("asked what we know of them",))
    if "ask_bot_identity" in situation.acts:
        return Decision(
            Action.REPLY, "answer", situation.stage, phrase="bot_identity", rules=("asked whether this is a bot",)
        )
    return None


def _handoff_rules(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    for rule in playbook.handoff:
        if rule.when(situation):
            return hand_off(situation, rule.reason, f"the playbook hands off: {rule.reason}")
    return None


def _no_words(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if turn.text.strip() or understood.facts or any(m.payload or m.kind is InboundKind.COMMAND for m in turn.messages):
        return None
    readable = any(
        item.kind in ("image", "file", "location", "contact") for m in turn.messages for item in m.attachments
    )
    phrase = "media_received" if readable else "unsupported"
    return Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, rules=("nothing to read in the message",))


def _sell(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, values: StrategyValues | None
) -> Decision:
    memory = turn.conversation.memory
    if _declines_the_sale(situation, memory.last_move):
        return Decision(
            Action.REPLY, "farewell", "lost", phrase="farewell", outcome=OutcomeKind.DECLINED,
            rules=("the customer declined",),
        )  # fmt: skip
    if situation.stage == "lost":
        situation = replace(situation, stage="discovery")
    for found in _answers(understood, situation, playbook):
        follow = next_move(replace(situation, answered=True), playbook, memory, values, only_asking=True)
        if follow and situation.stage != "won":
            return replace(found, follow_move=follow.id, asks=follow.asks)
        return found
    lead = next_move(situation, playbook, memory, values)
    if lead is None:
        return _nothing_to_lead_with(understood, situation)
    stage = later_stage(playbook, situation.stage, lead.stage)
    return Decision(
        Action.REPLY, lead.id, stage, asks=lead.asks, outcome=_won(playbook, stage, situation.stage),
        rules=(f"the next open move of the playbook is {lead.id}",),
    )  # fmt: skip


def _declines_the_sale(situation: Situation, last_move: str | None) -> bool:
    if "decline" not in situation.acts or situation.acts & {*QUESTIONS, *OBJECTIONS, "agree"}:
        return False
    return last_move in _CLOSING_MOVES or last_move in (None, "greet", "farewell")


def _answers(understood: Understood, situation: Situation, playbook: Playbook) -> Iterator[Decision]:
    """Objections and questions are answered first; the lead follows."""
    stage = situation.stage
    if understood.act in OBJECTIONS and playbook.find_objection(understood.act):
        move = "handle_" + understood.act.removeprefix("object_")
        new = later_stage(playbook, stage, "objections") if stage not in ("won", "lost") else stage
        yield Decision(
            Action.REPLY, move, new, objection=understood.act, rules=(f"an objection is answered: {understood.act}",)
        )
    asked = [act for act in understood.acts if act in QUESTIONS]
    if asked:
        yield Decision(Action.REPLY, "answer", stage, search=True, rules=(f"a question is answered first: {asked[0]}",))
    elif understood.act in _SMALL_TALK:
        yield Decision(Action.REPLY, "answer", stage, phrase=understood.act, rules=("a courtesy is returned",))
    elif understood.act == "other" and not understood.facts and situation.turns:
        yield Decision(Action.REPLY, "answer", stage, search=True, rules=("not understood: the knowledge is asked",))


def _nothing_to_lead_with(understood: Understood, situation: Situation) -> Decision:
    if understood.act == "other":
        return Decision(Action.REPLY, "answer", situation.stage, search=True, rules=("nothing to lead with",))
    phrase = "thanks" if situation.stage == "won" else "offer_person"
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase=phrase, rules=("every move of the playbook is made",)
    )


def _won(playbook: Playbook, stage: str, before: str) -> OutcomeKind | None:
    if stage != "won" or before == "won":
        return None
    return OutcomeKind.PARTNER_SIGNED if playbook.audience == "partners" else OutcomeKind.LEAD_WON
