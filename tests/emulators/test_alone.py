"""The emulators run alone, for anyone who wants to try the bot without an account."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from bots.doors import Door, build_doors
from core.clock import SystemClock
from core.domain.channel_texts import ChannelTexts
from core.settings import Settings
from tests.emulators.phones import Phones
from tests.emulators.platform import build_app
from tests.emulators.trio import Trio


@pytest.fixture(scope="module")
def alone() -> Iterator[dict[str, str]]:
    """The settings that the command prints, and where its page is."""
    command = [sys.executable, "-m", "tests.emulators", "--port", "0", "--bot", "http://127.0.0.1:9"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout is not None
        told = {}
        for line in process.stdout:
            name, _, value = line.strip().partition("=")
            if line.startswith("# write"):
                told["page"] = line.split()[-1]
            elif line.startswith("# control instagram"):
                break
            elif value:
                told[name] = value
        yield told
        process.terminate()


@pytest.fixture
def doors(alone: dict[str, str], tmp_path: Path) -> Sequence[Door]:
    named: dict[str, Any] = {name.lower(): value for name, value in alone.items() if name != "page"}
    assert set(named) <= set(Settings.model_fields)
    return build_doors(Settings(_env_file=None, data_dir=tmp_path, **named), SystemClock())


def test_what_it_prints_are_settings_that_connect_all_three(doors: Sequence[Door]) -> None:
    accounts = {account for door in doors for account, _ in door.channels}
    assert accounts == {"telegram", "messenger", "instagram"}


def test_instagram_is_opened_by_its_own_login_when_that_is_wanted(tmp_path: Path) -> None:
    told: dict[str, Any] = {n.lower(): v for n, v in Trio(login=True).settings("http://127.0.0.1:9").items()}
    doors = build_doors(Settings(_env_file=None, data_dir=tmp_path, **told), SystemClock())
    titles = [caretaker.title for door in doors for caretaker in door.caretakers]
    assert [title for title in titles if "Instagram account by its own login" in title] != []


async def test_once_set_up_nothing_is_wrong_with_an_account(doors: Sequence[Door]) -> None:
    texts = ChannelTexts()
    for caretaker in (caretaker for door in doors for caretaker in door.caretakers):
        assert (await caretaker.set_up(texts, {}, force=False)).is_done
        found = await caretaker.check()
        assert [finding.what for finding in found.findings] == []
        assert not any("not hear" in note for note in found.notes)
        await caretaker.close()


@pytest.mark.parametrize("platform", ["telegram", "messenger", "instagram"])
def test_a_person_writes_on_the_page_and_sees_their_own_words(alone: dict[str, str], platform: str) -> None:
    with httpx.Client(base_url=alone["page"], trust_env=False) as http:
        assert "Write as a customer" in http.get("/").text
        assert http.post(f"/phones/{platform}/7/write", json={"text": "Привіт"}).status_code == 202
        (bubble,) = http.get(f"/phones/{platform}/7").json()["bubbles"]
        assert (bubble["is_mine"], bubble["text"]) == (True, "Привіт")
        assert http.post(f"/phones/{platform}/7/tap", json={"text": "Ціни"}).status_code == 400
        assert http.get(f"/phones/{platform}/8").json()["bubbles"] == []
        assert http.get("/phones/pigeon/7").status_code == 404


def test_time_moves_for_all_at_once() -> None:
    trio = Trio(at=1_790_000_000)
    Phones(trio).actions()["advance"](3600)
    assert {emulator.state.clock.now() for emulator in trio.all} == {1_790_003_600}
    assert build_app([Phones(trio), *trio.all]).routes
