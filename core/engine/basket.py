"""What was picked, with how many of each, kept from turn to turn: "two of these, and a kilo of Brazil too"."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.domain.basket import Item
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS
from core.engine.counts import find_count, find_measured
from core.engine.shelf import Shelf
from core.engine.shelf_fit import family

MOST_KEPT: Final = 8
_PAIR: Final = 2

_CLAUSE: Final = re.compile(
    r"[,;\n+.!?]|\s(?:і|й|та|плюс|и|ще|еще|ещё|також|также|and|plus|also|with|з|с|із)\s", re.IGNORECASE
)
_ADDS: Final = re.compile(
    r"\b(?:ще|також|теж|плюс|додайте|додай|докинь\w*|разом з|ещ[её]|также|тоже|плюс|добавьте|добавь|вместе с|"
    r"also|plus|add|as well|too|and another|on top)\b|\+",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"\b(?:обидв\w+|обоє|оба|обе|both|кожн\w+|кажд\w+|of each|all (?:of them|three)|вс[іеё] (?:три|два|дві|две))\b",
    re.IGNORECASE,
)
_DROPS: Final = re.compile(
    r"\b(?:без|прибер\w+|забер\w+ (?:зі|из)|викресл\w+|викин\w+|не (?:треба|потріб\w+|беру|берем\w*|надо|нуж\w+)|"
    r"убер\w+|вычеркн\w+|remove|drop|without|skip|no need for|(?:don['’]?t|do not) (?:need|want)|minus)\b",
    re.IGNORECASE,
)


def fill(turn: Turn, understood: Understood, shelf: Shelf) -> tuple[Item, ...]:
    """The basket after these messages."""
    gone = find_dropped(turn, shelf)
    kept = tuple(item for item in turn.conversation.memory.basket if item.sku not in gone)
    takes = _takes(turn, understood)
    adds = is_addition(turn.text)
    for sku, count in _named(turn, understood, shelf, kept):
        kept = _put(kept, Item(sku, count, takes), shelf, adds=adds)
    return kept[-MOST_KEPT:]


def is_addition(text: str) -> bool:
    return bool(_ADDS.search(text))


def find_dropped(turn: Turn, shelf: Shelf) -> frozenset[str]:
    """What was picked before and is not wanted any more; something is always left."""
    kept = turn.conversation.memory.basket
    gone: set[str] = set()
    for clause in _CLAUSE.split(turn.text):
        if clause and _DROPS.search(clause):
            gone |= {item.sku for item in kept if shelf.touches(clause, item.sku)}
    return frozenset(gone) if len(gone) < len(kept) else frozenset()


def named_apart(text: str, shelf: Shelf) -> dict[str, int | None]:
    """The products that the clauses of a text name, each with its own count; empty unless there are two at least."""
    found: dict[str, int | None] = {}
    for clause in _CLAUSE.split(text):
        if not clause or _DROPS.search(clause):
            continue
        several = shelf.mentions(clause)
        sku = several[0] if len(several) == 1 else None if several else shelf.only(clause)
        for each in several or ((sku,) if sku else ()):
            found[each] = find_count(clause) or found.get(each)
    return found if len(found) > 1 else {}


def _named(turn: Turn, understood: Understood, shelf: Shelf, kept: tuple[Item, ...]) -> list[tuple[str, int | None]]:
    memory = turn.conversation.memory
    if understood.wishes & {"buy", "total"} and (apart := named_apart(turn.text, shelf)):
        return list(apart.items())
    if len(understood.mentioned) > 1:
        return [(sku, None) for sku in understood.mentioned]
    both = memory.offered if len(memory.offered) > 1 else tuple(item.sku for item in kept[-_PAIR:])
    if _BOTH.search(turn.text) and len(both) > 1 and not understood.sku:
        return [(sku, find_count(_BOTH.sub("", turn.text))) for sku in both]
    sku = understood.sku or memory.focus
    if not sku:
        return []
    told = next((fact.value for fact in understood.facts if fact.name == "quantity"), None)
    if told is None and understood.sku is None and not _takes(turn, understood):
        return []
    if told is None and "ask_price" in understood.acts:
        told = find_measured(turn.text)
    return [(sku, told if isinstance(told, int) else _unclaimed(turn, kept))]


def _unclaimed(turn: Turn, kept: Iterable[Item]) -> int | None:
    """How many was told before it was known of what; never what was told of another product."""
    fact = turn.facts.get("quantity")
    claimed = any(item.quantity is not None for item in kept)
    return fact.value if fact and isinstance(fact.value, int) and not claimed else None


def _takes(turn: Turn, understood: Understood) -> bool:
    if set(understood.acts) & {"decline", *OBJECTIONS} or "compare" in understood.wishes:
        return False
    if "buy" in understood.wishes or ("agree" in understood.acts and "?" not in turn.text):
        return True
    counted = any(fact.name == "quantity" for fact in understood.facts)
    wants = understood.sku is not None and "state_need" in understood.acts
    return (counted or wants) and "?" not in turn.text and "ask_price" not in understood.acts


def _put(kept: tuple[Item, ...], new: Item, shelf: Shelf, *, adds: bool) -> tuple[Item, ...]:
    """One more, or more of the same; another of its kind takes the place of the former unless both are wanted."""
    old = next((item for item in kept if item.sku == new.sku), None)
    merged = Item(new.sku, new.quantity or (old.quantity if old else None), new.taken or bool(old and old.taken))
    rest = tuple(item for item in kept if item.sku != new.sku)
    if new.taken and not adds:
        rest = tuple(replace(item, taken=False) if _stands_in(merged, item, shelf) else item for item in rest)
    return (*rest, merged)


def _stands_in(new: Item, old: Item, shelf: Shelf) -> bool:
    one, other = shelf.find(new.sku), shelf.find(old.sku)
    both_counted = new.quantity is not None and old.quantity is not None
    return bool(one and other and family(one) and family(one) == family(other)) and not both_counted
