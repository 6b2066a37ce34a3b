"""What an answer looks like, judged by how the question is put: an amount, a time, a place, a contact."""

import re
from typing import Final

from rag.terms import fold

_MONEY: Final = r"\d[\d  ]*\s?(?:грн|uah|₴|\$|€|%)|безкоштовн|безплатн|бесплатн|free\b|нічого не кошту|ничего не сто"
_TIME: Final = (
    r"\d+\s?(?:робоч|рабоч|working|business)?\w*\s?(?:дн|день|доб|сут|годин|час|хвил|минут|місяц|месяц|тижн|недел"
    r"|рок|лет|days?|hours?|months?|minutes?|weeks?|years?)"
    r"|\d{1,2}:\d\d|того ж дня|в тот же день|same day|щодня|ежедневно|daily"
)
_PLACE: Final = r"\bвул|\bул\.|улиц|просп|street|\bst\.|адрес|address|поверх|этаж|floor|метро|metro"
_CONTACT: Final = r"\+\d|@|напишіть|напишите|телефону|write to|call us"
_NUMBER: Final = r"\d"

_FORMS: Final = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(expected, re.IGNORECASE))
    for asked, expected in (
        (
            r"кошту|вартіст|\bцін|поч[оеі]м|стоит|стоимост|\bцен|how much|price|cost|\bfees?\b|знижк|скидк|discount",
            _MONEY,
        ),
        (
            r"коли|як довго|скільки (?:часу|дн|триває|чека|діє)|термін|строк|годин|котрої|когда|как долго|\bсрок"
            r"|сколько (?:времени|дн|длит|жда|действ)|котор(?:ого|ый) час|часов"
            r"|how long|how soon|how quick|when\b|what time|hours",
            _TIME,
        ),
        (r"\bде\b|\bгде\b|where\b|адрес|address|located", _PLACE),
        (r"телефон|пошт[аі]\b|почт[аы]\b|phone|email|e-mail|зв'язатис|связаться|contact", _CONTACT),
        (r"скільки|сколько|how many|how much|яка частина|какой процент|мінімальн|минимальн|minimum", _NUMBER),
    )
)

_MEASURES: Final = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (
            r"\b(?:кіло|кило)?ватт?(?:и|ів|ов|а)?\b|\bк?вт\b|потужніст|мощност|\b(?:kilo)?watt|wattage",
            r"\d\s?(?:к?вт\b|(?:кіло|кило)?ват|k?w\b|(?:kilo)?watt)",
        ),
        (
            r"(?:скільки|сколько) (?:літр|литр|мл\b|мілілітр|миллилитр)|how many (?:lit(?:er|re)s|ml\b|millilit)",
            r"\d\s?(?:м?л\b|(?:мілі|милли)?л[иі]тр|m?l\b|(?:milli)?lit)",
        ),
        (r"міліграм|миллиграмм|\bмг\b|milligram|\bmg\b", r"\d\s?(?:мг\b|міліграм|миллиграмм|mg\b|milligram)"),
        (
            r"скільки (?:\w+ )?важить|сколько (?:\w+ )?весит|how heavy|how much does .*\bweigh",
            r"\d\s?(?:к?г\b|к[иі]лограм|k?g\b|kilogram|lb)",
        ),
        (r"децибел|\bдб\b|decibel|\bdb\b", r"\d\s?(?:дб|децибел|db\b|decibel)"),
        (r"калор|\bккал\b|calori|\bkcal\b", r"\d\s?(?:к?кал|калор|k?cal)"),
        (
            r"габарит|сантиметр|завширшки|заввишки|\bширин|\bвисот[аиу]|\bвысот[аыу]|dimensions|centimet"
            r"|how (?:wide|tall)",
            r"\d\s?(?:[см]м\b|(?:санти|м[иі]лл?[иі])метр|[cm]m\b|(?:centi|milli)met|м\b|m\b|inch)",
        ),
    )
)
"""In what is asked, and how it stands where it is told: a number with its unit."""

_IS_THERE: Final = re.compile(
    r"\b(?:є|есть|бува[єю]ть?|бывае?ю?т|маєте|имеете|прода[єюе]те|торгу[єе]те|робите|делаете|вида[єе]те|выдаете|"
    r"порад\w+|посовет\w+)\b"
    r"|\b(?:do|did|would|can) you (?:\w+ )?(?:have|sell|offer|do|run|make|provide|stock|carry)\b"
    r"|^\W*any\b|\b(?:is|are) there\b|\brecommend"
)
_HOW_MUCH: Final = re.compile(r"скільк|сколько|how (?:many|much|long)|\bде\b|\bгде\b|where\b")


def asks_if_there(question: str) -> bool:
    """Whether such a thing is to be had at all; where and how many are other questions."""
    folded = fold(question)
    return bool(_IS_THERE.search(folded)) and not _HOW_MUCH.search(folded)


def lacks_measure(question: str, text: str) -> bool:
    """Watts, litres or decibels are asked for, and the text gives none."""
    asked, told = fold(question), fold(text)
    return any(wanted.search(asked) and not said.search(told) for wanted, said in _MEASURES)


def asked_form(question: str) -> int | None:
    """Which kind of answer the question's form asks for, as a number that equal kinds share."""
    folded = fold(question)
    return next((number for number, (asked, _) in enumerate(_FORMS) if asked.search(folded)), None)


def asks_for_money(question: str) -> bool:
    return asked_form(question) == 0


def expected_form(question: str) -> re.Pattern[str] | None:
    """A pattern that a good answer probably matches; None when the question's form tells nothing."""
    number = asked_form(question)
    return None if number is None else _FORMS[number][1]
