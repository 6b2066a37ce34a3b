"""Sums of money in a text, in Ukrainian, Russian and English. Used where none may slip through, so it is greedy."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is None when a sum is written in words: nobody can vouch for it. `currency` None = not named."""

    value: Decimal | None
    currency: str | None
    start: int
    end: int


_NUMBER = r"\d+(?:[ \u00a0\u202f.,'’]\d{3})*(?:[.,]\d{1,2})?(?!\d)"
_TIMES = (
    r"(?:\s*(?:тис\.?|тыс\.?|тисяч\w*|тысяч\w*|thousand|[кk](?![а-яіїєґёa-z])|"
    r"млн\.?|мільйон\w*|миллион\w*|million|m(?![a-z])))?"
)
_CURRENCIES = (
    ("UAH", r"₴|грн\.?|гривн\w*|гривень|гривен|uah|hryvnia\w*"),
    ("USD", r"\$|usd|долар\w*|доллар\w*|dollars?|bucks?|бакс\w*|у\.\s?[ео]\."),
    ("EUR", r"€|eur|євро|евро|euros?"),
    ("PLN", r"zł|pln|злот\w*"),
    ("GBP", r"£|gbp|фунт\w*\s+стерл\w*|pounds?\s+sterling"),
    ("RUB", r"₽|rub|руб\.?|рубл\w*"),
)
_ANY_CURRENCY = "|".join(pattern for _, pattern in _CURRENCIES)
_PRICE_WORDS = (
    r"цін\w*|коштує|коштують|коштуватиме|вартіст\w*|цен[аыуе]|стоит|стоят|стоимост\w*|обойд[её]тся|"
    r"обійдеться|prices?d?|costs?|cost you|только за|тільки за|лише за|всего за|всього за|only for|just for"
)
_WORD_NUMBERS = (
    r"(?:сто|двіст\w*|двест\w*|трист\w*|чотирист\w*|четырест\w*|п['’ʼ]?ятсот\w*|пятьсот\w*|шістсот\w*|шестьсот\w*|"
    r"сімсот\w*|семьсот\w*|вісімсот\w*|восемьсот\w*|дев['’ʼ]?ятсот\w*|девятьсот\w*|тисяч\w*|тысяч\w*|півтор\w*|полтор\w*|"
    r"мільйон\w*|миллион\w*|hundred|thousand|million|десят\w*|двадцят\w*|двадцат\w*|тридцят\w*|тридцат\w*|сорок\w*|"
    r"п['’ʼ]?ятдесят\w*|пятьдесят\w*|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten)"
)

_AFTER = re.compile(rf"(?P<n>{_NUMBER})(?P<t>{_TIMES})\s*[-–]?\s*(?P<c>{_ANY_CURRENCY})(?![а-яіїєґa-z])", re.I)
_BEFORE = re.compile(rf"(?P<c>[$€₴£₽]|\b(?:uah|usd|eur|pln|gbp|rub)\b)\s*(?P<n>{_NUMBER})(?P<t>{_TIMES})", re.I)
_PRICED = re.compile(rf"\b(?:{_PRICE_WORDS})\b[^\d.!?\n]{{0,25}}?(?P<n>{_NUMBER})(?P<t>{_TIMES})(?!\s*%)", re.I)
_WORDS = re.compile(rf"\b{_WORD_NUMBERS}\s+(?:{_ANY_CURRENCY})(?![а-яіїєґa-z])", re.I)
_BY_CODE = [(code, re.compile(rf"(?:{pattern})\Z", re.I)) for code, pattern in _CURRENCIES]
_HAS_HINT = re.compile(rf"\d|{_WORD_NUMBERS}", re.I)


def find_amounts(text: str) -> list[Amount]:
    """Every sum in the text, in its order, without overlaps."""
    if not _HAS_HINT.search(text):
        return []
    found: list[Amount] = []
    for pattern in (_AFTER, _BEFORE, _PRICED):
        for match in pattern.finditer(text):
            start, end = match.start("n"), match.end()
            if any(start < other.end and other.start < end for other in found):
                continue
            code = currency_code(match.groupdict().get("c") or "")
            found.append(Amount(_value(match["n"], match["t"]), code, start, end))
    for match in _WORDS.finditer(text):
        if not any(match.start() < other.end and other.start < match.end() for other in found):
            found.append(Amount(None, None, match.start(), match.end()))
    return sorted(found, key=lambda amount: amount.start)


def currency_code(word: str) -> str | None:
    """ISO code of a currency as people write it, else None."""
    return next((code for code, pattern in _BY_CODE if pattern.match(word)), None)


def _value(number: str, times: str) -> Decimal | None:
    plain = re.sub(r"[ \u00a0\u202f'’]", "", number)
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
    word = times.strip().lower()
    factor = 1 if not word else 1_000_000 if (word[0] in "м" and "л" in word[:3]) or word.startswith("m") else 1000
    try:
        return Decimal(plain) * factor
    except InvalidOperation:
        return None
