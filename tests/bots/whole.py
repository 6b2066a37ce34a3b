"""The whole application behind one door of tests: every route, real store, real jobs, a scripted embedder."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from bots.access import Role
from bots.bootstrap import Store, open_store
from bots.brain import build_brain
from bots.desk.passwords import Passwords
from bots.indexing import Indexing
from bots.serve import build_server
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings
from core.storage import users

PASSWORD = "correct horse battery"


@dataclass
class Whole:
    app: FastAPI
    store: Store
    client: httpx.AsyncClient

    async def say(self, visitor: str, text: str) -> int:
        """Gives the message's id."""
        answer = await self.client.post(f"/api/v1/webchat/{visitor}/messages", json={"text": text})
        assert answer.status_code == 202, answer.text
        message_id: int = answer.json()["message_id"]
        return message_id

    async def heard(self, visitor: str, after: int = 0) -> list[dict[str, Any]]:
        answer = await self.client.get(f"/api/v1/webchat/{visitor}/messages", params={"after": after})
        assert answer.status_code == 200, answer.text
        return [message for message in answer.json()["messages"] if message["direction"] == "out"]

    async def reply_to(self, visitor: str, message_id: int, limit: float = 30.0) -> dict[str, Any]:
        """The first reply after a message."""
        async with asyncio.timeout(limit):
            while not (found := await self.heard(visitor, message_id)):  # noqa: ASYNC110 - as a program would
                await asyncio.sleep(0.02)
        return found[0]

    async def sign_in(self, name: str = "olena") -> None:
        hashed = await Passwords().hash(PASSWORD)
        now = self.store.clock.now()
        await self.store.database.write(lambda conn: users.create_user(conn, name, hashed, Role.LEAD, now))
        await self.fill("/desk/signin", "/desk/signin", name=name, password=PASSWORD)

    async def fill(self, page: str, action: str, **fields: str) -> httpx.Response:
        """Send a form with the hidden fields that stand on a page."""
        shown = await self.client.get(page)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
        answer = await self.client.post(action, data={**hidden, **fields}, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer

    async def health(self) -> dict[str, Any]:
        answer = await self.client.get("/healthz")
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told


@asynccontextmanager
async def open_whole(folder: Path, **settings: Any) -> AsyncIterator[Whole]:
    """Started, with the example firm's pages indexed."""
    chosen = Settings(_env_file=None, data_dir=folder, quiet_window_s=0, longest_quiet_s=0, **settings)
    store = open_store(chosen)
    await store.firms.load()
    brain = build_brain(chosen, store, embedder=ScriptedEmbedder())
    indexing = Indexing(brain=brain, store=store, server=chosen.chroma_url)
    await indexing.take_in()
    app = await build_server(chosen, store, brain, [indexing])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
        ):
            yield Whole(app, store, client)
    finally:
        await brain.close()
