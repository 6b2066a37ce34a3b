"""The firm's own files, changed from the desk: checked as a whole first, written atomically, every version kept."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from bots.firms import FirmShelf
from core.errors import InvalidFirm, SellerError
from core.ports import Clock
from core.storage.database import Database
from core.storage.playbooks import PlaybookVersion, find_version, publish
from core.strategy.edit_policy import add_policy, edit_policy
from core.strategy.edit_price import add_price, edit_price
from core.strategy.firm_folder import load_firm

FIRM: Final = "firm.yaml"
PRICES: Final = "price_list.csv"
KEPT_AS: Final = "firm"
"""The audience under which versions of these files are kept beside those of the playbooks."""

Edit = Callable[[str], str]


class ChangedMeanwhile(SellerError):
    """The file is not the one that the person saw."""


@dataclass(frozen=True, slots=True)
class Change:
    """Digests of a file's text; equal when nothing was to be changed."""

    file: str
    before: str
    after: str


class FirmFiles:
    """Raises InvalidFirm for what would make the folder unusable; then nothing is written."""

    def __init__(
        self, *, firms: FirmShelf, database: Database, clock: Clock, reload: Callable[[], Awaitable[Any]]
    ) -> None:
        """`reload` brings into force what was written."""
        self._firms = firms
        self._database = database
        self._clock = clock
        self._reload = reload
        self._alone = asyncio.Lock()

    async def seen(self, file: str) -> str:
        """The digest of the file as it is now; "" when the folder does not have it."""
        path = self._path(file)
        return await asyncio.to_thread(lambda: _digest(_read(path)) if path.exists() else "")

    async def change_price(self, sku: str, cells: Mapping[str, str], seen: str) -> Change:
        """Raises LookupError for an unknown sku."""
        return await self._change(PRICES, lambda text: edit_price(text, sku, cells), seen)

    async def change_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change:
        """Raises LookupError for an unknown policy."""
        return await self._change(FIRM, lambda text: edit_policy(text, policy_id, texts, valid_until), seen)

    async def add_price(self, cells: Mapping[str, str], seen: str) -> Change:
        """`cells` by column, `sku` among them."""
        return await self._change(PRICES, lambda text: add_price(text, cells), seen)

    async def add_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change:
        return await self._change(FIRM, lambda text: add_policy(text, policy_id, texts, valid_until), seen)

    async def restore(self, file: str, digest: str, seen: str) -> Change:
        """Bring a kept version back. Raises LookupError when there is none."""
        kept = await self._database.read(lambda conn: find_version(conn, digest))
        if file not in (FIRM, PRICES) or kept is None or (kept.audience, kept.file) != (KEPT_AS, file):
            raise LookupError(f"no version {digest} of {file}")
        return await self._change(file, lambda _: kept.source, seen)

    async def _change(self, file: str, edit: Edit, seen: str) -> Change:
        async with self._alone:
            path = self._path(file)
            before = await asyncio.to_thread(_read, path)
            if _digest(before) != seen:
                raise ChangedMeanwhile("the file was changed meanwhile", where=file, hint="look at it again")
            after = edit(before)
            change = Change(file, seen, _digest(after))
            if after == before:
                return change
            await asyncio.to_thread(check_with, self._firms.folder.resolve(), file, after)
            await self._database.write(lambda conn: self._keep(conn, file, (before, after)))
            await asyncio.to_thread(_write, path, before, after)
            await self._reload()
            return change

    def _keep(self, conn: sa.Connection, file: str, texts: tuple[str, str]) -> None:
        for text in texts:
            publish(conn, PlaybookVersion(_digest(text), KEPT_AS, "", text, file), self._clock.now())

    def _path(self, file: str) -> Path:
        return (self._firms.folder / file).resolve()


def check_with(folder: Path, file: str, text: str) -> None:
    """Load the folder as it would be with this text in the file. Raises InvalidFirm that names the real files."""
    with tempfile.TemporaryDirectory(prefix="seller-check-") as name:
        stand_in = Path(name)
        for entry in folder.iterdir():
            if entry.name != file:
                (stand_in / entry.name).symlink_to(entry)
        (stand_in / file).write_text(text, encoding="utf-8", newline="")
        try:
            load_firm(stand_in)
        except InvalidFirm as error:
            real = [part.replace(f"{stand_in}/", "") for part in (error.what, error.where, error.hint)]
            raise InvalidFirm(real[0], where=real[1], hint=real[2]) from error


def _read(path: Path) -> str:
    """As it is: line ends and a byte order mark too, so that writing it back changes nothing else."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InvalidFirm(f"the file cannot be read: {error.strerror}", where=path.name) from error
    except UnicodeDecodeError as error:
        raise InvalidFirm("the file is not UTF-8", where=path.name, hint="save it as UTF-8") from error


def _write(path: Path, before: str, after: str) -> None:
    """All of it or nothing, also when the power fails."""
    if _read(path) != before:
        raise ChangedMeanwhile("the file was changed meanwhile", where=path.name, hint="look at it again")
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(after.encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        hint = "let the program write into the firm's folder, or change the file by hand"
        raise SellerError(f"the file cannot be written: {error.strerror}", where=path.name, hint=hint) from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
