"""Contexts for the finders' tests: Saturday 21 November 2026, a Ukrainian firm."""

from datetime import date
from typing import Any

from core.domain.facts import FactValue
from core.understanding.facts.span import Context, Span

TODAY = date(2026, 11, 21)


def context(*expected: str, **more: Any) -> Context:
    return Context(today=TODAY, expected=frozenset(expected), **more)


def last(spans: list[Span]) -> FactValue | None:
    return spans[-1].value if spans else None
