"""One lead: correct a cell, give the lead to somebody, record how it ended."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, LEADS, caller_of
from bots.desk.fact_entry import EDITABLE, as_typed, parse_fact
from bots.desk.pages import is_partial
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back, record
from core.domain.facts import FactValue
from core.domain.ids import ConversationId, LeadId
from core.domain.outcomes import OutcomeKind
from core.storage import users
from core.storage.lead_table import LeadEntry, get_lead, set_owner


def build_cells(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)
    everyone = [parts.access.allow(*EVERYONE)]

    async def find(lead_id: int) -> LeadEntry:
        return await parts.database.read(lambda conn: get_lead(conn, lead_id))

    def parse(name: str, value: str) -> FactValue | None:
        firm = parts.firm()
        today = firm.today(parts.clock.now())
        return parse_fact(name, value, currency=firm.currency, region=firm.region, today=today)

    @router.get("/leads/{lead_id}/facts/{name}", dependencies=everyone)
    async def show_cell(request: Request, lead_id: int, name: str, edit: bool = True) -> Response:
        lead = await find(lead_id)
        if name not in EDITABLE:
            raise LookupError(f"no fact {name}")
        fact = lead.facts.get(name)
        values = {"lead": lead, "name": name, "fact": fact, "typed": as_typed(name, fact.value) if fact else ""}
        if not is_partial(request):
            return parts.pages.render(request, "fact.html", values)
        return parts.pages.render(request, "_cell_form.html" if edit else "_cell.html", values)

    @router.post("/leads/{lead_id}/facts/{name}", dependencies=everyone)
    async def edit_cell(
        request: Request, lead_id: int, name: str, value: Annotated[str, Form(max_length=500)] = ""
    ) -> Response:
        lead = await find(lead_id)
        entered = parse(name, value)
        conversation_id = ConversationId(lead.conversation_id)
        await parts.operators.edit_fact(conversation_id, name, entered, caller_of(request).user.name)
        await record(parts, request, "edit_fact", f"lead:{lead_id}", {"fact": name, "removed": entered is None})
        if not is_partial(request):
            return go_back(request, f"/desk#lead-{lead_id}", "saved")
        lead = await find(lead_id)
        return parts.pages.render(request, "_cell.html", {"lead": lead, "name": name, "fact": lead.facts.get(name)})

    return router


def build_lead_actions(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)
    leads = [parts.access.allow(*LEADS)]

    @router.get("/leads/{lead_id}/owner", dependencies=leads)
    async def show_owner(request: Request, lead_id: int, edit: bool = True) -> Response:
        lead, people = await parts.database.read(lambda conn: (get_lead(conn, lead_id), users.list_names(conn)))
        template = "owner.html" if not is_partial(request) else "_owner_form.html" if edit else "_owner_cell.html"
        return parts.pages.render(request, template, {"lead": lead, "people": people})

    @router.post("/leads/{lead_id}/owner", dependencies=leads)
    async def give_lead(
        request: Request,
        lead_id: int,
        owner: Annotated[str, Form(max_length=100)] = "",
        cell: Annotated[bool, Form()] = False,
    ) -> Response:
        """From a cell of the table it answers with the cell, else with the conversation's page."""

        def give(conn: sa.Connection) -> LeadEntry:
            if owner and users.find_user(conn, owner) is None:
                raise BadForm("unknown_owner", name=owner)
            set_owner(conn, lead_id, owner or None, parts.clock.now())
            return get_lead(conn, lead_id)

        lead = await parts.database.write(give)
        parts.changes.tell(ConversationId(lead.conversation_id))
        await record(parts, request, "give_lead", f"lead:{lead_id}", {"owner": owner})
        if cell:
            return parts.pages.render(request, "_owner_cell.html", {"lead": lead})
        return go_back(request, f"/desk/conversations/{lead.conversation_id}", "saved")

    @router.post("/leads/{lead_id}/outcome", dependencies=leads)
    async def record_outcome(request: Request, lead_id: int, outcome: Annotated[str, Form()]) -> Response:
        if outcome not in list(OutcomeKind):
            raise BadForm("unknown_outcome", name=outcome)
        lead = await parts.database.read(lambda conn: get_lead(conn, lead_id))
        name = caller_of(request).user.name
        await parts.operators.record_outcome(LeadId(lead_id), OutcomeKind(outcome), f"desk:{name}")
        await record(parts, request, "record_outcome", f"lead:{lead_id}", {"outcome": outcome})
        return go_back(request, f"/desk/conversations/{lead.conversation_id}", "saved")

    return router
