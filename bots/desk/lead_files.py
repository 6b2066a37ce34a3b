"""The lead table as a file, and outcomes from one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from bots.access import LEADS
from bots.desk import export_sheet
from bots.desk.export_rows import csv_line, headings, lead_cells
from bots.desk.lead_view import LeadView, read_view
from bots.desk.outcome_lines import BadLine, OutcomeLine, read_outcomes
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, record
from core.domain.events import Event, EventKind
from core.domain.ids import ConversationId, LeadId
from core.domain.outcomes import Outcome
from core.storage.lead_table import LeadEntry, list_lead_ids, load_leads
from core.storage.leads import conversation_of_lead, record_outcome
from core.storage.turns import load_conversation, record_events

_AT_ONCE: Final = 200
_CSV: Final = "text/csv; charset=utf-8"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def build_lead_files(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)
    leads = [parts.access.allow(*LEADS)]

    @router.get("/leads.csv", dependencies=leads)
    async def download_csv(request: Request) -> Response:
        view = read_view(request.query_params)
        await record(parts, request, "export_leads", "leads", {"format": "csv"})

        async def lines() -> AsyncIterator[str]:
            yield "\ufeff" + csv_line(headings())  # the mark tells Excel that this is UTF-8
            async for entries in _parts_of(parts, view):
                yield "".join(csv_line(lead_cells(entry)) for entry in entries)

        return StreamingResponse(lines(), media_type=_CSV, headers=_as_file(parts, "csv"))

    @router.get("/leads.xlsx", dependencies=leads)
    async def download_xlsx(request: Request) -> Response:
        view = read_view(request.query_params)
        await record(parts, request, "export_leads", "leads", {"format": "xlsx"})
        sheet = await asyncio.to_thread(export_sheet.begin, headings())
        async for entries in _parts_of(parts, view):
            rows = [lead_cells(entry) for entry in entries]
            await asyncio.to_thread(export_sheet.add, sheet, rows)
        return StreamingResponse(export_sheet.read(sheet), media_type=_XLSX, headers=_as_file(parts, "xlsx"))

    @router.get("/leads/import", dependencies=leads)
    async def show_import(request: Request) -> Response:
        return parts.pages.render(request, "import.html", {"report": None})

    @router.post("/leads/import", dependencies=leads)
    async def import_outcomes(request: Request, file: Annotated[UploadFile, File()]) -> Response:
        lines, bad = read_outcomes(await file.read(), now=parts.clock.now())
        if not lines and not bad:
            raise BadForm("empty_file")
        known, unknown = await parts.database.write(lambda conn: _record(conn, lines, parts.clock.now()))
        for conversation_id in known:
            parts.changes.tell(conversation_id)
        bad = sorted([*bad, *unknown], key=lambda line: line.number)
        await record(parts, request, "import_outcomes", "leads", {"recorded": len(known), "refused": len(bad)})
        report = {"recorded": len(known), "bad": bad}
        return parts.pages.render(request, "import.html", {"report": report}, status=422 if bad and not known else 200)

    return router


async def _parts_of(parts: DeskParts, view: LeadView) -> AsyncIterator[list[LeadEntry]]:
    """The whole filtered table, a handful at a time: no export holds the database or the memory for long."""
    ids = await parts.database.read(lambda conn: list_lead_ids(conn, view.filter, view.order))
    for start in range(0, len(ids), _AT_ONCE):
        wanted = ids[start : start + _AT_ONCE]
        yield await parts.database.read(lambda conn, wanted=wanted: load_leads(conn, wanted))  # type: ignore[misc]


def _record(conn: sa.Connection, lines: list[OutcomeLine], now: datetime) -> tuple[list[ConversationId], list[BadLine]]:
    """Record what names a lead; the other lines are told."""
    known: list[ConversationId] = []
    unknown: list[BadLine] = []
    for line in lines:
        try:
            conversation_id = conversation_of_lead(conn, LeadId(line.lead_id))
        except LookupError:
            unknown.append(BadLine(line.number, "unknown_lead", str(line.lead_id)))
            continue
        record_outcome(conn, LeadId(line.lead_id), Outcome(line.kind, "csv", line.at))
        data: dict[str, Any] = {"outcome": line.kind.value, "by": "csv", "at": line.at.isoformat()}
        event = Event(EventKind.OUTCOME_RECORDED, data)
        record_events(conn, load_conversation(conn, conversation_id), [event], now)
        known.append(conversation_id)
    return known, unknown


def _as_file(parts: DeskParts, ending: str) -> dict[str, str]:
    firm = parts.firm()
    day = firm.today(parts.clock.now()).isoformat()
    return {"Content-Disposition": f'attachment; filename="leads-{day}.{ending}"', "Cache-Control": "no-store"}
