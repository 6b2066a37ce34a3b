"""The examples in the documents do what the documents say."""

from pathlib import Path

import pytest

from tests.docs.examples import Scratch, evaluate, matches, steps
from tests.docs.repository import documents, name_of


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_examples_run_and_print_what_they_should(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = Scratch(tmp_path)
    monkeypatch.chdir(tmp_path)
    evaluate(document, scratch)


def test_an_example_that_prints_something_else_is_found(tmp_path: Path) -> None:
    document = tmp_path / "wrong.md"
    document.write_text("```console\n$ echo one\ntwo\n```\n")
    with pytest.raises(AssertionError, match="should print\ntwo\nbut prints\none"):
        evaluate(document, Scratch(tmp_path))


def test_a_named_block_becomes_a_file_that_commands_see(tmp_path: Path) -> None:
    document = tmp_path / "right.md"
    document.write_text("<!-- file: a/b.csv -->\n```csv\nx,y\n```\n\n```console\n$ cat a/b.csv\nx,y\n```\n")
    assert evaluate(document, Scratch(tmp_path)) == 2


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("one", "one\n", True),
        ("one", "one two", False),
        ("o...e", "one", True),
        ("a...z", "a\nb\nz", True),
        ("1 + 1", "1 1", False),
    ],
)
def test_dots_stand_for_anything(expected: str, printed: str, same: bool) -> None:
    assert matches(expected, printed) is same


def test_a_block_may_hold_several_commands() -> None:
    assert [(step.command, step.printed) for step in steps("$ a\n1\n2\n$ b\n$ c\n3")] == [
        ("a", "1\n2"),
        ("b", ""),
        ("c", "3"),
    ]
