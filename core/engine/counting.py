"""Numbers that count no goods: of a house in an address, of the people who will use them."""

import re
from dataclasses import replace
from typing import Final

from core.domain.turn import Turn, Understood
from core.engine.counts import find_measured

_OF_US: Final = re.compile(
    r"\bнас\s+(?:вс\w+ |буде |будет )?(?:\d+|двоє|двое|троє|трое|четверо|п['’]ятеро|пятеро|шестеро)\b|"
    r"\b(?:\d+|двоє|двое|троє|трое|четверо|п['’]ятеро|пятеро|шестеро)\s+нас\b|\bwe(?:['’]re| are) (?:\w+ )?"
    r"(?:\d+|two|three|four|five|six|ten)\b|\b(?:\d+|two|three|four|five|six|ten) of us\b",
    re.IGNORECASE,
)
_WANTS: Final = re.compile(
    r"\b(?:треба|потріб\w+|надо|нуж\w+|хо(?:чу|чемо|тим)|бер\w+|візьм\w+|возьм\w+|замов\w+|заказ\w+|need|want|take|order)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"^\W*(?:[^\W\d]+\W+){0,3}?[^\W\d]{4,}[\s,]+(\d{1,3})[а-яa-z]?(?:[/-]\d+)?"
    r"(?=\W*$|[,.;\n]|\s+(?:кв|під|под|пов|эт|корп|оф|apt|flat|floor|office)\w*\W)",
    re.IGNORECASE,
)
"""A house number: no thing that could be counted follows it."""


def counting_goods(understood: Understood, turn: Turn) -> Understood:
    """ "Sumska 12, Lviv" orders no dozen, and "we are two" no pair where goods are sold rather than places."""
    named = {fact.name: fact.value for fact in understood.facts}
    if "quantity" not in named or find_measured(turn.text) or understood.wishes & {"buy", "total"}:
        return understood
    is_wish = "ask_price" in understood.acts or _WANTS.search(turn.text)
    house = _ADDRESS.search(turn.text) if "city" in named and not is_wish else None
    is_address = house and int(house.group(1)) == named["quantity"]
    stocked = sum(product.in_stock is not None for product in turn.firm.products)
    is_of_people = _OF_US.search(turn.text) and stocked * 2 > len(turn.firm.products)
    if not (is_address or is_of_people):
        return understood
    return replace(understood, facts=tuple(fact for fact in understood.facts if fact.name != "quantity"))
