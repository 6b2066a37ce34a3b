"""The city that the goods or the person are in: where it goes, not where it comes from."""

import re

from core.understanding.facts.clause import Clause, clause_around, text_before
from core.understanding.facts.gazetteer import City, cities_by_form
from core.understanding.facts.span import MASK, Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_WORD = re.compile(r"(?<![\w@/])[^\W\d_]+(?:['-][^\W\d_]+)*")
_TOWN = r"(?:(?:м|г)\.?\s?|міст[оаіу]\s|город[еау]?\s|(?:the )?(?:city|town) of\s)?"
_PLACED = re.compile(
    rf"(?<!\w)(?:в|у|во|до|на|по|в|to|in|at|for|near|біля|під|поруч|через|місто|город|м\.|г\.|city:?)\s?{_TOWN}$"
)
_ORIGIN = re.compile(rf"(?<!\w)(?:з|із|зі|из|с|со|from|out of|відправ\w+|отправ\w+)\s{_TOWN}$")
_NOT = re.compile(
    rf"(?<!\w)(?:(?:не|not)\s(?:(?:в|у|до|на|to|in)\s)?|not (?:at|to|in|for) (?:\S+ ){{1,3}}(?:in |to )"
    rf"|не (?:до|к|у|в|на) (?:\S+ ){{1,2}}(?:в|у|до|на) |chicken |котлет\w* по-){_TOWN}$"
)
_RESIDENT = any_of(
    r"я|ми|мы|сам|сама|самі|сами|пишу|пишемо|родом|живу|живемо|живем|i|i'm|we're|we|we are|based|наша|наш|our|my"
)
_LIVES = any_of(
    r"""
    (?:я|ми|мы|сам|сама|самі|сами)(?: зараз| сейчас| тут)?|живу|живемо|жив[её]м|i'm|we're|we are|based|i live|we live
    """,
    after=r"\s(?:\S+\s){0,2}$",
)
_YOURS = any_of(
    r"""
    ваш\w*|у вас
    (?:ви|вы)(?= (?:(?:ще|досі|тепер|зараз|ещ[её]|до сих пор|теперь|сейчас|вже) )?(?:в|у|знаход|наход|розташ|є|есть))
    your|are you|do you have|do you (?:still )?(?:work|operate|trade|sit)|are u|r u|any branch
    магазин\w*|склад\w*|офіс\w*
    офис\w*
    шоурум\w*|showroom|store|shop|office|warehouse|знаход\w+|находит\w*|розташов\w+|located|філі\w+|филиал\w*
    виробни\w+
    """
)
_DESTINATION = any_of(
    r"""
    достав\w+|відправ\w+|отправ\w+|привез\w+|вез\w+|пошт\w+|почт\w+|самовив\w+|deliver\w*|ship\w*|send
    """
)

_STUCK = any_of(
    r"""
    (?:стоїть|стоит|висить|висит|застряг\w*|застрял\w*|завис\w*|лежить|лежит) (?:\S+ )?
    (?:sitting|stuck|parked|lying|stranded) (?:\S+ )?
    (?:з|за)?губил\w* (?:\S+ )?|потерял\w* (?:\S+ )?
    """,
    after=r"(?:(?:досі|вже|уже|ще|ещё|still|now) )?(?:в|во|у|in|at|near|під|під|под|біля|возле)\s$",
)
_PARCEL = any_of(
    r"""
    ттн|ttn|накладн\w+|посилк\w+|посылк\w+|замовлення|заказ|відправлення|отправление|вантаж|груз|бандерол\w+
    parcel|package|order|shipment|tracking|waybill|delivery
    """
)


def find(text: str, context: Context) -> list[Span]:
    """Values are names in the text's language; a place the customer comes from counts only without a destination."""
    folded = fold(text)
    words = list(_WORD.finditer(folded))
    destinations: list[Span] = []
    homes: list[Span] = []
    taken = -1
    for at, word in enumerate(words):
        if word.start() < taken:
            continue
        end, city = _longest(folded, words, at)
        if city is None or not _is_meant(text, folded, city, word.start(), end):
            continue
        taken = end
        span = Span(word.start(), end, city.names.get(context.language) or city.names["en"])
        clause = clause_around(folded, word.start(), end)
        if _ORIGIN.search(clause.before):
            homes += [span] if _RESIDENT.search(clause.before) or _RESIDENT.match(clause.after.strip()) else []
        elif not _is_excluded(clause, text_before(folded, word.start())):
            lives_there = _LIVES.search(clause.before) and not _DESTINATION.search(clause.text)
            (homes if lives_there else destinations).append(span)
    return destinations or homes


def _longest(folded: str, words: list[re.Match[str]], at: int) -> tuple[int, City | None]:
    """A name of two words before one of a single word."""
    cities = cities_by_form()
    if at + 1 < len(words) and words[at + 1].start() - words[at].end() == 1:
        pair = cities.get(folded[words[at].start() : words[at + 1].end()])
        if pair is not None:
            return words[at + 1].end(), pair
    return words[at].end(), cities.get(words[at].group())


def _is_meant(text: str, folded: str, city: City, start: int, end: int) -> bool:
    if not city.ambiguous:
        return True
    is_all = not text[:start].strip(" .,!") and not text[end:].strip(" .,!")
    return text[start].isupper() and (
        is_all
        or _PLACED.search(text_before(folded, start)) is not None
        or bool(_ORIGIN.search(text_before(folded, start)))
    )


def _is_excluded(clause: Clause, before: str) -> bool:
    """`before` is what stands before the name, with the clauses before its own."""
    if _NOT.search(clause.before):
        return True
    if _STUCK.search(clause.before) and (_PARCEL.search(before) or MASK in before):
        return True
    return clause.is_question and _YOURS.search(clause.text) is not None and not _DESTINATION.search(clause.text)
