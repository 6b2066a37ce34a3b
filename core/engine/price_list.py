"""What the price list alone answers: prices in general, what is in stock, what was meant, what we do not have."""

from collections.abc import Iterable, Sequence

from core.domain.firm import Product
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS
from core.engine.questions import is_about_terms
from core.engine.refer import is_bare_price
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted, is_for_sale

_EXAMPLES = 5


def answer_from_price_list(turn: Turn, understood: Understood, situation: Situation, shelf: Shelf) -> Decision | None:
    """Nothing of this is looked up in pages: they speak of other prices and other stock."""
    if "unknown_model" in understood.wishes:
        near = [p for p in shelf.of_brand(turn.text) if is_for_sale(p, turn.firm.today(turn.now))]
        return _say(situation, "no_such_product", near[:3], "a model that we do not have was named: the near ones")
    if set(understood.acts) & set(OBJECTIONS) or len(understood.mentioned) > 1:
        return None
    focus = shelf.find(understood.sku or turn.conversation.memory.focus)
    if "meant" in understood.wishes and focus and understood.sku:
        return _say(situation, "price", (), "what was meant is said with its price")
    asks_cheaper = "cheaper" in understood.wishes and understood.sku is None
    if "stock" in understood.wishes and not asks_cheaper and "ask_terms" not in understood.acts:
        return _stock(turn, understood, situation, shelf, focus)
    if understood.sku is None and focus is None and not turn.conversation.memory.offered:
        return _prices(turn, understood, situation, shelf)
    if "prices" in understood.wishes and understood.sku is None:
        return _prices(turn, understood, situation, shelf)
    return None


def _stock(
    turn: Turn, understood: Understood, situation: Situation, shelf: Shelf, focus: Product | None
) -> Decision | None:
    if understood.sku is None and is_about_terms(turn.text):
        return None
    today = turn.firm.today(turn.now)
    described = shelf.pick(Wanted(now=turn.text), today).products if not understood.sku else ()
    if described and (focus is None or focus not in described):
        return _say(situation, "available", described, "asked whether such things are there: those that are")
    if focus and focus.is_priced_on(today):
        if focus.in_stock == 0:
            near = sorted(shelf.alike(focus, today), key=lambda p: abs(p.price - focus.price))[:3]
            phrase = "out_of_stock_instead" if near else "out_of_stock"
            return _say(situation, phrase, near, "sold out: others of its kind are shown")
        return _say(situation, "in_stock", (), "asked whether it is in stock: the price list knows")
    offered = [p for sku in turn.conversation.memory.offered if (p := shelf.find(sku)) and is_for_sale(p, today)]
    return _say(situation, "available", offered, "asked what of the shown is in stock") if offered else None


def _prices(turn: Turn, understood: Understood, situation: Situation, shelf: Shelf) -> Decision | None:
    asks = "prices" in understood.wishes or is_bare_price(turn.text)
    today = turn.firm.today(turn.now)
    if not asks or shelf.pick(Wanted(now=turn.text), today).products:
        return None
    examples = shelf.examples(today, _EXAMPLES)
    return _say(situation, "prices", examples, "asked for prices in general: a few of each kind") if examples else None


def _say(situation: Situation, phrase: str, picks: Sequence[Product] | Iterable[Product], why: str) -> Decision:
    skus = tuple(product.sku for product in picks)
    return Decision(Action.REPLY, "answer", situation.stage, phrase=phrase, picks=skus, rules=(why,))
