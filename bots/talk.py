"""A talk in the terminal: the same spine, the same brain, lines instead of a platform."""

import asyncio
import json
import sys
import uuid
from pathlib import Path
from typing import Any

from bots.bootstrap import Application, build_application, open_store
from bots.brain import build_brain, sync_knowledge
from bots.console.channel import ConsoleChannel
from bots.console.inbound import ACCOUNT, parse
from bots.progress import Bar
from core.domain.ids import ConversationId
from core.jobs.memory import MemoryJobs
from core.log import configure_logging
from core.settings import read_settings
from core.storage.turns import last_turn, load_turn

ANSWER_WITHIN_S = 60.0


async def talk(*, firm: Path | None, data_dir: Path | None, as_json: bool, language: str | None) -> None:
    settings = read_settings(firm=firm, data_dir=data_dir, quiet_window_s=0.0, longest_quiet_s=0.0)
    configure_logging("error", as_json=False)
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store)
    with Bar("Indexing the knowledge") as bar:
        await sync_knowledge(brain, loaded, bar.show)
    channel = ConsoleChannel()
    app = build_application(
        settings, store, engine=brain.engine, jobs=MemoryJobs(clock=store.clock), channels=[(ACCOUNT, channel)]
    )
    await app.start()
    try:
        await _converse(app, channel, as_json=as_json, language=language)
    finally:
        await app.stop()
        await brain.close()


async def _converse(app: Application, channel: ConsoleChannel, *, as_json: bool, language: str | None) -> None:
    chat = f"console-{uuid.uuid4().hex[:12]}"
    if sys.stdin.isatty():
        print(f"You talk with the bot of {app.firms.firm.name}. Ctrl-D ends.", file=sys.stderr)
    number = 0
    while line := await asyncio.to_thread(_read_line):
        if not line.strip():
            continue
        number += 1
        message = parse(line, chat=chat, number=number, now=app.clock.now(), language=language)
        (arrival,) = await app.intake.arrivals([message])
        await _settle(app)
        replies = []
        while not channel.sent.empty():
            replies.append(channel.sent.get_nowait()[1].text)
        await _print(app, arrival.conversation_id, replies, as_json=as_json)


def _read_line() -> str:
    if sys.stdin.isatty():
        sys.stderr.write("> ")
        sys.stderr.flush()
    return sys.stdin.readline()


async def _settle(app: Application) -> None:
    async with asyncio.timeout(ANSWER_WITHIN_S):
        while not app.dispatcher.idle:  # noqa: ASYNC110 - a person types; a few looks a second cost nothing
            await asyncio.sleep(0.005)


async def _print(app: Application, conversation_id: ConversationId, replies: list[str], *, as_json: bool) -> None:
    if not as_json:
        print("\n\n".join(replies) or "(the bot stays silent)", flush=True)
        return
    print(json.dumps(await _describe(app, conversation_id, replies), ensure_ascii=False), flush=True)


async def _describe(app: Application, conversation_id: ConversationId, replies: list[str]) -> dict[str, Any]:
    loaded = await app.database.read(lambda conn: load_turn(conn, conversation_id))
    turn = await app.database.read(lambda conn: last_turn(conn, conversation_id))
    hits = (turn.trace.get("search") or {}).get("hits") or [] if turn else []
    return {
        "text": "\n\n".join(replies),
        "move": turn.move if turn else None,
        "stage": loaded.conversation.stage,
        "facts": {name: fact.value for name, fact in loaded.facts.items()},
        "sources": [hit["source"] for hit in hits],
        "action": turn.action if turn else None,
        "language": loaded.conversation.language,
    }
