"""Phone numbers said in words, as voice notes bring them: "нуль шістдесят сім…", "oh five oh double two"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.understanding.facts.number_words import SMALL

_MAY_BE = re.compile(r"нул|нол|zero|(?<!\w)oh?(?!\w)|0")
_TOKEN = re.compile(r"\+|\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_GAP = re.compile(r"[\s,.()-]{0,3}")
_PART = re.compile(r"[,.()-]")
_PLUS = frozenset({"+", "плюс", "plus"})
_ZERO = frozenset({"oh", "o", "о"})
_ZEROS = frozenset({"нулі", "нулів", "нуля", "нули", "нулей", "zeros", "zeroes"})
_TIMES = {"double": 2, "triple": 3, "двічі": 2, "дважды": 2, "тричі": 3, "трижды": 3}
_LEAST_WORDS = 2
_FRESH = 1_000


@dataclass(slots=True)
class Group:
    """Digits said together: "двісті двадцять два" is 222. `room` is what a further word must stay below."""

    start: int
    end: int
    digits: str
    room: int = 0
    worded: bool = False


def find_runs(folded: str) -> Iterator[list[Group]]:
    """Runs of numbers that stand together, at least a few of them in words."""
    if not _MAY_BE.search(folded):
        return
    run: list[Group] = []
    times = 1
    for token in _TOKEN.finditer(folded):
        text = token.group().replace("'", "")
        if run and not _GAP.fullmatch(folded, run[-1].end, token.start()) and times == 1:
            yield from _worth(run)
            run = []
        if text in _TIMES:
            times = _TIMES[text]
            continue
        group = _read(token.start(), token.end(), text, times)
        times = 1
        if group is None:
            yield from _worth(run)
            run = []
        elif run and text in _ZEROS and run[-1].digits in ("2", "3", "4"):
            run[-1] = Group(run[-1].start, group.end, "0" * int(run[-1].digits), worded=True)
        elif run and _joins(folded, run[-1], group):
            run[-1] = _join(run[-1], group)
        else:
            run.append(group)
    yield from _worth(run)


def _worth(run: list[Group]) -> Iterator[list[Group]]:
    if sum(group.worded for group in run) >= _LEAST_WORDS:
        yield run


def _read(start: int, end: int, text: str, times: int) -> Group | None:
    if text in _PLUS:
        return Group(start, end, "+")
    if text.isdigit():
        return Group(start, end, text * times)
    value = 0 if text in _ZERO or text in _ZEROS else SMALL.get(text)
    if value is None:
        return None
    size = 1 if value < 10 else 100 if value >= 100 else 10
    room = size if value and (value < 10 or value >= 20) and times == 1 else 1
    return Group(start, end, str(value) * times, room=room, worded=True)


def _joins(folded: str, last: Group, group: Group) -> bool:
    """ "двадцять два" is 22; "двадцять, два" and "двадцять нуль" are said one by one."""
    if not (last.worded and group.worded) or group.digits == "0" or _PART.search(folded, last.end, group.start):
        return False
    return int(group.digits) < last.room and len(group.digits) < len(last.digits)


def _join(last: Group, group: Group) -> Group:
    total = str(int(last.digits) + int(group.digits))
    return Group(last.start, group.end, total, room=group.room, worded=True)
