"""Whether something may be a question that was taken for something else: an objection, small talk, a wish."""

import re
from typing import Final

from core.domain.turn import Action, Decision, Turn, Understood
from core.engine.questions import is_about_terms

SURE: Final = 0.8
"""From this probability on the act is believed, whatever the pages could say."""

CERTAIN: Final = 0.6
"""What the best passage's score must be where no question was asked in so many words."""

_SOFT: Final = frozenset({None, "smalltalk", "off_topic", "thanks", "my_data", "my_data_empty"})
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


_SERVICE: Final = re.compile(
    r"оренд|аренд|прокат|навчан|обучен|\bкурс|логотип|етикет|этикет|\brent|\bhire\b|training|course|\blogo\b|\blabel",
    re.IGNORECASE,
)


def may_be_question(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """Only what was not looked up yet, and never what is certain."""
    if decision.action is not Action.REPLY or decision.search or decision.phrase not in _SOFT:
        return False
    is_lost = decision.phrase is None and decision.objection is None and understood.act == "other"
    is_doubtful = (decision.phrase or decision.objection) and understood.probability < SURE
    return bool((is_lost or is_doubtful) and _ASKS.search(turn.text)) and not _ABOUT_ME.search(turn.text)


def may_be_answered(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """A wish or a doubt that the pages may speak of: "I'd like to rent one", "is it safe to pay by card?"."""
    if decision.action is not Action.REPLY or decision.search or decision.phrase or decision.picks:
        return False
    if decision.objection:
        return decision.objection == "object_trust" and "?" in turn.text
    is_wish = understood.act == "state_need" and decision.asks is not None and decision.move != "recommend"
    return is_wish and ("?" in turn.text or is_about_terms(turn.text) or bool(_SERVICE.search(turn.text)))
