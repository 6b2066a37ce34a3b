import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bots.bootstrap import Store, open_store
from bots.firm_files import FIRM, PRICES, ChangedMeanwhile, FirmFiles
from core.errors import InvalidFirm, SellerError
from core.settings import Settings

YAML = """# Oak
name: Oak
languages: [en]
policies:
  - id: fee
    text: {en: "Delivery costs 120 UAH."}  # since May
"""
LIST = "sku,name_en,price,currency\nT-1,Oak table,14500,UAH\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "firm"
    folder.mkdir()
    (folder / FIRM).write_text(YAML, encoding="utf-8")
    (folder / PRICES).write_text(LIST, encoding="utf-8")
    return folder


@pytest.fixture
async def store(tmp_path: Path, folder: Path) -> AsyncIterator[Store]:
    store = open_store(Settings(firm=folder, data_dir=tmp_path / "data"))
    await store.firms.load()
    yield store
    store.database.close()
    store.folder.release()


@pytest.fixture
def files(store: Store) -> FirmFiles:
    return FirmFiles(firms=store.firms, database=store.database, clock=store.clock, reload=store.firms.load)


async def test_a_changed_price_is_in_the_file_and_in_force(files: FirmFiles, store: Store, folder: Path) -> None:
    await files.change_price("T-1", {"price": "15000"}, await files.seen(PRICES))
    assert (folder / PRICES).read_text(encoding="utf-8") == LIST.replace("14500", "15000")
    product = store.firms.firm.product("T-1")
    assert product
    assert product.price == 15000


async def test_a_changed_policy_keeps_the_rest_of_the_file(files: FirmFiles, store: Store, folder: Path) -> None:
    await files.change_policy("fee", {"en": "Delivery costs 150 UAH."}, "2027-01-31", await files.seen(FIRM))
    written = (folder / FIRM).read_text(encoding="utf-8")
    assert written.startswith("# Oak\n")
    assert "# since May" in written
    (policy,) = store.firms.firm.policies
    assert (policy.text["en"], str(policy.valid_until)) == ("Delivery costs 150 UAH.", "2027-01-31")


async def test_what_the_folders_check_refuses_is_not_written(files: FirmFiles, store: Store, folder: Path) -> None:
    with pytest.raises(InvalidFirm) as refused:
        await files.change_price("T-1", {"price": "free"}, await files.seen(PRICES))
    assert refused.value.where == "price_list.csv:2"
    assert (folder / PRICES).read_text(encoding="utf-8") == LIST
    assert sorted(os.listdir(folder)) == [FIRM, PRICES]


async def test_a_file_that_changed_meanwhile_is_left_alone(files: FirmFiles, folder: Path) -> None:
    seen = await files.seen(PRICES)
    (folder / PRICES).write_text(LIST.replace("14500", "14000"), encoding="utf-8")
    with pytest.raises(ChangedMeanwhile):
        await files.change_price("T-1", {"price": "15000"}, seen)
    assert "14000" in (folder / PRICES).read_text(encoding="utf-8")


async def test_of_two_changes_at_once_one_is_told_to_look_again(files: FirmFiles) -> None:
    seen = await files.seen(PRICES)
    changes = (files.change_price("T-1", {"price": price}, seen) for price in ("15000", "16000"))
    done = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(one).__name__ for one in done] == ["Change", "ChangedMeanwhile"]


async def test_every_version_is_kept_and_can_be_brought_back(files: FirmFiles, folder: Path) -> None:
    change = await files.change_price("T-1", {"price": "15000"}, await files.seen(PRICES))
    back = await files.restore(PRICES, change.before, change.after)
    assert (back.before, back.after) == (change.after, change.before)
    assert (folder / PRICES).read_text(encoding="utf-8") == LIST


@pytest.mark.parametrize(("file", "digest"), [(PRICES, "unknown"), ("../../etc/passwd", "unknown")])
async def test_what_was_never_kept_is_not_brought_back(files: FirmFiles, file: str, digest: str) -> None:
    with pytest.raises(LookupError):
        await files.restore(file, digest, "")


async def test_a_playbook_is_no_version_of_the_price_list(files: FirmFiles, store: Store) -> None:
    digest = next(iter(store.firms.playbooks.values())).digest
    with pytest.raises(LookupError):
        await files.restore(PRICES, digest, await files.seen(PRICES))


async def test_byte_order_mark_and_line_ends_of_a_spreadsheet_stay(
    files: FirmFiles, store: Store, folder: Path
) -> None:
    text = "\ufeffsku;name_en;price\r\nT-1;Oak table;14500\r\n"
    (folder / PRICES).write_bytes(text.encode())
    await files.change_price("T-1", {"price": "15000"}, await files.seen(PRICES))
    assert (folder / PRICES).read_bytes() == text.replace("14500", "15000").encode()


async def test_nothing_to_change_writes_nothing(files: FirmFiles, folder: Path) -> None:
    before = (folder / PRICES).stat().st_mtime_ns
    change = await files.change_price("T-1", {}, await files.seen(PRICES))
    assert change.before == change.after
    assert (folder / PRICES).stat().st_mtime_ns == before


async def test_a_folder_that_may_not_be_written_is_told_with_its_way_out(
    files: FirmFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SellerError, match="cannot be written") as refused:
        await files.change_price("T-1", {"price": "15000"}, await files.seen(PRICES))
    assert refused.value.hint
    assert sorted(os.listdir(folder)) == [FIRM, PRICES]


async def test_a_file_that_is_not_there_has_nothing_to_see(files: FirmFiles, folder: Path) -> None:
    (folder / PRICES).unlink()
    assert await files.seen(PRICES) == ""


async def test_an_added_product_and_policy_are_in_force_and_can_be_taken_back(
    files: FirmFiles, store: Store, folder: Path
) -> None:
    change = await files.add_price({"sku": "T-2", "name_en": "Ash", "price": "9"}, await files.seen(PRICES))
    await files.add_policy("gifts", {"en": "Gifts are wrapped."}, "", await files.seen(FIRM))
    firm = store.firms.firm
    assert (firm.products[-1].sku, str(firm.products[-1].price)) == ("T-2", "9")
    assert firm.policies[-1].text == {"en": "Gifts are wrapped."}
    await files.restore(PRICES, change.before, change.after)
    assert (folder / PRICES).read_text(encoding="utf-8") == LIST


async def test_an_added_product_that_the_folders_check_refuses_is_not_written(files: FirmFiles, folder: Path) -> None:
    with pytest.raises(InvalidFirm) as refused:
        await files.add_price({"sku": "T-2", "name_en": "Ash", "price": "free"}, await files.seen(PRICES))
    assert refused.value.where == "price_list.csv:3"
    assert (folder / PRICES).read_text(encoding="utf-8") == LIST
