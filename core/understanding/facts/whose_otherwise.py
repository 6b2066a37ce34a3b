"""Roundabout ways to say that a phone or an address is somebody else's, or one's own. For folded text."""

import re

from core.understanding.facts.clause import Clause, text_after, text_before
from core.understanding.facts.name import first_names
from core.understanding.facts.wording import any_of

_NOT_ME = re.compile(
    r"(?<!\w)(?:(?:а )?не (?:до |ко )?(?:мені|мене|мне|меня|мной|мною)|(?:and |but )?not (?:to |at |with )?me"
    r"|(?:rather than|instead of) (?:to |at )?me(?! \w+ing)|замість мене|вместо меня)(?!\w)"
)
_NOT_ME_AFTER = re.compile(
    r"^[\s,(-]{1,3}(?:(?:а |and |but )?(?:не|not)|rather than|instead of) (?:to |на )?(?:мені|мне|me)\s?(?:[.!;)]|$)"
)
_REACH = re.compile(
    r"(?<!\w)(?:(?:за|пере|по)?(?:дзвон|звон)\w+|(?:за)?телефон(?:уй|увати|уйте)\w*|(?:на|от|ви|вы)?пи(?:ш|с)\w+|набер\w+"
    r"|набир\w+|зв'яжіть\w*|свяжи\w*|call|ring|phone|text|write|contact|reach|e?-?mail|message|speak|talk)(?!\w)"
)
_OWN = re.compile(
    r"(?<!\w)(?:мій|мой|моя|моє|мое|свій|свой|mine|my(?: own)?(?= (?:number|phone|cell|mobile|e?-?mail)))(?!\w)"
)
_NEXT_DOOR = any_of(
    r"""
    через дорогу|по сусідству|по соседству|навпроти|напротив|поруч з нами|рядом с нами|next door
    (?:across|over) the (?:road|street)|opposite
    """,
    after=r"[^.!?\n]{0,20}$",
)
_ASK_THEM = re.compile(
    r"^[\s,.;(-]*(?:\S+\s){0,2}?(?:(?:у|в) (?:них|нього|неї|него|не[её]) (?:\S+ )?"
    r"(?:спита|запита|спроси|узна|дізна|уточн)\w+"
    r"|(?:спита|запита|спроси|узна|дізна|уточн)\w+ (?:\S+ )?(?:у|в) (?:них|нього|неї|него|нее)(?!\w)"
    r"|ask (?:them|him|her)(?!\w)|(?:they|he|she) (?:has|have|keeps?) (?:the|my) keys?)"
)
_THEY_ANSWER = re.compile(
    r"^\s(?:\S+\s)?(?:відповіда(?:є|ють)|отвеча(?:ет|ют)|мовч(?:ить|ать)|молч(?:ит|ат)"
    r"|(?:never |always |also |at least )?(?:answers|repl(?:ies|ied)|responds|answered|responded|bounces)(?!\w)"
    r"|(?:doesn't|does not|didn't|won't) (?:answer|reply|respond|work))"
)
_SIGNED = re.compile(
    r"^[\s,.-]{1,3}(?:бабуся|бабушка|баба|дідусь|дедушка|дід|дед|тітка|т[её]тя|дядько|дядя|пані|пан"
    r"|(?:grand(?:ma|pa)|granny|auntie?|uncle|mrs|mr))\.? (?P<name>[^\W\d_]+)[\s.!)]*$"
)
_LABELLED = re.compile(r"(?<!\w)(?:тел|телефон|номер|мобільний|мобильный|phone|tel|mobile|cell)[.:]?\s(?:8[\s-]?)?$")
_MINE_BEFORE = re.compile(
    r"(?<!\w)(?:мій|мой|моя|моє|мо[єе]|mine(?: is)?"
    r"|my(?: own)?(?: number| phone| cell| mobile| e?-?mail| address)?(?: is)?)"
    r"\s?[:-]?\s?$"
)


def is_of_others(folded: str, clause: Clause, start: int, end: int) -> bool:
    """ "Call my sister, not me", "the shop across the road", "ask them", "at that address they answer faster" """
    after = text_after(folded, end)
    if _is_instead_of_me(folded, start) or _THEY_ANSWER.match(clause.after):
        return True
    if _ASK_THEM.match(after) or (_NOT_ME_AFTER.match(after) and not _OWN.search(clause.before)):
        return True
    beside = _NEXT_DOOR.search(text_before(folded, start))
    return beside is not None and not _OWN.search(clause.before)


def is_mine(folded: str, clause: Clause, start: int, end: int) -> bool:
    """ "…and mine 050…", "тел 050… бабуся Ганна": whoever is named after it."""
    if _MINE_BEFORE.search(clause.before):
        return True
    signed = _SIGNED.match(text_after(folded, end))
    return bool(signed and signed["name"] in first_names() and _LABELLED.search(text_before(folded, start)))


def _is_instead_of_me(folded: str, start: int) -> bool:
    """In the sentence that leads to it, with no word of one's own after."""
    opened = max(folded.rfind(mark, 0, start) for mark in "!?\n") + 1
    before = folded[max(opened, start - 120) : start]
    said = list(_NOT_ME.finditer(before))
    if not said or not _REACH.search(before):
        return False
    return not _OWN.search(before, said[-1].end())
