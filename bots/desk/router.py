"""All of the desk as one router."""

from fastapi import APIRouter

from bots.access import EVERYONE
from bots.desk.answers import build_answers
from bots.desk.conversations import build_conversation_actions, build_conversations
from bots.desk.firm_lines import build_restore
from bots.desk.health import build_health
from bots.desk.identities import build_identities
from bots.desk.knowledge import build_knowledge
from bots.desk.lead_actions import build_cells, build_lead_actions
from bots.desk.lead_files import build_lead_files
from bots.desk.leads import build_leads
from bots.desk.live import build_live
from bots.desk.new_lines import build_new_lines
from bots.desk.parts import DeskParts
from bots.desk.people import build_account, build_people, build_user_switches
from bots.desk.policies import build_policies
from bots.desk.prices import build_prices
from bots.desk.promises import build_promises
from bots.desk.routes import build_page_router
from bots.desk.signin import build_program_sign_in, build_sign_in


def build_desk(parts: DeskParts) -> APIRouter:
    """Everything under /desk, and `POST /signin` for programs."""
    router = APIRouter()
    router.include_router(parts.pages.assets.build_router())
    for build in (
        build_sign_in,
        build_program_sign_in,
        build_leads,
        build_cells,
        build_lead_actions,
        build_lead_files,
        build_conversations,
        build_conversation_actions,
        build_promises,
        build_identities,
        build_live,
        build_knowledge,
        build_answers,
        build_prices,
        build_new_lines,
        build_policies,
        build_restore,
        build_people,
        build_user_switches,
        build_account,
        build_health,
        build_nowhere,
    ):
        router.include_router(build(parts))
    return router


def build_nowhere(parts: DeskParts) -> APIRouter:
    """The last door: an address of the desk that leads nowhere is told as a page."""
    router = build_page_router(parts.pages)

    @router.get("/{path:path}", dependencies=[parts.access.allow(*EVERYONE)])
    async def nowhere(path: str) -> None:
        raise LookupError(f"no page {path}")

    return router
