"""Answers about what was picked: how much it is together, what is left of it, when sold-out goods are back."""

from core.domain.firm import Product
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS
from core.engine.basket import find_dropped, named_apart
from core.engine.counts import find_measured
from core.engine.hard_rules import hand_off
from core.engine.questions import is_about_terms
from core.engine.shelf import Shelf
from core.engine.totals import Total, build_total


def answer_about_order(turn: Turn, understood: Understood, situation: Situation, shelf: Shelf) -> Decision | None:
    """The sum as code works it out; none is told when one price is unknown."""
    if situation.wishes & {"restock", "notify"}:
        return _restock(turn, understood, situation, shelf)
    asks = "total" in situation.wishes and not is_about_terms(turn.text)
    if not (asks or _asks_price_of_many(turn, understood) or _changes_several(turn, understood, shelf)):
        return None
    total = build_total(turn, understood, shelf)
    if total.rows:
        return _told(total, situation)
    if asks and not turn.conversation.memory.offered:
        return _say(situation, "total_of_what", "asked for a sum and nothing is picked yet")
    return None


def _told(total: Total, situation: Situation) -> Decision:
    if total.unpriced:
        why = "a price of what was picked is not valid: no sum is told"
        return _say(situation, "total_unknown", why, pending="person")
    if total.either:
        return _say(situation, "total_either", "asked for the sum before choosing: with each of what was shown")
    return _say(situation, "total", "the sum of what was picked is worked out from the price list")


def _asks_price_of_many(turn: Turn, understood: Understood) -> bool:
    told = next((fact.value for fact in understood.facts if fact.name == "quantity"), find_measured(turn.text))
    is_of_product = understood.sku or turn.conversation.memory.focus
    asks = "ask_price" in understood.acts and not is_about_terms(turn.text) and len(understood.mentioned) < 2
    return bool(asks and is_of_product and isinstance(told, int) and told > 1)


def _changes_several(turn: Turn, understood: Understood, shelf: Shelf) -> bool:
    """Several things are taken at once, or one of them is not wanted any more."""
    if set(understood.acts) & set(OBJECTIONS):
        return False
    taken = sum(item.taken for item in understood.basket)
    takes_several = "buy" in understood.wishes and taken > 1 and len(named_apart(turn.text, shelf)) > 1
    wanted = {item.sku for item in turn.conversation.memory.basket if item.taken}
    return takes_several or bool(taken and find_dropped(turn, shelf) & wanted)


def _restock(turn: Turn, understood: Understood, situation: Situation, shelf: Shelf) -> Decision | None:
    """What is known, and no date that nobody gave."""
    product = _meant(turn, understood, shelf)
    if product is None or ("ask_terms" in understood.acts and product.in_stock != 0):
        return None
    if product.in_stock == 0 and "notify" in situation.wishes:
        return hand_off(situation, "notify", "asked to be told when it is back: a person has to see to that")
    if product.in_stock == 0:
        why = "asked when it is back: nobody told us, so a person is offered"
        return _say(situation, "restock_unknown", why, picks=(product.sku,), pending="person")
    if product.in_stock and "delivery_time" not in situation.wishes:
        return _say(situation, "in_stock", "asked when it is there: it is")
    return None


def _meant(turn: Turn, understood: Understood, shelf: Shelf) -> Product | None:
    """The product named, else the sold-out one that was talked of last, else the one under discussion."""
    memory = turn.conversation.memory
    talked = [product for item in reversed(memory.basket) if (product := shelf.find(item.sku))]
    sold_out = next((product for product in talked[:2] if product.in_stock == 0), None)
    return shelf.find(understood.sku) or sold_out or shelf.find(memory.focus)


def _say(
    situation: Situation, phrase: str, why: str, *, picks: tuple[str, ...] = (), pending: str | None = None
) -> Decision:
    return Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, picks=picks, pending=pending, rules=(why,))
