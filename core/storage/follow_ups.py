"""Whether a talk is still followed up, and what stops it."""

from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.ids import ConversationId
from core.domain.outcomes import OutcomeKind
from core.domain.turn import SILENCE
from core.storage.jobs import take_back
from core.storage.outbox import cancel_started
from core.storage.tables import JobRequestRow, LeadRow, table
from core.storage.turns import follow_up_key, load_conversation, record_events

_leads = table(LeadRow)
_requests = table(JobRequestRow)
_planned = sa.select(_requests.c.payload, _requests.c.run_at).where(
    _requests.c.key == sa.bindparam("k"), _requests.c.state.in_(("asked", "relayed"))
)
_ended = sa.select(_leads.c.outcome, _leads.c.outcome_at).where(_leads.c.contact_id == sa.bindparam("contact"))
_FOR_GOOD = frozenset({OutcomeKind.LEAD_WON.value, OutcomeKind.PARTNER_SIGNED.value})


def is_over(conn: sa.Connection, conversation: Conversation) -> bool:
    """Whether the lead is closed: for good, or until the person writes again."""
    lead = conn.execute(_ended, {"contact": conversation.contact_id}).first()
    if lead is None or lead.outcome is None:
        return False
    last = conversation.last_inbound_at
    return lead.outcome in _FOR_GOOD or last is None or lead.outcome_at is None or last <= lead.outcome_at


def stop_follow_ups(conn: sa.Connection, conversation: Conversation, why: str, now: datetime) -> None:
    """What is planned and what waits to go unasked."""
    cancel_started(conn, conversation.id, why)
    end_follow_up(conn, conversation.id, why, now)


def end_follow_up(conn: sa.Connection, conversation_id: ConversationId, why: str, now: datetime) -> None:
    """What is planned will not happen, which is recorded. The timer that only waits for a silence to be final, and one
    that has fired, go without a word."""
    key = follow_up_key(conversation_id)
    planned = conn.execute(_planned, {"k": key}).first()
    if planned is None:
        return
    take_back(conn, key)
    move = planned.payload.get("move")
    if planned.run_at > now and move != SILENCE:
        event = Event(EventKind.FOLLOWUP_CANCELLED, {"reason": why, "move": move})
        record_events(conn, load_conversation(conn, conversation_id), [event], now)
