"""The time of day beside a day: "у вівторок о 12", "Tuesday at 3pm", "о 15:30 в середу"."""

import re

_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}(?:[:.][0-5]\d)?"
_PART = (
    r"(?:ранку|вечора|дня|утра|вечера|ночі|ночи|годин[іиуа]|год\.?|час(?:ов|а|у)?|[ap]\.?m\.?|o'clock)"
    r"(?!\w)"
)
_PLACED = (
    r"(?:о|об|в|у|на|at|around|about|близько|біля|около|"
    r"десь (?:о|на)|где-то (?:в|на)|після|после|after|до|by|from|з|с)"
)
_WORDS = (
    r"(?:опівдні|в обід|в обед|в полдень|at noon|після обіду|после обеда|after lunch|(?:в)?ранці|зранку|утром|с утра"
    r"|увечері|ввечері|вечером|днем|вдень|in the (?:morning|afternoon|evening)|(?:morning|afternoon|evening))"
)
_NO_COUNT = (
    r"(?!\d)(?![.,:/]\d)(?!\s?(?:шт|кг|kg|pcs|люд|чол|осіб|чел|people|грн|uah|\$|%|тис|тыс|к\b|k\b|-?(?:го|е)\b"
    r"|магаз|точк|точок|офіс|офис|місц|мест|адрес|машин|пачк|упак))"
)
_TIME = rf"(?:{_PLACED} {_CLOCK}(?: ?{_PART})?|{_CLOCK} ?{_PART}|{_HOUR}[:.][0-5]\d|{_WORDS}){_NO_COUNT}"
_AFTER = re.compile(rf",? (?:{_TIME})(?:,? {_TIME})?(?!\w)")
_BEFORE = re.compile(rf"(?<!\w)(?:{_TIME}),? (?:(?:у|в|во|на|on|the) )?$")


def hours_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The span of a day, widened over the time that is told right before or after it."""
    after = _AFTER.match(folded, end)
    before = _BEFORE.search(folded[max(start - 40, 0) : start])
    return (start - len(before.group()) if before else start), (after.end() if after else end)
