"""`seller eval`: records in, predictions to a file, one JSON object of scores to standard output."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from bots.evaluation.kinds import find_kind
from bots.evaluation.records import read_records, write_predictions
from bots.evaluation.request import Request
from core.errors import SellerError
from core.log import configure_logging
from core.settings import read_settings


def run_evaluation(
    kind: str, file: Path, *, predictions: Path | None, firm: Path | None, now: str | None, model: str | None
) -> None:
    """Raises SellerError for a file, kind or time that cannot be used."""
    evaluate, required = find_kind(kind)
    records = read_records(file, required=required)
    configure_logging("error", as_json=False)
    request = Request(read_settings(firm=firm).firm, read_time(now), model)
    report = asyncio.run(evaluate(records, request))
    if predictions:
        write_predictions(predictions, report.predictions)
    print(json.dumps(report.scores, ensure_ascii=False, default=str))


def read_time(text: str | None) -> datetime:
    """ISO 8601, UTC when it names no zone; the present when left out. Raises SellerError."""
    if text is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise SellerError(f"{text} is no time", where="--now", hint="write it like 2026-11-23T10:00:00+02:00") from None
    return given if given.tzinfo else given.replace(tzinfo=UTC)
