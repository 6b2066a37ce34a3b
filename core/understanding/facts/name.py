"""The customer's own name, as they write it."""

import functools
import re
from pathlib import Path

from core.understanding.facts.clause import text_after, text_before
from core.understanding.facts.gazetteer import cities_by_form
from core.understanding.facts.span import MASK, Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

FIRST_NAMES_FILE = Path(__file__).with_name("first_names.txt")

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PAUSE = re.compile(r"[,.;\n]")
_MOST_WORDS = 3
# Right before a name. These leave no doubt:
_CALLED = any_of(
    r"""
    мене (?:звати|звуть|кличуть)|меня (?:зовут|звать|звати)|(?:звати|зовут) (?:мене|меня)|mene (?:zvaty|zvut)
    menya zovut
    (?:мо[єёе] )?(?:ім'я|імя|имя)(?: та прізвище| и фамилия)?|піб|фио|на ім'я|на имя|(?:отримувач|получатель|одержувач)
    (?:my )?(?:full )?name(?:'s| is)|name(?=\s*[:-])|call me|the name's
    (?:з повагою|с уважением|best regards|kind regards|regards|cheers),?
    (?<![^\W\d_] )(?:звати|звать|зовут|кличуть|звуть)|(?:to|for) the attention of
    """,
    after=r"\s*[:-]?\s*$",
)
# These only when a known first name follows, or a capital that no sentence needs:
_I_AM = any_of(
    r"я|i'm|i am|im|it's me|this is|це|это|it's|here is|тут|пише|пишет"
    r"|контакт|контактна особа|контактное лицо|contact(?: person)?(?: is)?",
    after=r"\s*[,:-]?\s*$",
)
_AND_CALLED = re.compile(
    r"^\s+(?:мене|меня) (?:звати|зовут)|^\s+(?:мене )?звати(?!\w)|^\s+here(?!\w)|^\s+на зв'язку|^\s+на связи"
)
_ME_BEFORE = re.compile(r"(?:мене|меня)\s$")
_ME_CALLED_AFTER = re.compile(r"^\s+(?:звати|звуть|кличуть|зовут|звать)(?!\w)")
_I_AM_HERE = re.compile(r"(?<!\w)(?:я|i'm|i am|this is|це|это)\s*$")
_THOUGHT_ENDS = re.compile(r"\s*(?:[,.!\n]|$|from |з |із |из |с )|\s+[^\W\d_]+\s*(?:[,.!\n]|$)")
_TAKES_BACK = re.compile(r"(?<!\w)(?:не|not|помил\w+|ошиб\w+|mistake|sorry)(?!\w)")
_SOMEBODY = re.compile(
    r"(?<!\w)(?:(?:ваш\w*|наш\w*|your|our|у вас|від|з|с|от|from|вашого|вашего)\s(?:менеджер\w*|оператор\w*|manager)"
    r"|менеджер(?:а|у|ом|ки|ку|ці)|оператор(?:а|у|ом|ка|ки|ку)|пан\w*|дружин\w*|жен[аеуы]|чоловік\w*|муж\w*"
    r"|син\w*|сын\w*|дочк\w*|вул\w*|ул|просп\w*"
    r"|від|от|from|для|for|замість|вместо|у|в|к|до|dear|hi|hello|привіт|привет|вітаю|wife|husband|street)[\s.,]+$"
)
_NO_NAME = any_of(
    r"""
    це|это|тут|здесь|з|ось|вот|this|that|here|there|мій|ми|мы|we|we're|вы|ви|you
    вітаю|пан\w{1,2}|шановн\w+|містер|місіс|mr|mrs|ms|dear|i|i'm|it's|is|are|am|не|ні|нет|да|так|yes|no|not|і|й|та|а
    але|но|и|and|but|or|або|или|з|із|зі|из|с|від|от|from|of|у|в|на|до|at|in|for
    to|by|the|a|an
    хочу|хотів|хотіла|хотел|хотела|шукаю|ищу|цікавлюсь|пишу|looking|interested|here|sorry|sure|ok|okay|fine|good|glad
    happy|just
    директор\w*|менеджер\w*|власни\w+|владелец|покуп\w+|клієнт\w*|клиент\w*|партнер\w*|партнёр\w*|дилер\w*|manager
    owner|director
    buyer|customer|partner|ваш\w*|мій|мой|your|my|вже|уже|ще|еще|дуже|очень|very|якраз|already|ready|calling|writing
    asking|new
    мене|меня|me|звати|зовут|тел|телефон\w*|номер\w*|phone|mob|моб|email|пошта|почта|місто|город|city|відділення|нова
    новая|компан\w+
    фоп|тов|ооо|пп|чп|ип|ltd|llc|inc|from|дякую|спасибо|thanks|thank|back|on|now|later|tomorrow|today|as|моє|моё|мое
    моя|откуда|звідки|добрий|добрый|привіт|привет|hello|hi|питання
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
    """A first name alone ("можна просто Костя") does not take the place of a full name, unless that is taken back."""
    said = _Said(text, fold(text), asked="name" in context.expected)
    has_full_name = " " in str(context.known.get("name", ""))
    found: list[Span] = []
    at = 0
    while at < len(said.words):
        length = said.name_length(at)
        if length and (length > 1 or not has_full_name or said.takes_back):
            found.append(said.span(at, length))
            has_full_name = has_full_name or length > 1
        at += max(length, 1)
    return found


class _Said:
    """A text by its words, with the question how many words from one on are the customer's own name."""

    def __init__(self, text: str, folded: str, *, asked: bool) -> None:
        self._text = text
        self._folded = folded
        self._asked = asked
        self.words = list(_WORD.finditer(folded))

    def name_length(self, at: int) -> int:
        word = self.words[at].group()
        if not _may_be_name(word):
            return 0
        before, after = self._around(at)
        known, capital = word in first_names(), self._has_capital(at)
        if _CALLED.search(before) or (_ME_BEFORE.search(before) and _ME_CALLED_AFTER.match(after)):
            return self._extend(at)
        if _I_AM.search(before) and (known or (capital and _is_introduced(before, after))):
            return self._extend(at)
        if known and _AND_CALLED.match(after):
            return 1
        if word in cities_by_form() and not known:
            return 0
        if self._is_whole_text() and ((self._asked and at == 0) or self._is_full_name()):
            return self._extend(at, any_case=True)
        length = self._extend(at) if (known and (self._asked or capital)) or self._is_surname_first(at) else 0
        if self._asked or self._is_signed(before, after, is_full=length > 1):
            return length
        return 0

    @property
    def takes_back(self) -> bool:
        return _TAKES_BACK.search(self._folded) is not None

    def span(self, at: int, length: int) -> Span:
        start, end = self.words[at].start(), self.words[at + length - 1].end()
        said = self._text[start:end]
        return Span(start, end, said if any(letter.isupper() for letter in said) else said.title())

    def _around(self, at: int) -> tuple[str, str]:
        return text_before(self._folded, self.words[at].start()), text_after(self._folded, self.words[at].end())

    def _has_capital(self, at: int) -> bool:
        return self._text[self.words[at].start()].isupper()

    def _is_whole_text(self) -> bool:
        """Nothing but a few words and full stops; "Sumska 12" is an address."""
        return len(self.words) <= _MOST_WORDS and not re.search(r"[^\w\s.'’ʼ-]|\d", self._text)

    def _is_full_name(self) -> bool:
        """ "Леся Бондар": only words with a capital, one of them a first name."""
        capitals = all(self._has_capital(at) for at in range(len(self.words)))
        return len(self.words) > 1 and capitals and any(word.group() in first_names() for word in self.words)

    def _is_surname_first(self, at: int) -> bool:
        """ "Петренко Олена": an unknown word right before a first name, both with a capital."""
        if at + 1 >= len(self.words) or self._folded[self.words[at].end() : self.words[at + 1].start()] != " ":
            return False
        is_first_name = self.words[at + 1].group() in first_names()
        return is_first_name and self._has_capital(at) and self._has_capital(at + 1)

    def _is_signed(self, before: str, after: str, *, is_full: bool) -> bool:
        """A full name, or one in a message that gives a phone or an email ("Катя 050…"), but not somebody else's."""
        return (
            (is_full or MASK in self._text) and _SOMEBODY.search(before) is None and "?" not in _PAUSE.split(after)[0]
        )

    def _extend(self, at: int, *, any_case: bool = False) -> int:
        """Surname and patronymic: the next words with a capital, parted by one space."""
        length = 1
        while length < _MOST_WORDS and at + length < len(self.words):
            word, last = self.words[at + length], self.words[at + length - 1]
            if self._folded[last.end() : word.start()] != " " or not _may_be_name(word.group()):
                break
            if not any_case and not self._has_capital(at + length):
                break
            length += 1
        return length


def _is_introduced(before: str, after: str) -> bool:
    """An unknown word with a capital after "I am": a name only when the thought ends there."""
    return _I_AM_HERE.search(before) is not None and _THOUGHT_ENDS.match(after) is not None


def _may_be_name(word: str) -> bool:
    return len(word) > 1 and _NO_NAME.fullmatch(word) is None
