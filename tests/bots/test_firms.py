"""The firm in force: what an edit changes, and what a slip in it does not."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.firms import FirmShelf
from core.clock import SystemClock
from core.errors import InvalidFirm
from core.settings import EXAMPLE_FIRM
from core.storage.shared import open_migrated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE_FIRM, tmp_path / "firm")


@pytest.fixture
async def shelf(folder: Path, tmp_path: Path) -> AsyncIterator[FirmShelf]:
    database = open_migrated(f"sqlite:///{tmp_path / 'seller.db'}")
    yield FirmShelf(database=database, folder=folder, clock=SystemClock())
    database.close()


SLIPS = {
    "firm.yaml": "name: [",
    "price_list.csv": "sku,price\nL-1,much\n",
    "playbook/buyers.yaml": "version: 1\nstages: nothing\n",
    "materials.csv": "title\n\x00\n",
}


@pytest.mark.parametrize("file", SLIPS)
async def test_an_edit_that_breaks_the_folder_leaves_what_was_in_force(
    shelf: FirmShelf, folder: Path, file: str
) -> None:
    before = await shelf.load()
    whole = (folder / file).read_bytes()
    (folder / file).write_text(SLIPS[file], encoding="utf-8")
    with pytest.raises(InvalidFirm) as told:
        await shelf.load()
    assert Path(file).name in str(told.value)
    assert shelf.loaded is before
    (folder / file).write_bytes(whole)
    assert (await shelf.load()).firm.version == before.firm.version


async def test_a_folder_that_is_gone_leaves_what_was_in_force(shelf: FirmShelf, folder: Path) -> None:
    before = await shelf.load()
    shutil.rmtree(folder)
    with pytest.raises(InvalidFirm):
        await shelf.load()
    assert shelf.loaded is before
