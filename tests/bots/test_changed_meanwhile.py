"""Words that change while their answer is being made: what is sent answers what stands there."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bots.bootstrap import Application
from core.domain.messages import InboundKind
from core.storage.tables import ConversationRow, OutboxRow, table
from tests.bots.telegram.kit import until
from tests.spine import CollectingChannel, ScriptedUnderstanding, build_message, build_spine, settle

EDIT: dict[str, Any] = {"event": "edit-1", "external_id": "m1", "kind": InboundKind.EDIT}
UNSENT: dict[str, Any] = {"event": "unsent-1", "external_id": "m1", "kind": InboundKind.UNSENT}


@pytest.fixture
def understanding() -> ScriptedUnderstanding:
    return ScriptedUnderstanding(delay=0.1)


@pytest.fixture
def channel() -> CollectingChannel:
    return CollectingChannel()


@pytest.fixture
async def app(
    tmp_path: Path, channel: CollectingChannel, understanding: ScriptedUnderstanding
) -> AsyncIterator[Application]:
    spine = await build_spine(tmp_path, channel=channel, understanding=understanding)
    await spine.start()
    yield spine
    await spine.stop()


async def test_an_edit_while_its_turn_runs_is_what_is_answered(
    app: Application, channel: CollectingChannel, understanding: ScriptedUnderstanding
) -> None:
    await app.intake.receive([build_message("five", external_id="m1")])
    await until(lambda: understanding.seen)
    await app.intake.receive([build_message("seven", **EDIT)])
    await settle(app)
    assert understanding.seen == [("five",), ("seven",)]
    assert len(channel.seen) == 1


async def test_what_is_taken_back_while_its_turn_runs_is_not_answered(
    app: Application, channel: CollectingChannel, understanding: ScriptedUnderstanding
) -> None:
    await app.intake.receive([build_message("my password is 1234", external_id="m1")])
    await until(lambda: understanding.seen)
    await app.intake.receive([build_message("", **UNSENT)])
    await settle(app)
    assert channel.seen == []
    rows = await app.database.read(lambda conn: conn.execute(sa.select(table(OutboxRow))).all())
    flags = await app.database.read(lambda conn: conn.scalars(sa.select(table(ConversationRow).c.has_mail)).all())
    assert (list(rows), list(flags)) == ([], [False])


async def test_what_was_said_beside_it_is_still_answered(
    app: Application, channel: CollectingChannel, understanding: ScriptedUnderstanding
) -> None:
    first, second = build_message("oops", external_id="m1"), build_message("how much?", external_id="m2")
    await app.intake.receive([first, second])
    await until(lambda: understanding.seen)
    await app.intake.receive([build_message("", **UNSENT)])
    await settle(app)
    assert understanding.seen[-1] == ("how much?",)
    assert len(channel.seen) == 1
