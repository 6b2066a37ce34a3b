"""Whether something may be a question that was taken for something else: an objection, small talk, a wish."""

import re
from typing import Final

from core.domain.turn import Action, Decision, Turn, Understood

SURE: Final = 0.8
"""From this probability on the act is believed, whatever the pages could say."""

_SOFT: Final = frozenset({None, "smalltalk", "off_topic", "thanks", "my_data", "my_data_empty"})
_ASKS: Final = re.compile(
    r"\?|^\W*(?:а\s+|і\s+|и\s+|and\s+)?(?:чи|як\w*|скільки|коли|де|куди|хто|що|чому|можна|сколько|как\w*|когда|где|куда|кто|что|"
    r"почему|можно|есть ли|how|what|when|where|who|why|which|can|could|do|does|is|are|will)\b",
    re.IGNORECASE,
)
_ABOUT_ME: Final = re.compile(
    r"\b(?:про мене|обо мне|about me|мої дані|моїх даних|мои данные|моих данных|my data|my number)\b",
    re.IGNORECASE,
)


def may_be_question(turn: Turn, understood: Understood, decision: Decision) -> bool:
    """Only what was not looked up yet, and never what is certain."""
    if decision.action is not Action.REPLY or decision.search or decision.phrase not in _SOFT:
        return False
    is_lost = decision.phrase is None and decision.objection is None and understood.act == "other"
    is_doubtful = (decision.phrase or decision.objection) and understood.probability < SURE
    return bool((is_lost or is_doubtful) and _ASKS.search(turn.text)) and not _ABOUT_ME.search(turn.text)
