"""How long to wait for the rest of what somebody is typing."""

import re
from datetime import timedelta

from core.domain.messages import IMMEDIATE_KINDS, InboundKind

_UNFINISHED = re.compile(
    r"(?:[,:;(\-–—]|\.\.\.|…|\b(?:і|й|та|але|або|що|щоб|якщо|и|а|но|или|что|чтобы|если|and|but|or|that|if|the|a))\s*$",
    re.IGNORECASE,
)


def quiet_for(kind: InboundKind, text: str, *, usual: timedelta, longest: timedelta) -> timedelta:
    """Nothing for buttons and commands, longer while the text looks unfinished."""
    if kind in IMMEDIATE_KINDS:
        return timedelta()
    return longest if _UNFINISHED.search(text[-40:]) else usual
