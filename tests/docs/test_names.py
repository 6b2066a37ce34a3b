"""Whatever a document names, a file, a folder, a function or a class, is there under this name."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.repository import ROOT, documents, name_of, read, table_under, without_code_blocks

SPAN = re.compile(r"`([^`\n]+)`")
FOLDERS = "bots|core|rag|migrations|tests|benchmarks|scripts|examples|docs"
PATH = re.compile(rf"(?:{FOLDERS})(?:/[\w.\-]+)*/?")
DOTTED = re.compile(rf"(?:{FOLDERS})(?:\.\w+)+")
TREE = re.compile(r"^```tree\n(.*?)^```", re.MULTILINE | re.DOTALL)
WAY = "## The way of a message"
DOCUMENTS_WITH_THE_WAY = ("README.md", "docs/architecture.md")


def resolve(dotted: str) -> object:
    """A module, or what stands in it. Raises when there is no such thing."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(dotted)


def unknown_names(text: str) -> Iterator[str]:
    for span in SPAN.findall(without_code_blocks(text)):
        if PATH.fullmatch(span) and "/" in span and not (ROOT / span).exists():
            yield span
        elif DOTTED.fullmatch(span):
            try:
                resolve(span)
            except (ModuleNotFoundError, AttributeError):
                yield span


def tree_paths(text: str) -> Iterator[str]:
    """The paths of the ```tree blocks: two spaces of indentation a level, several names in a line joined by a dot."""
    for block in TREE.findall(text):
        above: list[str] = []
        for line in block.splitlines():
            depth = (len(line) - len(line.lstrip())) // 2
            names = re.split(r"\s{2,}", line.strip())[0].split(" · ")
            for name in names:
                yield "/".join([*above[:depth], name.rstrip("/")])
            above = [*above[:depth], names[0].rstrip("/")]


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_files_and_names_in_a_document_exist(document: Path) -> None:
    assert list(unknown_names(read(document))) == []


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_trees_show_what_is_there(document: Path) -> None:
    assert [path for path in tree_paths(read(document)) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS_WITH_THE_WAY)
def test_each_row_of_the_way_names_a_function_of_its_file(name: str) -> None:
    rows = [row for row in table_under(read(ROOT / name), WAY) if row[0]]
    assert len(rows) >= 7
    for row in rows:
        (file,), functions = SPAN.findall(row[1]), SPAN.findall(row[2])
        assert functions
        for function in functions:
            assert callable(resolve(f"{file.removesuffix('.py').replace('/', '.')}.{function}")), function


def test_readme_and_architecture_tell_the_same_way() -> None:
    first, second = (
        [row[:3] for row in table_under(read(ROOT / name), WAY) if row[0]] for name in DOCUMENTS_WITH_THE_WAY
    )
    assert first == second
