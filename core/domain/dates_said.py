"""Dates, days of the week and times of day as people write them, each with a value that equal ones share."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidDate:
    """`value`: ("date", day, month), ("year", year), ("clock", minutes), ("weekday", 0-6) or ("near", word)."""

    start: int
    end: int
    value: Hashable


_MONTHS = (
    r"січ(?:ень|ня|ні)|январ\w*|jan(?:uary)?\b", r"лют(?:ий|ого|ому)|феврал\w*|feb(?:ruary)?\b",
    r"берез(?:ень|ня|ні)|март[аеу]?\b|march\b|mar\b", r"квіт(?:ень|ня|ні)|апрел\w*|april?\b",
    r"трав(?:ень|ня|ні)|ма[йяе]\b|may\b", r"черв(?:ень|ня|ні)|июн\w*|june?\b", r"лип(?:ень|ня|ні)|июл\w*|july?\b",
    r"серп(?:ень|ня|ні)|август\w*|aug(?:ust)?\b", r"верес(?:ень|ня|ні)|сентябр\w*|sept?(?:ember)?\b",
    r"жовт(?:ень|ня|ні)|октябр\w*|oct(?:ober)?\b", r"листопад[ауі]?\b|ноябр\w*|nov(?:ember)?\b",
    r"груд(?:ень|ня|ні)|декабр\w*|dec(?:ember)?\b",
)  # fmt: skip
_MONTH = "|".join(rf"(?P<m{number}>{words})" for number, words in enumerate(_MONTHS, start=1))
_WEEKDAYS = (
    r"понеділ\w+|понедельник\w*|mondays?|пн\b", r"вівтор\w+|вторник\w*|tuesdays?|вт\b", r"серед[ауиі]\b|сред[ауые]\b|"
    r"wednesdays?|ср\b",
    r"четвер\w*|четверг\w*|thursdays?|чт\b", r"п'ятниц\w+|пятниц\w+|fridays?|пт\b", r"субот\w+|суббот\w+|saturdays?|"
    r"сб\b",
    r"неділ[яюіи]\w*|воскресен\w+|sundays?|нд\b|вс\b",
)  # fmt: skip
_WEEKDAY = "|".join(rf"(?P<w{number}>{words})" for number, words in enumerate(_WEEKDAYS))
_NEAR = (
    ("today", r"сьогодні|сегодня|today|tonight|same[-\s]day|(?:того\s+ж|в\s+тот\s+же)\s+д\w+"),
    ("tomorrow", r"завтра|післязавтра|послезавтра|tomorrow"),
    (
        "week",
        r"(?:цього|наступного|этой|следующей|на\s+этой|на\s+следующей)\s+(?:тижн|недел)\w+|(?:this|next)\s+week|"
        r"(?:вже|уже)\s+за\s+тиждень",
    ),
    (
        "end",
        r"(?:до|к|наприкінці|в|by)\s+(?:the\s+)?(?:кінц|конц|end)\w*\s+(?:of\s+)?(?:the\s+|this\s+)?"
        r"(?:тиж|міс|дня|рок|недел|мес|год|week|month|day|year)\w*|до\s+вечора|до\s+вечера|"
        r"by\s+(?:tonight|noon|evening)",
    ),
    (
        "now",
        r"(?:негайно|немедленно|миттєво|мгновенно|immediately|instantly|right\s+away|за\s+лічені\s+\w+|"
        r"цієї\s+ж\s+хвилини)",
    ),
    (
        "next",
        r"наступн\w+\s+(?:робоч\w+\s+)?(?:дня|день)|следующ\w+\s+(?:рабоч\w+\s+)?день|"
        r"next\s+(?:working\s+|business\s+)?day(?!\s+(?:begins|starts))|overnight",
    ),
)
_NEARLY = re.compile(rf"\b(?:{'|'.join(rf'(?P<{name}>{words})' for name, words in _NEAR)})", re.I)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<d>0?[1-9]|[12]\d|3[01])[./](?P<m>0?[1-9]|1[0-2])(?:[./](?:20)?\d{2})?(?![\d%]|[.,]\d)"
)
_ISO = re.compile(r"(?<!\d)20\d{2}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_ORDINAL = r"(?:st|nd|rd|th|-?(?:го|е|ого))?"
_DAY_MONTH = re.compile(rf"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01]){_ORDINAL}\s+(?:of\s+)?(?:{_MONTH})", re.I)
_MONTH_DAY = re.compile(rf"\b(?:{_MONTH})\s+(?:the\s+)?(?P<d>[12]\d|3[01]|0?[1-9]){_ORDINAL}(?!\d)", re.I)
_WORD_MONTH = re.compile(
    r"\b(?:перш|друг|трет|четв|п'ят|шост|сьом|восьм|дев'ят|десят|\w{2,12}надцят|двадцят|тридцят|перв|втор|пят|шест|"
    r"седьм|девят|\w{2,12}надцат|двадцат|тридцат|"
    rf"first|second|third|fourth|fifth|\w{{3,12}}th)\w*\s+(?:of\s+)?(?:{_MONTH})",
    re.I,
)
_YEAR = re.compile(
    r"(?:\b(?:у|в|з|із|с|до|від|від|in|since|from|until|till|by)\s+)?(?<![\d.])(?P<y>(?:19|"
    r"20)\d{2})(?:-?го)?\s*(?:рок[уі]?|рік|р\.|год[ау]?|г\.)|\b(?:since|in|by|until|з|із|с)\s+(?P<z>(?:19|"
    r"20)\d{2})(?!\d|\s*(?:грн|uah|\$|€|usd|eur|mm|ml|w\b))",
    re.I,
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3])[:.](?P<min>[0-5]\d)(?![\d%]|\.\d)(?:\s*(?P<ap>[ap])\.?m\b)?", re.I
)
_HOUR = re.compile(
    r"(?<![\d:.])(?P<h>1[0-2]|0?[1-9])\s*(?P<ap>[ap])\.?m\b|\b(?:о|об|в|у|до|к|after|at|by|before|після|"
    r"после)\s+(?P<g>[01]?\d|2[0-3])(?:-?(?:й|ій|ти|и))?(?:\s*(?:годин[іиу]|час(?:ов|а)?\b|o'clock)|(?=\s*(?:[.,!?]|"
    r"$)))",
    re.I,
)
_SPOKEN_HOUR = re.compile(
    r"\b(?:о|об|в)\s+пів\s+на\s+\w+|\bв\s+пол(?:овин[еу])?\s*\w+ого\b|\bhalf[\s-]past\s+\w+|"
    r"\b(?:о|об|в|у|до|к)\s+(?:перші|другі|треті|четверті|п'яті|шості|сьомі|восьмі|дев'яті|десяті|одинадцяті|"
    r"дванадцяті)й\b|"
    r"\b(?:в|к|до)\s+(?:час|два|три|четыре|пять|шесть|семь|восемь|девять|десять)\s+(?:часов|часа|вечера|утра|дня|"
    r"ровно)\b|"
    r"\bat\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|noon|midnight)\b"
    r"(?=\s*(?:[.,!?;]|$|o'clock|sharp|today|tomorrow|on\b|in\s+the\b))",
    re.I,
)
_WEEKLY = re.compile(rf"\b(?:{_WEEKDAY})(?!\w)", re.I)


def find_dates(text: str) -> Iterator[SaidDate]:
    """In no order; a time range gives both its ends."""
    for pattern in (_NUMERIC, _ISO):
        for match in pattern.finditer(text):
            yield SaidDate(match.start(), match.end(), ("date", int(match["d"]), int(match["m"])))
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            yield SaidDate(match.start(), match.end(), ("date", int(match["d"]), _numbered(match, "m")))
    for match in _WORD_MONTH.finditer(text):
        yield SaidDate(match.start(), match.end(), ("date", match.group().lower(), _numbered(match, "m")))
    for match in _YEAR.finditer(text):
        yield SaidDate(match.start(), match.end(), ("year", int(match["y"] or match["z"])))
    yield from _clocks(text)
    for match in _WEEKLY.finditer(text):
        yield SaidDate(match.start(), match.end(), ("weekday", _numbered(match, "w")))
    for match in _NEARLY.finditer(text):
        yield SaidDate(match.start(), match.end(), ("near", match.lastgroup))


def _clocks(text: str) -> Iterator[SaidDate]:
    for match in _CLOCK.finditer(text):
        if not (match["h"].startswith("0") or text[match.start() + len(match["h"])] == ":" or match["ap"]):
            continue  # 12.30 is as well a number
        yield SaidDate(match.start(), match.end(), ("clock", _minutes(match["h"], match["min"], match["ap"])))
    for match in _HOUR.finditer(text):
        yield SaidDate(match.start(), match.end(), ("clock", _minutes(match["h"] or match["g"], "0", match["ap"])))
    for match in _SPOKEN_HOUR.finditer(text):
        yield SaidDate(match.start(), match.end(), ("clock", match.group().lower()))


def _minutes(hour: str, minutes: str, half: str | None) -> int:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 60 + int(minutes)


def _numbered(match: re.Match[str], prefix: str) -> int:
    return next(
        int(name[1:]) for name, found in match.groupdict().items() if found and re.fullmatch(rf"{prefix}\d+", name)
    )
