"""Lists in the documents are whole, and the commands and targets that they name exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.routing import APIRoute

from bots.cli import app
from bots.webchat.routes import build_router
from core.settings import Settings
from core.storage.tables import metadata
from tests.docs.repository import ROOT, documents, name_of, read, table_under

CODE = re.compile(r"`([^`]+)`")
README = read(ROOT / "README.md")


def first_cells(text: str, heading: str) -> set[str]:
    return {name for row in table_under(text, heading) for name in CODE.findall(row[0])}


def test_the_readme_names_every_setting() -> None:
    assert first_cells(README, "## Settings") == {name.upper() for name in Settings.model_fields}


def test_the_architecture_names_every_table() -> None:
    text = read(ROOT / "docs" / "architecture.md")
    assert first_cells(text, "## What is remembered") == set(metadata.tables)


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_make_targets_in_a_document_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)|^(?:\w+=\S+ )?make ([a-z-]+)", read(document), re.MULTILINE))
    assert {name for pair in named for name in pair if name} <= targets


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_commands_in_a_document_exist(document: Path) -> None:
    commands = set(typer.main.get_group(app).commands)
    named = set(re.findall(r"(?:`|\$ |bin/|^|\| )seller ([a-z]+)", read(document), re.MULTILINE))
    assert named <= commands


def test_addresses_for_programs_are_those_of_the_web_chat() -> None:
    nothing: Any = None
    router = build_router(database=nothing, intake=nothing, visitors=nothing, changes=nothing, clock=nothing)
    served = {route.path.replace("{visitor}", "zoe") for route in router.routes if isinstance(route, APIRoute)}
    named = set(re.findall(r"/api/v1/webchat[/\w]*", README))
    assert len(named) >= 3
    assert named <= served


def test_every_command_and_target_that_people_use_is_in_the_readme() -> None:
    shown = set(re.findall(r"^([a-z-]+):.*## ", read(ROOT / "Makefile"), re.MULTILINE))
    assert {"run", "test", "chat", "check", "setup", "dev", "bench", "storm"} <= shown
    assert all(f"make {name}" in README for name in ("run", "test", "chat", "dev", "check", "bench", "storm", "setup"))
