"""The lead table: look, filter, sort."""

from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from bots.access import EVERYONE, caller_of
from bots.desk.lead_view import LeadView, read_view
from bots.desk.pages import is_partial
from bots.desk.parts import DeskParts
from bots.desk.routes import build_page_router
from core.domain.conversation import Holder
from core.domain.outcomes import OutcomeKind
from core.domain.promises import PromiseState
from core.domain.vocabulary import LANGUAGES, STAGES
from core.storage.lead_table import count_holders, list_choices, list_leads, waiting_since
from core.storage.promises import count_overdue

# All of them, the ones that a sales lead looks at first in front.
SHOWN_FACTS = (
    "phone", "need", "product", "quantity", "budget", "deadline", "city", "company", "name", "email", "role",
)  # fmt: skip


def build_leads(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)

    @router.get("", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_leads(request: Request) -> Response:
        view = read_view(request.query_params)
        values = await parts.database.read(lambda conn: _table(conn, view))
        name = caller_of(request).user.name
        reach = {lead.id: parts.reach(lead.account, lead.chat, lead.standing, name) for lead in values["leads"]}
        template = "_leads.html" if is_partial(request) else "leads.html"
        return parts.pages.render(request, template, {**values, "view": view, "reach": reach})

    return router


def _table(conn: sa.Connection, view: LeadView) -> dict[str, Any]:
    found = list_leads(conn, view.filter, view.order, view.page)
    occurring = list_choices(conn)
    return {
        "leads": found.entries,
        "total": found.total,
        "last_page": view.pages(found.total),
        "holders": count_holders(conn),
        "waits_since": waiting_since(conn),
        "overdue": count_overdue(conn),
        "facts": SHOWN_FACTS,
        "choices": {
            "stage": STAGES,
            "holder": [holder.value for holder in Holder],
            "outcome": ["none", *(kind.value for kind in OutcomeKind)],
            "role": ("buyer", "partner"),
            "language": LANGUAGES,
            "channel": occurring["channel"],
            "owner": occurring["owner"],
            "promise": (PromiseState.OVERDUE.value, PromiseState.OPEN.value),
        },
    }
