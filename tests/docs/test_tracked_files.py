"""No tracked file holds a secret, or the address of a package registry."""

import re
from collections.abc import Iterator

from tests.docs.repository import name_of, tracked_files

LARGEST = 2_000_000
REGISTRIES = re.compile(
    rb"pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org|proxy\.golang\.org|"
    rb"(?<!no-emit-)--(?:extra-)?index-url|--trusted-host|index-url\s*=",
)
SECRETS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bsk-[A-Za-z0-9_-]{24,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bAKIA[0-9A-Z]{16}\b|"
    rb"\bxox[abprs]-[A-Za-z0-9-]{12,}|\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b|\bEAA[A-Za-z0-9]{40,}"
)
SEARCHING = {"tests/docs/test_tracked_files.py"}


def found(pattern: re.Pattern[bytes]) -> Iterator[str]:
    for path in tracked_files():
        if name_of(path) in SEARCHING or path.stat().st_size > LARGEST:
            continue
        match = pattern.search(path.read_bytes())
        if match:
            yield f"{name_of(path)}: {match.group()[:12].decode(errors='replace')}..."


def test_no_file_names_a_package_registry() -> None:
    assert list(found(REGISTRIES)) == []


def test_no_file_holds_a_secret() -> None:
    assert list(found(SECRETS)) == []


def test_local_settings_and_data_are_not_tracked() -> None:
    private = [name_of(path) for path in tracked_files() if path.name == ".env" or name_of(path).startswith("data/")]
    assert private == []
