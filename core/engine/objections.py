"""Objections: the playbook's answer; to the price first the value, then an honest alternative, then a person."""

from dataclasses import replace

from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.engine.choices import find_cheaper
from core.engine.next_move import later_stage
from core.engine.shelf import Shelf

STUCK_LIMIT = 2


def answer_objection(act: str, situation: Situation, playbook: Playbook) -> Decision:
    move = "handle_" + act.removeprefix("object_")
    stage = situation.stage
    new = later_stage(playbook, stage, "objections") if stage not in ("won", "lost") else stage
    return Decision(Action.REPLY, move, new, objection=act, rules=(f"an objection is answered: {act}",))


def answer_price(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, shelf: Shelf
) -> Decision:
    """First the value, then an honest alternative, then a person: never a discount that no policy names."""
    base = replace(answer_objection("object_price", situation, playbook), objection=None)
    times = turn.conversation.memory.objected
    cheaper = find_cheaper(turn, understood, shelf)
    skus = tuple(product.sku for product in cheaper)
    if "discount" in situation.wishes and times < STUCK_LIMIT:
        why = "a discount that no policy names is not given"
        return replace(base, phrase="no_discount", picks=skus, pending=None if skus else "person", rules=(why,))
    if times == 0 and playbook.find_objection("object_price"):
        return replace(base, objection="object_price")
    if times == 1 and cheaper:
        return replace(base, phrase="alternatives", picks=skus, rules=("the price again: an honest alternative",))
    return replace(
        base,
        phrase="offer_person",
        pending="person",
        rules=("the price again and nothing cheaper: a person is offered",),
    )
