"""One conversation: read it, see why the bot said what it said, take over, reply, hand back."""

from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, Caller, Role, caller_of
from bots.desk.pages import is_partial, language_of
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back, record
from bots.desk.timeline import build_timeline
from bots.identities import Identities, load_identities
from bots.operators import HeldByAnother
from core.domain.conversation import Holder
from core.domain.ids import ConversationId
from core.domain.outcomes import OutcomeKind
from core.domain.vocabulary import FACT_NAMES
from core.storage import users
from core.storage.talks import Talk, TalkHead, load_talk

LONGEST_REPLY = 8000
NOBODY = ":nobody"
"""In the form that takes over: nobody was seen to hold the conversation. No user's name has a colon."""


def build_conversations(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, "/desk/conversations")

    @router.get("/{conversation_id}", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_conversation(request: Request, conversation_id: int, before: int | None = None) -> Response:
        def load(conn: sa.Connection) -> tuple[Talk, list[str], Identities]:
            talk = load_talk(conn, ConversationId(conversation_id), before)
            return talk, users.list_names(conn), load_identities(conn, talk.head.contact_id)

        talk, people, identities = await parts.database.read(load)
        caller = caller_of(request)
        words, timezone = parts.pages.words(language_of(request)), ZoneInfo(parts.firm().timezone)
        values = {
            "talk": talk,
            "head": talk.head,
            "timeline": build_timeline(talk, words, timezone),
            "facts": FACT_NAMES,
            "outcomes": [kind.value for kind in OutcomeKind],
            "people": people,
            "before": before,
            "reach": parts.reach(talk.head.account, talk.head.chat, talk.head.standing, caller.user.name),
            "identities": identities,
            "entrances": parts.doorways.open_from(talk.head.account),
            **standing(talk.head, caller),
        }
        return parts.pages.render(request, "_talk.html" if is_partial(request) else "talk.html", values)

    return router


def build_conversation_actions(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, "/desk/conversations")
    mine = [parts.access.allow(*EVERYONE, only_own=(Role.OPERATOR,))]

    @router.post("/{conversation_id}/take_over", dependencies=mine)
    async def take_over(
        request: Request, conversation_id: int, held_by: Annotated[str | None, Form()] = None
    ) -> Response:
        name, seen = caller_of(request).user.name, "" if held_by == NOBODY else held_by
        try:
            await parts.operators.take_over(ConversationId(conversation_id), name, instead_of=seen)
        except HeldByAnother as error:
            raise BadForm("held_by", name=error.holder) from error
        await record(parts, request, "take_over", f"conversation:{conversation_id}")
        return go_back(request, f"/desk/conversations/{conversation_id}", "taken_over")

    @router.post("/{conversation_id}/reply", dependencies=mine)
    async def reply(request: Request, conversation_id: int, text: Annotated[str, Form()] = "") -> Response:
        if not text.strip():
            raise BadForm("empty_reply")
        if len(text) > LONGEST_REPLY:
            raise BadForm("long_reply", limit=LONGEST_REPLY)
        name = caller_of(request).user.name
        message_id = await parts.operators.reply(ConversationId(conversation_id), name, text)
        await record(parts, request, "reply", f"conversation:{conversation_id}", {"message_id": message_id})
        return go_back(request, f"/desk/conversations/{conversation_id}#end")

    @router.post("/{conversation_id}/hand_back", dependencies=mine)
    async def hand_back(request: Request, conversation_id: int) -> Response:
        await parts.operators.hand_back(ConversationId(conversation_id), caller_of(request).user.name)
        await record(parts, request, "hand_back", f"conversation:{conversation_id}")
        return go_back(request, f"/desk/conversations/{conversation_id}", "handed_back")

    return router


def standing(head: TalkHead, caller: Caller) -> Mapping[str, Any]:
    """What the reader may do now."""
    is_mine = head.holder is Holder.OPERATOR and head.operator == caller.user.name
    is_foreign = head.holder is Holder.OPERATOR and head.operator not in (None, caller.user.name)
    is_in_app = head.holder is Holder.OPERATOR and head.operator is None
    return {
        "is_mine": is_mine,
        "is_foreign": is_foreign,
        "may_take_over": not is_mine and (not is_foreign or caller.role is not Role.OPERATOR),
        "may_hand_back": is_mine
        or is_in_app
        or head.holder is Holder.WAITING
        or (is_foreign and caller.role is not Role.OPERATOR),
    }
