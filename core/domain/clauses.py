"""Sentences and clauses: where a text may be cut, and whether a phrase in it is denied or only asked about."""

import re

_END = re.compile(r"(?:(?<=[!?…])|(?<=\.)(?!\s+[^\W\d_A-ZА-ЯІЇЄҐЁ]))\s+|\n+")
"""A sentence ends with a line, and with a stop unless a small letter shows that it was an abbreviation's."""

_CLAUSE = re.compile(
    r"[.!?;:,\n()«»\"]|\s[-–—]\s|\b(?:але|но|проте|однак|однако|зато|but|however|yet|so|тож|тому|поэтому)\b", re.I
)
_NO = re.compile(
    r"(?<!\w)(?:не|немає|нема|нет|ані|without|cannot|not|never|no(?!\s*(?:problem|worr|doubt))|unable|can't|won't|"
    r"n't)(?!\w)|n't\b",
    re.I,
)
_NO_BUT = re.compile(
    r"(?:не\s+(?:тільки|лише|только|лишь|просто|хвилю|пережива|волну|беспок|сумнів|сомнев|пита|проблем)|"
    r"not\s+(?:only|just)|n't\s+(?:worry|ask))",
    re.I,
)
_NOT_AFTER = re.compile(
    r"\W{0,3}(?:(?:\w+\s+){0,3}(?:не\s+(?:потрібно|варто|треба|нужно|стоит|надо|надаємо|робимо|даємо|обіця\w+|делаем|"
    r"даем|предусмотр\w+|передбач\w+|можу|могу|діє|действует|вход\w+)|"
    r"немає|нема\b|нет\b|нікуди|некуда|isn't|aren't|is\s+not|are\s+not|not\s+(?:available|possible|offered|included)|"
    r"неможлив\w+|невозможн\w+))",
    re.I,
)
_NO_PROMISE = re.compile(
    r"не\s+(?:можу|можемо|могу|можем|буду|будемо|будем)\s+(?:\w+\s+)?(?:по)?(?:обіц|обещ|гарант|підтверд|подтверд|"
    r"сказ|ствердж|утвержд)|"
    r"(?:can't|cannot|can\s+not|won't|not\s+able\s+to|unable\s+to)\s+(?:\w+\s+)?(?:promise|guarantee|confirm|say|"
    r"claim)",
    re.I,
)
_ASKING = re.compile(
    r"(?:спита|уточн|перевір|дізна|запита|з'ясу|підтверд|узна|спрош|провер|выясн|подтверд|ask|check|find\s+out|"
    r"clarify|confirm|see|know|скаж|скаж|підкаж|подскаж|tell)\w*"
    r"[^.!?\n]{0,60}?\b(?:чи|ли|if|whether|about|про|щодо|насчет|о)\b",
    re.I,
)
_LOOK_BACK = 90


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans that together are the whole text; the white space after a sentence belongs to it."""
    ends = [match.end() for match in _END.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def is_denied(text: str, start: int, end: int) -> bool:
    """One "not" within the clause, before the phrase or right behind it; two of them deny nothing."""
    if _NO_PROMISE.search(_sentence_before(text, start)):
        return True
    before = _clause_before(text, start)
    count = len(_NO.findall(before)) - len(_NO_BUT.findall(before))
    return count == 1 or (count == 0 and _NOT_AFTER.match(text, end) is not None)


def is_about_asking(text: str, start: int) -> bool:
    """ "I'll ask whether …" and "let me check if …" promise nothing."""
    return _ASKING.search(_sentence_before(text, start)) is not None


def _sentence_before(text: str, start: int) -> str:
    return re.split(r"[.!?\n;]", text[max(0, start - _LOOK_BACK) : start])[-1]


def _clause_before(text: str, start: int) -> str:
    before = text[max(0, start - _LOOK_BACK) : start]
    ends = [match.end() for match in _CLAUSE.finditer(before)]
    return before[ends[-1] :] if ends else before
