"""Take out of names what only deceives the eye, and out of whole payloads what no database stores."""

import re
from typing import Any

from bots.arrival import clean_text

_NAME_LIMIT = 200
_TREE_TEXT_LIMIT = 1_000

# Direction overrides and isolates can make a name read as something else.
_DECEPTIVE = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_name(name: str | None) -> str | None:
    """A name as people read it: one line, no hidden signs; None when nothing is left."""
    if not name:
        return None
    return _DECEPTIVE.sub("", clean_text(name, _NAME_LIMIT)).strip() or None


def clean_tree(value: Any) -> Any:
    """The same for parsed JSON, with long texts shortened."""
    if isinstance(value, str):
        return clean_text(value, _TREE_TEXT_LIMIT)
    if isinstance(value, dict):
        return {clean_tree(key): clean_tree(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_tree(item) for item in value]
    return value
