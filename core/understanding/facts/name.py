"""The customer's own name, as they write it."""

import functools
import re
from pathlib import Path

from core.understanding.facts.gazetteer import cities_by_form
from core.understanding.facts.span import MASK, Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

FIRST_NAMES_FILE = Path(__file__).with_name("first_names.txt")

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_MOST_WORDS = 3
# Right before a name. These leave no doubt:
_CALLED = any_of(
    r"""
    мене (?:звати|звуть|кличуть)|меня (?:зовут|звать|звати)|(?:звати|зовут) (?:мене|меня)|mene (?:zvaty|zvut)
    menya zovut
    (?:мо[єёе] )?(?:ім'я|імя|имя)(?: та прізвище| и фамилия)?|піб|фио|на ім'я|на имя|(?:отримувач|получатель|одержувач)
    (?:my )?(?:full )?name(?:'s| is)|name(?=\s*[:-])|call me|the name's
    (?:з повагою|с уважением|best regards|kind regards|regards|cheers),?
    (?<!його )(?<!її )(?<!их )(?<!его )(?<!ее )(?<!её )(?<!як )(?<!как )(?:звати|зовут)
    """,
    after=r"\s*[:-]?\s*$",
)
# These only when a known first name follows, or a capital that no sentence needs:
_I_AM = any_of(r"я|i'm|i am|im|it's me|this is|це|это|it's|here is|тут|пише|пишет", after=r"\s*[,:-]?\s*$")
_AND_CALLED = re.compile(
    r"^\s+(?:мене|меня) (?:звати|зовут)|^\s+(?:мене )?звати(?!\w)|^\s+here(?!\w)|^\s+на зв'язку|^\s+на связи"
)
_ME_BEFORE = re.compile(r"(?:мене|меня)\s$")
_ME_CALLED_AFTER = re.compile(r"^\s+(?:звати|звуть|кличуть|зовут|звать)(?!\w)")
_SOMEBODY = re.compile(
    r"(?<!\w)(?:менеджер\w*|оператор\w*|manager|пан\w*|дружин\w*|жен[аеуы]|чоловік\w*|муж\w*"
    r"|син\w*|сын\w*|дочк\w*|вул\w*|ул|просп\w*"
    r"|від|от|from|для|for|замість|вместо|у|в|к|до|dear|hi|hello|привіт|привет|вітаю|wife|husband|street)[\s.,]+$"
)
_NO_NAME = any_of(
    r"""
    is|are|am|не|ні|нет|да|так|yes|no|not|і|й|та|а|але|но|и|and|but|or|або|или|з|із|зі|из|с|від|от|from|of|у|в|на|до|at|in|for
    to|by|the|a|an
    хочу|хотів|хотіла|хотел|хотела|шукаю|ищу|цікавлюсь|пишу|looking|interested|here|sorry|sure|ok|okay|fine|good|glad
    happy|just
    директор\w*|менеджер\w*|власни\w+|владелец|покуп\w+|клієнт\w*|клиент\w*|партнер\w*|партнёр\w*|дилер\w*|manager
    owner|director
    buyer|customer|partner|ваш\w*|мій|мой|your|my|вже|уже|ще|еще|дуже|очень|very|якраз|already|ready|calling|writing
    asking|new
    мене|меня|me|звати|зовут|тел|телефон\w*|номер\w*|phone|mob|моб|email|пошта|почта|місто|город|city|відділення|нова
    новая|компан\w+
    фоп|тов|ооо|пп|чп|ип|ltd|llc|inc|from|дякую|спасибо|thanks|thank|back|on|now|later|tomorrow|today|as|моє|моё|мое|моя|откуда|звідки|добрий|добрый|привіт|привет|hello|hi|питання
    вопрос
    """,
    after=r"(?!\w)",
)


@functools.cache
def first_names() -> frozenset[str]:
    """Folded; read once."""
    lines = FIRST_NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(name) for line in lines if not line.startswith("#") for name in line.split())


def find(text: str, context: Context) -> list[Span]:
    folded = fold(text)
    words = list(_WORD.finditer(folded))
    found = []
    at = 0
    while at < len(words):
        length = _name_length(text, folded, words, at, asked="name" in context.expected)
        if length:
            found.append(_span(text, words[at].start(), words[at + length - 1].end()))
        at += max(length, 1)
    return found


def _name_length(text: str, folded: str, words: list[re.Match[str]], at: int, *, asked: bool) -> int:
    """How many words from here on are a name that the customer gives as their own; 0 = none."""
    word = words[at]
    if not _may_be_name(word.group()):
        return 0
    before, after = folded[: word.start()], folded[word.end() :]
    known, capital = word.group() in first_names(), text[word.start()].isupper()
    if _CALLED.search(before) or (_ME_BEFORE.search(before) and _ME_CALLED_AFTER.match(after)):
        return _extend(text, folded, words, at)
    if _I_AM.search(before) and (known or (capital and _is_introduced(before, after))):
        return _extend(text, folded, words, at)
    if known and _AND_CALLED.match(after):
        return 1
    if word.group() in cities_by_form() and not known:
        return 0
    if asked and len(words) <= _MOST_WORDS and "?" not in text and (known or capital or at == 0):
        return _extend(text, folded, words, at, any_case=True)
    if known and (asked or (capital and _is_signed(text, before, after))):
        return _extend(text, folded, words, at)
    return 0


def _is_signed(text: str, before: str, after: str) -> bool:
    """A name in a message that gives a phone or an email ("Катя 050…"), unless it is somebody else's."""
    return MASK in text and _SOMEBODY.search(before) is None and "?" not in after


def _is_introduced(before: str, after: str) -> bool:
    """An unknown word with a capital after "I am": a name only when the thought ends there."""
    return (
        re.search(r"(?:я|i'm|i am|this is|це|это)\s*$", before) is not None
        and re.match(r"\s*(?:[,.!\n]|$|from |з |із |из |с )|\s+[^\W\d_]+\s*(?:[,.!\n]|$)", after) is not None
    )


def _extend(text: str, folded: str, words: list[re.Match[str]], at: int, *, any_case: bool = False) -> int:
    """Surname and patronymic: the next words with a capital, parted by one space."""
    length = 1
    while length < _MOST_WORDS and at + length < len(words):
        word, last = words[at + length], words[at + length - 1]
        if folded[last.end() : word.start()] != " " or not _may_be_name(word.group()):
            break
        if not any_case and not text[word.start()].isupper():
            break
        length += 1
    return length


def _may_be_name(word: str) -> bool:
    return len(word) > 1 and _NO_NAME.fullmatch(word) is None


def _span(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    return Span(start, end, said if any(letter.isupper() for letter in said) else said.title())
