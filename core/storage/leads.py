"""The lead table: one row a contact, and every outcome that was ever recorded for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.ids import ConversationId, LeadId
from core.domain.outcomes import Outcome
from core.storage.prepared import Prepared
from core.storage.tables import LeadRow, OutcomeRow, table

_leads = table(LeadRow)
_outcomes = table(OutcomeRow)
_mine = sa.update(_leads).where(_leads.c.contact_id == sa.bindparam("contact"))
_touch = Prepared(_mine)
_touch_unsourced = Prepared(_mine.where(_leads.c.source.is_(None)))


def touch_lead(  # noqa: PLR0913 - the cells that a turn may change
    conn: sa.Connection,
    conversation: Conversation,
    *,
    stage: str,
    score: tuple[int, Sequence[str]],
    outcome: str | None,
    source: str | None,
    now: datetime,
) -> None:
    """Bring the contact's row up to date after a turn."""
    mine = _leads.c.contact_id == conversation.contact_id
    values: dict[str, Any] = {"stage": stage, "score": score[0], "score_reasons": list(score[1]), "updated_at": now}
    _touch.run(conn, {"contact": conversation.contact_id, **values})
    if source:
        _touch_unsourced.run(conn, {"contact": conversation.contact_id, "source": source})
    if outcome:
        lead_id = conn.execute(sa.select(_leads.c.id).where(mine)).scalar_one()
        _store_outcome(conn, LeadId(lead_id), outcome, "rule", now)


def conversation_of_lead(conn: sa.Connection, lead_id: LeadId) -> ConversationId:
    """Raises LookupError when there is no such lead."""
    found = conn.execute(sa.select(_leads.c.conversation_id).where(_leads.c.id == lead_id)).scalar()
    if found is None:
        raise LookupError(f"no lead {lead_id}")
    return ConversationId(found)


def record_outcome(conn: sa.Connection, lead_id: LeadId, outcome: Outcome) -> bool:
    """A later outcome supersedes an earlier one; False when there is no such lead."""
    if conn.execute(sa.select(_leads.c.id).where(_leads.c.id == lead_id)).first() is None:
        return False
    _store_outcome(conn, lead_id, outcome.kind.value, outcome.by, outcome.at)
    return True


def is_recorded(conn: sa.Connection, lead_id: LeadId, outcome: Outcome) -> bool:
    """Whether the same was told before: a program that saw no answer asks again."""
    same = sa.and_(
        _outcomes.c.lead_id == lead_id,
        _outcomes.c.kind == outcome.kind.value,
        _outcomes.c.by == outcome.by,
        _outcomes.c.at == outcome.at,
    )
    return conn.execute(sa.select(_outcomes.c.id).where(same)).first() is not None


def _store_outcome(conn: sa.Connection, lead_id: LeadId, kind: str, by: str, at: datetime) -> None:
    conn.execute(sa.insert(_outcomes).values(lead_id=lead_id, kind=kind, by=by, at=at))
    newer = sa.or_(_leads.c.outcome_at.is_(None), _leads.c.outcome_at <= at)
    conn.execute(
        sa.update(_leads)
        .where(_leads.c.id == lead_id, newer)
        .values(outcome=kind, outcome_by=by, outcome_at=at, updated_at=at)
    )
