"""One message, two questions: each is looked up by itself."""

import re
from typing import Final

from core.domain.firm import Product
from core.engine.typed import as_meant

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
    r"\bкошту|скільки (?:за|це|буде|вийде)|\bцін[аиіуо]|\bвартіст|\bвартост|прайс|\bпо ?чому|\bпоч[её]м|"
    r"\bсто[ияю]т\b|\bстоить|\bстоимост|\bцен[аыуео]|сколько (?:за|это|будет|выйдет)|"
    r"how much|\bpric|\bcosts?\b|\bcharge\b|\brates?\b",
    re.IGNORECASE,
)
_TERMS: Final = re.compile(
    r"гарант|доставк|достав\w*те|пересил|пересыл|відправ|отправ|\b(?:при|до)?(?:вез|віз)(?:е|ет|т)|оплат|повернен|"
    r"повернути|возврат|вернуть|розстроч|рассроч|частинами|частями|знижк|скидк|гурт|\bопт|комісі|комисси|передоплат|"
    r"предоплат|застав[аиу]|залог|"
    r"guarantee|warranty|deliver|shipping|\bship\b|payment|\bpay\b|\breturns?\b|refund|instal?lment|discount|"
    r"wholesale|\bbulk\b|commission|prepay|deposit|"
    r"ваканс|резюме\b|vacanc|\bhiring\b",
    re.IGNORECASE,
)
_OF_US: Final = re.compile(
    r"\b(?:ви|вы|вас|вам|ваш\w*|you|your|yours)\b|\b(?!скаж|підкаж|подскаж)\w{2,}(?:[єеиї]те|ёте)\b", re.IGNORECASE
)
"""What somebody says to whom they ask for a service: "do you …?", "will you grind it?"."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_NOTHING_ASKED: Final = re.compile(
    r"а|і|й|та|є|у|в|вас|ви|чи|про|це|цей|ця|що|щодо|розкаж\w+|скаж\w+|детальніше|більше|цікавить|хочу|маєте|"
    r"и|есть|ли|вы|о|об|это|этот|эта|что|насчет|расскаж\w+|подробнее|больше|интересует|имеется|"
    r"the|a|an|do|you|have|about|this|that|what|tell|me|more|is|there|i|want|please|would|like"
)
_SHORT: Final = 4
"""Words: who asks for a price in so few may leave the word out."""
_SHORTEST: Final = 2
"""Words: less is no question."""
MOST: Final = 3


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a text, at most three; empty when there is only one or none."""
    parts = [part.strip() for part in _BREAK.split(as_meant(text)) if part and len(part.split()) >= _SHORTEST]
    asking = [part for part in parts if _ASKS.search(part)]
    return tuple(asking[:MOST]) if len(asking) > 1 else ()


def is_about_terms(question: str) -> bool:
    """Guarantee, delivery, payment and the like hold for everything that the firm sells; work is no goods either."""
    return bool(_TERMS.search(question))


def is_of_us(question: str) -> bool:
    """Whether it is put to the firm, and not about the weather."""
    return bool(_OF_US.search(question))


def asks_price(question: str) -> bool:
    return bool(_PRICE.search(question))


def means_price(question: str) -> bool:
    """Of something that sounds like a question about a price: whether it is one."""
    return asks_price(question) or len(_WORD.findall(question)) <= _SHORT


def only_names(question: str, product: Product) -> bool:
    """Nothing is asked of the product but what it is."""
    named = [word.lower() for name in product.names.values() for word in _WORD.findall(name)]
    said = (word.lower() for word in _WORD.findall(question))
    rest = (word for word in said if not _NOTHING_ASKED.fullmatch(word))
    return all(any(word[: max(3, len(name) - 2)] == name[: max(3, len(name) - 2)] for name in named) for word in rest)
