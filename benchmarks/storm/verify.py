"""What must hold after any storm, told by two witnesses: what people saw, and what the store says."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from benchmarks.storm.echo import marks
from benchmarks.storm.logbook import Seen, split_event
from core.storage.tables import InboxRow, MessageRow, OutboxRow, TurnRow, table

_inbox = table(InboxRow)
_messages = table(MessageRow)
_outbox = table(OutboxRow)
_turns = table(TurnRow)

HONEST_ENDS = frozenset({"sent", "unconfirmed"})


@dataclass(frozen=True, slots=True)
class Verdict:
    accepted: int
    replies_seen: int
    unconfirmed: int
    lost: int
    """Accepted messages that are in no finished turn."""
    doubled: int
    """Messages that people saw answered twice, and rows that they saw twice."""
    unanswered: int
    """Accepted messages of whose reply a row is neither sent, nor unconfirmed, nor refused by the platform."""
    untrue: int
    """Rows said to be sent that nobody saw, and rows seen that are not said to be sent or in doubt."""
    out_of_order: int
    left_open: int

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.unanswered + self.untrue + self.out_of_order + self.left_open

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def verify(
    conn: sa.Connection,
    accepted: Collection[str],
    seen: Sequence[Seen],
    *,
    ends: Collection[str] = HONEST_ENDS,
    reordered: bool = False,
    named_by_text: bool = False,
) -> Verdict:
    """`ends` are the states in which a reply's row may end in this storm; `reordered` tells that the platform did not
    offer the messages of a chat in the order of their numbers; `named_by_text` that the platform chose the events' ids,
    so that only the text tells which message it was."""
    arrivals = dict(_arrivals(conn, named_by_text))
    rows = {row.id: row for row in conn.execute(sa.select(_outbox).order_by(_outbox.c.id))}
    stored = conn.execute(sa.select(sa.func.count()).where(_messages.c.direction == "in")).scalar_one()
    silent = set(conn.execute(sa.select(_turns.c.id).where(_turns.c.action == "wait")).scalars())
    finished = {event for event, row in arrivals.items() if row.state == "done" and row.turn_id is not None}
    return Verdict(
        accepted=len(accepted),
        replies_seen=len(seen),
        unconfirmed=sum(row.state == "unconfirmed" for row in rows.values()),
        lost=len(set(accepted) - finished) + abs(stored - len(arrivals)),
        doubled=_count_doubles(seen),
        unanswered=_count_unanswered(accepted, arrivals, rows.values(), ends, silent),
        untrue=_count_untrue(seen, rows),
        out_of_order=_count_disorder(seen, arrivals, reordered),
        left_open=sum(row.state in ("queued", "sending") for row in rows.values())
        + sum(row.state == "unread" for row in arrivals.values()),
    )


def _arrivals(conn: sa.Connection, named_by_text: bool) -> list[tuple[str, Any]]:
    if not named_by_text:
        return [(row.event_id, row) for row in conn.execute(sa.select(_inbox))]
    told = sa.select(_inbox, _messages.c.text).join(_messages, _messages.c.id == _inbox.c.message_id)
    return [(row.text, row) for row in conn.execute(told)]


def _count_doubles(seen: Sequence[Seen]) -> int:
    rows = Counter(one.key for one in seen)
    named = Counter(mark for one in seen for mark in marks(one.text))
    return sum(many > 1 for many in (*rows.values(), *named.values()))


def _count_unanswered(
    accepted: Collection[str],
    arrivals: Mapping[str, Any],
    rows: Iterable[Any],
    ends: Collection[str],
    silent: Collection[int],
) -> int:
    """Beside a person who holds the conversation the bot is silent on purpose."""
    ended: defaultdict[int, list[bool]] = defaultdict(list)
    for row in rows:
        ended[row.turn_id].append(row.state in ends)
    turns = [arrivals[event].turn_id for event in accepted if event in arrivals]
    turns = [turn for turn in turns if turn not in silent]
    return sum(not ended[turn] or not all(ended[turn]) for turn in turns)


def _count_untrue(seen: Sequence[Seen], rows: Mapping[int, Any]) -> int:
    keys = {one.key for one in seen}
    unseen = {key for key, row in rows.items() if row.state == "sent"} - keys
    unsaid = {key for key in keys if key not in rows or rows[key].state not in HONEST_ENDS}
    return len(unseen) + len(unsaid)


def _count_disorder(seen: Sequence[Seen], arrivals: Mapping[str, Any], reordered: bool) -> int:
    """Rows of one chat that came after a later row, answers that came after the answer to a later arrival, and
    messages of one reply that are not in the order in which they were written."""
    last_row: dict[str, int] = {}
    last_arrival: dict[str, int] = {}
    last_number: dict[str, int] = {}
    disorder = 0
    for one in seen:
        disorder += one.key < last_row.get(one.chat, 0)
        last_row[one.chat] = one.key
        named = [mark for mark in marks(one.text) if mark in arrivals]
        if not named:
            continue
        ids: list[int] = [arrivals[mark].id for mark in named]
        numbers = [split_event(mark)[1] for mark in named]
        disorder += min(ids) < last_arrival.get(one.chat, 0)
        last_arrival[one.chat] = max(ids)
        disorder += numbers != sorted(numbers)
        disorder += not reordered and numbers[0] < last_number.get(one.chat, -1)
        last_number[one.chat] = numbers[-1]
    return disorder
