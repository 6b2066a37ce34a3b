"""Models meant by their number alone: "64 or 83?", "I'll take the 50"; and the rental of what is under discussion."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.domain.facts import FoundFact
from core.domain.firm import Product
from core.domain.turn import Turn, Understood
from core.engine.shelf import Shelf

_ALONE: Final = re.compile(
    r"(?<![\w.,%₴$€№-])(\d{2,4})(?=\s*(?:[?!.,;:)]|$)|\s+(?:чи|або|или|or|vs|versus|and|than|і|й|и|та|з|від|от|"
    r"чем|чим|за|"
    r"краще|кращ\w+|лучше|better|дешевш\w*|дешевле|відрізня\w+|отлича\w+|підійде|подойд[её]т|беру|візьму|возьму|"
    r"please|is|is better|будь|пожалуйста)\b)",
    re.IGNORECASE,
)
_COUNTS_SOMETHING: Final = re.compile(
    r"(?:до|від|от|за|на|по|нас|нам|мене|меня|бюджет|близько|около|десь|где-то|budget|for|at|about|around|up to|"
    r"under|"
    r"we are|номер|number|тел\w*|code|код|відділення|отделение|буд\w*|дом|кв\w*|street|вул\w*|ул)\W*$",
    re.IGNORECASE,
)
_CHOOSES: Final = frozenset({"buy", "meant", "compare", "bigger", "smaller", "cheaper", "advice", "stock"})
_GOES_ON: Final = re.compile(r"^\W*(?:а|ну|и|і|та|and|what about|how about|the|ту|той|та що|ту що)\b", re.IGNORECASE)
_RENTS: Final = re.compile(r"оренд|аренд|прокат|напрокат|\brent(?:al|ing)?\b|\blease\b|\bhire\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]{2,}")


def with_numbered(found: Understood, turn: Turn, shelf: Shelf) -> Understood:
    """Products meant by number are mentioned, and their numbers count nothing: they are no quantity and no budget."""
    if found.mentioned:
        return found
    said = [match.group(1) for match in _ALONE.finditer(turn.text) if not _counts(turn.text, match.start())]
    meant = {number: product for number in said if (product := _model(number, _near(said, turn, shelf)))}
    if not meant or not (len(meant) > 1 or _is_choice(found, turn)):
        return found
    facts = tuple(fact for fact in found.facts if not _holds(fact, meant))
    skus = tuple(dict.fromkeys(product.sku for product in meant.values()))
    return replace(found, mentioned=skus, facts=facts)


def rental_of(turn: Turn, understood: Understood, shelf: Shelf) -> Product | None:
    """The rental of the product under discussion, when renting is spoken of."""
    if not _RENTS.search(turn.text) or len(understood.mentioned) > 1:
        return None
    memory = turn.conversation.memory
    under = (understood.sku,) if understood.sku else (memory.focus,) if memory.focus else memory.offered
    models = [_proper(product) for sku in under if (product := shelf.find(sku)) and not shelf.is_service(product)]
    rentals = [each for each in shelf.services() if _RENTS.search(_names(each))]
    found = [each for each in rentals if any(model <= _proper(each) for model in models)]
    return found[0] if len(found) == 1 else None


def _near(said: list[str], turn: Turn, shelf: Shelf) -> list[Product]:
    """Where a number is looked for: what was shown, what is like the product under discussion, and when two numbers
    are named beside each other, everything."""
    memory, today = turn.conversation.memory, turn.firm.today(turn.now)
    offered = [product for sku in memory.offered if (product := shelf.find(sku))]
    focus = shelf.find(memory.focus) or next(iter(offered), None)
    kin = [focus, *shelf.alike(focus, today)] if focus else []
    return [*offered, *kin] or (shelf.goods() if len(said) > 1 else [])


def _model(number: str, near: Iterable[Product]) -> Product | None:
    found = {p.sku: p for p in near if all(re.search(rf"[A-Za-z] {number}\b", name) for name in p.names.values())}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_choice(found: Understood, turn: Turn) -> bool:
    several = len(turn.conversation.memory.offered) > 1
    return bool(several or found.wishes & _CHOOSES or _GOES_ON.search(turn.text))


def _counts(text: str, at: int) -> bool:
    return bool(_COUNTS_SOMETHING.search(text[:at]))


def _holds(fact: FoundFact, meant: Iterable[str]) -> bool:
    if fact.name == "quantity":
        return str(fact.value) in meant
    if fact.name == "budget" and isinstance(fact.value, dict):
        amount = str(int(fact.value["amount"]))
        return amount in meant or amount.removesuffix("000") in meant
    return False


def _names(product: Product) -> str:
    return " ".join(product.names.values())


def _proper(product: Product) -> frozenset[str]:
    """The words that all its names share: brand and model."""
    names = [frozenset(word.casefold() for word in _WORD.findall(name)) for name in product.names.values()]
    return frozenset.intersection(*names) if names else frozenset()
