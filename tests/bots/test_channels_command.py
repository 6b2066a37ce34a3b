"""`seller channels`: a line for each account, and an exit code that a script can trust."""

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bots.cli import app
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_graph import LINKED
from tests.emulators.meta_state import APP_SECRET, PAGE, TOKEN, VERIFY_TOKEN, MetaState
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TOKEN as BOT_TOKEN


@pytest.fixture(autouse=True)
def _logging_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command has a process of its own; the other tests have not."""
    monkeypatch.setattr("bots.channels_command.configure_logging", lambda level, as_json: None)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MetaEmulator]:
    """A page, an Instagram account by its own login and a bot are named by the settings."""
    own = MetaState(kind="instagram", node=LINKED, proof_is_optional=True)
    with MetaEmulator() as page, MetaEmulator(own, name="instagram", login=True) as login, TelegramEmulator() as bot:
        settings = {
            "DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://bot.example.com", "TELEGRAM_TOKEN": BOT_TOKEN,
            "TELEGRAM_BASE_URL": bot.base_url, "META_APP_SECRETS": APP_SECRET, "META_VERIFY_TOKEN": VERIFY_TOKEN,
            "MESSENGER_PAGE_ID": PAGE, "MESSENGER_TOKEN": TOKEN, "MESSENGER_GRAPH_URL": page.base_url,
            "INSTAGRAM_ID": LINKED, "INSTAGRAM_TOKEN": TOKEN, "INSTAGRAM_LOGIN": "true",
            "INSTAGRAM_GRAPH_URL": login.base_url,
        }  # fmt: skip
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        yield page


@functools.cache
def _runner() -> CliRunner:
    return CliRunner()


def run(*words: str) -> Result:
    return _runner().invoke(app, ["channels", *words], catch_exceptions=False)


def test_without_accounts_the_web_chat_alone_is_there_and_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert run("list").output.split()[0] == "webchat"
    checked = run("check")
    assert (checked.exit_code, checked.output.split()[:2]) == (0, ["webchat", "ok:"])


def test_each_account_has_a_line_and_one_that_is_wrong_makes_the_exit_code_1(page: MetaEmulator) -> None:
    assert [line.split()[0] for line in run("list").output.splitlines()] == [
        "webchat", "telegram", "messenger", "instagram",
    ]  # fmt: skip
    assert run("check").exit_code == 1
    assert run("setup").exit_code == 0
    checked = run("check")
    assert (checked.exit_code, checked.output.count(" ok")) == (0, 4)
    page.state.token = "withdrawn-by-somebody-else"
    checked = run("check")
    (wrong,) = [line for line in checked.output.splitlines() if "WRONG" in line]
    assert checked.exit_code == 1
    assert wrong.startswith("messenger ")
    assert "How to mend: make a new token" in wrong


def test_setup_remembers_what_it_set_and_tells_what_a_person_changed(page: MetaEmulator) -> None:
    run("setup")
    assert [line.split(maxsplit=1)[1] for line in run("setup").output.splitlines()] == [
        "nothing to set up", "nothing to change", "nothing to change", "nothing to change",
    ]  # fmt: skip
    page.desk.profile["messenger"]["greeting"] = [{"locale": "default", "text": "Рукою"}]
    again = run("setup")
    assert again.exit_code == 0
    assert 'kept: greeting: made by hand: "Рукою"; --force makes it' in again.output
    assert 'set: greeting: "Рукою" ->' in run("setup", "--force").output


def test_a_setup_that_is_refused_has_exit_code_1(page: MetaEmulator) -> None:
    page.desk.profile_writes = [page.state.now] * 10
    refused = run("setup")
    assert refused.exit_code == 1
    assert "try again in ten minutes" in refused.output


def test_no_secret_is_printed(page: MetaEmulator) -> None:
    page.state.token = "another"
    told = run("list").output + run("check").output + run("setup").output
    assert not any(secret in told for secret in (TOKEN, APP_SECRET, BOT_TOKEN, VERIFY_TOKEN))
