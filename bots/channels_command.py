"""`seller channels`: one line for each account: well, or what is wrong and how to mend it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bots.caretaker import Caretaker, Change, Checkup, Outcome, SetUp
from bots.data_folder import DataFolder
from bots.doors import build_doors
from bots.webchat.caretaker import WebChatCaretaker
from core.clock import SystemClock
from core.domain.channel_texts import ChannelTexts
from core.log import configure_logging
from core.settings import Settings, read_settings
from core.storage.account_care import keep_marks, read_marks
from core.storage.database import Database
from core.storage.shared import open_migrated
from core.strategy.firm_folder import load_firm

_WIDTH = 10
_SAID = {Outcome.SET: "set", Outcome.SAME: "as it was", Outcome.KEPT: "kept", Outcome.REFUSED: "not set"}


def build_caretakers(settings: Settings) -> list[Caretaker]:
    """Nothing is asked of any platform yet. Raises InvalidSettings."""
    doors = build_doors(settings, SystemClock())
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    return [WebChatCaretaker(address), *(caretaker for door in doors for caretaker in door.caretakers)]


@dataclass(frozen=True, slots=True)
class Told:
    lines: Sequence[str]
    is_well: bool = True


def list_accounts() -> Told:
    """What the settings name; nobody is asked."""
    return Told([_line(caretaker, caretaker.title) for caretaker in build_caretakers(read_settings())])


async def check_accounts() -> Told:
    """One line for each."""
    configure_logging("error", as_json=False)
    caretakers = build_caretakers(read_settings())
    checkups = await asyncio.gather(*(caretaker.check() for caretaker in caretakers))
    await _close(caretakers)
    lines = [_line(caretaker, tell(checkup)) for caretaker, checkup in zip(caretakers, checkups, strict=True)]
    return Told(lines, all(checkup.is_well for checkup in checkups))


def tell(checkup: Checkup) -> str:
    """In one line."""
    notes = "; ".join(checkup.notes)
    if checkup.is_well:
        return f"ok: {notes}" if notes else "ok"
    wrong = "; also: ".join(f"{finding.what}. How to mend: {finding.hint}" for finding in checkup.findings)
    return f"WRONG: {wrong}" + (f" ({notes})" if notes else "")


async def set_up_accounts(*, firm: Path | None, data_dir: Path | None, force: bool) -> Told:
    """A line for each change. Raises SellerError for a firm's folder that cannot be read."""
    configure_logging("error", as_json=False)
    settings = read_settings(firm=firm, data_dir=data_dir)
    texts = load_firm(settings.firm).firm.channel_texts
    caretakers = build_caretakers(settings)
    DataFolder(settings.data_dir)
    database = open_migrated(settings.database)
    lines, done = [], []
    for caretaker in caretakers:
        found = await _set_up(caretaker, texts, database, force=force)
        lines += [_line(caretaker, line) for line in _tell_changes(found.changes)]
        done.append(found.is_done)
    await _close(caretakers)
    database.close()
    return Told(lines, all(done))


async def _set_up(caretaker: Caretaker, texts: ChannelTexts, database: Database, *, force: bool) -> SetUp:
    """What was set is remembered, so that it is not taken for somebody's own work next time."""
    account, now = caretaker.account, SystemClock().now()
    marks = await database.read(lambda conn: read_marks(conn, account))
    found = await caretaker.set_up(texts, marks, force=force)
    if found.marks != marks:
        await database.write(lambda conn: keep_marks(conn, account, found.marks, now))
    return found


def _line(caretaker: Caretaker, told: str) -> str:
    return f"{caretaker.account:<{_WIDTH}}  {told}"


def _tell_changes(changes: Sequence[Change]) -> list[str]:
    same = [change for change in changes if change.outcome is Outcome.SAME and not change.told]
    if len(same) == len(changes):
        return ["nothing to change" if changes else "nothing to set up"]
    others = [change for change in changes if change not in same]
    return [f"{_SAID[c.outcome]}: {c.part}{': ' if c.told else ''}{c.told}" for c in others]


async def _close(caretakers: Sequence[Caretaker]) -> None:
    for caretaker in caretakers:
        await caretaker.close()
