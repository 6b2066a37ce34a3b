"""On the lead's page: through which doors the person comes, who else it may be, and a way into another channel."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, LEADS, Role, caller_of
from bots.desk.parts import DeskParts
from bots.desk.routes import build_page_router, go_back, record
from core.domain.ids import ConversationId


def build_identities(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, "/desk/conversations")
    mine = [parts.access.allow(*EVERYONE, only_own=(Role.OPERATOR,))]

    @router.post("/{conversation_id}/identities", dependencies=mine)
    async def link(request: Request, conversation_id: int, contact_id: Annotated[int, Form()]) -> Response:
        own, name = await parts.people.find_contact(ConversationId(conversation_id)), caller_of(request).user.name
        await parts.people.link(own, contact_id, name)
        return go_back(request, f"/desk/conversations/{conversation_id}", "linked")

    @router.post("/{conversation_id}/identities/reject", dependencies=mine)
    async def reject(request: Request, conversation_id: int, contact_id: Annotated[int, Form()]) -> Response:
        own, name = await parts.people.find_contact(ConversationId(conversation_id)), caller_of(request).user.name
        await parts.people.reject(own, contact_id, name)
        return go_back(request, f"/desk/conversations/{conversation_id}", "saved")

    @router.post("/{conversation_id}/identities/split", dependencies=[parts.access.allow(*LEADS)])
    async def split(request: Request, conversation_id: int, contact_id: Annotated[int, Form()]) -> Response:
        await parts.people.split(contact_id, caller_of(request).user.name)
        return go_back(request, f"/desk/conversations/{conversation_id}", "split")

    @router.post("/{conversation_id}/invitation", dependencies=mine)
    async def invite(request: Request, conversation_id: int, account: Annotated[str, Form(max_length=100)]) -> Response:
        """The link is shown once, to be passed on; only its digest is kept."""
        name = caller_of(request).user.name
        invited = await parts.doorways.invite(ConversationId(conversation_id), account, name)
        await record(parts, request, "invite", f"conversation:{conversation_id}", {"account": account})
        values: Mapping[str, Any] = {"invited": invited, "conversation_id": conversation_id}
        return parts.pages.render(request, "invitation.html", values)

    return router
