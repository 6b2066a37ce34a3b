"""Lengths of time as people write them into the firm's files."""

import re
from datetime import timedelta

from core.strategy.problems import Problems
from core.strategy.yaml_lines import Text

_PART = re.compile(r"(\d{1,4})\s*(d|h|m)")
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}


def read_duration(text: Text, problems: Problems) -> timedelta:
    """`20h`, `3d`, `1d 12h`, `30m`; never nothing."""
    total = sum((int(number) * _UNITS[unit] for number, unit in _PART.findall(text.value)), timedelta())
    if not total or _PART.sub("", text.value).strip():
        problems.add(text.place, f"{text.value!r} is no length of time", "write for instance 30m, 20h, 3d or 1d 12h")
    return total
