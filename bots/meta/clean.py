"""Incoming text and JSON without what no database stores."""

from typing import Any

TEXT_LIMIT = 32_768
_TREE_TEXT_LIMIT = 1_000
_DEEPEST = 12


def clean_text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """Without NUL and lone surrogates; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    text = value[:limit].replace("\x00", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_tree(value: Any, depth: int = 0) -> Any:
    """The same for parsed JSON, with long texts shortened and no deeper than anybody looks."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return clean_text(value, _TREE_TEXT_LIMIT)
    if isinstance(value, dict):
        return {clean_text(str(name), 100): clean_tree(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [clean_tree(item, depth + 1) for item in value[:100]]
    return value
