"""One message, two questions: each is looked up by itself."""

import re
from typing import Final

_ASKING: Final = (
    r"(?:чи|скільки|як(?:а|ий|і|е|ою|ому)?|коли|де|куди|що|хто|чому|можна|є|"
    r"сколько|как(?:ая|ой|ие|ое)?|когда|где|куда|что|кто|почему|можно|есть|ли|"
    r"how|what|when|where|which|who|why|can|could|do|does|is|are)\b"
)
_BREAK: Final = re.compile(
    r"(?<=[?!.])\s+|\n+|,?\s+(?:а також|а ще|і ще|та ще|а|і|й|та|также|а ещё|а еще|и ещё|и еще|и|and also|and)\s+"
    rf"(?={_ASKING})",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(rf"\?|\b{_ASKING}", re.IGNORECASE)
_PRICE: Final = re.compile(
    r"скільки (?:коштує|за|це)|яка ціна|по ?чому|поч[её]м|ціна|сколько сто\w+|какая цена|цена|how much|price|"
    r"what does .{0,30} cost",
    re.IGNORECASE,
)
_TERMS: Final = re.compile(
    r"гарант|доставк|достав\w*те|оплат|повернен|повернути|возврат|вернуть|розстроч|рассроч|частинами|частями|знижк|скидк|"
    r"guarantee|warranty|deliver|shipping|payment|\bpay\b|\breturns?\b|refund|instal?lment|discount",
    re.IGNORECASE,
)
_SHORTEST: Final = 2
"""Words: less is no question."""
MOST: Final = 3


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a text, at most three; empty when there is only one or none."""
    parts = [part.strip() for part in _BREAK.split(text) if part and len(part.split()) >= _SHORTEST]
    asking = [part for part in parts if _ASKS.search(part)]
    return tuple(asking[:MOST]) if len(asking) > 1 else ()


def is_about_terms(question: str) -> bool:
    """Guarantee, delivery, payment and the like hold for everything that the firm sells."""
    return bool(_TERMS.search(question))


def asks_price(question: str) -> bool:
    return bool(_PRICE.search(question))
