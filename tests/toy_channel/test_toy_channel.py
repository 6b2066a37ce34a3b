"""A channel that was written by the how-to alone sells like the others, and nothing in the core knows of it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bots.arrival import Parsed
from bots.caretaker import Caretaker
from bots.channel import AccountState
from bots.doors import Door
from core.clock import SystemClock
from core.domain.messages import InboundKind
from tests.docs.repository import ROOT, read
from tests.spine import build_spine, settle
from tests.toy_channel.account import LetterboxAccount
from tests.toy_channel.caretaker import LetterboxCaretaker
from tests.toy_channel.inbound import parse
from tests.toy_channel.post_office import SEAL, PostOffice
from tests.toy_channel.routes import HEADER, PATH

HOW_TO = ROOT / "docs" / "how-to" / "add-a-channel.md"
FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LETTER = {"kind": "letter", "stamp": "n-1", "from": "anna", "text": " hello "}


@pytest.mark.parametrize(
    ("letter", "kind", "told"),
    [
        (LETTER, InboundKind.TEXT, ""),
        ({**LETTER, "parcel": {}}, InboundKind.UNSUPPORTED, ""),
        ({**LETTER, "from": "shop"}, None, "our own letter came back"),
        ({"kind": "parade"}, None, "not a letter: parade"),
        ({"kind": "letter"}, None, "KeyError while reading a letter"),
        ("a text", None, "AttributeError while reading a letter"),
        (None, None, "AttributeError while reading a letter"),
    ],
    ids=str,
)
def test_a_letter_becomes_a_message_or_a_reason(letter: Any, kind: InboundKind | None, told: str) -> None:
    parsed: Parsed = parse(letter, now=NOW)
    assert [message.kind for message in parsed.messages] == ([kind] if kind else [])
    assert (parsed.refused or parsed.ignored or "") == told


async def test_a_letter_that_comes_twice_is_answered_once_in_letters_that_fit(tmp_path: Path) -> None:
    office = PostOffice("anna")
    account = LetterboxAccount(http=office.client(), seal=SEAL, clock=SystemClock())
    door: Door = account
    app = await build_spine(tmp_path, channels=account.channels)
    door.connect(intake=app.intake, health=app.health)
    served = FastAPI()
    assert door.router
    served.include_router(door.router)
    await app.start()
    await door.start()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://bot") as http:
        statuses = [(await http.post(PATH, json=LETTER, headers={HEADER: SEAL})).status_code for _ in range(3)]
        await settle(app)
    await app.stop()
    await door.stop()
    assert statuses == [200] * 3
    assert 1 <= len(office.boxes["anna"]) <= 3
    assert "automated" in office.boxes["anna"][0]
    assert all(len(text) <= 200 for text in office.boxes["anna"])


@pytest.mark.parametrize(
    ("fault", "state"), [("", None), ("key", AccountState.UNAUTHORIZED), ("no connection", AccountState.UNREACHABLE)]
)
async def test_what_is_wrong_with_the_box_is_told_with_how_to_mend_it(fault: str, state: AccountState | None) -> None:
    office = PostOffice()
    office.next_fault = fault
    caretaker: Caretaker = LetterboxCaretaker(office.client())
    checkup = await caretaker.check()
    await caretaker.close()
    assert [finding.state for finding in checkup.findings] == ([state] if state else [])
    assert all(finding.hint for finding in checkup.findings)


def test_no_file_of_the_product_knows_the_channel() -> None:
    """Not the core, and of the doors not even the wiring: the battery and the talk above needed no change there."""
    files = [file for package in ("core", "rag", "bots") for file in (ROOT / package).rglob("*.py")]
    assert len(files) > 100
    assert [file for file in files if re.search("letterbox|toy_channel", read(file), re.IGNORECASE)] == []


def test_the_core_names_no_channel_at_all() -> None:
    """Words of people may hold a platform's name; names in the code may not."""
    named = re.compile(r"""\b(?:telegram|messenger|instagram|webchat)\b(?!\s*["'])""")
    code = {file: re.sub(r'""".*?"""|#.*|"[^"\n]*"', "", read(file), flags=re.DOTALL) for file in _core_code()}
    assert {file.name: found for file, text in code.items() if (found := named.findall(text))} == {}


def _core_code() -> list[Path]:
    """Settings are the wiring's, which must name what can be configured."""
    return [file for file in (ROOT / "core").rglob("*.py") if file.name != "settings.py"]


@pytest.mark.parametrize("name", ["channel.py", "inbound.py", "routes.py", "caretaker.py", "account.py"])
def test_the_how_to_shows_the_channels_files_as_they_are(name: str) -> None:
    blocks = re.findall(rf"<!-- is: tests/toy_channel/{name} -->\n```python\n(.*?)```", read(HOW_TO), re.DOTALL)
    assert blocks == [read(FOLDER / name)]
