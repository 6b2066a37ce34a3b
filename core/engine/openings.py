"""How a reply begins: who is talking, welcome back, and what was corrected."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from core.domain.conversation import RESUMED, Holder
from core.domain.turn import Action, Decision, Turn
from core.engine.refer import has_returned
from core.engine.speaker import Brief, Pieces, Speaker

DISCLOSE_AGAIN: Final = timedelta(hours=24)
"""After a gap this long the bot says again that it is one."""

_GREETINGS: Final[Mapping[str, str]] = {"uk": "Вітаю!", "ru": "Здравствуйте!", "en": "Hello!"}
_GREETING: Final = re.compile(
    r"(?:Вітаю|Добрий день|Доброго дня|Здравствуйте|Добрый день|З поверненням|С возвращением|Hello|Hi(?: there)?|"
    r"Good day|"
    r"Welcome)\b[^.!?,:;]{0,20}[.!,]\s*",
    re.IGNORECASE,
)
_SILENT_ABOUT_IT: Final = ("bot_identity", "opted_out", "waiting")
_ABRUPT: Final = frozenset({"complaint_on_duty", "complaint_off_duty", "rude"})
"""Nobody who is angry wants a cheerful hello."""


def needs_disclosure(turn: Turn, decision: Decision) -> bool:
    """At first contact, after a long gap, and when a person has handed the conversation back."""
    if decision.phrase in _SILENT_ABOUT_IT:
        return False
    said = turn.conversation.memory.disclosed_at
    return said is None or turn.now - datetime.fromisoformat(said) > DISCLOSE_AGAIN


def open_reply(brief: Brief, say: Speaker) -> Pieces:
    pieces = Pieces()
    if needs_disclosure(brief.turn, brief.decision):
        pieces = _disclose(brief, say)
    if brief.turn.is_public and brief.decision.action is not Action.WAIT and not brief.decision.erases:
        pieces = say.phrase(pieces, "comment_opening")
    if has_returned(brief.turn) and _is_selling(brief.decision):
        is_same = brief.product is not None and brief.product.sku == brief.turn.conversation.memory.focus
        pieces = (say if is_same else Speaker(brief, {})).phrase(pieces, "welcome_back")
    if brief.decision.action is Action.REPLY and not brief.decision.erases and _is_selling(brief.decision):
        pieces = say.phrase(pieces, "corrected") if say.knows("corrected") else pieces
    return pieces


def greet_once(brief: Brief, pieces: Pieces) -> Pieces:
    """The greeting stands at the very beginning and nowhere else: disclosure and first move may each bring one."""
    if not needs_disclosure(brief.turn, brief.decision) or len(pieces.texts) == 0:
        return pieces
    texts = [_GREETING.sub("", text, count=1) if _GREETING.match(text) else text for text in pieces.texts]
    texts = [text[:1].upper() + text[1:] for text in texts if text]
    if texts and brief.decision.phrase not in _ABRUPT:
        greeting = _greeting_of(pieces, brief.understood.language)
        texts[0] = f"{greeting} {texts[0]}" if greeting else texts[0]
    return Pieces(tuple(texts), pieces.used, pieces.sources, pieces.answered)


def _greeting_of(pieces: Pieces, language: str) -> str:
    """The playbook's own greeting where it has one."""
    for text in pieces.texts:
        match = _GREETING.match(text)
        if match:
            return match.group().strip().rstrip(",.!") + "!"
    return _GREETINGS.get(language, "")


def _disclose(brief: Brief, say: Speaker) -> Pieces:
    """The firm's own words for it, else the playbook's."""
    if brief.turn.conversation.holder_reason == RESUMED:
        return say.phrase(Pieces(), "back_after_silence")
    held_before = any(line.role == "operator" for line in brief.turn.history)
    if held_before and brief.turn.conversation.holder is Holder.BOT:
        return say.phrase(Pieces(), "back_from_person")
    own = brief.turn.firm.disclosure.get(brief.understood.language)
    return Pieces((own,)) if own else say.phrase(Pieces(), "disclosure")


def _is_selling(decision: Decision) -> bool:
    """Not a hand-off, a goodbye or an erasure."""
    return decision.action is Action.REPLY and decision.move not in ("farewell",) and not decision.erases
