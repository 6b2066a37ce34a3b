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
from core.domain.vocabulary import OBJECTIONS, QUESTIONS, first_act
from core.engine.after_sale import after_sale
from core.engine.basket import fill, find_dropped, is_addition, named_apart
from core.engine.counting import counting_goods
from core.engine.models_said import rental_of, with_numbered
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted
from core.engine.sober import (
    asking_delivery,
    proposing_time,
    refusing,
    rivalling,
    sober,
    taking,
    without_false_objection,
    without_offered_price,
    without_partnership,
    without_product,
    without_unknown_model,
    witness,
)
from core.engine.unfounded import without_unfounded_objection
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
_FOR_ANOTHER: Final = re.compile(
    r"\b(?:друг(?:ий|а|у|е)|втор(?:ой|ая|ую|ое)|the second|second one) (?:для )?"
    r"(?:мам\w+|тат\w+|пап\w+|чолов\w+|муж\w+|дружин\w+|жен\w+|сестр\w+|брат\w+|друг\w+|подру\w+|соб[іе]|себе|for )",
    re.IGNORECASE,
)
"""The second piece, for somebody: not the second of what was shown."""
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
_TURNS: Final = re.compile(
    r"\b(?:краще|лучше|передума\w+|замість|вместо|натомість|instead|rather|changed my mind|actually)\b", re.IGNORECASE
)
_POINTS: Final = re.compile(
    r"\b(?:той|та|ту|те|ті|тот|ту|то|тех|те)[, ]+(?:що|яка|який|яку|которая|который|которую|что|з |с |із |для )|"
    r"\bthe one (?:with|that|for|which)|\bthat one (?:with|for)",
    re.IGNORECASE,
)
"""One of several is meant by what it is like."""
_SHORT: Final = 8
_LONGEST_NEED: Final = 200


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
    """The same understanding, with the wishes, the products that are named, the one that is meant, and the basket."""
    found = _refer(turn, understood, shelf)
    gone = find_dropped(turn, shelf)
    if gone:
        found = _without_dropped(found, turn, gone)
    found = _with_need(taking(found, turn, several=bool(named_apart(turn.text, shelf))), turn, shelf)
    return replace(found, basket=fill(turn, found, shelf))


def _with_need(found: Understood, turn: Turn, shelf: Shelf) -> Understood:
    """ "A machine with milk, up to 20 thousand" tells what is wanted, whatever word of wanting it leaves out."""
    told = found.sku or found.mentioned or turn.conversation.memory.focus or found.wishes & {"bought", "return"}
    if told or "need" in turn.facts or any(fact.name == "need" for fact in found.facts):
        return found
    if not {"state_need", "state_budget"} & set(found.acts):
        return found
    if not shelf.pick(Wanted(now=turn.text), turn.firm.today(turn.now)).products:
        return found
    acts = tuple(dict.fromkeys((*found.acts, "state_need")))
    need = FoundFact("need", turn.text.strip()[:_LONGEST_NEED], witness(turn))
    return replace(found, acts=acts, act=first_act(acts), facts=(*found.facts, need))


def _without_dropped(found: Understood, turn: Turn, gone: frozenset[str]) -> Understood:
    """ "No Ethiopia then" is said of that one thing: no objection, no refusal, and the rest goes on."""
    kept = [item.sku for item in turn.conversation.memory.basket if item.sku not in gone]
    if found.sku in gone or turn.conversation.memory.focus in gone:
        found = replace(without_product(found), sku=kept[-1])
    acts = tuple(act for act in found.acts if act not in (*OBJECTIONS, "decline")) or ("state_need",)
    return replace(found, acts=acts, act=first_act(acts), mentioned=tuple(m for m in found.mentioned if m not in gone))


def _refer(turn: Turn, understood: Understood, shelf: Shelf) -> Understood:
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
    if product and shelf.is_service(product) and "ask_price" in found.acts:
        found = replace(found, wishes=found.wishes - {"visit"})  # "the engineer's visit" is its name
    found = without_partnership(without_false_objection(proposing_time(found, turn)), turn)
    found = counting_goods(rivalling(refusing(found, text), text), turn)
    found = without_unfounded_objection(found, turn, shelf)
    return after_sale(asking_delivery(found, text), turn)


def changed_mind(turn: Turn, understood: Understood, shelf: Shelf) -> bool:
    """A new need that the product under discussion does not meet."""
    focus = shelf.find(turn.conversation.memory.focus)
    if focus is None or understood.sku or understood.mentioned:
        return False
    if "state_need" not in understood.acts and not _TURNS.search(turn.text):
        return False
    fits = shelf.pick(Wanted(now=turn.text), turn.firm.today(turn.now)).products
    kin = {p.sku for p in shelf.alike(focus, turn.firm.today(turn.now))} | {focus.sku}
    return bool(fits) and not any(product.sku in kin for product in fits)


def turn_to_new_need(turn: Turn, understood: Understood) -> tuple[Turn, Understood]:
    """Nothing is under discussion; what was picked stays only for somebody who wants the new thing beside it."""
    kept = understood.basket if is_addition(turn.text) else ()
    memory = replace(turn.conversation.memory, focus=NO_FOCUS, offered=(), objected=0, agreed=False, basket=kept)
    asked = () if "?" in turn.text else QUESTIONS
    acts = tuple(act for act in understood.acts if act not in ("decline", "other", *OBJECTIONS, *asked))
    acts = tuple(dict.fromkeys((*acts, "state_need")))
    turn = replace(turn, conversation=replace(turn.conversation, memory=memory))
    return turn, replace(understood, basket=kept, acts=acts, act=first_act(acts))


def _meant(understood: Understood, turn: Turn, shelf: Shelf) -> str | None:
    memory, text = turn.conversation.memory, turn.text
    offered = [product for sku in memory.offered if (product := shelf.find(sku))]
    is_short = len(text.split()) <= _SHORT
    if _BARE_PRICE.match(text) and (memory.focus or len(offered) == 1):
        return memory.focus or offered[0].sku
    number = _NUMBER.fullmatch(text.strip())
    if number and not memory.focus and 0 < int(number.group(1)) <= len(offered) > 1:
        return offered[int(number.group(1)) - 1].sku
    if offered and is_short:
        for place, pattern in enumerate(() if _FOR_ANOTHER.search(text) else _ORDINALS):
            if pattern.search(text) and place < len(offered):
                return offered[place].sku
        if _LAST.search(text):
            return offered[-1].sku
    if len(offered) > 1 and is_short and (sized := _sized(understood, text, offered)):
        return sized
    return _agreed(understood, turn, offered, shelf) or _pointed(understood, turn, offered, shelf)


def _sized(understood: Understood, text: str, offered: Sequence[Product]) -> str | None:
    """The cheaper, the smaller or the bigger of what was shown."""
    wishes = understood.wishes
    if ("cheaper" in wishes and not _OPEN_QUESTION.search(text)) or "smaller" in wishes:
        return min(offered, key=lambda p: p.price).sku
    return max(offered, key=lambda p: p.price).sku if "bigger" in wishes else None


def _agreed(understood: Understood, turn: Turn, offered: Sequence[Product], shelf: Shelf) -> str | None:
    """A yes to the only one shown, or to the one that is described; so is leaving a number right after it."""
    memory, text = turn.conversation.memory, turn.text
    is_open = memory.last_move in ("recommend", "answer") and not memory.focus
    gives_contact = "give_contact" in understood.acts and (memory.last_move == "recommend" or is_open)
    says_yes = "agree" in understood.acts or "buy" in understood.wishes or gives_contact
    chosen = _described(turn, offered, shelf, among_talked=True) if says_yes and _POINTS.search(text) else None
    if chosen:
        return chosen
    if len(offered) == 1 and says_yes and not {*QUESTIONS, *OBJECTIONS} & set(understood.acts):
        return offered[0].sku
    return None


def _pointed(understood: Understood, turn: Turn, offered: Sequence[Product], shelf: Shelf) -> str | None:
    memory, wishes = turn.conversation.memory, understood.wishes
    is_short = len(turn.text.split()) <= _SHORT
    near = _neighbour(understood, memory, shelf, turn) if is_short else None
    return near or (_described(turn, offered, shelf) if "meant" in wishes else None)


def _described(turn: Turn, offered: Sequence[Product], shelf: Shelf, *, among_talked: bool = False) -> str | None:
    """ "No, I meant the one with the frother": of what was shown, else of what is like it. `among_talked`: of nothing
    but what was shown or talked of."""
    if among_talked:
        talked = [product for item in turn.conversation.memory.basket if (product := shelf.find(item.sku))]
        fitting = shelf.fits(Wanted(now=turn.text), [*offered, *talked])
        return fitting[0].sku if fitting else None
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
