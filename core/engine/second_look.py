"""Whether something may be a question that was taken for something else: an objection, small talk, a wish."""

import re
from typing import Final

from core.domain.turn import Action, Decision, Found, Turn, Understood
from core.engine.search import WANTED
from core.engine.wishes import is_bare_advice

SURE: Final = 0.8
"""From this probability on the act is believed, whatever the pages could say."""

GUESSED: Final = 0.5
"""Below this probability nobody knows what the words do."""

LIKELY: Final = 0.65
"""... and below this one nobody is sure of what ends with a question mark."""

_FEW: Final = 3
"""Words: so short a question goes on with what was said before."""
CERTAIN: Final = 0.96
"""What the best passage's score must be where something was asked but taken for something else, unless the words are
after just what the passage says ..."""
PUT_PLAINLY: Final = 0.85
"""... and where a question mark ends what is no objection: that is met before it is looked up."""

_PLAIN: Final = frozenset({"agree", "decline", "thanks", "greeting", "give_contact"})
"""What asks for nothing."""
_WISHED: Final = frozenset({"schedule", "send_material", "summarize", "confirm"})
"""Moves that do what the customer asks for."""
_SOFT: Final = frozenset({None, "smalltalk", "off_topic", "thanks", "my_data", "my_data_empty", "bot_identity"})
_ASKS: Final = re.compile(
    r"\?|^\W*(?:а\s+|і\s+|и\s+|and\s+)?(?:чи|як\w*|скільки|коли|де|куди|хто|що|чому|можна|сколько|как\w*|когда|"
    r"где|куда|кто|что|"
    r"почему|можно|есть ли|how|what|when|where|who|why|which|can|could|do|does|is|are|will)\b",
    re.IGNORECASE,
)
_ABOUT_ME: Final = re.compile(
    r"\b(?:про мене|обо мне|about me|мої дані|моїх даних|мои данные|моих данных|my data|my number)\b",
    re.IGNORECASE,
)
_ABOUT_YOU: Final = re.compile(
    r"\b(?:бот|робот|програм\w*|нейрон\w*|штучн\w*|искусственн\w*|людин\w*|живий|жива|человек\w*|живой|"
    r"живая|менеджер\w*|bots?|robots?|machine learning|ai|human|person|automated|chatgpt|gpt)\b",
    re.IGNORECASE,
)
_HOW: Final = re.compile(
    r"(?:^|[.!?,;—-])\W*(?:[^\W_]+\W+)?(?:(?:як|как|how)\b(?! (?:about|насчет|насчёт|щодо))|(?:де|где|where)\b)",
    re.IGNORECASE,
)
_WHAT: Final = re.compile(
    r"(?:^|[.!]\s)\W*(?:(?:а|і|и|ну|and|so|but|hi|hello|вітаю|привіт|привет)\W+)?"
    r"(?:що|что|what)\b(?!-| (?:if|about|якщо|если|насчет|насчёт|щодо)\b)"
    r"(?![^.!?]*\b(?:time|hours?|days?|slots?|appointments?|free|час\w*|годин\w*|врем\w*|дн\w*|день|вільн\w*|"
    r"свободн\w*)\b)"
    r"[^.!?]*\?",
    re.IGNORECASE,
)
"""Asked after a thing, not after an hour, and with a question mark: "що" and "что" are "that", too."""


def may_be_question(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """Only what was not looked up yet, and never what is certain."""
    if decision.action is not Action.REPLY or decision.search or decision.phrase not in _SOFT:
        return False
    if _leads(understood, turn) or (decision.phrase == "bot_identity" and _ABOUT_YOU.search(turn.text)):
        return False
    is_guessed = understood.act == "other" or understood.probability < (LIKELY if "?" in turn.text else GUESSED)
    is_lost = decision.phrase is None and decision.objection is None and not decision.picks and is_guessed
    is_doubtful = (decision.phrase or decision.objection) and understood.probability < SURE
    return bool((is_lost or is_doubtful) and _ASKS.search(turn.text)) and not _ABOUT_ME.search(turn.text)


def may_be_answered(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """A wish or a doubt that the pages may speak of: "I'd like to rent one", "is it safe to pay by card?"."""
    if decision.action is not Action.REPLY or decision.search or decision.phrase or decision.picks:
        return False
    if decision.objection:
        return bool(_ASKS.search(turn.text))
    asks_first = decision.move == "schedule" and _HOW.search(turn.text)
    if (decision.move in _WISHED and not asks_first) or _leads(understood, turn):
        return False
    if understood.facts and not _ASKS.search(turn.text):
        return any(fact.name == "need" for fact in understood.facts)
    return understood.act not in _PLAIN and not _ABOUT_ME.search(turn.text)


def may_be_shown(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """Whether what comes near is worth more than what was decided: never than a text that fits."""
    is_guess = understood.probability < GUESSED and _ASKS.search(turn.text) is not None
    return decision.phrase is None and (decision.objection is None or is_guess)


def is_passed_over(turn: Turn, understood: Understood) -> bool:
    """A plain question that was only guessed at: to say that the answer is not known beats going on as if nothing had
    been asked."""
    words = turn.text.split()
    is_plain = turn.text.rstrip().endswith("?") and len(words) > _FEW and _ASKS.match(turn.text) is not None
    return is_plain and understood.probability < GUESSED and not understood.facts


def _leads(understood: Understood, turn: Turn) -> bool:
    """Whoever wants to come or says when is led to a meeting, and not to the page with the opening hours; whoever wants
    advice is asked what for."""
    if _HOW.search(turn.text):
        return False
    if is_bare_advice(understood, turn):
        return True
    if _WHAT.search(turn.text):
        return False
    says_when = understood.act == "state_timing" and any(fact.name == "deadline" for fact in understood.facts)
    return says_when or "visit" in understood.wishes


def is_answer(turn: Turn, understood: Understood, found: Found, decision: Decision) -> bool:
    """Whether the pages surely speak of what was not asked in so many words."""
    if not found.enough:
        return False
    best, asks = found.hits[0], bool(_ASKS.search(turn.text)) or understood.probability < GUESSED
    is_plain = turn.text.rstrip().endswith("?") and not decision.objection
    least = PUT_PLAINLY if is_plain else CERTAIN
    return best.wanted >= WANTED or (best.score >= least and asks)
