"""What a text points at without naming it: "and this one?", "the cheaper one", "no, I meant the small one"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from core.domain.conversation import Memory
from core.domain.facts import FoundFact
from core.domain.firm import Product
from core.domain.messages import InboundKind
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS
from core.engine.models_said import rental_of, with_numbered
from core.engine.shelf import Shelf, Wanted
from core.engine.sober import (
    proposing_time,
    refusing,
    rivalling,
    sober,
    without_false_objection,
    without_offered_price,
    without_partnership,
    without_product,
    without_unknown_model,
    witness,
)
from core.engine.wishes import find_wishes

RETURNS_AFTER: Final = timedelta(hours=24)
"""Who writes again after so long has come back: greeted anew, and the sale goes on from what is known."""

NO_FOCUS: Final = ""
"""The memory's focus after a change of mind: nothing is under discussion, whatever was before."""

_ORDINALS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:перш(?:ий|а|у|е|ого)|перв(?:ый|ая|ую|ое|ого)|the first|first one|number one)\b(?!\s+(?:замовл|"
        r"заказ|раз|order|time))",
        r"\b(?:друг(?:ий|а|у|е|ого)|втор(?:ой|ая|ую|ое|ого)|the second|second one)\b(?!\s+(?:раз|time))",
        r"\b(?:трет(?:ій|я|ю|є|ього|ий|ья|ью|ье|ьего)|the third|third one)\b(?!\s+(?:раз|time))",
    )
)
_LAST: Final = re.compile(r"\b(?:останн(?:ій|я|ю|є)|последн(?:ий|яя|юю|ее)|the last one)\b", re.IGNORECASE)
_OPEN_QUESTION: Final = re.compile(
    r"\?|\b(?:є|буде|маєте|щось|якийсь|есть|будет|имеется|что-то|что-нибудь|какой-то|anything|something|any|"
    r"do you have|is there)\b",
    re.IGNORECASE,
)
_BARE_PRICE: Final = re.compile(
    r"^\W*(?:а |and |so |ну )?(?:скільки (?:це |вони |він |вона )?(?:кошту\w+|буде)|(?:яка |і )?ціна|по ?чому|"
    r"сколько (?:это |они |он |она )?(?:сто\w+|будет)|(?:какая |и )?цена|поч[её]м|за сколько|"
    r"how much(?: is it| are they| would it be)?|(?:and |what(?:'|’)?s )?(?:the )?price)\W*$",
    re.IGNORECASE,
)
"""A price is asked, and nothing is said of what."""
_NUMBER: Final = re.compile(r"(?:№|#|номер |number )?([1-9])[.)!]?", re.IGNORECASE)
_SHORT: Final = 8


def is_bare_price(text: str) -> bool:
    return bool(_BARE_PRICE.match(text))


def has_returned(turn: Turn) -> bool:
    last = turn.conversation.last_inbound_at
    is_timer = all(message.kind is InboundKind.FOLLOW_UP for message in turn.messages)
    return (
        bool(turn.conversation.memory.turns) and not is_timer and last is not None and turn.now - last > RETURNS_AFTER
    )


_ONCE: Final = frozenset({"show_value", "send_material", "ask_situation"})
"""Not said again to somebody who comes back."""


def renew(turn: Turn) -> Turn:
    """Who comes back after a long gap is not met with what was refused or asked then."""
    if not has_returned(turn):
        return turn
    old = turn.conversation.memory
    kept = tuple(sorted(_ONCE))
    memory = replace(old, done=kept, asked={}, stuck=0, objected=0, agreed=False, pending=None, last_move=None)
    return replace(turn, conversation=replace(turn.conversation, memory=memory))


def refer(turn: Turn, understood: Understood, shelf: Shelf) -> Understood:
    """The same understanding, with the wishes, the products that are named, and the one that is meant."""
    text, memory = turn.text, turn.conversation.memory
    found = replace(understood, wishes=find_wishes(text), mentioned=shelf.mentions(text))
    found = with_numbered(sober(found, turn, shelf), turn, shelf)
    found = without_offered_price(without_unknown_model(found, text, shelf), turn)
    if "unknown_model" in found.wishes:
        return found
    beside = memory.focus or (memory.offered[0] if len(memory.offered) == 1 else None)
    if "compare" in found.wishes and len(found.mentioned) == 1 and beside and beside not in found.mentioned:
        found = replace(found, mentioned=(beside, *found.mentioned))
    if len(memory.offered) > 1 and not memory.focus and not found.mentioned and _BARE_PRICE.match(text):
        found = replace(found, mentioned=memory.offered)
    if len(found.mentioned) > 1:
        return without_product(found)
    meant = found.mentioned[0] if found.mentioned else found.sku or _meant(found, turn, shelf)
    product = rental_of(turn, replace(found, sku=meant), shelf) or shelf.find(meant)
    if product and product.sku != found.sku:
        found = _with_product(found, product, turn)
    found = without_partnership(without_false_objection(proposing_time(found, turn)), turn)
    return rivalling(refusing(found, text), text)


def changed_mind(turn: Turn, understood: Understood, shelf: Shelf) -> bool:
    """A new need that the product under discussion does not meet."""
    focus = shelf.find(turn.conversation.memory.focus)
    if focus is None or understood.sku or understood.mentioned or "state_need" not in understood.acts:
        return False
    fits = shelf.pick(Wanted(now=turn.text), turn.firm.today(turn.now)).products
    kin = {p.sku for p in shelf.alike(focus, turn.firm.today(turn.now))} | {focus.sku}
    return bool(fits) and not any(product.sku in kin for product in fits)


def forget_focus(turn: Turn) -> Turn:
    memory = replace(turn.conversation.memory, focus=NO_FOCUS, offered=(), objected=0, agreed=False)
    return replace(turn, conversation=replace(turn.conversation, memory=memory))


def _meant(understood: Understood, turn: Turn, shelf: Shelf) -> str | None:
    memory, text, wishes = turn.conversation.memory, turn.text, understood.wishes
    offered = [product for sku in memory.offered if (product := shelf.find(sku))]
    is_short = len(text.split()) <= _SHORT
    if _BARE_PRICE.match(text) and (memory.focus or len(offered) == 1):
        return memory.focus or offered[0].sku
    number = _NUMBER.fullmatch(text.strip())
    if number and not memory.focus and 0 < int(number.group(1)) <= len(offered) > 1:
        return offered[int(number.group(1)) - 1].sku
    if offered and is_short:
        for place, pattern in enumerate(_ORDINALS):
            if pattern.search(text) and place < len(offered):
                return offered[place].sku
        if _LAST.search(text):
            return offered[-1].sku
    if (
        len(offered) > 1
        and is_short
        and (("cheaper" in wishes and not _OPEN_QUESTION.search(text)) or "smaller" in wishes)
    ):
        return min(offered, key=lambda p: p.price).sku
    if len(offered) > 1 and is_short and "bigger" in wishes:
        return max(offered, key=lambda p: p.price).sku
    says_yes = "agree" in understood.acts or "buy" in wishes
    if len(offered) == 1 and says_yes and not {*QUESTIONS, *OBJECTIONS} & set(understood.acts):
        return offered[0].sku
    near = _neighbour(understood, memory, shelf, turn) if is_short else None
    return near or (_described(turn, offered, shelf) if "meant" in wishes else None)


def _described(turn: Turn, offered: Sequence[Product], shelf: Shelf) -> str | None:
    """ "No, I meant the one with the frother": of what was shown, else of what is like it."""
    today = turn.firm.today(turn.now)
    focus = shelf.find(turn.conversation.memory.focus)
    kin = [*offered, *(shelf.alike(focus, today) if focus else ())]
    picks = shelf.fits(Wanted(now=turn.text), kin) or list(shelf.pick(Wanted(now=turn.text), today).products)
    return picks[0].sku if picks else None


def _neighbour(understood: Understood, memory: Memory, shelf: Shelf, turn: Turn) -> str | None:
    """ "And the smaller one?" about the only product under discussion."""
    focus = shelf.find(memory.focus)
    if focus is None:
        return None
    today = turn.firm.today(turn.now)
    near: Sequence[Product] = ()
    if "smaller" in understood.wishes:
        near = shelf.cheaper(focus, today)
    elif "bigger" in understood.wishes:
        near = shelf.dearer(focus, today)
    return near[0].sku if near else None


def _with_product(understood: Understood, product: Product, turn: Turn) -> Understood:
    fact = FoundFact("product", product.name(understood.language), witness(turn))
    rest = tuple(other for other in understood.facts if other.name != "product")
    return replace(understood, sku=product.sku, facts=(*rest, fact))
