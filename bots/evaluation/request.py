"""What an evaluation is asked for, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bots.evaluation.records import Record


@dataclass(frozen=True, slots=True)
class Request:
    """`now` is where the clock stands (aware); `model` names a scripted model of the evaluation, None = no model."""

    firm: Path
    now: datetime
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`predictions` are raw, one a record in the same order; `scores` is one JSON object."""

    predictions: Sequence[Record]
    scores: Mapping[str, Any] = field(default_factory=dict)
