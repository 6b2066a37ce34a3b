"""What to look for: the customer's words, with what they leave out because it was talked of a moment ago."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.domain.firm import Product
from core.domain.turn import Found, Query, Turn, Understood
from core.engine.questions import is_about_terms
from core.engine.typed import as_meant
from core.ports import Knowledge

LONGEST_QUERY = 500
"""Characters: more tells a search nothing new."""
BRIEF: Final = 4
"""Words: so few leave something out."""
SHORT: Final = 7
"""Words: a longer question says itself what it is about."""

WANTED: Final = 0.5
"""How likely a question must be after what a passage says: one that only shares the product's name says nothing."""

_GOES_ON: Final = re.compile(
    r"^\W*(?:ну\s+)?(?:а|і|й|та|и|and|so|what about|how about)\s",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"\b(?:він|вона|воно|вони|нього|неї|них|його|йому|її|їй|їх|ним|нею|цей|ця|це|цього|цьому|цю|ці|цим|такий|"
    r"така|такі|там|туди|"
    r"он|она|оно|они|него|нее|неё|его|ему|её|ее|ей|их|ним|ней|этот|эта|это|этого|этому|эту|эти|этим|такой|такая|"
    r"такие|там|туда|"
    r"it|its|they|them|their|this|that|these|those|one|there)\b",
    re.IGNORECASE,
)
_ASKED_PLAINLY: Final[Mapping[str, Mapping[str, str]]] = {
    "delivery_time": {
        "uk": "Скільки триває доставка?", "ru": "Сколько занимает доставка?", "en": "How long does delivery take?",
    },
    "return": {
        "uk": "Як повернути товар?", "ru": "Как вернуть товар?", "en": "How do I return goods?",
    },
    "directions": {
        "uk": "Де ви знаходитесь, яка адреса?", "ru": "Где вы находитесь?", "en": "Where are you located?",
    },
    "how_to_order": {
        "uk": "Як зробити замовлення?", "ru": "Как сделать заказ?", "en": "How do I place an order?",
    },
}  # fmt: skip
"""What people say in a hundred ways, as pages say it."""
_WORD: Final = re.compile(r"[^\W_]{3,}")


async def search(turn: Turn, understood: Understood, sku: str | None, knowledge: Knowledge) -> Found:
    """At most two searches: the words as they are and with what they may refer to, the likelier first."""
    plain = build_query(turn, understood, sku)
    bound = bind(plain, turn)
    if bound is None:
        return await knowledge.search(plain)
    leans = refers_back(plain.text) and not is_about_terms(plain.text)
    first, second = (bound, plain) if leans else (plain, bound)
    found = await knowledge.search(first)
    if found.enough and not (leans and first.sku and _wanted(found) < WANTED):
        return found
    other = await knowledge.search(second)
    if found.enough:
        return other if (other.enough or other.is_near) and _wanted(other) >= WANTED else found
    return other if other.enough else found


def _wanted(found: Found) -> float:
    return found.hits[0].wanted if found.hits else 0.0


def build_query(turn: Turn, understood: Understood, sku: str | None) -> Query:
    plain = next(
        (said[understood.language] for wish, said in _ASKED_PLAINLY.items() if _is_asked(wish, understood)), None
    )
    meant = as_meant(plain or understood.query or turn.text)
    return Query(
        text=meant[:LONGEST_QUERY],
        language=understood.language,
        vector=understood.vector if meant == turn.text else None,
        sku=sku,
        scope=f"{turn.playbook.digest}/{turn.firm.version}",
    )


def _is_asked(wish: str, understood: Understood) -> bool:
    return wish in understood.wishes and understood.language in _ASKED_PLAINLY[wish]


def bind(query: Query, turn: Turn) -> Query | None:
    """The same question about the product and the topic under discussion; None when it stands by itself."""
    text = query.text
    if len(text.split()) > SHORT or not (refers_back(text) or _GOES_ON.search(text) or len(text.split()) <= BRIEF):
        return None
    product, topic = turn.firm.product(query.sku), turn.conversation.memory.topic
    if product and not _names(query.text, product):
        text = f"{product.name(query.language)}: {query.text}"
        return replace(query, text=text[:LONGEST_QUERY], vector=None, topic=topic)
    return replace(query, topic=topic) if topic else None


def refers_back(text: str) -> bool:
    """ "And the weight?", "how much does it weigh?": nothing is meant but what was talked of. "And how long until you
    are in Ternopil?" says itself what it is about."""
    goes_on = _GOES_ON.search(text) and len(text.split()) <= BRIEF
    return bool(goes_on or _POINTS_BACK.search(text))


def _names(text: str, product: Product) -> bool:
    """Any word of the name, up to its ending, is enough."""
    said = [word.lower() for word in _WORD.findall(text)]
    named = [word.lower() for name in product.names.values() for word in _WORD.findall(name)]
    return any(word[: max(3, len(name) - 2)] == name[: max(3, len(name) - 2)] for word in said for name in named)
