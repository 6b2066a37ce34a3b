"""Which playbook a talk goes by: what people say they are, then what they ask for, then whom the firm expects."""

import re
from dataclasses import replace
from typing import Final

from core.domain.playbook import Playbook
from core.domain.turn import Turn, Understood
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted
from core.engine.wishes import find_told

_AUDIENCES: Final = {"partner": "partners", "buyer": "buyers"}
_OWN_USE: Final = re.compile(
    r"\bдо ?дому\b|\bвдома\b|\bдомой\b|\bдома\b|\b(?:для|в|у|на) (?:\w+ )?(?:дом|дім|кухн|квартир|офіс|офис)\w*|"
    r"\bдля сім|\bдля семьи|\bподарун\w+|\bподарок\w*|"
    r"\b(?:at|for|my|our) (?:home|house|kitchen|flat|apartment|office)\b|\bfor (?:my|our|an?|the)(?: \w+)? "
    r"(?:home|house|kitchen|flat|apartment|office|family)\b|\bgift\b|\bfor my (?:wife|husband|mum|mom|dad|parents)\b",
    re.IGNORECASE,
)
_OF_GOODS: Final = frozenset({"ask_price", "ask_product", "state_need"})
_WANTS_GOODS: Final = frozenset({"buy", "stock", "cheaper", "compare"})


def role(turn: Turn, understood: Understood) -> str:
    """buyer, partner, or nothing yet."""
    said = next((fact.value for fact in reversed(understood.facts) if fact.name == "role"), None)
    if said is None and "role" in turn.facts:
        said = turn.facts["role"].value
    if said is None and "ask_partnership" in understood.acts:
        said = "partner"
    return str(said) if said else turn.conversation.role


def role_said_here(turn: Turn, understood: Understood) -> str:
    """What this conversation may keep: a role told at another door would stay here after a split."""
    own = {name: fact for name, fact in turn.facts.items() if not fact.linked}
    return role(replace(turn, facts=own), understood)


def choose_playbook(turn: Turn, understood: Understood, shelf: Shelf) -> Playbook:
    """A person who turns out to be of another audience goes on with that audience's newest playbook. Before anything
    is known of a person, the firm says whom it expects on the channel."""
    said = role(turn, understood)
    audience = _AUDIENCES.get(said, turn.playbook.audience)
    if not said and not turn.conversation.memory.turns:
        audience = turn.firm.audiences.get(turn.conversation.channel, audience)
    if not said and audience == "partners" and wants_to_buy(turn, understood, shelf):
        audience = "buyers"
    if audience == turn.playbook.audience:
        return turn.playbook
    return turn.playbooks.get(audience, turn.playbook)


def wants_to_buy(turn: Turn, understood: Understood, shelf: Shelf) -> bool:
    """People who choose, price or order goods are buyers without saying so; of a café or a shop only those who want
    one thing, or have a sum for it."""
    if understood.sku or understood.mentioned or understood.wishes & {"advice", "buy"}:
        return True
    if any(fact.name == "budget" for fact in understood.facts) or _OWN_USE.search(turn.text):
        return True
    asks = _OF_GOODS & set(understood.acts) or _WANTS_GOODS & understood.wishes
    if not asks or "trade" in {*turn.conversation.memory.told, *find_told(turn.text)}:
        return False
    return bool(shelf.pick(Wanted(now=turn.text), turn.firm.today(turn.now)).products)
