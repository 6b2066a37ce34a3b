"""A timer fires: the conversation gets mail from itself, unless it is not wanted any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bots.intake import Intake
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, InboundMessage
from core.ports import Clock, JobBody, JobContext
from core.storage.database import Database
from core.storage.follow_ups import is_over
from core.storage.jobs import is_current
from core.storage.turns import load_conversation


def build_follow_up(*, database: Database, intake: Intake, clock: Clock) -> JobBody:
    async def follow_up(context: JobContext, payload: Mapping[str, Any]) -> None:
        run_at = datetime.fromisoformat(payload["run_at"])
        if not await database.read(lambda conn: is_current(conn, payload["request_id"], run_at)):
            return
        conversation_id = ConversationId(payload["conversation_id"])
        conversation = await database.read(lambda conn: load_conversation(conn, conversation_id))
        if await database.read(lambda conn: is_over(conn, conversation)):
            return
        message = InboundMessage(
            account=conversation.account,
            event_id=f"timer:{payload['request_id']}:{payload['run_at']}",
            chat=conversation.chat,
            sender=conversation.chat,
            kind=InboundKind.FOLLOW_UP,
            at=clock.now(),
            payload=payload["move"],
        )
        await intake.receive([message])

    return follow_up
