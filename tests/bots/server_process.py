"""The whole server as a process of its own that can be killed. Arguments: data folder, database address, port."""

import asyncio
import sys
from pathlib import Path

import uvicorn

from bots.bootstrap import open_store
from bots.brain import build_brain
from bots.indexing import Indexing
from bots.serve import Server, Thinking, build_server
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings
from core.storage.shared import alone


async def serve(folder: Path, url: str, port: int) -> None:
    settings = Settings(
        _env_file=None, data_dir=folder, database_url=url, port=port, quiet_window_s=0, longest_quiet_s=0
    )
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store, embedder=ScriptedEmbedder())
    indexing = Indexing(brain=brain, store=store, server=None)
    async with alone(store.database, "start"):
        await indexing.take_in()
    app = await build_server(settings, store, brain, [indexing, Thinking(brain)])
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=5)
    await Server(config, app.state.changes).serve()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
