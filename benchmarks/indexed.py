"""The example firm's data folder with its knowledge indexed, made once a run and copied for whoever needs one."""

import asyncio
import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from bots.bootstrap import open_store
from bots.brain import build_brain, sync_knowledge
from core.settings import EXAMPLE_FIRM, Settings


@functools.cache
def small_firm() -> Path:
    """The example firm with the pages of one language: its index is made in seconds."""
    firm = _folder() / "firm"
    shutil.copytree(EXAMPLE_FIRM, firm)
    for page in (firm / "knowledge").iterdir():
        if not page.name.endswith(".uk.md"):
            page.unlink()
    return firm


def firm(*, quick: bool) -> Path:
    return small_firm() if quick else EXAMPLE_FIRM


@functools.cache
def indexed(firm: Path) -> Path:
    """The database and the index as a first start leaves them."""
    folder = _folder() / "data"
    asyncio.run(_index(firm, folder))
    return folder


async def _index(firm: Path, folder: Path) -> None:
    settings = Settings(firm=firm, data_dir=folder)
    store = open_store(settings)
    loaded = await store.firms.load()
    brain = build_brain(settings, store)
    await sync_knowledge(brain, loaded)
    await brain.close()
    store.database.close()
    store.folder.release()


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="seller-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
