"""Choosing one of the playbook's texts and filling it: deterministic, never the one just used."""

import string
from collections.abc import Mapping, Sequence

from core.domain.playbook import Templates

REMEMBERED = 12
"""Texts used last that are not repeated while others are left."""

_SHOWN = frozenset({"choice", "choices", "total"})
"""Where products or their sum are to be shown, words that do not show them are no variety."""

_FORMATTER = string.Formatter()


def placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in _FORMATTER.parse(template) if name)


def choose(
    templates: Templates, language: str, values: Mapping[str, str], *, key: str, used: Sequence[str]
) -> tuple[str, str] | None:
    """(text, key of the text) of the fittest template: all placeholders filled, the most specific first, unused before
    used. None when no template of the language can be filled."""
    fitting = [
        (len(placeholders(template)), -index, f"{key}:{language}:{index}", template)
        for index, template in enumerate(templates.get(language) or ())
        if all(values.get(name) for name in placeholders(template))
    ]
    if not fitting:
        return None
    shown = [item for item in fitting if placeholders(item[3]) & _SHOWN]
    fitting = shown or fitting
    fresh = [item for item in fitting if item[2] not in used]
    _, _, chosen, template = max(fresh or _least_recent(fitting, used))
    return template.format_map(values), chosen


def _least_recent(fitting: list[tuple[int, int, str, str]], used: Sequence[str]) -> list[tuple[int, int, str, str]]:
    oldest = min(fitting, key=lambda item: max(i for i, key in enumerate(used) if key == item[2]))
    return [oldest]


def remember(used: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    return (*used, *new)[-REMEMBERED:]
