"""Labelled records in, predictions out: JSON lines, or a YAML list where whole talks are data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from core.errors import SellerError

Record = Mapping[str, Any]


class InvalidRecords(SellerError):
    """A file of records that cannot be read."""


def read_records(file: Path, *, required: Sequence[str] = ("id",)) -> list[Record]:
    """Every record has the `required` names. Raises InvalidRecords with file and line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRecords(
            f"cannot be read: {error}", where=str(file), hint="give a UTF-8 file that exists"
        ) from None
    found = _read_yaml(file, text) if file.suffix in (".yaml", ".yml") else _read_lines(file, text)
    for place, record in found:
        missing = [name for name in required if not isinstance(record, dict) or name not in record]
        if missing:
            hint = f"each record is an object with {', '.join(required)}"
            raise InvalidRecords(f"{', '.join(missing)} is missing", where=place, hint=hint)
    return [record for _, record in found]


def _read_lines(file: Path, text: str) -> list[tuple[str, Any]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append((f"{file}:{number}", json.loads(line)))
        except (ValueError, RecursionError):
            hint = "one JSON object a line, without line breaks inside"
            raise InvalidRecords("not JSON", where=f"{file}:{number}", hint=hint) from None
    return found


def _read_yaml(file: Path, text: str) -> list[tuple[str, Any]]:
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else str(file)
        raise InvalidRecords("not YAML", where=where, hint="look at the indentation and the quotes there") from None
    if loaded is not None and not isinstance(loaded, list):
        raise InvalidRecords("not a list", where=str(file), hint="begin each record with `- id: …`")
    return [(f"{file}: record {number}", record) for number, record in enumerate(loaded or (), start=1)]


def write_predictions(file: Path, predictions: Iterable[Record]) -> None:
    """One JSON object a line. Raises SellerError when the file cannot be written."""
    try:
        with file.open("w", encoding="utf-8") as out:
            for prediction in predictions:
                out.write(json.dumps(prediction, ensure_ascii=False, default=str) + "\n")
    except OSError as error:
        hint = "name a file in a folder that exists"
        raise SellerError(f"cannot be written: {error.strerror}", where=str(file), hint=hint) from None
