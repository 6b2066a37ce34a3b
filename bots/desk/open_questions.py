"""What waits for an answer of the firm: the same question asked in several ways is one, until it is settled."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.domain.ids import ConversationId
from core.storage.unanswered import Asked
from rag.terms import fold, stems

SETTLING: Final = ("settle_question", "confirm_answer")
"""The actions that settle a question. Asked again later, it is open again."""
SHOWN_TALKS: Final = 3


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """`key` names it in forms; `others` are different wordings of it."""

    key: str
    text: str
    language: str
    act: str
    times: int
    last_at: datetime
    talks: Sequence[ConversationId]
    others: Sequence[str]


def key_of(text: str, language: str) -> str:
    """Equal for questions that differ in case, endings, order and small words only."""
    meant = " ".join(sorted(stems(text))) or fold(text)
    return hashlib.sha256(f"{language}\0{meant}".encode()).hexdigest()[:16]


def subject_of(key: str) -> str:
    """How the record of actions names a question."""
    return f"question:{key}"


def group(asked: Iterable[Asked], settled: Mapping[str, datetime]) -> list[OpenQuestion]:
    """`asked`: the newest first, and so is the result. `settled`: when each subject was settled last."""
    same: dict[str, list[Asked]] = {}
    for one in asked:
        key = key_of(one.text, one.language)
        done = settled.get(subject_of(key))
        if done is None or one.at > done:
            same.setdefault(key, []).append(one)
    return [_question(key, times) for key, times in same.items()]


def _question(key: str, asked: Sequence[Asked]) -> OpenQuestion:
    newest = asked[0]
    wordings = list(dict.fromkeys(one.text for one in asked))
    talks = list(dict.fromkeys(one.conversation_id for one in asked))
    return OpenQuestion(
        key, newest.text, newest.language, newest.act, len(asked), newest.at, talks[:SHOWN_TALKS], wordings[1:]
    )
