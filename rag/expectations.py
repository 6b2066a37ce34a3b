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
