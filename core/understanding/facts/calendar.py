"""Days as people say them, worked out from today: "15 грудня", "next week", "через два тижні", "кінець місяця"."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.understanding.facts.calendar_words import (
    MONTH_NAMES,
    MONTHS,
    SEASON_NAMES,
    SEASON_STARTS,
    SEASONS,
    WEEKDAY_NAMES,
    WEEKDAYS,
)
from core.understanding.facts.clause import text_before
from core.understanding.facts.numbers import find_numbers, whole

_MOST_UNITS = 400
_MANY = frozenset({"few", "several", "some", "кілька", "декілька", "несколько"})
_LIMIT = re.compile(r"(?<!\w)(?:до|к|ко|by|before|until|till|пізніше|позже|later than|перед)\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day said at [start, end); `day` is None when it is said too vaguely to be worked out."""

    start: int
    end: int
    day: date | None


@dataclass(frozen=True, slots=True)
class _Said:
    """`is_limit`: "by" or "до" stands before."""

    match: re.Match[str]
    today: date
    is_limit: bool

    def __getitem__(self, name: str) -> str:
        return (self.match[name] or "") if name in self.match.re.groupindex else ""

    def one_of(self, names: Sequence[re.Pattern[str]]) -> int:
        return next(place for place, name in enumerate(names) if name.fullmatch(self["name"]))


def find_days(folded: str, today: date) -> list[Day]:
    """From left to right, without overlaps; of two readings of the same words the earlier rule's counts."""
    found: list[Day] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(folded):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            is_limit = _LIMIT.search(text_before(folded, match.start())) is not None
            found.append(Day(match.start(), match.end(), resolve(_Said(match, today, is_limit))))
    return sorted(found, key=lambda day: day.start)


def _upcoming(today: date, month: int, day: int, year: int | None = None) -> date | None:
    """This year's day, or next year's when it has passed; None when there is no such day."""
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _add_months(today: date, months: int) -> date:
    month = today.month - 1 + months
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _date(said: _Said) -> date | None:
    """Day, month and perhaps the year, in figures or by name."""
    month = int(said["m"]) if said["m"] else said.one_of(MONTHS) + 1
    year = int(said["y"]) + (2000 if len(said["y"]) == 2 else 0) if said["y"] else None
    return _upcoming(said.today, month, int(said["d"]), year)


def _day_of_month(said: _Said) -> date | None:
    for months in range(3):
        first = _add_months(said.today.replace(day=1), months)
        found = _upcoming(said.today, first.month, int(said["d"]), first.year)
        if found and found >= said.today:
            return found
    return None


def _weekday(said: _Said) -> date:
    wanted, today = said.one_of(WEEKDAYS), said.today
    if said["next"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _length(said: _Said) -> date | None:
    """ "через два тижні"; of "two or three days" the later one counts."""
    numbers = find_numbers(said["count"])
    count = whole(numbers[-1].value) if numbers else None if said["count"].strip() in _MANY else 1
    if count is None or count > _MOST_UNITS:
        return None
    if said["days"]:
        return said.today + timedelta(days=count)
    if said["weeks"]:
        return said.today + timedelta(weeks=count)
    return _add_months(said.today, count * (12 if said["years"] else 1))


def _half_year(said: _Said) -> date:
    return _add_months(said.today, 6)


def _period(said: _Said) -> date:
    """The last day of this or the next week, month, quarter or year; the first when its beginning is said."""
    ahead, today = (1 if said["next"] else 0), said.today
    if said["week"]:
        first = today + timedelta(days=7 * ahead - today.weekday())
        return first if said["begin"] else first + timedelta(days=6)
    if said["year"]:
        return date(today.year + ahead, 1, 1) if said["begin"] else date(today.year + ahead, 12, 31)
    first = today.replace(day=1)
    if said["quarter"]:
        return _end_of_month(_add_months(first.replace(month=(today.month - 1) // 3 * 3 + 3), 3 * ahead))
    first = _add_months(first, ahead)
    return first if said["begin"] else _end_of_month(first)


def _month(said: _Said) -> date:
    """By December is before it begins, in December before it ends."""
    month, today = (5 if said["may"] else said.one_of(MONTHS) + 1), said.today
    begins = bool(said["begin"]) or (said.is_limit and not said["end"])
    first = date(today.year, month, 1)
    if first < today and (begins or month != today.month):
        first = first.replace(year=today.year + 1)
    return first if begins else _end_of_month(first)


def _season(said: _Said) -> date | None:
    return _upcoming(said.today, SEASON_STARTS[said.one_of(SEASONS)], 1) if said.is_limit else None


def _weekend(said: _Said) -> date:
    return said.today + timedelta(days=6 - said.today.weekday() + (7 if said["next"] else 0))


def _vague(said: _Said) -> None:
    return None


def _in(days: int) -> "_Resolve":
    return lambda said: said.today + timedelta(days=days)


def _on(month: int, day: int) -> "_Resolve":
    return lambda said: _upcoming(said.today, month, day)


_Resolve = Callable[[_Said], date | None]


def _rule(pattern: str, resolve: _Resolve) -> tuple[re.Pattern[str], _Resolve]:
    return re.compile(rf"(?<![\w.])(?:{pattern})(?!\w)"), resolve


_NEXT = r"(?P<next>наступн\w+|следующ\w+|next)"
_THIS = r"(?:ц[ьієюя]\w{0,4}|эт\w{1,3}|this|these|най?ближч\w+|ближайш\w+|coming)"
_MONTH = rf"(?P<name>{'|'.join(MONTH_NAMES)})"
_WEEKDAY = rf"(?P<name>{'|'.join(WEEKDAY_NAMES)})"
_SEASON = rf"(?P<name>{'|'.join(SEASON_NAMES)})"
_YEAR = r"(?:[ ,]+(?P<y>20\d\d)(?: ?(?:р(?:оку|\.)?|г(?:ода|\.)?))?)?"
_ORDINAL = r"(?:-?(?:го|е|є|те|ого|му|х)|st|nd|rd|th)?"
_UNIT = (
    r"(?:(?P<days>дн\w+|день|days?|доб\w+|сут\w+)|(?P<weeks>тиж\w+|недел\w+|weeks?)|(?P<months>міся\w+|месяц\w*"
    r"|months?)"
    r"|(?P<years>рок\w+|рік|год\w{0,2}|лет|years?))"
)
_PERIOD = (
    r"(?:(?P<month>місяц\w+|месяц\w*|month)|(?P<week>тиж\w+|недел\w+|week)|(?P<year>рок\w+|рік|год\w*|year)"
    r"|(?P<quarter>квартал\w*|quarter))"
)
_END = r"(?P<end>к[іо]н\w{2,3}|end(?: of)?)"
_BEGIN = r"(?P<begin>почат\w+|начал\w+|(?:beginning|start)(?: of)?)"
_WITHIN = r"(?:через|за|протягом|упродовж|впродовж|в течени[еи]|within|in|най?ближч\w+|ближайш\w+|next)"
_BEFORE_FIGURES = r"(?<=до )|(?<= к )|(?<=на )|(?<=by )|(?<=on )|(?<=іше )|(?<=озже )|(?<=than )|(?<=ore )|(?<=til )"

_RULES = (
    _rule(r"(?P<y>20\d\d)-(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)", _date),
    _rule(r"(?P<d>[0-3]?\d)[./](?P<m>0?[1-9]|1[0-2])[./](?P<y>20\d\d|\d\d)", _date),
    _rule(rf"(?:{_BEFORE_FIGURES})(?P<d>[0-3]?\d)[./](?P<m>0[1-9]|1[0-2])(?![.,/]?\d)", _date),
    _rule(rf"(?P<d>[0-3]?\d){_ORDINAL}(?: of)? {_MONTH}{_YEAR}", _date),
    _rule(rf"{_MONTH} (?:the )?(?P<d>[0-3]?\d){_ORDINAL}{_YEAR}", _date),
    _rule(r"(?P<d>[0-3]?\d)(?:(?:-?(?:го|е|ого))? числа|-?го(?= вкл|\W*$))", _day_of_month),
    _rule(r"(?:(?<=the )|(?<=by )|(?<=on ))(?P<d>[0-3]?\d)(?:st|nd|rd|th)(?! floor| time| option)", _day_of_month),
    _rule(rf"(?:{_END}|{_BEGIN}) (?:the )?(?:{_NEXT} |{_THIS} )?{_PERIOD}", _period),
    _rule(rf"(?:{_END}|{_BEGIN}) {_MONTH}", _month),
    _rule(r"післязавтра|послезавтра|(?:the )?day after tomorrow", _in(2)),
    _rule(r"завтра\w*|tomorrow", _in(1)),
    _rule(r"сьогодн\w+|сегодня|today|tonight|this (?:evening|afternoon|morning)", _in(0)),
    _rule(rf"(?:{_NEXT} |{_THIS} )?{_WEEKDAY}", _weekday),
    _rule(r"(?:через |за |in )?(?:about )?(?:пів ?року|пол ?года|half a year)", _half_year),
    _rule(rf"(?:{_NEXT}|{_THIS}) {_PERIOD}", _period),
    _rule(rf"{_WITHIN} (?P<count>(?:\S+ ){{0,4}}?){_UNIT}", _length),
    _rule(rf"(?:{_NEXT} |{_THIS} |the )?(?:вихідн\w+|выходн\w+|weekends?)", _weekend),
    _rule(r"нов(?:ого|ому|ий|ый) (?:року|рік|году|года|год)|new year'?s?(?: eve)?", _on(12, 31)),
    _rule(r"різдв\w+|рождеств\w+|christmas|xmas", _on(12, 25)),
    _rule(r"(?:дня? |день )?(?:святого |св\. )?валентин\w*|valentine'?s?(?: day)?", _on(2, 14)),
    _rule(r"велик(?:день|одня|дня)|пасх\w|easter", _vague),
    _rule(rf"(?!(?:may|mar|jan|sep|dec)(?!\w)){_MONTH}|(?:(?<=in )|(?<=by )|(?<=or ))(?P<may>may)", _month),
    _rule(_SEASON, _season),
    _rule(
        r"терміново|срочно|asap|a\.s\.a\.p|urgent\w*|(?:якомога|як найшвидше|якнайшвидше|як можна) ?(?:швидше|скоріше)?"
        r"|(?:чим|чем) (?:швидше|скоріше|быстрее|скорее)(?: (?:тим|тем) (?:краще|лучше))?|как можно (?:быстрее|скорее)"
        r"|the sooner the better|as soon as possible|right now|прямо зараз|прям зараз|прям щас|прямо сейчас",
        _vague,
    ),
)
