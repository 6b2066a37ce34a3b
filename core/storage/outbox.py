"""The way out: one row for one platform call, claimed before it, settled after it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.ids import ConversationId, MessageId, OutboxId
from core.domain.messages import Button, OutboundMessage
from core.domain.reply_window import Standing
from core.domain.sending import OutboxState
from core.storage.inbox import read_attachments
from core.storage.partial import OPEN
from core.storage.prepared import Prepared
from core.storage.tables import CommentRow, ConversationRow, MessageRow, OutboxRow, table

_outbox = table(OutboxRow)
_comments = table(CommentRow)
_messages = table(MessageRow)
_conversations = table(ConversationRow)

REPLY_LIFE = timedelta(hours=24)
"""A reply that could not be sent for so long is no answer any more."""


HELD = "quiet_hours"
"""Why a queued row waits for a time that what happens meanwhile may bring forward."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A public comment, by the platform's id."""

    comment_id: str
    at: datetime
    is_used: bool
    """Its one reply is spent."""

    def standing(self, standing: Standing) -> Standing:
        """With this comment in the place of the conversation's newest one."""
        return replace(standing, comment_id=self.comment_id, comment_at=self.at, comment_answered=self.is_used)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    id: OutboxId
    conversation_id: ConversationId
    message_id: MessageId
    account: str
    origin: str
    is_reply: bool
    attempt: int
    state: OutboxState
    not_before: datetime | None
    deadline: datetime
    message: OutboundMessage
    reason: str | None = None
    """Why it waits, or what became of it."""
    comment: Answered | None = None
    """What it is the private reply to."""
    materials: tuple[Mapping[str, str], ...] = ()
    """Title and url of those that it brings."""


_insert_message = Prepared(sa.insert(_messages).returning(_messages.c.id))
_insert_entry = Prepared(sa.insert(_outbox))
_next = (
    sa.select(
        _outbox,
        _messages.c.text,
        _messages.c.extra,
        _comments.c.comment_id,
        _comments.c.at.label("commented_at"),
        _comments.c.answered_at,
    )
    .join(_messages, _messages.c.id == _outbox.c.message_id)
    .join(_comments, _comments.c.id == _outbox.c.answers, isouter=True)
    .where(_outbox.c.conversation_id == sa.bindparam("c"), OPEN)
    .order_by(_outbox.c.id)
    .limit(1)
)
_fenced = sa.exists().where(
    _conversations.c.id == _outbox.c.conversation_id, _conversations.c.lease_epoch == sa.bindparam("epoch")
)
_claim = Prepared(
    sa.update(_outbox)
    .where(_outbox.c.id == sa.bindparam("o"), _outbox.c.state == OutboxState.QUEUED.value, _fenced)
    .values(state=OutboxState.SENDING.value, attempt=_outbox.c.attempt + 1, owner=sa.bindparam("by"))
)
_settle = Prepared(sa.update(_outbox).where(_outbox.c.id == sa.bindparam("o")))
_started = sa.and_(_outbox.c.origin == "bot", _outbox.c.is_reply.is_(False))
_any_started = Prepared(
    sa.select(_outbox.c.id).where(_outbox.c.conversation_id == sa.bindparam("c"), OPEN, _started).limit(1)
)
_settle_message = Prepared(sa.update(_messages).where(_messages.c.id == sa.bindparam("m")))


def queue_replies(  # noqa: PLR0913 - all of it goes into every row
    conn: sa.Connection,
    conversation: Conversation,
    replies: Sequence[OutboundMessage],
    *,
    now: datetime,
    origin: str,
    turn_id: int | None = None,
    is_reply: bool = True,
    answers: int | None = None,
) -> list[MessageId]:
    """One message row and one outbox row for each platform call, in the order in which they are to be read."""
    ids = []
    for position, reply in enumerate(replies):
        message_id = _insert_message.get(
            conn,
            {
                "conversation_id": conversation.id,
                "direction": "out",
                "role": "bot" if origin == "bot" else "operator",
                "text": reply.text,
                "extra": shown(reply),
                "state": OutboxState.QUEUED.value,
                "turn_id": turn_id,
                "at": now,
            },
        )
        _insert_entry.run(
            conn,
            {
                "account_id": conversation.account,
                "conversation_id": conversation.id,
                "message_id": message_id,
                "turn_id": turn_id,
                "position": position,
                "origin": origin,
                "is_reply": is_reply,
                "answers": answers,
                "state": OutboxState.QUEUED.value,
                "attempt": 0,
                "deadline": now + REPLY_LIFE,
                "created_at": now,
            },
        )
        ids.append(MessageId(message_id))
    return ids


def shown(reply: OutboundMessage) -> dict[str, Any] | None:
    """What a message shows beside its text, as it is stored."""
    extra: dict[str, Any] = {}
    if reply.buttons:
        extra["buttons"] = [{k: v for k, v in asdict(button).items() if v} for button in reply.buttons]
    if reply.attachments:
        extra["attachments"] = [{k: v for k, v in asdict(item).items() if v} for item in reply.attachments]
    return extra or None


def read_buttons(extra: dict[str, Any] | None) -> tuple[Button, ...]:
    return tuple(Button(**button) for button in (extra or {}).get("buttons") or ())


def read_materials(extra: Mapping[str, Any] | None) -> tuple[Mapping[str, str], ...]:
    return tuple((extra or {}).get("materials") or ())


def next_entry(conn: sa.Connection, conversation_id: ConversationId) -> OutboxEntry | None:
    """The oldest row of a conversation that is not settled: nothing overtakes it."""
    row = conn.execute(_next, {"c": conversation_id}).first()
    if row is None:
        return None
    message = OutboundMessage(row.text, read_buttons(row.extra), read_attachments(row.extra))
    return OutboxEntry(
        id=OutboxId(row.id),
        conversation_id=ConversationId(row.conversation_id),
        message_id=MessageId(row.message_id),
        account=row.account_id,
        origin=row.origin,
        is_reply=row.is_reply,
        attempt=row.attempt,
        state=OutboxState(row.state),
        not_before=row.not_before,
        deadline=row.deadline,
        message=message,
        reason=row.reason,
        comment=_answered(row),
        materials=read_materials(row.extra),
    )


def _answered(row: Any) -> Answered | None:
    if row.comment_id is None:
        return None
    return Answered(row.comment_id, row.commented_at, is_used=row.answered_at is not None)


def claim_entry(conn: sa.Connection, entry_id: OutboxId, *, epoch: int, owner: str) -> bool:
    """`queued` becomes `sending`; False when it was cancelled or another process holds the conversation."""
    return _claim.count(conn, {"o": entry_id, "epoch": epoch, "by": owner}) == 1


def settle_entry(  # noqa: PLR0913 - what became of one call
    conn: sa.Connection,
    entry: OutboxEntry,
    state: OutboxState,
    *,
    now: datetime,
    platform_id: str | None = None,
    reason: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write what became of the call. QUEUED means: try again, not before `not_before`."""
    sent_at = now if state is OutboxState.SENT else None
    settled = {"platform_id": platform_id, "reason": reason, "not_before": not_before, "sent_at": sent_at}
    _settle.run(conn, {"o": entry.id, "state": state.value, **settled})
    values: dict[str, Any] = {"m": entry.message_id, "state": state.value}
    if platform_id:
        values["external_id"] = platform_id
    _settle_message.run(conn, values)


def hold_entry(conn: sa.Connection, entry: OutboxEntry, until: datetime) -> None:
    """It stays queued and is asked for again then, or sooner when something happens in the talk."""
    if (entry.reason, entry.not_before) != (HELD, until):
        settle_entry(conn, entry, OutboxState.QUEUED, now=until, reason=HELD, not_before=until)


def cancel_started(conn: sa.Connection, conversation_id: ConversationId, reason: str) -> int:
    """Take back what the bot was about to send unasked."""
    if _any_started.find(conn, {"c": conversation_id}) is None:
        return 0
    return _cancel(conn, conversation_id, reason, _started)


def cancel_unsent(conn: sa.Connection, conversation_id: ConversationId, reason: str) -> int:
    """Take back what is queued; a row that is being sent cannot be taken back."""
    return _cancel(conn, conversation_id, reason, sa.true())


def _cancel(conn: sa.Connection, conversation_id: ConversationId, reason: str, which: sa.ColumnElement[bool]) -> int:
    mine = sa.and_(_outbox.c.conversation_id == conversation_id, _outbox.c.state == OutboxState.QUEUED.value, which)
    messages = sa.select(_outbox.c.message_id).where(mine)
    cancelled = OutboxState.CANCELLED.value
    conn.execute(sa.update(_messages).where(_messages.c.id.in_(messages)).values(state=cancelled))
    return conn.execute(sa.update(_outbox).where(mine).values(state=cancelled, reason=reason)).rowcount
