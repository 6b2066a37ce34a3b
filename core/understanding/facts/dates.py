"""The deadline: by when the customer wants it, as said and as a date."""

import re

from core.understanding.facts.calendar import Day, find_days
from core.understanding.facts.clause import Clause, clause_around
from core.understanding.facts.hours_said import hours_around
from core.understanding.facts.span import Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_BY = re.compile(
    r"(?<!\w)(?:не пізніше|не позже|(?:no|not) later than|до|к|ко|by|before|until|till|перед)\s+(?:the )?$"
)
_ON = re.compile(r"(?<!\w)(?:на|у|в|во|on|(?:in time )?for|in|at|з|із|с|from)\s+(?:the )?$")
_WANTED = any_of(
    r"""
    треба|потріб\w+|нуж\w+|надо|хочу|хотіл\w+|хотел\w+|хочемо|хотим|привез\w+|достав\w+|отрима\w+|получ\w+|забер\w+
    забра\w+|встиг\w+
    успе\w+|бажан\w+|желательн\w+|готов\w+|монтаж\w*|терм[іи]н\w*|строк\w*|срок\w*|дедлайн\w*|крайн\w+|відкри\w+
    откр\w+|запуск\w*
    свят\w+|весіл\w+|свадьб\w+|вечірк\w+|праздник\w*|днюх\w+|день народження|день рождения|корпоратив\w*|тендер\w*
    заїзд\w*|заезд\w*
    оформ\w+|куп\w+|замов\w+|закаж\w+|заказ\w+|візьм\w+|возьм\w+|виїжджа\w+|їду|еду|улетаю|відправ\w+|отправ\w+
    плану\w+
    планиру\w+|почат\w*|начать
    приїха\w*|приїд\w*|заїха\w*|заїд\w*|зустр\w+|підійти|підійд\w*|приеха\w*|приед\w*|заеха\w*|заед\w*|встреч\w*
    встре\w+
    зідзвон\w+|созвон\w+|поговор\w+|talk|speak|zoom
    meet\w*|come by|come over|visit\w*|drop by|stop by|see you|book\w*|запис\w+|запиш\w+
    need\w*|want\w*|deliver\w*|arriv\w*|get it|have it|receive|ready|deadline|due|prefer\w*|party|wedding|birthday
    event|opening|launch
    ship\w*|send|order|start\w*|move in|leav\w+|flying|plan\w*|would be great|sometime|must|has to|have to
    """
)
_NOT_A_DEADLINE = any_of(
    r"""
    відклад\w+|отклад\w+|отлож\w+|put (?:it )?off|зачека\w+|заморо\w+|frozen|контракт\w*|contract|збирає\w*
    подзвон\w+|зателефон\w+|перезвон\w+|передзвон\w+|наберіть|наберу|наберите|позвон\w+|напиш\w+|відпиш\w+|отпиш\w+
    подума\w+
    верну\w*|поверну\w*|зайду|зайдем\w*|дам знати|дам знать|зв'яж\w+|свяж\w+|скажу|відповім|отвечу|call|think|get back
    let you know
    text you|write you|come back|гарант\w+|warrant\w*|guarantee\w*|обмін\w*|обмен\w*|return\w*|refund\w*|знижк\w+
    скидк\w+|акці\w+|акци\w+
    discount\w*|promo\w*|дійсн\w+|действ\w+|valid|працює\w*|працюва\w+|работае\w*|відчинен\w+|відкрит\w+|открыт\w+
    open|closed|closes
    купува\w+|купил\w*|куп(?:ив|ила)|замовля(?:в|ла)\w*|замови(?:в|ла)\w*|заказа(?:л|ла)|bought|ordered|вчора
    yesterday|ago|тому|назад
    """
)
_CALL_AT = re.compile(
    r"(?<!\w)(?:зателефонуйте|подзвоніть|передзвоніть|позвоните|перезвоните|наберите|"
    r"(?:подзвонити|зателефонувати|передзвонити|позвонить|перезвонить)|call (?:me|us)|(?:have|schedule|"
    r"arrange|set up|book|hop on|jump on) a (?:\w+ )?call)(?!\w).*\d ?(?::\d\d|год|час|am|pm|a\.m|p\.m)"
)
"""Who asks to be called at an hour names a meeting; a mere "call me on Monday" puts off."""
_THROUGH = re.compile(
    r"\s?(?:-|to|till|until|through|по|до)\s?(?:the )?\d{1,2}(?:st|nd|rd|th)?(?!\w|[.,:]\d)"
    r"|,? (?:and|і|и|та) \d{1,2}(?:st|nd|rd|th)?(?=\s*(?:[.,!?]|$))"
)
"""After a day of a month: the last day."""
_PAST = re.compile(r"(?:минул\w+|прошл\w+|last|попередн\w+|предыдущ\w+|кожн\w+|кажд\w+|every)\s$")
_PAST_AFTER = re.compile(r"^\s(?:тому|назад|ago|back)(?!\w)")


def find(text: str, context: Context) -> list[Span]:
    """Values are {"text": as said, "date": ISO or None}; the last one told is last."""
    folded = fold(text)
    return [
        span for day in find_days(folded, context.today) if (span := _deadline(text, folded, day, context)) is not None
    ]


def find_figures(text: str, context: Context) -> list[Span]:
    """Days in figures or with a time of day, whatever happens then: their numbers count nothing."""
    folded = fold(text)
    found = []
    for day in find_days(folded, context.today):
        start, end = hours_around(folded, day.start, day.end)
        if (start, end) != (day.start, day.end) or any(letter.isdigit() for letter in folded[start:end]):
            last = _THROUGH.match(folded, end)
            found.append(Span(start, last.end() if last else end, text[start:end]))
    return found


def _deadline(text: str, folded: str, day: Day, context: Context) -> Span | None:
    clause = clause_around(folded, day.start, day.end)
    if _PAST.search(clause.before) or _PAST_AFTER.match(clause.after) or (day.day and day.day < context.today):
        return None
    by = _BY.search(clause.before)
    preposition = by or _ON.search(clause.before)
    start = day.start - (len(preposition.group()) if preposition else 0)
    if not _is_deadline(clause, bool(by), context):
        return None
    start, end = hours_around(folded, start, day.end)
    value = {"text": text[start:end], "date": day.day.isoformat() if day.day else None}
    return Span(start, end, value)


def _is_deadline(clause: Clause, has_limit: bool, context: Context) -> bool:
    if "deadline" in context.expected | context.implied:
        return True
    if _CALL_AT.search(clause.text):
        return True
    if _NOT_A_DEADLINE.search(clause.text):
        return False
    return has_limit or _WANTED.search(clause.text) is not None
