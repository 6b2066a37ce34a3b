"""What is decided before any selling: erasing, stopping, people, timers, machines, complaints."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.domain.conversation import Holder
from core.domain.messages import InboundKind
from core.domain.outcomes import OutcomeKind
from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import SILENCE, Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.doorways import arrived, goes_on_elsewhere

_WANTS_AN_ANSWER = frozenset({*QUESTIONS, *OBJECTIONS, "state_need", "state_budget", "state_timing", "agree"})

_ANSWERED_BY_YES: Final = frozenset({"offer", "ask_commitment", "confirm", "summarize", "schedule"})
_HEARD: Final = 0.7
"""What sounds less like a question for one's own data, and names nothing of one's own, is looked up in the pages."""
_OWN: Final = re.compile(r"\b(?:мене|меня|себе|мо[їи]\w*|my|myself)\b", re.IGNORECASE)
_PERSON: Final = re.compile(
    r"\b(?:людин|менеджер|оператор|консультант|хтось|хто-небудь|кимось|живи|жива|человек|кто-нибудь|кто-то|живо|живы|"
    r"person|human|manager|operator|agent|someone|somebody|anyone|anybody)",
    re.IGNORECASE,
)
IN_A_ROW: Final = timedelta(hours=1)
"""After a longer pause even a sticker is answered anew."""


def erase(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Plain words are enough; where they leave a doubt it is asked once. Whoever holds the conversation."""
    pending = turn.conversation.memory.pending == "erase"
    plainly = "erase_plainly" in situation.wishes
    if pending and "agree" in situation.acts:
        return _erased("the customer confirmed that the data are to be erased")
    if "erase_me" not in situation.acts and not plainly:
        return None
    if pending or (plainly and "?" not in turn.text and not situation.acts & set(QUESTIONS)):
        return _erased("the customer said plainly that the data are to be erased")
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase="erase_confirm", pending="erase",
        rules=("erasing cannot be undone: asked once whether it is meant",),
    )  # fmt: skip


def _erased(why: str) -> Decision:
    return Decision(Action.REPLY, "farewell", "opening", phrase="erased", erases=True, rules=(why,))


def stop(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "opt_out" not in situation.acts:
        return None
    return Decision(
        Action.CLOSE, "farewell", "lost", phrase="opted_out", outcome=OutcomeKind.OPTED_OUT,
        rules=("the customer does not want to be written to",),
    )  # fmt: skip


def held(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    holder = turn.conversation.holder
    stage = situation.stage
    if holder is Holder.OPERATOR:
        return Decision(Action.WAIT, "wait", stage, rules=("a person holds the conversation: the bot stays silent",))
    if holder is Holder.WAITING and situation.on_duty:
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


def timer(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if any(message.kind is not InboundKind.FOLLOW_UP for message in turn.messages):
        return None
    stage = situation.stage
    wanted = turn.messages[-1].payload or ""
    if turn.conversation.opted_out or stage in ("won", "lost") or turn.conversation.holder is not Holder.BOT:
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


def asked_for_person(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    offered = turn.conversation.memory.pending == "person"
    asks = "ask_human" in situation.acts and not _only_says_how(turn, understood, situation, playbook)
    if asks or (offered and "agree" in situation.acts and not understood.facts):
        return hand_off(situation, "asked", "the customer asked for a person")
    if "awaits_call" in situation.wishes and situation.known & {"phone", "email"}:
        return hand_off(situation, "asked", "the customer left a contact and asks when somebody gets in touch")
    return None


def _only_says_how(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> bool:
    """ "Call me on 093 275..." after a yes gives the number that was asked for, and a partner's "let's talk by phone"
    is a meeting to agree on: neither asks for another person in this talk."""
    if _PERSON.search(turn.text):
        return False
    gives = situation.agreed and any(fact.name == "phone" for fact in understood.facts)
    return gives or (playbook.audience == "partners" and "visit" in situation.wishes)


def hand_off(situation: Situation, reason: str, why: str) -> Decision:
    """Call a person; what the customer is told depends on whether one is there."""
    phrase = "hand_off_on_duty" if situation.on_duty else "hand_off_off_duty"
    return Decision(
        Action.HAND_OFF, "hand_off", situation.stage, phrase=phrase, reason=reason, outcome=_handed_off(situation),
        rules=(why,),
    )  # fmt: skip


def _handed_off(situation: Situation) -> OutcomeKind | None:
    """A person's talk ends it anew; a sale that was made stays made."""
    return None if situation.stage == "won" else OutcomeKind.HANDED_OFF


def complains(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Somebody who is angry about what was bought needs a person and an apology, not a sale."""
    if "complaint" not in situation.wishes:
        return None
    phrase = "complaint_on_duty" if situation.on_duty else "complaint_off_duty"
    return Decision(
        Action.HAND_OFF, "hand_off", situation.stage, phrase=phrase, reason="complaint",
        outcome=_handed_off(situation), rules=("the customer complains: a person is called at once",),
    )  # fmt: skip


def has_bought(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Whoever begins with what they have from us is asked what it is about, and sold nothing."""
    if "bought" not in situation.wishes or "return" in situation.wishes or turn.is_public:
        return None
    rules = ("speaks of what was bought before: asked what it is about",)
    return Decision(Action.REPLY, "answer", situation.stage, phrase="bought", rules=rules)


def is_rude(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "rude" not in situation.wishes or situation.acts & set(QUESTIONS):
        return None
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase="rude", pending="person",
        rules=("rude words: answered calmly, a person is offered",),
    )  # fmt: skip


def has_enough(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Who gives up on the talk, or mocks it, is not sold anything in the next breath."""
    if situation.acts & set(QUESTIONS) and "?" in turn.text:
        return None
    if "resigned" in situation.wishes:
        rules = ("the customer gives the talk up: taken with dignity, nothing is pushed",)
        return Decision(Action.REPLY, "answer", situation.stage, phrase="resigned", rules=rules)
    if "irony" in situation.wishes:
        rules = ("a mocking remark: taken seriously",)
        return Decision(Action.REPLY, "answer", situation.stage, phrase="irony", pending="person", rules=rules)
    return None


def _asks_for_own(turn: Turn, understood: Understood) -> bool:
    is_guess = understood.act == "ask_my_data" and understood.probability < _HEARD
    return not is_guess or bool(_OWN.search(turn.text))


def about_us(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if "ask_my_data" in situation.acts and _asks_for_own(turn, understood):
        phrase = "my_data" if turn.facts or understood.facts else "my_data_empty"
        return Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, rules=("asked what we know of them",))
    if "ask_bot_identity" in situation.acts:
        return Decision(
            Action.REPLY, "answer", situation.stage, phrase="bot_identity", rules=("asked whether this is a bot",)
        )
    if "hours" in situation.wishes and "visit" not in situation.wishes:
        return Decision(Action.REPLY, "answer", situation.stage, phrase="hours", rules=("asked when we are open",))
    return None


def playbook_hands_off(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if turn.conversation.holder is Holder.WAITING:
        return None
    for rule in playbook.handoff:
        if rule.when(situation):
            return hand_off(situation, rule.reason, f"the playbook hands off: {rule.reason}")
    return None


def commented(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Who praises or calls a friend in public gets one invitation to ask in private. Who wished to hear nothing more
    from us has not taken that back by commenting."""
    if not turn.is_public:
        return None
    if turn.conversation.opted_out:
        return Decision(Action.WAIT, "wait", situation.stage, rules=("a comment is no wish to be written to again",))
    if situation.acts & _WANTS_AN_ANSWER or understood.facts or understood.sku or "?" in turn.text:
        return None
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase="comment_invite",
        rules=("a comment without a question: invited to ask in private",),
    )  # fmt: skip


def no_words(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    if _repeats_a_sign(turn):
        return Decision(Action.WAIT, "wait", situation.stage, rules=("only signs, no words", "told so already"))
    if turn.text.strip() and understood.act == "other" and not any(sign.isalnum() for sign in turn.text):
        rules = ("only signs, no words",)
        return _once(turn, Decision(Action.REPLY, "answer", situation.stage, phrase="unclear", rules=rules))
    if turn.text.strip() or understood.facts or any(m.payload or m.kind is InboundKind.COMMAND for m in turn.messages):
        return None
    readable = any(
        item.kind in ("image", "file", "location", "contact") for m in turn.messages for item in m.attachments
    )
    phrase = "media_received" if readable else "unsupported"
    rules = ("nothing to read in the message",)
    return _once(turn, Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, rules=rules))


def _repeats_a_sign(turn: Turn) -> bool:
    """A second thumb up in a row says nothing new, unless what was asked last may be answered by one."""
    memory, text = turn.conversation.memory, turn.text.strip()
    if not text or any(sign.isalnum() for sign in text) or memory.pending or memory.last_move in _ANSWERED_BY_YES:
        return False
    before = next((line for line in reversed(turn.history) if line.role == "customer"), None)
    return before is not None and before.text.strip() == text and turn.now - before.at <= IN_A_ROW


def _once(turn: Turn, decision: Decision) -> Decision:
    """Ten stickers in a row are answered once: whoever was just told that nothing can be read needs no second word."""
    last, before = turn.conversation.memory.used[-1:], turn.conversation.last_inbound_at
    is_same = any(key.startswith(f"phrase.{decision.phrase}:") for key in last)
    if not is_same or before is None or turn.now - before > IN_A_ROW:
        return decision
    return replace(decision, action=Action.WAIT, move="wait", phrase=None, rules=(*decision.rules, "told so already"))


def keep_warm(turn: Turn, decision: Decision) -> Decision:
    """A person is called already and nobody is there yet: the bot goes on, without calling a second time."""
    is_waiting = turn.conversation.holder is Holder.WAITING
    if not is_waiting or decision.action is not Action.HAND_OFF or decision.reason == "complaint":
        return decision
    rules = (*decision.rules, "a person was called already, nobody is there yet: told when people are back")
    return Decision(Action.REPLY, "answer", decision.stage, phrase="waiting_off_duty", rules=rules)


HARD_RULES = (
    erase, stop, held, timer, arrived, asked_for_person, complains, has_bought, is_rude, has_enough, about_us,
    goes_on_elsewhere, commented, playbook_hands_off, no_words,
)  # fmt: skip
