"""What a call costs: dollars a million tokens are millionths of a dollar a token, and those are counted."""

import csv
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.errors import InvalidSettings
from core.ports import Prompt, Usage

PRICES = Path(__file__).with_name("prices.csv")
THINKING_ROOM = 600
"""Tokens beyond the reply's own that a model may use up before it begins to write."""
FRAME = 256
"""Tokens that a request's own form may take."""

_DATED = re.compile(r"-(?:\d{4}-\d\d-\d\d|\d{8}|latest)$")
_HINT = "write LLM_PRICES=model=prompt/completion;... in dollars a million tokens, such as llama3=0/0"


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars a million tokens."""

    prompt: float
    completion: float
    cached: float | None = None
    stored: float | None = None
    as_of: str = ""

    def cost(self, usage: Usage) -> int:
        """Millionths of a dollar, rounded up."""
        cached = self.prompt if self.cached is None else self.cached
        stored = self.prompt if self.stored is None else self.stored
        fresh = max(0, usage.read - usage.cached - usage.stored)
        spent = fresh * self.prompt + usage.cached * cached + usage.stored * stored + usage.written * self.completion
        return math.ceil(round(spent, 6))

    def worst(self, prompt: Prompt) -> int:
        """What a prompt may cost at most: no token is shorter than a byte."""
        schema = json.dumps(prompt.schema) if prompt.schema else ""
        read = sum(len(text.encode("utf-8", "replace")) for text in (prompt.system, prompt.user, schema)) + FRAME
        dearest = max(self.prompt, self.stored or 0.0)
        return math.ceil(read * dearest + most_written(prompt) * self.completion)


FREE = Price(0.0, 0.0)


def most_written(prompt: Prompt) -> int:
    """The limit that is sent along: of the reply's tokens and those of thinking before it."""
    return prompt.max_tokens + THINKING_ROOM


def find_price(model: str, own: Mapping[str, Price] | None = None) -> Price | None:
    """The firm's own price first, then the table's; a date in the model's name changes nothing."""
    names = (model, _DATED.sub("", model))
    tables = (own or {}, read_prices())
    return next((table[name] for table in tables for name in names if name in table), None)


def dearest_price() -> Price:
    """What an unknown model is taken to cost: too much rather than nothing."""
    return max(read_prices().values(), key=lambda price: (price.completion, price.prompt))


@cache
def read_prices() -> dict[str, Price]:
    with PRICES.open(encoding="utf-8", newline="") as file:
        return {
            row["model"]: Price(
                float(row["prompt"]),
                float(row["completion"]),
                float(row["cached"]),
                float(row["stored"]),
                row["as_of"],
            )
            for row in csv.DictReader(file)
        }


def parse_prices(text: str) -> dict[str, Price]:
    """`model=prompt/completion; ...` or `model=prompt/cached/completion`. Raises InvalidSettings."""
    own: dict[str, Price] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        name, sign, numbers = entry.rpartition("=")
        try:
            values = [float(number) for number in numbers.split("/")]
        except ValueError:
            values = []
        good = sign and name.strip() and len(values) in (2, 3) and all(0 <= v < math.inf for v in values)
        if not good:
            raise InvalidSettings(f"{entry!r} is no price", where="LLM_PRICES", hint=_HINT)
        own[name.strip()] = Price(values[0], values[-1], values[1] if len(values) == 3 else None)
    return own
