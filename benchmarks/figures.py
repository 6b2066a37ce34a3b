"""Numbers made readable: percentiles, medians over rounds, one JSON line and one line for people a figure."""

import json
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

Figures = Mapping[str, float]


def percentile(samples: Sequence[float], share: float) -> float:
    """The sample that `share` of all do not exceed; 0 without samples."""
    if not samples:
        return 0.0
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median_of(rounds: Sequence[Figures]) -> dict[str, float]:
    """The median of every figure over the rounds."""
    return {name: round(statistics.median(one[name] for one in rounds), 3) for name in rounds[0]}


def report(name: str, goal: str, told: str, **figures: Any) -> None:
    """`told` is the sentence for people."""
    print(json.dumps({"bench": name, "goal": goal, **figures}, ensure_ascii=False), flush=True)
    print(f"{name}: {told} (goal: {goal})", flush=True)


def absent(name: str, what: str, how: str) -> None:
    """Say plainly that a reference could not be run."""
    print(json.dumps({"bench": name, "absent": what, "how": how}), flush=True)
    print(f"{name}: {what} is absent; {how}", flush=True)
