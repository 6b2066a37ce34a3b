"""The image and the compose file name settings and files that exist."""

import re

import yaml

from core.settings import Settings
from tests.docs.repository import ROOT, read

NOT_OURS = {"PATH", "PYTHONUNBUFFERED"}
SERVICES = {"postgres", "redis", "chroma", "app"}
SETTINGS = {name.upper() for name in Settings.model_fields}
IMAGE = read(ROOT / "Dockerfile")


def test_the_compose_file_has_the_product_and_its_three_servers() -> None:
    compose = yaml.safe_load(read(ROOT / "docker-compose.yml"))
    assert set(compose["services"]) == SERVICES
    assert set(compose["services"]["app"]["depends_on"]) == SERVICES - {"app"}


def test_what_the_compose_file_hands_to_the_product_are_settings() -> None:
    compose = yaml.safe_load(read(ROOT / "docker-compose.yml"))
    assert set(compose["services"]["app"]["environment"]) <= SETTINGS


def test_what_the_image_sets_are_settings() -> None:
    (line,) = re.findall(r"^ENV (.*)$", IMAGE, re.MULTILINE)
    assert set(re.findall(r"([A-Z_]+)=", line)) - NOT_OURS <= SETTINGS


def test_what_the_image_copies_exists_and_is_let_in() -> None:
    copied = {name for line in re.findall(r"^COPY (?!--from)(.*) \S+$", IMAGE, re.MULTILINE) for name in line.split()}
    let_in = {line[1:] for line in read(ROOT / ".dockerignore").splitlines() if line.startswith("!")}
    assert copied == let_in
    assert [name for name in copied if not (ROOT / name).exists() and name != "README.md"] == []


def test_the_image_does_not_run_as_root_and_installs_by_hash() -> None:
    assert re.search(r"^USER (?!root)", IMAGE, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in IMAGE
