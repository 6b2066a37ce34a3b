"""What tells that places are taken, for so many people. For folded text."""

import re

from core.understanding.facts.wording import any_of

BOOKING = any_of(
    r"""
    столик\w*|квитк\w+|квиток|билет\w*|tickets?|бронь|броню\w*|заброн\w+|бронир\w+|запис(?!к)\w*|запиш\w+|курс\w*
    урок\w*|тренінг\w*|тренинг\w*
    (?:майстер|мастер)-?клас\w*|екскурс\w+|экскурс\w+|тур(?!\w)|тури|прийом\w*|при[её]м\w*|масаж\w*|массаж\w*|квест\w*
    сеанс\w*|манікюр(?:у|і)?(?!\w)|маникюр(?:а|е|у)?(?!\w)|педикюр(?:у|і|а|е)?(?!\w)|стрижк\w+|фотосес\w+
    table for|(?:like|want|need|get) (?:a|the) table(?=,| at| by| on| to| ton)|book(?:ing)?|reserv\w+
    appointment\w*|lessons?|class(?:es)?|workshop\w*|tour|session\w*
    sign (?:us|me) up|massage|manicure(?! set)|pedicure(?! set)|haircuts?|photo ?shoot
    """
)
"""Where places are taken, people are counted."""
PEOPLE_BEFORE = re.compile(
    r"(?<!\w)(?:(?:столик\w*|ст[іо]л\w*|бронь|table|booking|reservation|местo|places?) (?:\S+ )?(?:на|for)|нас|us"
    r"|for the|піти|пойти"
    r"|прийти|прийдемо|придем|прид[её]м|will be|be|go|come|join)\s$"
)
TABLE_FOR = re.compile(r"(?<!\w)(?:столик\w*|ст[іо]л\w*|table)(?: \S+)?\s(?:на|for)\s$")
FOR_PEOPLE = re.compile(r"(?<!\w)(?:на|for|для)\s$")
AT_TABLE = re.compile(r"^ (?:столик|ст[іо]л|місц|мест)")
NOT_BOOKED = re.compile(
    r"(?<!\w)не (?:буде|будет|прийд|прид|зможе|сможе)|won't|вистачить|хватит|enough|буває|бывает|у груп|в груп"
)
COLLECTIVE = re.compile(
    r"(?:двох|трьох|чотирьох|п'ятьох|шістьох|сімох|вісьмох|двоих|троих|четверых|пятерых|шестерых|\w+еро|двоє|троє"
    r"|двое|трое)"
)
