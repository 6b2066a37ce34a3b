"""The company that the customer speaks for, as they write it."""

import re

from core.understanding.facts.clause import text_before
from core.understanding.facts.gazetteer import cities_by_form
from core.understanding.facts.name import first_names
from core.understanding.facts.span import Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_OPEN, _CLOSE = "«\"“„'", "»\"”“'"
_QUOTED = rf"[{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}\n]{{2,60}})[{_CLOSE}]"
_FORM = r"(?:тов|тзов|фоп|флп|спдфо|прат|пат|пп|дп|кп|ооо|оао|зао|чп|ип|ао|спд|llc|ltd|gmbh)"
_FORMED = re.compile(rf"(?<!\w){_FORM}\.?\s+(?:{_QUOTED}|(?P<name>[^\W\d_][\w'-]*))")
# Of the text as written: words with a capital before the form.
_FORM_AFTER = re.compile(r"(?<!\w)(?:[A-ZА-ЯІЇЄҐ][\w'&-]*,?\s){1,4}(?:LLC|Ltd|Inc|GmbH|Corp|PLC|ltd|inc)\.?(?!\w)")
_KIND = (
    r"(?:компан\w+|фірм\w+|фирм\w+|магазин\w*|мереж\w+|сет[ьи]|агенці\w+|агентств\w+|студі\w+|студи\w+|кав'ярн\w+"
    r"|кофейн\w+"
    r"|ресторан\w*|кафе|салон\w*|готел\w+|отел\w+|клінік\w+|клиник\w+|бренд\w*|завод\w*|організаці\w+|организаци\w+"
    r"|підприємств\w+|предприяти\w+|аптек\w*|пекарн\w+|бюро|центр\w*|школ\w+|ательє|ателье|company|firm|shop|store"
    r"|agency|studio|cafe|restaurant|brand|startup|business)"
)
_KIND_QUOTED = re.compile(rf"(?<!\w){_KIND}\s(?:[^\W\d_]+\s)?{_QUOTED}")
_NAMED = r"(?:called |named |під назвою |под названием |називається |называется |- |: )?(?P<name>[^\W\d_][\w'&-]*)"
_KIND_NAMED = re.compile(rf"(?<!\w){_KIND}\s{_NAMED}")
_KIND_OF_KIND = re.compile(rf"(?<!\w)(?:мереж\w+|сет[ьи]|chain of)\s{_KIND}\s{_NAMED}")
_REST = re.compile(r"(?: [^\W\d_]+){1,2}(?=\s*(?:[.,!?\n]|$))")
# "рахунок випишіть на Альфа Декор"
_BILLED = any_of(
    r"""
    (?:рахунок|сч[её]т|інвойс|инвойс|накладну|договір|договор)(?: [^\W\d_]+){0,3} на
    (?:invoice|bill)(?: it| us| to| the| made out| out){0,3} to|invoice for
    """,
    after=r"\s+",
)
_SPEAKS_FOR = any_of(
    r"""
    представля\w+|працю\w+ (?:в|у|на)|работа\w+ (?:в|на)|(?:i|we) work (?:at|for|with)|represent\w*|on behalf of
    (?:we are|we're|we come) from
    (?:назва|название)(?: (?:нашої |нашей )?(?:компанії|компании|фірми|фирмы))?
    (?:(?:our|my|the) )?company(?: name)?(?: is)?
    i'm (?:[^\W\d_]+ )?(?:from|at|with)|(?:this is|here is) [^\W\d_]+ (?:from|at)|we are|we're
    """,
    after=r"\s*[:-]?\s*",
)
_NOT_OURS = re.compile(
    r"(?<!\w)(?:ваш\w*|your|інш\w+|друг\w+|other|another|конкурент\w*|нова|нової|новой|цього|этого|цієї|этой"
    r"|що за|что за)\s(?:\S+\s)?$"
)
_MOST_WORDS = 4


def find(text: str, context: Context) -> list[Span]:
    folded = fold(text)
    found = [Span(match.start(), match.end(), match.group()) for match in _FORM_AFTER.finditer(text)]
    found += [
        span
        for pattern in (_FORMED, _KIND_QUOTED, _KIND_OF_KIND, _KIND_NAMED)
        for match in pattern.finditer(folded)
        if not _NOT_OURS.search(text_before(folded, match.start())) and (span := _from_match(text, match)) is not None
    ]
    for introduction in (_SPEAKS_FOR, _BILLED):
        found = found or [s for match in introduction.finditer(folded) for s in _capital_words(text, match.end())]
    if not found and "company" in context.expected:
        found = _whole(text)
    return found[:1]


def _from_match(text: str, match: re.Match[str]) -> Span | None:
    """A quoted name is taken as it stands; another needs its capital. A legal form belongs to the name."""
    has_form = match.re is _FORMED
    if match.groupdict().get("quoted"):
        start, end = match.span() if has_form else match.span("quoted")
        return Span(start, end, text[start:end])
    words = _capital_words(text, match.start("name"))
    if not words:
        return None
    if match.re is _KIND_OF_KIND:
        words = [_to_end(text, words[0])]
    start = match.start() if has_form else words[0].start
    return Span(start, words[0].end, text[start : words[0].end])


def _to_end(text: str, first: Span) -> Span:
    """A name of common words goes on to the end of its clause: "мережу аптек Доброго дня"."""
    rest = _REST.match(text, first.end)
    end = rest.end() if rest else first.end
    return Span(first.start, end, text[first.start : end])


def _capital_words(text: str, start: int) -> list[Span]:
    """The run of words with a capital that begins here, unless it is a person's or a city's name."""
    end = start
    for word in re.finditer(r"\S+", text[start : start + 80]):
        bare = word.group().rstrip(".,;:!?)")
        if not bare[:1].isupper() or word.start() != (end - start + (end > start)):
            break
        end = start + word.start() + len(bare)
        if bare != word.group():
            break
    said = text[start:end]
    is_other = fold(said) in cities_by_form() or fold(said.split(" ")[0]) in first_names()
    return [] if len(said) < 2 or is_other else [Span(start, end, said)]


_NO_NAME = any_of(
    r"""
    (?:будь ласка|пожалуйста|please|дякую|спасибо|thanks|thank you)(?!\w)
    покли\w+|позов\w+|з'єдна\w+|соедин\w+|людин[аиу](?!\w)|человек\w*|оператор\w*|менеджер\w*
    (?:human|person|operator|manager|somebody|someone)(?!\w)
    не (?:знаю|скажу|хочу|маю|буду|важлив\w+|важно)|(?:немає|нема|нету|нет|потім|потом|later|none)(?!\w)
    (?:don't|do not|no company|not yet|ще не|еще не|пока)(?!\w)
    (?:хочу|хочемо|хотим|want|need|треба|потрібн\w+|нужн\w+|скільки|сколько|how|коли|когда|when)(?!\w)
    (?:по|за|від|об|пере|от|вер)?(?:каж|кажу|дума|верн|радж|совет|говор|пиш|звон|дзвон)\w*[ую](?:сь|ся)?(?!\w)|i'll
    we'll
    """
)
"""An answer that is a wish or a refusal rather than the name that was asked for."""


def _whole(text: str) -> list[Span]:
    said = text.strip(" .!,")
    start = text.find(said)
    fits = 0 < len(said.split()) <= _MOST_WORDS and "?" not in said and not _NO_NAME.search(fold(said))
    return [Span(start, start + len(said), said)] if fits else []
