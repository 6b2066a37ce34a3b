"""Whether a talk is still followed up, and what stops it."""

from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.outcomes import OutcomeKind
from core.storage.jobs import take_back
from core.storage.outbox import cancel_started
from core.storage.tables import LeadRow, table
from core.storage.turns import follow_up_key, record_events

_leads = table(LeadRow)
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
    if take_back(conn, follow_up_key(conversation.id)):
        record_events(conn, conversation, [Event(EventKind.FOLLOWUP_CANCELLED, {"reason": why})], now)
