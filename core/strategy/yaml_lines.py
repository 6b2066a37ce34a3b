"""YAML that is only read, never run: plain values that remember the line they stand on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from core.strategy.problems import Place, Problems

MAX_LENGTH = 1_000_000
MAX_DEPTH = 20
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)
QUOTES_HINT = "put texts that begin with { or * or hold a colon and a space into double quotes; indent with spaces"


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar exactly as written; nothing written is the empty text."""

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Entries:
    place: Place
    values: Mapping[str, "Node"]
    keys: Mapping[str, Place]


Node = Text | Items | Entries


def read_yaml(text: str, file: str, problems: Problems) -> Node | None:
    """The document as nodes with lines; None when it is no YAML, with the reason among the problems."""
    if len(text) > MAX_LENGTH:
        problems.add(Place(file), f"the file is longer than {MAX_LENGTH} characters", "keep texts short")
        return None
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        problems.add(_place_of(error, text, file), _say(error), QUOTES_HINT)
        return None
    except RecursionError:
        problems.add(Place(file), "the YAML is nested too deeply", "a firm's file needs five levels at most")
        return None
    if root is None:
        problems.add(Place(file), "the file is empty", "write it, or delete it to use the built-in one")
        return None
    return _Reader(file=file, problems=problems).read(root, depth=0)


def _place_of(error: yaml.YAMLError, text: str, file: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return Place(file, mark.line + 1)
    position = getattr(error, "position", None)
    return Place(file, text.count("\n", 0, position) + 1) if isinstance(position, int) else Place(file)


def _say(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "a character is not allowed"
    return f"this is not valid YAML: {reason}"


class _Reader:
    """Turns composed nodes into ours. Shared anchors are read once, so that they cannot multiply."""

    def __init__(self, *, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._read: dict[int, Node] = {}

    def read(self, node: yaml.Node, depth: int) -> Node:
        known = self._read.get(id(node))
        if known is not None:
            return known
        place = Place(self._file, node.start_mark.line + 1)
        empty = Text(place, "")
        # A node that contains itself is met again while it is being read: it is empty there.
        self._read[id(node)] = empty
        if depth > MAX_DEPTH:
            self._problems.add(place, "the YAML is nested too deeply", "a firm's file needs five levels at most")
        elif node.tag not in PLAIN_TAGS:
            self._problems.add(place, f"the tag {node.tag} is not allowed", "write plain texts, lists and keys only")
        else:
            self._read[id(node)] = self._convert(node, place, depth)
        return self._read[id(node)]

    def _convert(self, node: yaml.Node, place: Place, depth: int) -> Node:
        if isinstance(node, yaml.MappingNode):
            return self._entries(node, place, depth)
        if isinstance(node, yaml.SequenceNode):
            return Items(place, tuple(self.read(item, depth + 1) for item in node.value))
        is_nothing = node.tag == "tag:yaml.org,2002:null"
        return Text(place, "" if is_nothing else str(node.value))

    def _entries(self, node: yaml.MappingNode, place: Place, depth: int) -> Entries:
        values: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        pairs: list[tuple[Any, Any]] = node.value
        for key, value in pairs:
            where = Place(self._file, key.start_mark.line + 1)
            if not isinstance(key, yaml.ScalarNode):
                self._problems.add(where, "a key must be a word, not a list or a group", QUOTES_HINT)
                continue
            name = str(key.value)
            if name in keys:
                what = f"the key {name!r} stands twice, first on line {keys[name].line}"
                self._problems.add(where, what, "keep one of them")
                continue
            keys[name] = where
            values[name] = self.read(value, depth + 1)
        return Entries(place, values, keys)
