"""What to do next, chosen before any text exists: pure rules over values, no waiting and no clock."""

from collections.abc import Iterator
from dataclasses import replace

from core.domain.conversation import Memory
from core.domain.outcomes import OutcomeKind
from core.domain.playbook import Move, Playbook
from core.domain.situation import Situation
from core.domain.turn import SILENCE, Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.choices import choose_products, recommend
from core.engine.hard_rules import HARD_RULES, hand_off, keep_warm
from core.engine.next_move import later_stage, next_move
from core.engine.objections import STUCK_LIMIT, answer_objection, answer_price
from core.engine.orders import answer_about_order
from core.engine.price_list import answer_from_price_list
from core.engine.questions import is_of_us
from core.engine.shelf import Shelf
from core.engine.wishes import is_bare_advice
from core.ports import StrategyValues

__all__ = ["SILENCE", "STUCK_LIMIT", "decide"]

_CLOSING_MOVES = frozenset({"offer", "ask_commitment", "confirm", "schedule"})
_SELLING_MOVES = _CLOSING_MOVES | {"ask_quantity", "recommend", "show_value", "send_material", "answer"}
_SMALL_TALK = frozenset({"thanks", "smalltalk"})
_DETAILS = frozenset({"ask_contact", "ask_email", "ask_name", "ask_city", "schedule"})
"""A no to one of these is no to a detail of the cooperation, not to all of it."""
_COURTESIES = frozenset({"thanks", "agree", "smalltalk"})
_ABOUT_THE_NEED = frozenset({"need", "budget"})
"""What may be asked right after an objection: anything else would push."""
_WITHOUT_A_QUESTION = frozenset({
    "thanks", "off_topic", "no_discount", "alternatives", "no_such_product", "out_of_stock_instead", "total_either",
    "total_unknown", "total_of_what", "restock_unknown", "resigned", "irony", "bought",
    "similar",
})  # fmt: skip
"""Phrases that want none after them, or end in one of their own: a yes to it is no yes to an offer."""


def decide(
    turn: Turn,
    understood: Understood,
    situation: Situation,
    playbook: Playbook,
    values: StrategyValues | None = None,
    shelf: Shelf | None = None,
) -> Decision:
    """The first rule that speaks wins; the last one always does."""
    for rule in HARD_RULES:
        decision = rule(turn, understood, situation, playbook)
        if decision:
            return keep_warm(turn, decision)
    return keep_warm(turn, _sell(turn, understood, situation, playbook, values, shelf or Shelf(turn.firm.products)))


def _sell(
    turn: Turn,
    understood: Understood,
    situation: Situation,
    playbook: Playbook,
    values: StrategyValues | None,
    shelf: Shelf,
) -> Decision:
    memory = turn.conversation.memory
    courtesy = _courtesy(turn, understood, situation)
    if courtesy:
        return courtesy
    if "bye" in situation.wishes:
        return Decision(Action.REPLY, "farewell", situation.stage, phrase="farewell", rules=("a goodbye is returned",))
    if _wont_buy(understood, situation) or (not understood.facts and _declines_the_sale(situation, memory.last_move)):
        return Decision(
            Action.REPLY, "farewell", "lost", phrase=None if playbook.find_move("farewell") else "farewell",
            outcome=OutcomeKind.DECLINED,
            rules=("the customer declined",),
        )  # fmt: skip
    if situation.stage == "lost" or (situation.stage == "won" and _begins_anew(situation)):
        situation = replace(situation, stage="discovery")
    about_order = answer_about_order(turn, understood, situation, shelf) if playbook.audience == "buyers" else None
    if about_order:
        return _with_question(about_order, situation, playbook, memory, values)
    listed = answer_from_price_list(turn, understood, situation, shelf)
    if listed:
        return _with_question(listed, situation, playbook, memory, values)
    shown = choose_products(turn, understood, situation, playbook, shelf)
    if shown:
        return shown
    for found in _answers(turn, understood, situation, playbook, shelf):
        return _with_question(found, situation, playbook, memory, values)
    if "return" in situation.told:
        why = "something is being given back: nothing is sold, a person is offered"
        return Decision(Action.REPLY, "answer", situation.stage, phrase="offer_person", pending="person", rules=(why,))
    return _lead(turn, understood, situation, playbook, values, shelf)


def _with_question(
    found: Decision, situation: Situation, playbook: Playbook, memory: Memory, values: StrategyValues | None
) -> Decision:
    """An answer is followed by the one question that leads on."""
    follow = next_move(replace(situation, answered=True), playbook, memory, values, only_asking=True)
    if follow and _may_follow(found, follow, situation, memory):
        return replace(found, follow_move=follow.id, asks=follow.asks)
    return found


def _lead(
    turn: Turn,
    understood: Understood,
    situation: Situation,
    playbook: Playbook,
    values: StrategyValues | None,
    shelf: Shelf,
) -> Decision:
    memory = turn.conversation.memory
    lead = _wished(situation, playbook, memory.last_move) or next_move(situation, playbook, memory, values)
    if lead is None:
        return _nothing_to_lead_with(understood, situation)
    if lead.id == "recommend":
        shown = recommend(turn, understood, situation, playbook, shelf)
        if shown:
            return shown
    if lead.id == "summarize" or lead.stage == "won":
        return _close(lead, situation, playbook)
    stage = later_stage(playbook, situation.stage, lead.stage)
    then = None if lead.asks or _asks(lead) else _question_after(lead, situation, playbook, memory, values)
    return Decision(
        Action.REPLY, lead.id, stage, asks=then.asks if then else lead.asks, follow_move=then.id if then else None,
        rules=(f"the next open move of the playbook is {lead.id}",),
    )  # fmt: skip


def _question_after(
    lead: Move, situation: Situation, playbook: Playbook, memory: Memory, values: StrategyValues | None
) -> Move | None:
    """Words that ask nothing are followed by the one question that leads on."""
    after = replace(situation, done=situation.done | {lead.id})
    return next_move(after, playbook, replace(memory, last_move=lead.id), values, only_asking=True)


def _close(lead: Move, situation: Situation, playbook: Playbook) -> Decision:
    """A recap, the confirmation and the one thing still missing go together: the sale is made."""
    rest = replace(situation, done=situation.done | {lead.id}, stage="won")
    after = [m for m in playbook.moves if m.id != lead.id and m.stage == "won" and m.is_open(rest)]
    confirm = next((m for m in after if m.asks is None), None) if lead.stage != "won" else None
    done = rest.done | ({confirm.id} if confirm else set())
    asking = next(
        (m for m in after if m.asks and m.asks not in situation.known and m.is_open(replace(rest, done=done))), None
    )
    if confirm and _asks(lead):
        confirm = asking = None
    said = [move.id for move in (confirm, asking) if move]
    outcome = _outcome(playbook, situation) if confirm or lead.stage == "won" else None
    return Decision(
        Action.REPLY, lead.id, "won" if outcome else situation.stage, asks=asking.asks if asking else None,
        follow_move=said[0] if said else None, also=tuple(said[1:]),
        outcome=outcome if situation.stage != "won" else None,
        rules=("agreed and reachable: summed up and confirmed",),
    )  # fmt: skip


def _asks(move: Move) -> bool:
    """Its words end in a question of their own: nothing can be confirmed before that is answered."""
    return any("?" in text for texts in move.templates.values() for text in texts)


def _wished(situation: Situation, playbook: Playbook, last_move: str | None) -> Move | None:
    """A move that the customer asks for goes before the playbook's order."""
    for wish, move_id in (("materials", "send_material"), ("visit", "schedule")):
        move = playbook.find_move(move_id)
        again = wish == "materials"
        wanted = wish in situation.wishes and move is not None and (move.id != last_move or again)
        is_told = move is not None and move.asks in situation.known and "some_week" not in situation.wishes
        if wanted and move and not is_told and move.is_open(situation):
            return move
    contact = playbook.find_move("ask_contact")
    is_set = "visit" in situation.wishes and "schedule" in situation.done and "deadline" in situation.known
    reachable = situation.known & {"phone", "email"}
    return contact if is_set and contact and not reachable and contact.is_open(situation) else None


def _begins_anew(situation: Situation) -> bool:
    """A new wish of somebody who has bought already."""
    return bool(situation.acts & {"ask_price", "ask_product", "state_need"}) or "advice" in situation.wishes


def _wont_buy(understood: Understood, situation: Situation) -> bool:
    """Said in so many words, and not of one thing among several."""
    return "wont_buy" in situation.wishes and not understood.sku and not understood.mentioned


def _declines_the_sale(situation: Situation, last_move: str | None) -> bool:
    if situation.acts & {*QUESTIONS, *OBJECTIONS, "agree", "state_need"}:
        return False
    if "no_thanks" in situation.wishes and situation.role == "partner":
        return last_move not in _DETAILS
    if "no_thanks" in situation.wishes:
        ended = last_move in (None, "greet", "farewell", "follow_up") or str(last_move).startswith("handle_")
        return ended or last_move in _SELLING_MOVES
    return "decline" in situation.acts and (last_move in _CLOSING_MOVES or last_move in (None, "greet", "farewell"))


def _may_follow(found: Decision, follow: Move, situation: Situation, memory: Memory) -> bool:
    """No push after an objection, no question twice in a row to somebody who asks back, nothing after the sale."""
    if situation.stage == "won" or found.pending or found.phrase in _WITHOUT_A_QUESTION or "return" in situation.told:
        return False
    if found.objection:
        return follow.asks in _ABOUT_THE_NEED and found.objection not in ("object_timing", "object_trust")
    if follow.id == "recommend" and memory.offered:
        return False
    return follow.id != memory.last_move


def _answers(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, shelf: Shelf
) -> Iterator[Decision]:
    """Objections and questions are answered first; the lead follows."""
    stage = situation.stage
    asked = _asked(turn, understood)
    if understood.act == "object_price" or ("discount" in situation.wishes and not asked):
        yield answer_price(turn, understood, situation, playbook, shelf)
    if understood.act in OBJECTIONS and playbook.find_objection(understood.act):
        yield answer_objection(understood.act, situation, playbook)
    if _wished(situation, playbook, turn.conversation.memory.last_move) and "ask_price" not in asked:
        return
    if asked:
        yield Decision(Action.REPLY, "answer", stage, search=True, rules=(f"a question is answered first: {asked[0]}",))
    elif understood.act == "smalltalk" and "?" in turn.text and "courtesy" not in situation.wishes:
        yield _aside(turn, stage)
    elif understood.act in _SMALL_TALK and "buy" not in situation.wishes:
        yield Decision(Action.REPLY, "answer", stage, phrase=understood.act, rules=("a courtesy is returned",))
    elif _is_new_product(turn, understood, situation):
        yield Decision(Action.REPLY, "answer", stage, phrase="price", rules=("a product is named: its price is told",))
    elif "unsure" in situation.wishes:
        return
    elif understood.act == "other" and not understood.facts and not situation.agreed and situation.turns:
        yield Decision(Action.REPLY, "answer", stage, search=True, rules=("not understood: the knowledge is asked",))


def _aside(turn: Turn, stage: str) -> Decision:
    if is_of_us(turn.text):
        return Decision(Action.REPLY, "answer", stage, search=True, rules=("a question put to us: it is looked up",))
    return Decision(Action.REPLY, "answer", stage, phrase="off_topic", rules=("a question about something else",))


def _asked(turn: Turn, understood: Understood) -> list[str]:
    return [] if is_bare_advice(understood, turn) else [act for act in understood.acts if act in QUESTIONS]


def _courtesy(turn: Turn, understood: Understood, situation: Situation) -> Decision | None:
    """What needs no selling: a no to the offer of a person, a thanks after a goodbye."""
    memory = turn.conversation.memory
    asks = "?" in turn.text or situation.acts & {*QUESTIONS, *OBJECTIONS}
    is_plain = not asks and not situation.wishes & {"no_thanks", "bye"}
    if memory.pending == "person" and "decline" in situation.acts and is_plain:
        return Decision(
            Action.REPLY, "answer", situation.stage, phrase="no_person", rules=("the customer wants no person",)
        )
    if memory.last_move == "farewell" and situation.acts <= _COURTESIES and not understood.facts:
        if turn.conversation.opted_out:
            rules = ("a courtesy is no wish to be written to again",)
            return Decision(Action.WAIT, "wait", situation.stage, rules=rules)
        return Decision(Action.REPLY, "answer", situation.stage, phrase="thanks", rules=("a courtesy is returned",))
    return None


def _is_new_product(turn: Turn, understood: Understood, situation: Situation) -> bool:
    """Named now, and its price was not told in what was shown."""
    memory = turn.conversation.memory
    product = turn.firm.product(understood.sku)
    if (
        product is None
        or situation.agreed
        or situation.role == "partner"
        or understood.sku in (memory.focus, *memory.offered)
    ):
        return False
    return product.is_priced_on(turn.firm.today(turn.now))


def _nothing_to_lead_with(understood: Understood, situation: Situation) -> Decision:
    if situation.stage == "won":
        phrase = "noted" if understood.facts else "thanks"
        return Decision(Action.REPLY, "answer", "won", phrase=phrase, rules=("the sale is made",))
    if understood.act == "other" and not understood.facts:
        return Decision(Action.REPLY, "answer", situation.stage, search=True, rules=("nothing to lead with",))
    if "give_contact" in situation.acts and situation.known & {"phone", "email"}:
        return hand_off(situation, "contact_given", "a contact is there and nothing is left to ask: a person goes on")
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase="offer_person", pending="person",
        rules=("every move of the playbook is made",),
    )  # fmt: skip


def _outcome(playbook: Playbook, situation: Situation) -> OutcomeKind:
    """A talk or a visit at a time that was agreed on is a meeting, whoever comes."""
    if "deadline" in situation.known and ("schedule" in situation.done or playbook.audience == "partners"):
        return OutcomeKind.MEETING
    return OutcomeKind.PARTNER_SIGNED if playbook.audience == "partners" else OutcomeKind.LEAD_WON
