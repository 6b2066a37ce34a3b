"""Who is one person, for programs: the doors of a contact, who else it may be, link and part."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from bots.access import EVERYONE, LEADS, Access, caller_of
from bots.identities import Identities, People
from core.domain.identity import Door

LARGEST_BODY: Final = 4 * 1024
LARGEST_ID: Final = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


class Other(BaseModel):
    contact_id: int = Field(ge=1, le=LARGEST_ID, description="the contact that is, or is not, the same person")


def build_identities_api(*, access: Access, people: People) -> APIRouter:
    router = APIRouter(prefix="/api/v1/contacts", tags=["contacts"], max_body_size=LARGEST_BODY)
    leads = [access.allow(*LEADS)]

    @router.get("/{contact_id}/identities", dependencies=[access.allow(*EVERYONE)])
    async def show_identities(contact_id: Id) -> dict[str, Any]:
        """The doors of a person, the links between them, and who else it may be, with reasons."""
        return _as_json(await people.show(contact_id))

    @router.post("/{contact_id}/identities", dependencies=leads)
    async def link_identities(request: Request, contact_id: Id, other: Other) -> dict[str, Any]:
        """Say that two contacts are one person. The lead table shows one row; the bot tells neither of the other."""
        await people.link(contact_id, other.contact_id, caller_of(request).user.name)
        return _as_json(await people.show(contact_id))

    @router.post("/{contact_id}/identities/reject", dependencies=leads)
    async def reject_identities(request: Request, contact_id: Id, other: Other) -> dict[str, Any]:
        """Say that two contacts are two people: it is not suggested again."""
        await people.reject(contact_id, other.contact_id, caller_of(request).user.name)
        return _as_json(await people.show(contact_id))

    @router.post("/{contact_id}/identities/split", dependencies=leads)
    async def split_identities(request: Request, contact_id: Id) -> dict[str, Any]:
        """Part a contact from everybody it is linked with: each has what was said there."""
        await people.split(contact_id, caller_of(request).user.name)
        return _as_json(await people.show(contact_id))

    return router


def _as_json(found: Identities) -> dict[str, Any]:
    return {
        "contact_id": found.contact_id,
        "doors": [_door(door) for door in found.doors],
        "links": [
            {
                "one": one.one,
                "other": one.other,
                "state": one.state.value,
                "proof": one.proof.value,
                "by": one.by,
                "at": one.at.isoformat(),
                "ended_by": one.ended_by,
                "ended_at": one.ended_at and one.ended_at.isoformat(),
            }
            for one in found.links
        ],
        "suggestions": [{**_door(one.door), "reasons": list(one.reasons)} for one in found.suggestions],
    }


def _door(door: Door) -> dict[str, Any]:
    return {
        "contact_id": door.contact_id,
        "conversation_id": door.conversation_id,
        "channel": door.channel,
        "name": door.name,
        "username": door.username,
        "last_message_at": door.last_message_at and door.last_message_at.isoformat(),
    }
