"""What a text says about what is there: in stock, out of stock, so many left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.clauses import is_about_asking, is_denied


@dataclass(frozen=True, slots=True)
class SaidStock:
    """`value`: ("in", None), ("out", None) or ("left", pieces)."""

    start: int
    end: int
    value: tuple[str, int | None]


_FEW = (
    r"(?:one|two|three|four|five|six|few|кілька|декілька|несколько|пара|пару|1|од(?:ин|на|не|но)|дв[аіе]|три|чотири|"
    r"четыре|п'ять|пять)"
)
_ALMOST_GONE = re.compile(
    rf"(?:only|just|last|лише|тільки|только|всього|всего)\s+{_FEW}\s+(?:\w+\s+){{0,3}}(?:left|remain\w*|in\s+stock|"
    rf"залиш\w+|остал\w+)|"
    rf"(?:залиш|лиш|остал)\w+\s+(?:\w+\s+){{0,2}}{_FEW}(?!\w)|{_FEW}\s+(?:\w+\s+){{0,3}}(?:left|remaining)\b",
    re.I,
)
_THERE = re.compile(
    r"(?:(?:є|маємо|буде|есть|имеется|имеем)\s+)?(?:(?:в|у)\s+наявності|в\s+наличии|на\s+складі|на\s+складе)|"
    r"(?:is|are|it's|they're|all|currently|now|immediately|still)\s+available\b|available\s+(?:now|today|immediately|"
    r"right\s+away|for\s+(?:immediate|pickup|delivery|shipping))|"
    r"(?<!\w)in\s+stock|on\s+the\s+shelf|ready\s+to\s+ship|доступн\w+\s+(?:для\s+замовлення|до\s+замовлення|"
    r"к\s+заказу|для\s+заказа|зараз|сейчас)|ready\s+in\s+our\s+warehouse|"
    r"сто(?:їть|ять|ит|ят)\s+(?:\w+\s+){0,2}на\s+пол(?:иц|ичц|к)\w*|(?:plenty|lots|loads)\s+of\b|sitting\s+(?:right\s+)?here|"
    r"(?:леж(?:ить|ат|ит|ать)|сто(?:їть|ить|ит|ят|ять)|чека(?:є|ють)|жд(?:[её]т|ут)|запакован\w*|упакован\w*|boxed|packed|waiting)\b"
    r"[^.!?\n]{0,30}\b(?:забер\w+|забрать|зараз|сейчас|ready|to\s+go|now|here)\b|"
    r"(?:десят|дюжин|dozen|couple|handful)\w*\s+(?:of\s+)?(?:them|those|таких|цих|їх|этих|их)\b|"
    r"(?:цієї|такої|таких|этой|такой|этих)\s+(?:\w+\s+)?(?:у|в)\s+нас|still\s+(?:around|here|got\s+(?:it|some|them))|(?:розпак|распак)(?:увал|овал)\w*|just\s+unpacked|(?:перед\w*\s+мно[юй]|in\s+front\s+of\s+me)|"
    r"(?:нов|свіж|свеж|new|fresh)\w*\s+(?:парті|парти|постав|завоз|batch|shipment|lot)\w*|"
    r"(?:так\w+|цих|этих|їх|их)\s+(?:\w+\s+){0,3}(?:достатньо|достаточно|полно|повно|вистачить|хватит|багато|много)\b|"
    r"(?:just|today|yesterday)\s+(?:came|got|arrived)\s+in|(?:щойно|сьогодні|якраз|только\s+что|сегодня|как\s+раз)\s+"
    r"(?:\w+\s+){0,2}(?:привезли|завезли|приїхал\w+|приехал\w+|надійшл\w+|поступил\w+)|"
    r"(?:lands?|arrives?|comes?|will\s+be)\s+in(?:to)?\s+our\s+(?:warehouse|shop|store)|"
    r"(?:приїде|прийде|приедет|прид[её]т|надійде|поступит)\s+(?:до\s+нас|к\s+нам|на\s+склад)",
    re.I,
)
_GONE = re.compile(
    r"out\s+of\s+stock|sold\s+out|unavailable|not\s+available|розпродан\w+|распродан\w+|закінчи(?:вся|лася|лися|"
    r"лось)|закончи(?:лся|лась|лись|лось)",
    re.I,
)
_LEFT = re.compile(
    r"(?:залиши(?:вся|лася|лося|лось|лись|лися)|лишил\w+|осталось|остал(?:ся|ась|ись)|остается|залишається|є\s+ще|"
    r"есть\s+еще)\s+(?:\w+\s+){0,2}?(?P<a>\d{1,5})(?!\d)|"
    r"(?P<b>\d{1,5})(?!\s*(?:мм|см|мл|л|г|кг|mm|cm|ml|l|g|w|вт|bar|бар)\b)\s+(?:\w+\s+){0,2}?(?:left|remaining|"
    r"in\s+stock|available|(?:в|у)\s+наявності|в\s+наличии|"
    r"на\s+складі|на\s+складе)|"
    r"(?:в\s+наявності|у\s+наявності|в\s+наличии|на\s+складі|на\s+складе|in\s+stock)\s*[:–—-]?\s*(?:(?:є|есть|лише|"
    r"тільки|только|only|we\s+have|ще)\s+)?(?P<c>\d{1,5})(?!\d|[.,]\d|\s*(?:грн|uah|₴|\$|€|%))",
    re.I,
)
_LATER = re.compile(
    r"(?:спочатку|коли|якщо|когда|если|при|щодо|про|о|about|when|if|наявність|what|which|що|що\s+є)\s*\Z", re.I
)


def find_stock(text: str) -> Iterator[SaidStock]:
    """What is only asked about is left out; what is denied is out of stock."""
    counted: list[tuple[int, int]] = []
    for match in _LEFT.finditer(text):
        if is_about_asking(text, match.start()):
            continue
        counted.append(match.span())
        yield SaidStock(match.start(), match.end(), ("left", int(match["a"] or match["b"] or match["c"])))
    for match in _THERE.finditer(text):
        if is_about_asking(text, match.start()) or _LATER.search(text, max(0, match.start() - 20), match.start()):
            continue
        if not any(start < match.end() and match.start() < end for start, end in counted):
            denied = is_denied(text, match.start(), match.end())
            yield SaidStock(match.start(), match.end(), ("out" if denied else "in", None))
    for match in _ALMOST_GONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in counted):
            yield SaidStock(match.start(), match.end(), ("left", None))
    for match in _GONE.finditer(text):
        yield SaidStock(match.start(), match.end(), ("out", None))
