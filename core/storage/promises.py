"""Promises to customers: each with the sentence that made it, its owner, its time, and what became of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.ids import ConversationId, MessageId
from core.domain.promises import LIVING, MadePromise, PromiseKind, PromiseState
from core.domain.turn import JobRequest
from core.storage.jobs import ask_for_jobs, take_back
from core.storage.partial import LIVING_PROMISE
from core.storage.tables import ConversationRow, LeadRow, MessageRow, PromiseRow, table
from core.storage.turns import load_conversation, record_events

_promises = table(PromiseRow)
_messages = table(MessageRow)
_leads = table(LeadRow)
_conversations = table(ConversationRow)

PROMISE_DUE = "promise_due"
"""The job that looks whether a promise was kept in time."""
BY_RULE = "rule"
_UNSAID = ("cancelled", "refused")
"""States of a message that the customer never saw."""


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """`owner` is the promise's own or else the lead's; `words` what was said, as far as it is still known."""

    id: int
    conversation_id: ConversationId
    message_id: MessageId
    words: str
    kind: PromiseKind
    state: PromiseState
    made_by: str
    owner: str | None
    due_at: datetime
    made_at: datetime
    closed_at: datetime | None
    closed_by: str | None

    @property
    def is_living(self) -> bool:
        return self.state in LIVING


_select = (
    sa.select(
        _promises,
        sa.func.coalesce(_promises.c.owner, _leads.c.owner).label("owned_by"),
        _messages.c.text,
        _messages.c.state.label("message_state"),
    )
    .join(_messages, _messages.c.id == _promises.c.message_id)
    .join(_conversations, _conversations.c.id == _promises.c.conversation_id)
    .join(_leads, _leads.c.contact_id == _conversations.c.contact_id, isouter=True)
)


def record_promises(
    conn: sa.Connection,
    conversation: Conversation,
    message_id: MessageId,
    promises: Sequence[MadePromise],
    *,
    by: str,
    now: datetime,
) -> None:
    """`by`: "bot", a user's name, or the application in which a person wrote. What is promised already is not stored
    again, unless it is for another time."""
    living = sa.select(_promises.c.kind, _promises.c.due_at, _promises.c.made_by)
    found = conn.execute(living.where(_promises.c.conversation_id == conversation.id, LIVING_PROMISE)).all()
    known = {(row.kind, row.due_at) for row in found} | {(row.kind, row.made_by) for row in found if by == "bot"}
    for promise in promises:
        if (promise.kind, promise.due) in known or (promise.kind, by) in known:
            continue
        values = {
            "conversation_id": conversation.id, "message_id": message_id, "start": promise.start, "end": promise.end,
            "kind": promise.kind.value, "made_by": by, "owner": promise.owner, "state": PromiseState.OPEN.value,
            "due_at": promise.due, "made_at": now,
        }  # fmt: skip
        promise_id = conn.execute(sa.insert(_promises).values(**values).returning(_promises.c.id)).scalar_one()
        _plan(conn, promise_id, conversation.id, promise.due, now)
        _record(conn, conversation, EventKind.PROMISE_MADE, promise_id, promise.kind.value, promise.due, now)


def list_promises(conn: sa.Connection, conversation_id: ConversationId, limit: int = 20) -> list[PromiseEntry]:
    """Those still to be kept first, the most urgent in front; then the others, the latest first."""
    mine = _select.where(_promises.c.conversation_id == conversation_id, _messages.c.state.not_in(_UNSAID))
    found = [_entry(row) for row in conn.execute(mine.order_by(_promises.c.id.desc()).limit(limit))]
    living = sorted((entry for entry in found if entry.is_living), key=lambda entry: entry.due_at)
    return [*living, *(entry for entry in found if not entry.is_living)]


def get_promise(conn: sa.Connection, promise_id: int) -> PromiseEntry:
    """Raises LookupError when there is none."""
    row = conn.execute(_select.where(_promises.c.id == promise_id)).first()
    if row is None:
        raise LookupError(f"no promise {promise_id}")
    return _entry(row)


def keep_promises(
    conn: sa.Connection, talk: Conversation, kinds: Collection[PromiseKind], now: datetime, *, before: MessageId
) -> int:
    """The promised thing happened: every living promise of these kinds that was made `before` is kept. Gives how
    many."""
    return _keep(conn, talk, _promises.c.kind.in_([*kinds]), before, now) if kinds else 0


def keep_answers_of_bot(conn: sa.Connection, talk: Conversation, now: datetime, *, before: MessageId) -> None:
    """The bot had promised that a person would answer, and a person does."""
    is_mine = sa.and_(_promises.c.kind == PromiseKind.ANSWER.value, _promises.c.made_by == "bot")
    _keep(conn, talk, is_mine, before, now)


def _keep(
    conn: sa.Connection, talk: Conversation, which: sa.ColumnElement[bool], before: MessageId, now: datetime
) -> int:
    mine = sa.and_(_promises.c.conversation_id == talk.id, _promises.c.message_id < before, LIVING_PROMISE)
    wanted = sa.select(_promises.c.id, _promises.c.kind, _promises.c.due_at).where(mine, which)
    found = conn.execute(wanted).all()
    for row in found:
        _close(conn, row.id, PromiseState.KEPT, BY_RULE, now)
        _record(conn, talk, EventKind.PROMISE_KEPT, row.id, row.kind, row.due_at, now)
    return len(found)


def close_promise(conn: sa.Connection, promise_id: int, state: PromiseState, *, by: str, now: datetime) -> PromiseEntry:
    """A person ticks it as kept, or drops it. What is closed already stays as it is. Raises LookupError."""
    entry = get_promise(conn, promise_id)
    if entry.is_living:
        _close(conn, promise_id, state, by, now)
        if state is PromiseState.KEPT:
            conversation = load_conversation(conn, entry.conversation_id)
            _record(conn, conversation, EventKind.PROMISE_KEPT, entry.id, entry.kind.value, entry.due_at, now)
    return get_promise(conn, promise_id)


def redate_promise(conn: sa.Connection, promise_id: int, due: datetime, *, now: datetime) -> PromiseEntry:
    """Another time, also for one that was closed or is overdue. Raises LookupError."""
    entry = get_promise(conn, promise_id)
    values = {"due_at": due, "state": PromiseState.OPEN.value, "closed_at": None, "closed_by": None}
    conn.execute(sa.update(_promises).where(_promises.c.id == promise_id).values(**values))
    _plan(conn, promise_id, entry.conversation_id, due, now)
    return get_promise(conn, promise_id)


def mark_overdue(conn: sa.Connection, promise_id: int, now: datetime) -> ConversationId | None:
    """Once: gives the conversation when the promise became overdue by this call. One that was never said is dropped."""
    row = conn.execute(_select.where(_promises.c.id == promise_id)).first()
    if row is None or row.due_at > now:
        return None
    state = PromiseState.DROPPED if row.message_state in _UNSAID else PromiseState.OVERDUE
    mine = sa.and_(_promises.c.id == promise_id, _promises.c.state == PromiseState.OPEN.value)
    closing = {"closed_at": now, "closed_by": BY_RULE} if state is PromiseState.DROPPED else {}
    changed = conn.execute(sa.update(_promises).where(mine).values(state=state.value, **closing)).rowcount
    if not changed or state is PromiseState.DROPPED:
        return None
    conversation = load_conversation(conn, ConversationId(row.conversation_id))
    _record(conn, conversation, EventKind.PROMISE_OVERDUE, row.id, row.kind, row.due_at, now)
    return conversation.id


def list_living(conn: sa.Connection, conversation_ids: Iterable[int]) -> dict[int, list[PromiseEntry]]:
    """Promises still to be kept, the most urgent first, by conversation."""
    mine = _select.where(
        _promises.c.conversation_id.in_([*conversation_ids]), LIVING_PROMISE, _messages.c.state.not_in(_UNSAID)
    )
    found: dict[int, list[PromiseEntry]] = {}
    for row in conn.execute(mine.order_by(_promises.c.due_at)):
        found.setdefault(row.conversation_id, []).append(_entry(row))
    return found


def count_overdue(conn: sa.Connection) -> int:
    """Leads with at least one overdue promise."""
    wanted = sa.select(sa.func.count(sa.distinct(_promises.c.conversation_id))).where(
        LIVING_PROMISE, _promises.c.state == PromiseState.OVERDUE.value
    )
    return int(conn.execute(wanted).scalar_one())


def _plan(conn: sa.Connection, promise_id: int, conversation_id: ConversationId, due: datetime, now: datetime) -> None:
    job = JobRequest(PROMISE_DUE, _key(promise_id), {"promise_id": promise_id}, after=due - now)
    ask_for_jobs(conn, conversation_id, [job], now)


def _close(conn: sa.Connection, promise_id: int, state: PromiseState, by: str, now: datetime) -> None:
    values = {"state": state.value, "closed_at": now, "closed_by": by}
    conn.execute(sa.update(_promises).where(_promises.c.id == promise_id).values(**values))
    take_back(conn, _key(promise_id))


def _key(promise_id: int) -> str:
    return f"promise:{promise_id}"


def _record(  # noqa: PLR0913 - an event has this many parts
    conn: sa.Connection,
    conversation: Conversation,
    kind: EventKind,
    promise_id: int,
    what: str,
    due: datetime,
    now: datetime,
) -> None:
    data = {"promise_id": promise_id, "what": what, "due_at": due.isoformat()}
    record_events(conn, conversation, [Event(kind, data)], now)


def _entry(row: Any) -> PromiseEntry:
    return PromiseEntry(
        id=row.id,
        conversation_id=ConversationId(row.conversation_id),
        message_id=MessageId(row.message_id),
        words=row.text[row.start : row.end],
        kind=PromiseKind(row.kind),
        state=PromiseState(row.state),
        made_by=row.made_by,
        owner=row.owned_by,
        due_at=row.due_at,
        made_at=row.made_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
