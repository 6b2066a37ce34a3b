"""Whole talks as data, through the real brain: local understanding, real search, the example firm."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from bots.bootstrap import Application, build_application, open_store
from bots.brain import build_brain, sync_knowledge
from core.clock import ManualClock
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from core.storage.tables import ConversationRow, FactRow, LeadRow, TurnRow, table
from tests.spine import ACCOUNT, NOON, CollectingChannel, build_message, settle

FOLDER = Path(__file__).parent
TALKS = [talk for file in sorted(FOLDER.glob("*.yaml")) for talk in yaml.safe_load(file.read_text())]


@dataclass
class Stage:
    app: Application
    channel: CollectingChannel
    clock: ManualClock


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    clock = ManualClock(NOON)
    settings = Settings(data_dir=tmp_path_factory.mktemp("talks"), quiet_window_s=0.0, longest_quiet_s=0.0)
    store = open_store(settings, clock=clock)
    loaded = await store.firms.load()
    brain = build_brain(settings, store)
    await sync_knowledge(brain, loaded)
    channel = CollectingChannel()
    app = build_application(
        settings, store, engine=brain.engine, jobs=MemoryJobs(clock=clock), channels=[(ACCOUNT, channel)]
    )
    await app.start()
    yield Stage(app, channel, clock)
    await app.stop()
    await brain.close()


async def read(stage: Stage, row: type, chat: str) -> list[Any]:
    talks, rows = table(ConversationRow), table(row)
    mine = talks.c.id if rows is talks else rows.c.conversation_id
    wanted = sa.select(rows).where(mine == talks.c.id, talks.c.chat == chat)
    return list(await stage.app.database.read(lambda conn: conn.execute(wanted.order_by(rows.c.id)).all()))


async def happened(stage: Stage, chat: str) -> list[str]:
    """Everything that a rule of a talk may name, as `kind:value`."""
    turns = await read(stage, TurnRow, chat)
    (conversation,) = await read(stage, ConversationRow, chat)
    hits = [hit for turn in turns for hit in (turn.trace.get("search") or {}).get("hits", ())]
    return [
        *(f"text:{text}" for text in stage.channel.texts(chat)),
        *(f"move:{turn.move}" for turn in turns),
        *(f"action:{turn.action}" for turn in turns),
        *(f"source:{hit['source']}" for hit in hits),
        f"holder:{conversation.holder}",
        f"audience:{conversation.audience}",
        f"stage:{conversation.stage}",
    ]


def matches(rule: str, happening: list[str]) -> bool:
    kind, _, pattern = rule.partition(":")
    flags = 0 if pattern.startswith("(?i)") else re.IGNORECASE
    values = [item.partition(":")[2] for item in happening if item.startswith(f"{kind}:")]
    return any(re.search(pattern, value, flags) for value in values)


@pytest.mark.parametrize("talk", TALKS, ids=[talk["id"] for talk in TALKS])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_talk_goes_as_a_salesperson_would_want(talk: dict[str, Any], stage: Stage) -> None:
    chat = talk["id"]
    for number, message in enumerate(talk["messages"]):
        stage.clock.advance(timedelta(seconds=message.get("gap_s", 30)))
        arrival = build_message(message["text"], chat=chat, event=f"{chat}:{number}", at=stage.clock.now())
        await stage.app.intake.receive([arrival])
        await settle(stage.app)
    expected = talk["expected"]
    happening = await happened(stage, chat)
    facts = {row.name: row.value for row in await read(stage, FactRow, chat) if row.superseded_by is None}
    wrong = {n: (v, facts.get(n)) for n, v in expected.get("facts", {}).items() if facts.get(n) != v}
    assert not wrong, f"wanted and found: {wrong}\n{happening}"
    assert not set(expected.get("absent", ())) & set(facts)
    assert [rule for rule in expected.get("must_happen", ()) if not matches(rule, happening)] == [], happening
    assert [rule for rule in expected.get("must_not_happen", ()) if matches(rule, happening)] == [], happening
    if "outcome" in expected:
        (lead,) = await read(stage, LeadRow, chat)
        assert lead.outcome == expected["outcome"]


@pytest.mark.asyncio(loop_scope="module")
async def test_no_reply_asks_more_than_one_question(stage: Stage) -> None:
    for chat in ("greeting-1", "greeting-2"):
        await stage.app.intake.receive([build_message("Добрий день, є кавомашини для офісу?", chat=chat)])
        await settle(stage.app)
        assert all(text.count("?") <= 1 for text in stage.channel.texts(chat))
