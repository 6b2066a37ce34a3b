"""The glossary binds: what it forbids stands in no public name, what it defines is defined once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.repository import ROOT, name_of, read, tracked_files

GLOSSARY = read(ROOT / "docs" / "glossary.md")
ROWS = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|(.*)\|$", GLOSSARY, re.MULTILINE)
CODE = re.compile(r"`([a-z]+)`")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# The word for a typed client of somebody's HTTP interface is everywhere the same.
ALLOWED = {("client", "bots/telegram/")}


def forbidden() -> set[str]:
    never = GLOSSARY.rsplit("Never:", 1)[1]
    return {word for _, _, wrong in ROWS for word in CODE.findall(wrong)} | set(CODE.findall(never))


def public_names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def misnamed() -> Iterator[str]:
    words = forbidden()
    for path in tracked_files():
        file = name_of(path)
        if path.suffix != ".py" or not file.startswith(("bots/", "core/", "rag/")):
            continue
        for name in public_names(path):
            for word in sorted(words & {part.lower() for part in WORD.findall(name)}):
                if not name.startswith("_") and not any(word == w and file.startswith(at) for w, at in ALLOWED):
                    yield f"{file}: {name} (the glossary has another word for {word!r})"


def test_the_glossary_has_words_and_forbids_some() -> None:
    assert len(ROWS) > 40
    assert {"chunk", "intent", "prospect", "utils"} <= forbidden()


def test_no_word_is_defined_twice() -> None:
    words = [word for row in ROWS for word in row[0].split(", ")]
    assert sorted(words) == sorted(set(words))


def test_forbidden_words_stand_in_no_public_name() -> None:
    assert list(misnamed()) == []
