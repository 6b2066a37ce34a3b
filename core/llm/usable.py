"""Whether a model's text can be used at all: what was promised of its shape, and what the asker checks."""

import json
from collections.abc import Mapping
from typing import Any

from core.ports import Failure, LanguageModelFailed, Prompt, Usage

LONGEST = 20_000
"""Characters; nothing that we ask for is nearly as long."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def require_usable(text: str, prompt: Prompt, usage: Usage | None = None) -> str:
    """The text without the space around it. Raises LanguageModelFailed with what is wrong."""
    stripped = text.strip()
    fault = find_fault(stripped, prompt)
    if fault:
        what = f"the text cannot be used: {fault}"
        raise LanguageModelFailed(what, kind=Failure.UNUSABLE, usage=usage, may_cost=True)
    return stripped


def find_fault(text: str, prompt: Prompt) -> str | None:
    if not text:
        return "it is empty"
    if len(text) > LONGEST:
        return "it is far too long"
    if prompt.schema is not None:
        fault = _find_violation(text, prompt.schema)
        if fault:
            return fault
    return prompt.check(text) if prompt.check else None


def _find_violation(text: str, schema: Mapping[str, Any]) -> str | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "it is no JSON"
    return violation(value, schema)


def violation(value: Any, schema: Mapping[str, Any], at: str = "it") -> str | None:
    """What breaks the schema, as far as we use schemas: type, enum, properties, required, items."""
    wanted = schema.get("type")
    names = [wanted] if isinstance(wanted, str) else list(wanted or ())
    if names and not any(_is_a(value, name) for name in names):
        return f"{at} is not of type {' or '.join(names)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{at} is none of the allowed values"
    if isinstance(value, dict):
        return _object_violation(value, schema, at)
    if isinstance(value, list) and "items" in schema:
        faults = (violation(item, schema["items"], f"{at}[{index}]") for index, item in enumerate(value))
        return next(filter(None, faults), None)
    return None


def _object_violation(value: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> str | None:
    missing = [name for name in schema.get("required", ()) if name not in value]
    if missing:
        return f"{at} lacks {', '.join(missing)}"
    properties = schema.get("properties", {})
    unknown = [name for name in value if name not in properties]
    if unknown and schema.get("additionalProperties", True) is False:
        return f"{at} has a part that nobody asked for"
    faults = (violation(value[name], part, f"{at}.{name}") for name, part in properties.items() if name in value)
    return next(filter(None, faults), None)


def _is_a(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES.get(name, (object,)))
