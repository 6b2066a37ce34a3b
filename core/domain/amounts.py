"""Sums of money in a text, in Ukrainian, Russian and English. Used where none may slip through, so it is greedy."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain import money_words as w


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is None when nobody can say how much it is, as in words. `currency` None = not named."""

    value: Decimal | None
    currency: str | None
    start: int
    end: int


Names = re.Pattern[str] | None
"""Finds numbers that are part of a name; made by `names_with_numbers`."""

_GAP = r"\s*[()\[\]]*\s*"
_BAR = rf"(?:[.,]?[-–—]{{1,2}}{w.BLANK})?"
_MONEY = rf"(?:{w.WHOSE}[^\S\n]+)?(?:{w.CURRENCY}){w.CURRENCY_END}"
_COINS_TOO = rf"(?:{w.BLANK}(?P<coins>\d{{1,2}}){w.BLANK}(?:{w.MINOR})(?!{w.LETTER}))?"
_THOUSANDS_FIRST = rf"(?:(?P<k>{w.NUMBER}){w.BLANK}{w.THOUSANDS}[^\S\n]+)?"
_BARE = rf"(?<!{w.LETTER})(?P<n>{w.NUMBER})(?!{w.BLANK}-?{w.UNIT}|[.:/]\d)(?P<t>{w.TIMES})"
_END = rf"(?={w.BLANK}(?:[.!?,;)…\n]|$|(?:за|на|per|each)\b))"
_ASIDE = rf"(?:[^\d.;!?\n]{{0,25}}?{w.NUMBER}{w.BLANK}{w.UNIT})?"

_AFTER = re.compile(
    rf"{_THOUSANDS_FIRST}(?P<n>{w.NUMBER})(?P<t>{w.TIMES}){_GAP}{_BAR}(?:{w.WHOSE}[^\S\n]+)?"
    rf"(?P<c>{w.CURRENCY}){w.CURRENCY_END}{_COINS_TOO}",
    re.I,
)
_BEFORE = re.compile(
    rf"(?P<c>{w.SIGN}|(?<!{w.LETTER})(?:{w.CODE})(?!{w.LETTER})){_GAP}(?P<n>{w.NUMBER})(?P<t>{w.TIMES})", re.I
)
_COINS = re.compile(rf"(?P<coins>\d+){w.BLANK}(?:{w.MINOR})(?!{w.LETTER})", re.I)
_PRICED = re.compile(rf"\b{w.PRICE}\b{_ASIDE}[^\d.;!?\n]{{0,25}}?{_BARE}", re.I)
_MAYBE_PRICED = re.compile(rf"\b{w.MAYBE_PRICE}\b{w.BLANK}[:–—-]?{w.BLANK}(?!\d\b){_BARE}{_END}", re.I)
_WORDS = re.compile(rf"\b(?:{w.SMALL_WORD}|{w.BIG_WORD})[^\S\n]+(?:{_MONEY}|(?:{w.MINOR})(?!{w.LETTER}))", re.I)
_PRICED_WORDS = re.compile(rf"\b{w.PRICE}\b[^\d.;!?\n]{{0,25}}?\b{w.BIG_WORD}\b(?![^\S\n]+{w.UNIT})", re.I)
_ANY_DIGIT = re.compile(rf"\d{_GAP}{_BAR}{_MONEY}|{w.SIGN}{w.BLANK}\d", re.I)

# The other end of "500-700 грн", "from 500 to 700 UAH", "500, 600 чи 700 грн" and "$500-700".
_TIGHT = r"(?P<tight>[-–—/]|\.{2,3}|…)"
_WORD_BETWEEN = r"\b(?:до|to|and|і|й|та|и|or|або|или|чи)\b"
_PARTNER_BEFORE = re.compile(
    rf"(?P<open>\b(?:від|от|з|from|between|між|между){w.BLANK})?(?P<n>{w.NUMBER})(?P<t>{w.TIMES})"
    rf"(?:{_TIGHT}|{w.BLANK}(?:[-–—,/]|{_WORD_BETWEEN}){w.BLANK}){w.SIGN}?\Z",
    re.I,
)
_PARTNER_AFTER = re.compile(
    rf"(?:{_TIGHT}(?={w.NUMBER})|{w.BLANK}(?:[-–—]|\b(?:до|to|or|або|или|чи)\b){w.BLANK}){_BARE}(?(tight)|{_END})", re.I
)
_ANY_TIMES = re.compile(rf"{w.THOUSANDS}|{w.MILLIONS}", re.I)
_LOOK_BACK = 40
_ALIKE = 10
"""Two numbers with a loose joint belong together when one is at most so many times the other."""

_BY_CODE = [(code, re.compile(rf"(?:{pattern})\Z", re.I)) for code, pattern in w.CURRENCIES]
_HAS_HINT = re.compile(rf"\d|\b(?:{w.SMALL_WORD}|{w.BIG_WORD})", re.I)
_DAY = re.compile(r"\b(?:до|від|от|с|з|from|until|till|by|on)[^\S\n]+\Z", re.I)
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\Z")
_TAG = re.compile(r"</?[a-z]{1,6}>", re.I)
# What marks up, or cannot be seen, must not part a number from its currency.
_UNSEEN = dict.fromkeys(
    [*map(ord, "*_`~\u00ad\u2060\ufeff"), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " "
)


def find_amounts(text: str, names: Names = None) -> list[Amount]:
    """Every sum in the text, in its order, without overlaps. Numbers of `names` are none unless a currency follows."""
    if not _HAS_HINT.search(text):
        return []
    text = _TAG.sub(lambda tag: " " * len(tag.group()), text.translate(_UNSEEN))
    if names:
        text = names.sub(lambda name: re.sub(r"\d", "_", name.group()), text)
    found: list[Amount] = []
    for amount in _candidates(text):
        _add(found, amount)
    for amount in list(found):
        for partner in _partners(text, amount):
            _add(found, partner)
    for match in _ANY_DIGIT.finditer(text):
        _add(found, Amount(None, None, match.start(), match.end()))
    return sorted(found, key=lambda amount: amount.start)


def names_with_numbers(names: Iterable[str]) -> Names:
    """For `Lumera 20` and the like: the word and the number after it."""
    pairs = {pair for name in names for pair in re.findall(r"([^\W\d_]\S*)\s+(\d+(?:[.,]\d+)?)(?!\S)", name)}
    if not pairs:
        return None
    either = "|".join(rf"{re.escape(word)}[^\S\n]+{re.escape(number)}" for word, number in sorted(pairs))
    return re.compile(rf"(?<!\w)(?:{either})(?!\d|[.,]\d|{w.TIMES}{_GAP}{_BAR}{_MONEY})", re.I)


def currency_code(word: str) -> str | None:
    """ISO code of a currency as people write it, else None."""
    return next((code for code, pattern in _BY_CODE if pattern.match(word)), None)


def _add(found: list[Amount], amount: Amount) -> None:
    if not any(amount.start < other.end and other.start < amount.end for other in found):
        found.append(amount)


def _candidates(text: str) -> Iterator[Amount]:
    """The surest first."""
    for match in _AFTER.finditer(text):
        thousands = _value(match["k"], "") * 1000 if match["k"] else Decimal()
        coins = Decimal(match["coins"] or 0) / 100
        value = thousands + _value(match["n"], match["t"]) + coins
        start = match.start("k") if match["k"] else match.start("n")
        yield Amount(value, currency_code(match["c"]), start, match.end())
    for match in _BEFORE.finditer(text):
        yield Amount(_value(match["n"], match["t"]), currency_code(match["c"]), match.start("n"), match.end())
    for match in _COINS.finditer(text):
        yield Amount(Decimal(match["coins"]) / 100, None, match.start(), match.end())
    for pattern in (_PRICED, _MAYBE_PRICED):
        for match in pattern.finditer(text):
            if not (_DAY_AND_MONTH.match(match["n"]) and _DAY.search(text, 0, match.start("n"))):
                yield Amount(_value(match["n"], match["t"]), None, match.start("n"), match.end())
    for pattern in (_WORDS, _PRICED_WORDS):
        for match in pattern.finditer(text):
            yield Amount(None, None, match.start(), match.end())


def _partners(text: str, amount: Amount) -> Iterator[Amount]:
    """The rest of a range or a list, which names its currency, and perhaps its thousands, only once."""
    if amount.value is None:
        return
    times = _ANY_TIMES.search(text[amount.start : amount.end])
    last, last_value = amount, amount.value
    while match := _PARTNER_BEFORE.search(before := text[max(0, last.start - _LOOK_BACK) : last.start]):
        value = _value(match["n"], match["t"] or (times.group() if times else ""))
        if not (match["tight"] or match["open"] or _are_alike(value, last_value)):
            break
        offset = last.start - len(before)
        last = replace(amount, value=value, start=offset + match.start("n"), end=offset + match.end("t"))
        last_value = value
        yield last
    if match := _PARTNER_AFTER.match(text, amount.end):
        yield replace(amount, value=_value(match["n"], match["t"]), start=match.start("n"), end=match.end("t"))


def _are_alike(one: Decimal, other: Decimal) -> bool:
    return min(one, other) * _ALIKE >= max(one, other)


def _value(number: str, times: str) -> Decimal:
    """Of digits as NUMBER finds them: what follows the last sign is coins when it has one or two digits."""
    digits = "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in number)
    coins = re.search(r"[.,](\d{1,2})\Z", digits)
    whole = re.sub(r"\D", "", digits[: coins.start()] if coins else digits)
    value = Decimal(f"{whole}.{coins[1]}" if coins else whole)
    if not times.strip():
        return value
    return value * (1_000_000 if re.match(w.MILLIONS, times.strip(), re.I) else 1000)
