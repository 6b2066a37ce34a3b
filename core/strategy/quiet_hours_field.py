"""The line of firm.yaml that says when nothing goes out that nobody asked for."""

import re
from datetime import time

from core.strategy.fields import Fields
from core.strategy.problems import Problems

NEVER = "never"
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)")


def read_quiet_hours(fields: Fields, problems: Problems) -> tuple[time, time] | None:
    """(begin, end), over midnight when the end is the earlier; the two are equal for `never`. None = not said."""
    text = fields.text("quiet_hours")
    if text is None:
        return None
    match = _HOURS.fullmatch(text.value)
    if text.value == NEVER:
        return time(), time()
    if match is None:
        problems.add(text.place, f"{text.value!r} are no hours", 'write them as "21:00-08:00", or never')
        return None
    begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    if begin == end:
        problems.add(text.place, f"{text.value!r} never ends", 'write them as "21:00-08:00", or never')
    return begin, end
