"""Leads for programs: read the table by a cursor, say how one ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import AwareDatetime, BaseModel, Field

from bots.access import LEADS, Access, caller_of
from bots.operators import Operators
from core.domain.ids import LeadId
from core.domain.outcomes import OutcomeKind
from core.ports import Clock
from core.storage import users
from core.storage.database import Database
from core.storage.lead_table import LeadEntry, get_lead, list_leads_after
from core.storage.users import AuditEntry
from core.storage.witnessed import WitnessedFact

LARGEST_BODY: Final = 64 * 1024
LARGEST_ID: Final = 2**63 - 1
MOST: Final = 200
SKEW: Final = timedelta(minutes=1)
"""Another machine's clock may be ahead of ours by so much."""
OLDEST: Final = 2000

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Name = Annotated[str | None, Query(max_length=200)]


class HowItEnded(BaseModel):
    outcome: OutcomeKind = Field(description=f"one of {', '.join(OutcomeKind)}")
    at: AwareDatetime | None = Field(None, description="when, with its offset: 2026-11-21T10:00:00Z; now if left out")


def build_leads_api(*, access: Access, database: Database, operators: Operators, clock: Clock) -> APIRouter:
    router = APIRouter(prefix="/api/v1/leads", tags=["leads"], max_body_size=LARGEST_BODY)
    leads = [access.allow(*LEADS)]

    @router.get("", dependencies=leads)
    async def list_leads(
        after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
        channel: Name = None,
        chat: Name = None,
    ) -> dict[str, Any]:
        """Leads with a larger id than `after`, oldest first; `next` is the `after` of the next page, null on the last.
        `channel` and `chat` find the lead of one conversation: `channel=webchat&chat=zoe`."""
        page = await database.read(lambda conn: list_leads_after(conn, after, limit + 1, channel=channel, chat=chat))
        shown = page[:limit]
        return {
            "leads": [_as_json(entry) for entry in shown],
            "next": shown[-1].id if len(page) > limit else None,
        }

    @router.get("/{lead_id}", dependencies=leads)
    async def show_lead(lead_id: Id) -> dict[str, Any]:
        return _as_json(await database.read(lambda conn: get_lead(conn, lead_id)))

    @router.post("/{lead_id}/outcome", dependencies=leads)
    async def record_outcome(request: Request, lead_id: Id, ended: HowItEnded) -> dict[str, Any]:
        """Say how it ended. A later outcome supersedes an earlier one; the same one told twice is recorded once."""
        now, user = clock.now(), caller_of(request).user.name
        at = _checked(ended.at, now)
        await operators.record_outcome(LeadId(lead_id), ended.outcome, f"api:{user}", at)
        data = {"outcome": ended.outcome.value, "at": at.isoformat()}
        entry = AuditEntry(user, "record_outcome", f"lead:{lead_id}", data, now)

        def note(conn: sa.Connection) -> LeadEntry:
            users.record_audit(conn, entry)
            return get_lead(conn, lead_id)

        return _as_json(await database.write(note))

    return router


def _checked(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at.year < OLDEST:
        raise HTTPException(422, f"`at` is before {OLDEST}; send the time when it was decided")
    if at > now + SKEW:
        raise HTTPException(422, "`at` is in the future; an outcome is recorded when it is there")
    return min(at, now)


def _as_json(lead: LeadEntry) -> dict[str, Any]:
    return {
        "id": lead.id,
        "contact_id": lead.contact_id,
        "conversation_id": lead.conversation_id,
        "channel": lead.channel,
        "chat": lead.chat,
        "contact": lead.contact,
        "username": lead.username,
        "stage": lead.stage,
        "score": lead.score,
        "facts": {name: _fact(fact) for name, fact in lead.facts.items()},
        "source": lead.source,
        "owner": lead.owner,
        "outcome": lead.outcome,
        "outcome_by": lead.outcome_by,
        "outcome_at": lead.outcome_at and lead.outcome_at.isoformat(),
        "holder": lead.holder,
        "language": lead.language,
        "last_message_at": lead.last_message_at and lead.last_message_at.isoformat(),
    }


def _fact(fact: WitnessedFact) -> Mapping[str, Any]:
    """With the words that prove it; without a message a person wrote it in."""
    return {
        "value": fact.value,
        "written_by": fact.written_by,
        "message_id": fact.message_id,
        "words": fact.words,
        "at": fact.at.isoformat(),
    }
