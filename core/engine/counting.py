"""Numbers that count no goods: of a house in an address, of the people who will use them."""

import re
from dataclasses import replace
from typing import Final

from core.domain.turn import Turn, Understood
from core.engine.counts import find_measured
from core.engine.wishes import find_told

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
_PEOPLE: Final = re.compile(
    r"\b\d+\s+(?:\w+\s+)?(?:люд(?:ей|ини)|чоловік|осіб|працівник\w+|співробітник\w+|человек\w*|сотрудник\w+|"
    r"people|persons|employees|staff|colleagues)\b",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"^\W*(?:[^\W\d]+\W+){0,3}?[^\W\d]{4,}[\s,]+(\d{1,3})[а-яa-z]?(?:[/-]\d+)?(?!\w)", re.IGNORECASE
)
_AFTER_HOUSE: Final = re.compile(
    r"\W*$|[,.;\n]|\s+(?:[мг]\.|місто|город|кв\.?\s*\d|квартира|під['’]?їзд|подъезд|поверх|этаж|корп(?:ус)?\.?\s*\d|"
    r"оф(?:іс|ис)?\.?\s*\d|apt|apartment|flat|floor)",
    re.IGNORECASE,
)
"""No thing that could be counted follows the number of a house."""
_SAME_CITY: Final = 4
"""Letters: names of cities change their endings."""


def counting_goods(understood: Understood, turn: Turn) -> Understood:
    """ "Sumska 12, Lviv" orders no dozen, and "we are two" no pair where goods are sold rather than places."""
    named = {fact.name: fact.value for fact in understood.facts}
    if "quantity" not in named or find_measured(turn.text) or understood.wishes & {"buy", "total"}:
        return understood
    is_wish = "ask_price" in understood.acts or _WANTS.search(turn.text)
    is_address = not is_wish and _is_house(turn.text, named["quantity"], named.get("city"))
    stocked = sum(product.in_stock is not None for product in turn.firm.products)
    is_of_users = _OF_US.search(turn.text) or (_PEOPLE.search(turn.text) and "place" in find_told(turn.text))
    is_of_people = is_of_users and stocked * 2 > len(turn.firm.products)
    if not (is_address or is_of_people):
        return understood
    return replace(understood, facts=tuple(fact for fact in understood.facts if fact.name != "quantity"))


def _is_house(text: str, count: object, city: object) -> bool:
    house = _HOUSE.search(text) if city else None
    if house is None or int(house.group(1)) != count:
        return False
    after = text[house.end() :]
    is_city_next = after.strip().casefold().startswith(str(city).casefold()[:_SAME_CITY])
    return is_city_next or _AFTER_HOUSE.match(after) is not None
