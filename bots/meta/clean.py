"""Incoming JSON, of any shape, without what no database stores."""

from typing import Any

from bots.arrival import TEXT_LIMIT, clean_text

_TREE_TEXT_LIMIT = 1_000
_DEEPEST = 12
_LONGEST = 100


def read_text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """A text that can be stored; "" for what is no text."""
    return clean_text(value, limit) if isinstance(value, str) else ""


def clean_tree(value: Any, depth: int = 0) -> Any:
    """With long texts shortened and no deeper than anybody looks."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return clean_text(value, _TREE_TEXT_LIMIT)
    if isinstance(value, dict):
        return {clean_text(str(name), _LONGEST): clean_tree(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [clean_tree(item, depth + 1) for item in value[:_LONGEST]]
    return value
