"""How often a failing job is tried, and what may pass between its steps."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Retry:
    """A job that fails is run again after `pause`, then after `growth` times as long; finished steps are not."""

    attempts: int = 4
    pause: timedelta = timedelta(seconds=2)
    growth: int = 5

    def pause_after(self, failures: int) -> timedelta | None:
        """None when that was the last attempt."""
        return self.pause * self.growth ** (failures - 1) if failures < self.attempts else None


def as_json(value: Any) -> Any:
    """The value as a later run will read it. Raises TypeError when it is not JSON."""
    return json.loads(json.dumps(value, allow_nan=False))
