"""Names of days, months and seasons in the three languages, in the forms in which dates use them."""

import re

WEEKDAY_NAMES = (
    r"понед[іе]л\w+|monday|mon",
    r"вівтор\w+|вторник\w*|tuesday|tue|tues",
    r"серед[аиуі]|середою|сред[аыуе]|средой|wednesday",
    r"четвер\w*|thursday|thu|thurs",
    r"п'?ятниц\w+|friday|fri",
    r"субот\w+|суббот\w+|saturday",
    r"неділ[яіюе]\w?|воскресен\w+|sunday",
)
MONTH_NAMES = (
    r"січ(?:ень|ня|ні|н)|январ\w|jan(?:uary)?",
    r"лют(?:ий|ого|ому)|феврал\w|feb(?:ruary)?",
    r"берез(?:ень|ня|ні)|март[ае]?|mar(?:ch)?",
    r"квіт(?:ень|ня|ні)|апрел\w|apr(?:il)?",
    r"трав(?:ень|ня|ні)|ма[йяе]|may",
    r"черв(?:ень|ня|ні)|июн\w|june?",
    r"лип(?:ень|ня|ні)|июл\w|july?",
    r"серп(?:ень|ня|ні)|август[ае]?|aug(?:ust)?",
    r"верес(?:ень|ня|ні)|сентябр\w|sept?(?:ember)?",
    r"жовт(?:ень|ня|ні)|октябр\w|oct(?:ober)?",
    r"листопад[аі]?|ноябр\w|nov(?:ember)?",
    r"груд(?:ень|ня|ні)|декабр\w|dec(?:ember)?",
)
SEASON_NAMES = (
    r"весн\w+|навесні|spring",
    r"літ[оаі]|влітку|лет[оау]|летом|summer",
    r"осінь|осен[іьи]|восени|осенью|autumn|fall",
    r"зим\w+|взимку|winter",
)
SEASON_STARTS = (3, 6, 9, 12)

WEEKDAYS = tuple(re.compile(name) for name in WEEKDAY_NAMES)
MONTHS = tuple(re.compile(name) for name in MONTH_NAMES)
SEASONS = tuple(re.compile(name) for name in SEASON_NAMES)
