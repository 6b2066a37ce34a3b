"""Which products to show: compared, cheaper, in place of what is sold out, or fit for the need."""

from decimal import Decimal

from core.domain.facts import FactValue
from core.domain.firm import Product
from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.next_move import later_stage
from core.engine.owned import find_owned
from core.engine.places import find_places
from core.engine.refer import NO_FOCUS
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Picks, Wanted

_PLAIN = 4
"""Words of a plain yes."""
_SAID_BEFORE = 4
"""Earlier messages of the customer that still tell something about the need."""


def choose_products(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, shelf: Shelf
) -> Decision | None:
    """A reply that shows products, when the customer's words ask for one."""
    today = turn.firm.today(turn.now)
    stage = _stage(playbook, situation)
    if len(understood.mentioned) > 1 and "buy" not in situation.wishes:
        return _show(stage, "compare", understood.mentioned, "several products were named: shown side by side")
    offered = turn.conversation.memory.offered
    if "compare" in situation.wishes and len(offered) > 1:
        return _show(stage, "compare", offered, "asked to compare what was shown")
    takes_one = "buy" in situation.wishes and not (understood.sku or turn.conversation.memory.focus)
    if _chooses_none(turn, understood, situation) or (takes_one and len(offered) > 1 and not understood.mentioned):
        return _show(stage, "compare", offered, "yes to several: asked which one")
    if "similar" in situation.wishes and (kin := _alike(turn, understood, shelf)):
        return _show(stage, "similar", kin, "asked for something like it: the nearest of its kind are shown")
    named = shelf.find(understood.sku)
    if named and "advice" in situation.wishes and named.sku not in understood.mentioned:
        named = None  # a word of its name says what for: "what should I take for pour-over?"
    if named is not None and named.in_stock == 0:
        near = sorted(shelf.alike(named, today), key=lambda p: abs(p.price - named.price))[:3]
        phrase = "out_of_stock_instead" if near else "out_of_stock"
        return _show(stage, phrase, tuple(p.sku for p in near), "the product is sold out: others of its kind are shown")
    is_first = not turn.conversation.memory.focus and not offered
    asks_cheaper = "cheaper" in situation.wishes and ("?" in turn.text or is_first)
    if understood.act in OBJECTIONS and not asks_cheaper:
        return None
    if "cheaper" in situation.wishes and named is None:
        return _cheaper(turn, understood, stage, shelf)
    if "advice" in situation.wishes and named is None and playbook.audience == "buyers":
        return recommend(turn, understood, situation, playbook, shelf)
    return None


def _alike(turn: Turn, understood: Understood, shelf: Shelf) -> tuple[str, ...]:
    """Of the product under discussion, or talked of last."""
    memory = turn.conversation.memory
    talked = [item.sku for item in memory.basket[-1:]]
    base = shelf.find(next(filter(None, (understood.sku, memory.focus, *talked)), None))
    if base is None:
        return ()
    near = sorted(shelf.alike(base, turn.firm.today(turn.now)), key=lambda p: abs(p.price - base.price))
    return tuple(product.sku for product in near[:3])


def _chooses_none(turn: Turn, understood: Understood, situation: Situation) -> bool:
    """A yes to several others, just shown in place of the product under discussion, takes none of them."""
    memory = turn.conversation.memory
    says_yes = "agree" in understood.acts or "buy" in situation.wishes
    others = len(memory.offered) > 1 and memory.focus and memory.focus not in memory.offered
    plain = not understood.sku and len(turn.text.split()) <= _PLAIN and not {*QUESTIONS, *OBJECTIONS} & situation.acts
    return bool(says_yes and others and plain and memory.last_move == "recommend")


def recommend(
    turn: Turn, understood: Understood, situation: Situation, playbook: Playbook, shelf: Shelf
) -> Decision | None:
    """What fits the need; nothing while nothing that was told tells one product from another."""
    offered = turn.conversation.memory.offered
    if "agree" in situation.acts and len(offered) > 1:
        return _show(_stage(playbook, situation), "compare", offered, "yes to several: asked which one")
    picks = pick_for_need(turn, understood, shelf)
    if not (picks.products or picks.over_budget) or playbook.audience == "partners":
        return None
    phrase = "over_budget" if picks.over_budget else None
    return Decision(
        Action.REPLY, "recommend", _stage(playbook, situation), asks=None if phrase else "product", phrase=phrase,
        picks=_skus(picks.products), rules=("what fits the need, the budget and the stock is shown",),
    )  # fmt: skip


def pick_for_need(turn: Turn, understood: Understood, shelf: Shelf) -> Picks:
    return shelf.pick(build_wanted(turn, understood, shelf), turn.firm.today(turn.now))


def has_clear_fit(turn: Turn, understood: Understood, shelf: Shelf) -> bool:
    """What was told leaves few enough to be shown at once: who knows the prices need not be asked for a budget."""
    if not {"state_need", "ask_product"} & set(understood.acts) and "advice" not in understood.wishes:
        return False
    return pick_for_need(turn, understood, shelf).is_clear


def build_wanted(turn: Turn, understood: Understood, shelf: Shelf) -> Wanted:
    """The present words weigh most; after a change of mind what was said before says nothing."""
    facts: dict[str, FactValue] = {name: fact.value for name, fact in turn.facts.items()}
    facts |= {fact.name: fact.value for fact in understood.facts}
    budget = facts.get("budget")
    amount = budget if isinstance(budget, dict) else {}
    quantity = facts.get("quantity")
    forgotten = turn.conversation.memory.focus == NO_FOCUS
    earlier = [line.text for line in turn.history if line.role == "customer"][-_SAID_BEFORE:]
    said = "\n".join([*earlier, turn.text])
    beside = turn.firm.product(understood.sku or turn.conversation.memory.focus)
    return Wanted(
        now=turn.text,
        need=str(facts.get("need", "")),
        before="" if forgotten else "\n".join(earlier),
        without=find_owned(said, shelf),
        places=find_places(" ".join(beside.suits.values())) if beside else frozenset(),
        budget=Decimal(str(amount["amount"])) if amount else None,
        currency=amount.get("currency"),
        quantity=quantity if isinstance(quantity, int) else None,
    )


def find_cheaper(turn: Turn, understood: Understood, shelf: Shelf) -> tuple[Product, ...]:
    """Cheaper ones of the kind under discussion."""
    focus = shelf.find(understood.sku or turn.conversation.memory.focus)
    return tuple(shelf.cheaper(focus, turn.firm.today(turn.now))) if focus else ()


def _cheaper(turn: Turn, understood: Understood, stage: str, shelf: Shelf) -> Decision | None:
    offered = [product for sku in turn.conversation.memory.offered if (product := shelf.find(sku))]
    focus = shelf.find(turn.conversation.memory.focus) or min(offered, key=lambda p: p.price, default=None)
    if focus is None:
        picks = sorted(pick_for_need(turn, understood, shelf).products, key=lambda p: p.price)
        return _show(stage, "alternatives", _skus(picks), "asked for something cheaper") if picks else None
    found = shelf.cheaper(focus, turn.firm.today(turn.now))
    if not found:
        return _show(stage, "nothing_cheaper", (focus.sku,), "asked for something cheaper: there is nothing")
    return _show(stage, "alternatives", _skus(found), "asked for something cheaper")


def _show(stage: str, phrase: str, skus: tuple[str, ...], why: str) -> Decision:
    return Decision(Action.REPLY, "recommend", stage, phrase=phrase, picks=skus[:3], rules=(why,))


def _skus(products: tuple[Product, ...] | list[Product]) -> tuple[str, ...]:
    return tuple(product.sku for product in products)


def _stage(playbook: Playbook, situation: Situation) -> str:
    return later_stage(playbook, situation.stage, "presentation") if situation.stage != "won" else "won"
