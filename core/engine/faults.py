"""What makes a model's text unfit to be sent, whatever it says: language, form, length, what it asks."""

import re
from collections.abc import Callable, Collection, Mapping

LONGEST = 700
"""Characters of a reply; a longer approved text may be worded at its own length."""

_MARKUP = re.compile(r"\*\*|__|```|^\s{0,3}#{1,6}\s|\]\(|^\s*\|.*\||^\s*[-*]\s+\S|</?[a-z]{1,10}>", re.M | re.I)
_LABEL = re.compile(
    r"^\s*(?:reply|answer|assistant|bot|draft|відповідь|ответ|бот|асистент|ассистент)\s*[:：]|^\s*[\[{]", re.I
)
_PROMPT_WORDS = re.compile(r"\b(?:APPROVED|CATALOGUE|POLICIES|PASSAGES|HISTORY|MESSAGES|KNOWN|REFUSED|OPENING)\b")
_QUESTION = re.compile(r"[^.!?\n]*\?+")

_UK, _RU = re.compile("[іїєґ]", re.I), re.compile("[ыэъё]", re.I)
_CYRILLIC, _LATIN = re.compile("[а-яіїєґё]", re.I), re.compile("[a-z]", re.I)
# Names of products and firms are written in Latin letters in every language, mostly with a capital or a digit.
_PLAIN_LATIN = re.compile(r"(?<![\w@./-])[a-z]{2,}(?:'[a-z]+)?(?![\w@/-])")
_SENTENCE = re.compile(r"[^.!?\n]+")
# Without any of these nobody says five plain words of English.
_ENGLISH = re.compile(
    r"\b(?:the|an?|and|or|but|so|if|as|you|your|yours|we|our|us|i|my|me|it|its|they|them|their|this|that|these|those|"
    r"is|are|was|be|been|has|have|had|do|does|did|can|could|will|would|should|may|must|not|no|yes|to|of|for|in|on|at|"
    r"by|from|with|about|out|up|all|any|one|more|here|there|what|which|who|when|where|how|please|let)\b",
    re.I,
)
_MANY = 5
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+")
_ENOUGH = 40
"""Letters: so much Ukrainian without one letter of its own does not exist."""

_ASKED: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r"вас зва|вас звер|вас зовут|вам звер|ваше ім|ваше имя|your name|call you\b", re.I),
    "phone": re.compile(
        r"\bтелефон|ваш(?:ого|его|им)? номер|номер для зв|\bphone|your number|number to (?:call|reach)", re.I
    ),
    "email": re.compile(r"e-?mail|[іи]мейл|(?:електронн|электронн)\w+ (?:пошт|почт|адрес)", re.I),
    "city": re.compile(
        r"(?:яке|якого|якому|какой|какого|каком) (?:місто|міст|город)|(?:which|what) (?:city|town)", re.I
    ),
    "budget": re.compile(r"бюджет|budget", re.I),
    "company": re.compile(r"(?:назва|название|name of) .{0,12}(?:компан|company)|which company", re.I),
}


def list_asked(text: str) -> frozenset[str]:
    """The facts that the questions of a text are after."""
    questions = _QUESTION.findall(text)
    return frozenset(fact for fact, pattern in _ASKED.items() if any(pattern.search(q) for q in questions))


def build_check(language: str, known: Collection[str], approved: str) -> Callable[[str], str | None]:
    return lambda text: find_fault(text, language, known=known, longest=max(LONGEST, round(len(approved) * 1.5)))


def find_fault(text: str, language: str, *, known: Collection[str] = (), longest: int = LONGEST) -> str | None:
    """In plain words, for the log and for the model's second try; None when the text is fit."""
    if not text.strip():
        return "it is empty"
    if len(text) > longest:
        return f"it is longer than {longest} characters"
    if _MARKUP.search(text):
        return "it holds markup; plain sentences are wanted"
    if _LABEL.search(text) or _PROMPT_WORDS.search(text):
        return "it holds labels or names of the material; the reply alone is wanted"
    if is_other_language(text, language):
        return f"it is not written in the wanted language ({language})"
    questions = _QUESTION.findall(text)
    if len(questions) > 1:
        return "it asks more than one question"
    asked = next((fact for fact in known if fact in _ASKED and any(_ASKED[fact].search(q) for q in questions)), None)
    return f"it asks for the {asked}, which is known" if asked else None


def is_other_language(text: str, language: str) -> bool:
    """By its letters; what the letters do not tell passes."""
    text = _ADDRESS.sub("", text)
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if language not in ("uk", "ru"):
        return cyrillic > latin or any(_is_foreign(sentence) for sentence in _SENTENCE.findall(text))
    if sum(map(len, _PLAIN_LATIN.findall(text))) > cyrillic:
        return True
    uk, ru = len(_UK.findall(text)), len(_RU.findall(text))
    if language == "uk":
        return ru > uk or (uk == 0 and cyrillic >= _ENOUGH)
    return uk > ru


def _is_foreign(sentence: str) -> bool:
    return len(_PLAIN_LATIN.findall(sentence)) >= _MANY and not _ENGLISH.search(sentence)
