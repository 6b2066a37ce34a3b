"""What prices and policies share on the desk: a change is checked, written down, and can be taken back."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response

from bots.access import LEADS
from bots.desk.answers import KNOWLEDGE
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back, record
from bots.firm_files import FIRM, PRICES, Change, ChangedMeanwhile
from core.storage import users

PAGES: Final = {PRICES: f"{KNOWLEDGE}/prices", FIRM: f"{KNOWLEDGE}/policies"}
SHOWN_CHANGES: Final = 10
SHOWN_KEPT: Final = 20
LOOKED_AT: Final = 1000
"""Actions of people, in which changes are looked for."""
_ACTIONS: Final = ("change_price", "change_policy", "add_price", "add_policy", "restore_file")

Lines = Mapping[str, str]
"""What is written, by field: a column of the price list, a language of a policy."""
Seen = Annotated[str, Form(max_length=100)]


@dataclass(frozen=True, slots=True)
class Applied:
    """`emptied`: answers that were in memory before and are not any more."""

    change: Change
    emptied: int


@dataclass(frozen=True, slots=True)
class PastChange:
    """`was` and `became` are what was written, by field; `may_undo` while nothing newer stands in the file."""

    at: datetime
    by: str
    action: str
    subject: str
    was: Lines
    became: Lines
    before: str
    emptied: int
    may_undo: bool


async def apply(parts: DeskParts, change: Awaitable[Change]) -> Applied:
    """Raises BadForm when somebody was quicker."""
    had = len(await parts.knowledge.kept_answers())
    try:
        done = await change
    except ChangedMeanwhile as error:
        raise BadForm("changed_meanwhile", file=error.where) from error
    return Applied(done, max(0, had - len(await parts.knowledge.kept_answers())))


async def emptied(parts: DeskParts) -> Mapping[str, object]:
    """What a form shows of the answers that saving it takes out of memory."""
    kept = await parts.knowledge.kept_answers()
    return {"kept": kept[:SHOWN_KEPT], "kept_count": len(kept)}


def check_date(typed: str) -> None:
    """Raises BadForm."""
    try:
        date.fromisoformat(typed or "2000-01-01")
    except ValueError as error:
        raise BadForm("bad_date", field="valid_until", typed=typed) from error


async def write_down(
    parts: DeskParts, request: Request, done: tuple[str, str], applied: Applied, was: Lines, became: Lines
) -> None:
    """`done`: the action and its object. Lines of the firm are no personal data: the record says what they were."""
    change = applied.change
    if change.before == change.after:
        return
    action, subject = done
    differ = [name for name in became if was.get(name) != became[name]]
    data = {
        "file": change.file,
        "before": change.before,
        "after": change.after,
        "was": {name: was.get(name, "") for name in differ},
        "became": {name: became[name] for name in differ},
        "emptied": applied.emptied,
    }
    await record(parts, request, action, subject, data)


async def past_changes(parts: DeskParts, file: str, present: str) -> Sequence[PastChange]:
    """The newest first. `present`: the digest of the file as it is now."""

    def load(conn: sa.Connection) -> list[PastChange]:
        entries = [
            entry
            for entry in users.list_audit(conn, LOOKED_AT)
            if entry.action in _ACTIONS and entry.data.get("file") == file
        ]
        return [_past(entry, entry is entries[0] and entry.data["after"] == present) for entry in entries]

    return (await parts.database.read(load))[:SHOWN_CHANGES]


def _past(entry: users.AuditEntry, may_undo: bool) -> PastChange:
    data = entry.data
    return PastChange(
        entry.at,
        entry.user_name,
        entry.action,
        entry.object.partition(":")[2],
        dict(data.get("was") or {}),
        dict(data.get("became") or {}),
        data["before"],
        int(data.get("emptied") or 0),
        may_undo,
    )


def build_restore(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, KNOWLEDGE)

    @router.post("/versions/restore", dependencies=[parts.access.allow(*LEADS)])
    async def restore(
        request: Request, file: Annotated[str, Form(max_length=100)], digest: Seen, seen: Seen
    ) -> Response:
        """The file as it was before its latest change."""
        change = await apply(parts, parts.knowledge.files.restore(file, digest, seen))
        await write_down(parts, request, ("restore_file", f"file:{file}"), change, {}, {})
        return go_back(request, PAGES[file], "restored")

    return router
