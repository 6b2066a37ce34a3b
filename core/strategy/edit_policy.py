"""Change one policy of firm.yaml in its text: comments, order and everything else stay as people wrote them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from core.errors import InvalidFirm

IN_FILE = "change it in the file and read the folder again"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Cut:
    """The text from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


def edit_policy(text: str, policy_id: str, texts: Mapping[str, str], valid_until: str) -> str:
    """`texts` by language, those that the policy has; `valid_until` ISO, "" = for good. Raises InvalidFirm."""
    if valid_until and not _DATE.fullmatch(valid_until):
        hint = "write it as year-month-day, for instance 2027-01-31"
        raise InvalidFirm(f"valid_until {valid_until!r} is no date", where="firm.yaml", hint=hint)
    policy = _find(text, policy_id)
    cuts = [_replace(text, node, new) for node, new in _changed(policy, texts, policy_id)]
    cuts += _date_cuts(text, policy, valid_until)
    for cut in sorted(cuts, key=lambda one: one.start, reverse=True):
        text = text[: cut.start] + cut.new + text[cut.end :]
    return text


def add_policy(text: str, policy_id: str, texts: Mapping[str, str], valid_until: str) -> str:
    """One policy more, below the others. Raises InvalidFirm when there is one of that id."""
    root = _compose(text)
    policies = _entry(root, "policies")
    items = policies.value if isinstance(policies, yaml.SequenceNode) else []
    if any(getattr(_entry(item, "id"), "value", None) == policy_id for item in items):
        what = f"the policy {policy_id!r} is there already"
        raise InvalidFirm(what, where="firm.yaml", hint="choose another name, or change that one")
    if policies is None:
        return f"{text.rstrip()}\npolicies:\n{_block(policy_id, texts, valid_until, indent='  ')}"
    if isinstance(policies, yaml.SequenceNode) and policies.flow_style:
        return _into_brackets(text, policies, _flow(policy_id, texts, valid_until))
    end = _line_end(text, _last(policies))
    indent = " " * policies.start_mark.column if items else "  "
    return f"{text[:end]}\n{_block(policy_id, texts, valid_until, indent=indent)}{text[end:].removeprefix(chr(10))}"


def _block(policy_id: str, texts: Mapping[str, str], valid_until: str, *, indent: str) -> str:
    lines = [f"{indent}- id: {_quoted(policy_id)}"]
    lines += [f"{indent}  valid_until: {valid_until}"] if valid_until else []
    lines += [f"{indent}  text:", *(f"{indent}    {language}: {_quoted(line)}" for language, line in texts.items())]
    return "\n".join(lines) + "\n"


def _flow(policy_id: str, texts: Mapping[str, str], valid_until: str) -> str:
    return _quoted({"id": policy_id, **({"valid_until": valid_until} if valid_until else {}), "text": dict(texts)})


def _into_brackets(text: str, policies: yaml.SequenceNode, new: str) -> str:
    last = policies.value[-1].end_mark.index if policies.value else policies.start_mark.index + 1
    return text[:last] + (", " if policies.value else "") + new + text[last:]


def _last(node: yaml.Node) -> int:
    """Where the last thing written in it ends; a comment below it belongs to what comes next."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    """Behind a comment, when the line has one; a block of lines ended with its line already."""
    if text[:at].endswith("\n"):
        return len(text[:at].rstrip("\n"))
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _quoted(value: Any) -> str:
    """A JSON string is a YAML string in double quotes, and a JSON object is a YAML one on a line."""
    return json.dumps(value, ensure_ascii=False)


def _compose(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InvalidFirm("the file is not valid YAML", where="firm.yaml", hint=IN_FILE) from error


def _find(text: str, policy_id: str) -> yaml.MappingNode:
    policies = _entry(_compose(text), "policies")
    for node in policies.value if isinstance(policies, yaml.SequenceNode) else ():
        named = _entry(node, "id")
        if isinstance(node, yaml.MappingNode) and isinstance(named, yaml.ScalarNode) and named.value == policy_id:
            return node
    raise LookupError(f"no policy {policy_id}")


def _entry(node: Any, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    pairs: list[tuple[Any, yaml.Node]] = node.value
    return next((value for name, value in pairs if getattr(name, "value", None) == key), None)


def _changed(policy: yaml.MappingNode, texts: Mapping[str, str], policy_id: str) -> list[tuple[yaml.ScalarNode, str]]:
    written = _entry(policy, "text")
    found = []
    for language, new in texts.items():
        node = _entry(written, language)
        if not isinstance(node, yaml.ScalarNode):
            what = f"the policy {policy_id!r} has no single line in {language!r}"
            raise InvalidFirm(what, where="firm.yaml", hint=IN_FILE)
        if node.value != new:
            found.append((node, new))
    return found


def _replace(text: str, node: yaml.ScalarNode, new: str) -> _Cut:
    """A block of lines ends with its line."""
    start, end = node.start_mark.index, node.end_mark.index
    ending = "\n" if text[start:end].endswith("\n") else ""
    return _Cut(start, end, _quoted(new) + ending)


def _date_cuts(text: str, policy: yaml.MappingNode, valid_until: str) -> list[_Cut]:
    present = _entry(policy, "valid_until")
    if present is not None:
        start, end = present.start_mark.index, present.end_mark.index
        if str(present.value) == valid_until:
            return []
        gap = " " if valid_until and text[start - 1] == ":" else ""
        return [_Cut(start, end, gap + valid_until)]
    if not valid_until:
        return []
    named = next(name for name, _ in policy.value if name.value == "id")
    after = _entry(policy, "id")
    assert after is not None
    end = after.end_mark.index
    if policy.flow_style:
        return [_Cut(end, end, f", valid_until: {valid_until}")]
    rest = text.find("\n", end)
    end = len(text) if rest < 0 else rest  # behind a comment, when the line has one
    return [_Cut(end, end, f"\n{' ' * named.start_mark.column}valid_until: {valid_until}")]
