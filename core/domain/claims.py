"""What a text commits a firm to: shares, terms, dates, stock, links and worded promises, found with their values."""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.domain import claim_words as w
from core.domain import review_rules as rules
from core.domain.clauses import is_about_asking, is_denied
from core.domain.contact_claims import find_contacts
from core.domain.dates_said import find_dates
from core.domain.roundabout import ROUNDABOUT
from core.domain.stock_claims import find_stock


@dataclass(frozen=True, slots=True)
class Claim:
    """`value` is what an equal claim elsewhere has too; None = worded, so that only its words can be compared."""

    rule: str
    start: int
    end: int
    value: Hashable = None


_NUMBER = r"(?<![\d.,])\d{1,6}(?:[.,]\d{1,2})?(?!\d)"
_PERCENT_SIGN = (
    r"(?:%|％|٪|\b(?:відсотк|відсоток|процент|percent|per\s?cent|pct)\w*|-?(?:відсоткова|процентна|процентная)\w*)"
)
_SHARE = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:[-–—]\s*(?P<m>{_NUMBER})\s*)?-?\s*{_PERCENT_SIGN}|(?:%|％)\s?(?P<p>{_NUMBER})", re.I
)
_CUT = re.compile(
    rf"\b(?:{w.GIFT}|off\b|мінус|минус|minus)[^\d.!?\n]{{0,20}}(?P<n>{_NUMBER})(?!\s*(?:%|відс|проц|perc|per\s?c|pct|"
    rf"[:.]\d))"
    rf"|(?P<m>{_NUMBER})\s+off\b",
    re.I,
)
_UNITS = (
    ("minute", r"хвилин\w*|хв\b|минут\w*|мин\b|minutes?|mins?\b"),
    ("hour", r"годин\w*|год\b|часа?\b|часов|hours?\b|hrs?\b"),
    ("day", r"дн(?:і|ів|я|ей|ями|ям|ях|ем)\b|день|доб\w*|діб|сут(?:ки|ок)|days?"),
    ("week", r"тиж\w+|недел\w+|weeks?"),
    ("month", r"місяц\w*|міс\b|месяц\w*|мес\b|months?"),
    ("year", r"рок[иіуаов]\w*|рік\b|років|год[ау]?\b|годы|годов|лет\b|years?|yrs?\b"),
)
_UNIT_WORDS = "|".join(words for _, words in _UNITS)
_UNIT = "|".join(rf"(?P<{name}>{words})" for name, words in _UNITS)
_FIRST_YEAR = 1900
"""From here on a number before "year" is a date."""
_BETWEEN = (
    r"(?:\s*[-–—]?\s*(?:повн|робоч|рабоч|календарн|банківськ|банковск|цел|ціл|working|business|full|whole|"
    r"more|calendar)\w*)?\s*[-–—]?\s*"
)
_TERM = re.compile(
    rf"(?:(?P<from>{_NUMBER})\s*(?:[-–—]|до|to|чи|або|or|или)\s*)?(?P<n>{_NUMBER}){_BETWEEN}(?:{_UNIT})", re.I
)
_ONE_TERM = re.compile(
    rf"\b(?:за|протягом|впродовж|упродовж|через|в\s+течение|спустя|within|in)\s+(?:a|an|the\s+next|цілий|целый|"
    rf"весь)?\s*(?:{_UNIT})(?!\s+(?:до|before|ago))",
    re.I,
)
_HALF_YEAR = re.compile(r"\b(?:півроку|пів\s+року|полгода|пол\s+года|half\s+a\s+year)\b", re.I)
_DEAL = re.compile(
    rf"\b(?:зроб\w*|сдела\w*|відда\w*|отда\w*|прода[мюєе]\w*|let\s+you\s+have|do\s+(?:it|the|a)\b|"
    rf"sell)[^.!?\n\d]{{0,40}}"
    rf"(?:\d{{1,4}}\b[^.!?\n\d]{{0,20}})?\b(?:по|за|for|at)\s+(?P<n>{_NUMBER})(?!\s*(?:{_UNIT_WORDS}|%|[.:]\d|"
    rf"\w*(?:г|кг|шт|л|мл|мм)\b))",
    re.I,
)
_SEALED = re.compile(
    r"\b(?:домовил\w+|договорил\w+|deal|agreed|ok|окей|добре|хорошо|беріть|берите|забирайте)\W{1,3}"
    r"(?P<n>\d{3,6}|\d{1,3}[ ,.]\d{3})(?=\s*[.!,;]|\s*$)",
    re.I,
)
_THOUSANDS = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:grand|тис|тыс|тисяч|тысяч|[kк])(?!\w)\.?(?=\s*(?:[.!?,;)]|$|для\b|for\b|за\b))", re.I
)
_GRANT = re.compile(
    rf"{w.GRANTING}[^.!?\n,;]{{0,40}}?(?<!\w){w.GIFT}|(?<!\w){w.GIFT}[^.!?\n,;]{{0,30}}?{w.GRANTING}", re.I
)
_WORDED = tuple((rule, re.compile(rf"(?<!\w)(?:{pattern})", re.I | re.M)) for rule, pattern in (*w.WORDED, *ROUNDABOUT))
_NOT_FREE = re.compile(w.NOT_FREE, re.I)
_UNDENIABLE = frozenset({rules.PERSON, rules.LEAK})


def find_claims(text: str) -> list[Claim]:
    """All but sums of money, which `find_amounts` finds. What is denied or only asked about is no claim, unless it
    is a number, a link or an address."""
    found: list[Claim] = []
    for find in _FINDERS:
        found.extend(find(text))
    return found


def _shares(text: str) -> Iterator[Claim]:
    for match in _SHARE.finditer(text):
        for group in ("n", "m", "p"):
            if match[group]:
                yield Claim(rules.DISCOUNT, match.start(), match.end(), ("%", _value(match[group])))
    for match in _CUT.finditer(text):
        yield Claim(rules.DISCOUNT, match.start(), match.end(), ("cut", _value(match["n"] or match["m"])))
    for match in _DEAL.finditer(text):
        yield Claim(rules.DISCOUNT, match.start("n"), match.end(), ("cut", _value(match["n"])))
    for match in _SEALED.finditer(text):
        yield Claim(rules.DISCOUNT, match.start("n"), match.end(), ("cut", Decimal(re.sub(r"\D", "", match["n"]))))
    for match in _THOUSANDS.finditer(text):
        yield Claim(rules.DISCOUNT, match.start(), match.end(), ("cut", _value(match["n"]) * 1000))
    for match in _GRANT.finditer(text):
        denied = is_denied(text, match.start(), match.end()) or is_denied(text, match.end(), match.end())
        if not denied and not is_about_asking(text, match.start()):
            yield Claim(rules.DISCOUNT, match.start(), match.end())


def _terms(text: str) -> Iterator[Claim]:
    for match in _TERM.finditer(text):
        unit = match.lastgroup or ""
        value = _value(match["n"])
        if unit == "year" and value >= _FIRST_YEAR:
            continue
        yield Claim(rules.TERM, match.start(), match.end(), (value, unit))
        if match["from"]:
            yield Claim(rules.TERM, match.start(), match.end(), (_value(match["from"]), value, unit))
    for match in _HALF_YEAR.finditer(text):
        yield Claim(rules.TERM, match.start(), match.end(), (Decimal(6), "month"))
    for match in _ONE_TERM.finditer(text):
        yield Claim(rules.TERM, match.start(), match.end(), (Decimal(1), match.lastgroup or ""))


def _worded(text: str) -> Iterator[Claim]:
    for rule, pattern in _WORDED:
        for match in pattern.finditer(text):
            if rule == rules.FREE and _NOT_FREE.search(text, max(0, match.start() - 12), match.end() + 3):
                continue
            if rule not in _UNDENIABLE and is_denied(text, match.start(), match.end()):
                continue
            if is_about_asking(text, match.start()):
                continue
            yield Claim(rule, match.start(), match.end())


def _dates(text: str) -> Iterator[Claim]:
    for date in find_dates(text):
        yield Claim(rules.DATE, date.start, date.end, date.value)


def _stock(text: str) -> Iterator[Claim]:
    for said in find_stock(text):
        yield Claim(rules.STOCK, said.start, said.end, said.value)


def _contacts(text: str) -> Iterator[Claim]:
    for said in find_contacts(text):
        yield Claim(rules.LINK if said.is_link else rules.CONTACT, said.start, said.end, said.value)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


_FINDERS: tuple[Callable[[str], Iterator[Claim]], ...] = (_shares, _terms, _dates, _stock, _contacts, _worded)
