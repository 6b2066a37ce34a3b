"""Facts whose witness changed or is gone: what another message says too stays, the rest is taken back."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.domain.facts import Witness
from core.domain.ids import ContactId, MessageId
from core.domain.score import score_lead
from core.storage.facts import load_facts, read_again, write_again
from core.storage.tables import FactRow, LeadRow, table

_facts = table(FactRow)
_leads = table(LeadRow)

Changed = Mapping[MessageId, tuple[str, str]]
"""The texts before and after, by message; what was taken back says nothing any more."""


def keep_witnessed(conn: sa.Connection, contact_id: ContactId, changed: Changed, now: datetime) -> None:
    """No fact stays that nobody says any more; what it had replaced holds again."""
    mine = sa.and_(_facts.c.contact_id == contact_id, _facts.c.message_id.is_not(None))
    has_lost = False
    for row in conn.execute(sa.select(_facts).where(mine).order_by(_facts.c.id)).all():
        said = [Witness(MessageId(row.message_id), row.start, row.end), *read_again(row.again)]
        left = [found for witness in said if (found := _find(witness, changed))]
        if not left:
            has_lost = True
            _take_back(conn, row.id)
        elif left != said:
            _witness(conn, row.id, left)
    if has_lost:
        _score_anew(conn, contact_id, now)


def _find(witness: Witness, changed: Changed) -> Witness | None:
    """Where the same words stand now; None when they do not."""
    before, after = changed.get(witness.message_id, ("", ""))
    if witness.message_id not in changed:
        return witness
    words = before[witness.start : witness.end]
    if not words:
        return witness if after else None
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", after)]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - witness.start))
    return Witness(witness.message_id, start, start + len(words))


def _witness(conn: sa.Connection, fact_id: int, left: Sequence[Witness]) -> None:
    first, *others = left
    values: dict[str, Any] = {"message_id": first.message_id, "start": first.start, "end": first.end}
    mine = sa.update(_facts).where(_facts.c.id == fact_id)
    conn.execute(mine.values(**values, again=write_again(others)))


def _take_back(conn: sa.Connection, fact_id: int) -> None:
    """Out of the chain of statements, as if it had never been made. One that a person took away, and that therefore
    replaces itself, leaves what it had replaced as gone as it was."""
    by = conn.execute(sa.select(_facts.c.superseded_by).where(_facts.c.id == fact_id)).scalar()
    replaced = sa.and_(_facts.c.superseded_by == fact_id, _facts.c.id != fact_id)
    conn.execute(sa.update(_facts).where(replaced).values(superseded_by=_facts.c.id if by == fact_id else by))
    conn.execute(sa.delete(_facts).where(_facts.c.id == fact_id))


def _score_anew(conn: sa.Connection, contact_id: ContactId, now: datetime) -> None:
    lead = conn.execute(sa.select(_leads.c.id, _leads.c.stage).where(_leads.c.contact_id == contact_id)).first()
    if lead:
        score, reasons = score_lead(set(load_facts(conn, contact_id)), lead.stage)
        values = {"score": score, "score_reasons": list(reasons), "updated_at": now}
        conn.execute(sa.update(_leads).where(_leads.c.id == lead.id).values(**values))
