"""Times of day as people say them, with their minutes: "17:00", "о п'ятій", "в пол шестого", "at half past five"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.dates_said import find_dates


@dataclass(frozen=True, slots=True)
class SaidHour:
    start: int
    end: int
    minutes: int
    """Since midnight."""
    is_sure: bool
    """False where only the hour is named: it may be that of the morning or of the afternoon."""


_STEMS = (
    ("перш", "перв", "one"), ("друг", "втор", "two"), ("трет", "трет", "three"), ("четверт", "четверт", "four"),
    ("п'ят", "пят", "five"), ("шост", "шест", "six"), ("сьом", "седьм", "seven"), ("восьм", "восьм", "eight"),
    ("дев'ят", "девят", "nine"), ("десят", "десят", "ten"), ("одинадцят", "одиннадцат", "eleven"),
    ("дванадцят", "двенадцат", "twelve"),
)  # fmt: skip
_CARDINALS = {
    "час": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "noon": 12, "midnight": 0,
}  # fmt: skip
_ORDINAL = rf"(?:{'|'.join(stem for row in _STEMS for stem in row[:2])})(?:ій|ьої|ої|ю|у|ого|ьего)\b"
_ENGLISH = "|".join(row[2] for row in _STEMS)
_HALF_TO = re.compile(rf"\b(?:пів\s+на|пол(?:овин[аеу])?)\s*(?P<h>{_ORDINAL})", re.I)
_HALF_PAST = re.compile(rf"\bhalf[\s-]past\s+(?P<h>{_ENGLISH})\b", re.I)
_WORDED = re.compile(
    rf"\b(?:о|об|до|після|близько)\s+(?P<h>{_ORDINAL})(?!\s+\w+(?:я|ня|та|да)\b)|\b(?:at|by|until|after|before)\s+(?P<e>{_ENGLISH}|"
    r"noon|midnight)\b(?!\s+(?:days?|weeks?|hours?|minutes?|of)\b)|"
    rf"\b(?:в|к|до|около|после)\s+(?P<c>{'|'.join(word for word in _CARDINALS if word not in ('noon', 'midnight'))})"
    r"\b(?!\s+(?:дн|недел|раз|минут|месяц|шт|кг)\w*)",
    re.I,
)
_BARE = re.compile(
    r"\b(?:о|об|в|у|до|к|на|at|by|before|until|after|після|после|around|близько|около)\s+(?P<h>[01]?\d|2[0-3])"
    r"(?:-?(?:й|ій|ї|ю|ти))?(?=\s*(?:[.,!?;)]|$|\b(?:сьогодн|сегодн|завтр|післязавтр|послезавтр|вечора|вечера|дня|ранку|"
    r"утра|ночі|ночи|годин|час(?:ов|а)?\b|o'clock|today|tomorrow|sharp|on\b|рівно|ровно|у\b|в\b|and\b|і\b|и\b)))",
    re.I,
)
_LATE = re.compile(r"\s*(?:годин\w*|час\w*|o'clock)?\s*(?:вечора|вечера|дня|in\s+the\s+(?:afternoon|evening))", re.I)
_EARLY = re.compile(r"\s*(?:годин\w*|час\w*|o'clock)?\s*(?:ранку|утра|ночі|ночи|in\s+the\s+morning)", re.I)


def find_hours(text: str) -> Iterator[SaidHour]:
    """In no order; of overlapping readings the surest."""
    taken: list[tuple[int, int]] = []
    for start, end, minutes, is_sure in (*_written(text), *_spoken(text)):
        if any(start < other and begun < end for begun, other in taken):
            continue
        taken.append((start, end))
        yield _placed(text, start, end, minutes, is_sure)


def _placed(text: str, start: int, end: int, minutes: int, is_sure: bool) -> SaidHour:
    """ "At five in the evening" is sure."""
    if not is_sure and _LATE.match(text, end):
        return SaidHour(start, end, minutes % 720 + 720, is_sure=True)
    if not is_sure and _EARLY.match(text, end):
        return SaidHour(start, end, minutes % 720, is_sure=True)
    return SaidHour(start, end, minutes, is_sure)


def _written(text: str) -> Iterator[tuple[int, int, int, bool]]:
    """Figures: with minutes, or with a half of the day, they are sure."""
    for said in find_dates(text):
        if isinstance(said.value, tuple) and said.value[0] == "clock" and isinstance(said.value[1], int):
            words = text[said.start : said.end].lower()
            is_sure = bool(re.search(r"\d[:.]\d\d|[ap]\.?m\b", words))
            start = said.start + (re.search(r"\d", words) or re.search("", words)).start()  # type: ignore[union-attr]
            yield start, said.end, said.value[1], is_sure
    for match in _BARE.finditer(text):
        yield match.start("h"), match.end(), int(match["h"]) * 60, False


def _spoken(text: str) -> Iterator[tuple[int, int, int, bool]]:
    for match in _HALF_TO.finditer(text):
        yield match.start(), match.end(), (_hour(match["h"]) - 1) * 60 + 30, False
    for match in _HALF_PAST.finditer(text):
        yield match.start(), match.end(), _hour(match["h"]) * 60 + 30, False
    for match in _WORDED.finditer(text):
        group = next(name for name in ("h", "e", "c") if match[name])
        word = match[group].lower()
        sure = word in ("noon", "midnight")
        yield match.start(group), match.end(), _CARDINALS.get(word, 0) * 60 or _hour(word) * 60, sure


def _hour(word: str) -> int:
    """The longest beginning that fits: "четверта" is four, "тридцята" nothing."""
    word = word.lower()
    fits = [(len(stem), hour) for hour, row in enumerate(_STEMS, start=1) for stem in row if word.startswith(stem)]
    return max(fits, default=(0, 0))[1]
