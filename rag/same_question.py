"""Whether two questions ask the same, judged by everything that changes an answer: rather a miss than a wrong match."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from rag.expectations import asked_form
from rag.lexicon import find_meaning
from rag.singular_words import find_names, is_number, is_place_or_time
from rag.stop_words import STOP_WORDS
from rag.terms import fold, stem, words

_NEGATION: Final = re.compile(
    r"\b(?:не|ні|нема|немає|без|нет|нельзя|окрім|крім|кроме|not|no|without|never|except|cannot)\b|n't\b"
)
_WHO: Final = re.compile(r"\b(?:хто|кто|who|whom)\b")
_WHY: Final = re.compile(r"\b(?:чому|навіщо|почему|зачем|why)\b")
_DUTY: Final = re.compile(
    r"\b(?:треба|потрібн\w*|маю|мушу|обов'язково|надо|нужн\w*|должн\w*|обязательно|must|need|needed|have to|required)\b"
)
_WH: Final = re.compile(r"\b(?:як|как|how|де|куди|где|куда|where|коли|котрій|когда|when|скільки|сколько)\b")

# Said by the form of a question already, or by any question: they tell nothing apart.
_COMMON: Final = """
чекати довго їде триває діє термін строк днів дні часу годин візьмете взяти хочу маєте працюєте відкрито відчинено
приймаєте приймете прийма підкажіть розкажіть включає входить підходить підійде годиться назад отримати йде
наявності складі надсилаєте посилка посилки якщо так
ждать долго едет длится действует срок дней дня времени часов взять возьмете работаете открыто принимаете примете
подскажите расскажите включает входит подходит подойдет годится назад получить идет имеется наличии складе посылка
посылки если
wait long take takes last lasts days day arrive parcel include included includes suitable suit available stock back
open work tell want like give get accept
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """What must agree between two questions for the answer of one to serve the other."""

    language: str
    marks: tuple[str, ...]
    """Numbers and names, and places and times in their order: from Kyiv to Lviv is not from Lviv to Kyiv."""
    form: int | None
    """The kind of answer that is asked for, when the question shows it."""
    turns: tuple[int, bool, bool, bool]
    """Negations; whether a person, a reason, a duty is asked about."""
    asks: frozenset[str]
    content: frozenset[str]
    """Stems of the significant words; words of one meaning are one."""

    @property
    def kernel(self) -> tuple[object, ...]:
        """What must be equal to the letter."""
        return (self.language, self.marks, self.turns, tuple(sorted(self.content)))


def sign(text: str, language: str) -> Signature:
    folded, said = fold(text), words(text)
    turns = (len(_NEGATION.findall(folded)), bool(_WHO.search(folded)), bool(_WHY.search(folded)), _is_duty(folded))
    names = find_names(text)
    places = [stem(word) for word in said if is_place_or_time(word) and word not in names]
    numbers = sorted(stem(word) for word in said if is_number(word))
    telling = (word for word in said if word not in STOP_WORDS and stem(word) not in _common())
    content = frozenset(find_meaning(stem(word)) or stem(word) for word in telling)
    marks = (*places, *numbers, *(stem(name) for name in names))
    return Signature(language, marks, asked_form(text), turns, frozenset(_WH.findall(folded)), content)


def say_the_same(one: Signature, other: Signature) -> bool:
    """The same significant words, whatever their order, endings and politeness, and nothing else that differs.

    A single other word makes it another question: of two texts that are nearly alike, people ask on purpose.
    """
    is_asked_alike = one.form == other.form or (one.asks == other.asks and None in (one.form, other.form))
    return one.kernel == other.kernel and is_asked_alike and bool(one.content)


def _is_duty(folded: str) -> bool:
    return bool(_DUTY.search(folded))


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in _COMMON.split())
