"""The page of known failures names thirty of them, each with tests that exist."""

import re
from functools import cache

from tests.docs.repository import ROOT

_NAME = re.compile(r"`(test_\w+)`")
_DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)


@cache
def defined() -> frozenset[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for source in sources for name in _DEFINED.findall(source))


def rows() -> list[str]:
    text = (ROOT / "docs" / "known-failures.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]


def test_there_are_thirty_known_failures_each_with_a_source_and_a_test() -> None:
    assert [int(row.split("|")[1]) for row in rows()] == list(range(1, 31))
    assert [row for row in rows() if not _NAME.search(row) or not row.split("|")[3].strip()] == []


def test_every_test_that_holds_a_known_failure_exists() -> None:
    assert sorted({name for row in rows() for name in _NAME.findall(row)} - defined()) == []
