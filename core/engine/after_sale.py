"""Who has bought already, or gives it back: asks about our terms, is sold nothing, and objects to nothing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, first_act

_KEPT: Final = ("greeting", "ask_human", "opt_out", "erase_me", "ask_my_data", "give_contact")
_SOLD: Final = frozenset({"need", "budget", "quantity", "product"})
"""Facts that nobody tells who speaks of what they have."""
_MONEY: Final = re.compile(r"\b(?:гроші|грошей|кошти|коштів|деньги|денег|money|refund)\b", re.IGNORECASE)
_MONEY_BACK: Final[Mapping[str, str]] = {
    "uk": "Коли повертаєте гроші за повернений товар?",
    "ru": "Когда возвращаете деньги за возвращённый товар?",
    "en": "When do I get the money back for what I return?",
}


def after_sale(understood: Understood, turn: Turn) -> Understood:
    if "complaint" in understood.wishes:
        return understood
    if "return" in understood.wishes:
        return _only(understood, "ask_terms")
    if "bought" in understood.wishes:
        return _only(understood, "other")
    if "return" not in turn.conversation.memory.told:
        return understood
    if _MONEY.search(turn.text):
        return replace(_only(understood, "ask_terms"), query=_MONEY_BACK.get(understood.language), vector=None)
    if not understood.wishes & {"buy", "advice"}:
        understood = _without_sale(understood)
    if not set(understood.acts) & set(OBJECTIONS):
        return understood
    acts = tuple(act for act in understood.acts if act not in OBJECTIONS) or ("other",)
    return replace(understood, acts=acts, act=first_act(acts))


def _only(understood: Understood, act: str) -> Understood:
    """No objection, no need, no sale."""
    acts = (act, *(each for each in understood.acts if each in _KEPT))
    wishes = understood.wishes - {"buy", "restock", "advice"}
    return replace(_without_sale(understood), acts=acts, act=first_act(acts), wishes=wishes)


def _without_sale(understood: Understood) -> Understood:
    return replace(understood, facts=tuple(fact for fact in understood.facts if fact.name not in _SOLD))
