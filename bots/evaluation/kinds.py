"""What can be evaluated. Each kind is imported when it is asked for: they load models."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from importlib import import_module

from bots.evaluation.records import Record
from bots.evaluation.request import Report, Request
from core.errors import SellerError

Evaluate = Callable[[Sequence[Record], Request], Coroutine[object, object, Report]]

KINDS: Mapping[str, tuple[str, ...]] = {
    "acts": ("id", "text"),
    "answers": ("id",),
    "twins": ("id", "a", "b"),
    "attacks": ("id", "messages"),
    "dialogues": ("id", "messages"),
    "facts": ("id", "messages"),
}
"""By name: what each of its records must hold."""


def find_kind(name: str) -> tuple[Evaluate, tuple[str, ...]]:
    """Raises SellerError for a kind that does not exist."""
    if name not in KINDS:
        raise SellerError(f"{name} cannot be evaluated", hint=f"use one of {', '.join(KINDS)}")
    evaluate: Evaluate = import_module(f"bots.evaluation.{name}").evaluate
    return evaluate, KINDS[name]
