""".env.example and the settings say the same."""

import itertools
import re
from pathlib import Path

import pytest

from core.settings import Settings
from tests.docs.repository import ROOT, read

EXAMPLE = ROOT / ".env.example"
LINE = re.compile(r"([A-Z_]+)=(.*)")
EXPLANATION = re.compile(r"# [^-\s]")


def written() -> dict[str, str]:
    matches = [LINE.fullmatch(line) for line in read(EXAMPLE).splitlines()]
    return {match[1].lower(): match[2] for match in matches if match}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(ROOT)


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    assert set(written()) == set(Settings.model_fields)


def test_the_example_as_it_stands_changes_nothing() -> None:
    copied, untouched = Settings(_env_file=EXAMPLE), Settings(_env_file=None)
    for name in Settings.model_fields:
        given, default = getattr(copied, name), getattr(untouched, name)
        if isinstance(default, Path):
            given, default = given.resolve(), default.resolve()
        assert given == default, name


def test_every_line_is_explained_right_above_it() -> None:
    pairs = itertools.pairwise(read(EXAMPLE).splitlines())
    unexplained = [line for before, line in pairs if LINE.fullmatch(line) and not EXPLANATION.match(before)]
    assert unexplained == []


def test_no_secret_has_a_value() -> None:
    secrets = {name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)}
    assert secrets
    assert {name for name, value in written().items() if name in secrets and value} == set()
