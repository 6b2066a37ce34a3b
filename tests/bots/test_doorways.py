"""From one channel into another: a real spine over two doors, and a bot that must not tell what was not proven."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bots.bootstrap import Application
from core.clock import ManualClock
from core.domain.facts import FoundFact, Witness
from core.domain.ids import AccountId
from core.domain.messages import Attachment, AttachmentKind, InboundKind
from core.domain.turn import Turn, Understood
from core.storage.lead_table import list_leads_after
from core.storage.linking import list_links, split
from tests.spine import NOON, CollectingChannel, build_message, build_spine, settle

SECRET = ("Львів", "+380671112233")


@dataclass
class Door(CollectingChannel):
    """A channel that can be entered by a link."""

    title: str = "Telegram"
    spoken: str = "telegram"

    def link_to(self, code: str) -> str | None:
        return f"https://{self.title.lower()}.example/?start={code}"


@dataclass
class Listening:
    """Understands `city is X`, a question about one's data, and a wish to be forgotten."""

    seen: list[dict[str, Any]] = field(default_factory=list)

    async def understand(self, turn: Turn) -> Understood:
        self.seen.append({name: fact.value for name, fact in turn.facts.items()})
        text = turn.messages[-1].text
        acts = {"what do you know?": "ask_my_data", "forget me": "erase_me"}.get(text, "greeting")
        witness = Witness(turn.messages[-1].id, 0, len(text))
        facts = (FoundFact("city", text.removeprefix("city is "), witness),) if text.startswith("city is ") else ()
        return Understood("en", acts, (acts,), 1.0, facts=facts)


@dataclass
class House:
    app: Application
    here: Door
    there: Door
    listening: Listening
    clock: ManualClock
    count: int = 0

    async def say(self, account: str, chat: str, text: str, **more: Any) -> str:
        """What the bot answers."""
        door = self.here if account == "here" else self.there
        before = len(door.seen)
        self.count += 1
        inbound = build_message(text, chat=chat, event=str(self.count), account=AccountId(account), **more)
        await self.app.intake.receive([inbound])
        await settle(self.app)
        return "\n".join(said for _, said in door.seen[before:])

    async def ask_for_link(self, chat: str = "anna") -> str:
        reply = await self.say("here", chat, "can we go on in telegram?")
        code = reply.partition("start=")[2].split()[0]
        assert len(code) <= 64
        return code

    async def open(self, account: str, chat: str, code: str) -> str:
        return await self.say(account, chat, f"/start {code}", kind=InboundKind.COMMAND, source=code, payload=code)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    here, there = Door("web"), Door("telegram")
    here.title, here.spoken = "Web", "web"
    listening, clock = Listening(), ManualClock(NOON)
    doors = [("here", here), ("there", there)]
    app = await build_spine(tmp_path, channels=doors, understanding=listening, clock=clock)
    await app.start()
    yield House(app, here, there, listening, clock)
    await app.stop()


async def test_nothing_said_at_one_door_is_known_at_another_before_it_is_proven(house: House) -> None:
    await house.say("here", "anna", "city is Львів")
    for text in ("hello", "what do you know?", "city?"):
        reply = await house.say("there", "anna", text)
        assert not any(secret in reply for secret in SECRET), text
    assert house.listening.seen[-3:] == [{}, {}, {}]


async def test_a_link_asked_for_here_is_known_there_and_nothing_need_be_repeated(house: House) -> None:
    await house.say("here", "anna", "city is Львів")
    code = await house.ask_for_link()
    reply = await house.open("there", "user7", code)
    assert "I know it's you" in reply
    assert "Львів" in await house.say("there", "user7", "what do you know?")


async def test_the_code_is_no_attribution_and_is_kept_nowhere(house: House) -> None:
    code = await house.ask_for_link()
    await house.open("there", "user7", code)
    page = await house.app.database.read(lambda conn: list_leads_after(conn, 0, 9))
    assert [lead.source for lead in page] == [None]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("used", "no longer works"),
        ("expired", "no longer works"),
        ("foreign", "no longer works"),
        ("here", "other app"),
        ("forgotten", "no longer works"),
    ],
)
async def test_a_link_that_does_not_count_is_told_so_and_reveals_nothing(house: House, what: str, told: str) -> None:
    await house.say("here", "anna", "city is Львів")
    code = await house.ask_for_link()
    if what == "used":
        await house.open("there", "user7", code)
    if what == "expired":
        house.clock.advance(timedelta(minutes=31))
    if what == "foreign":
        code = code[:-3] + ("AAA" if code[-3:] != "AAA" else "BBB")
    if what == "forgotten":
        await house.say("here", "anna", "forget me")
        await house.say("here", "anna", "forget me")
    account, chat = ("here", "anna") if what == "here" else ("there", "stranger")
    reply = await house.open(account, chat, code)
    assert told in reply
    if what != "here":
        assert "Львів" not in await house.say("there", "stranger", "what do you know?")


async def test_the_same_person_may_tap_the_link_twice(house: House) -> None:
    code = await house.ask_for_link()
    assert "I know it's you" in await house.open("there", "user7", code)
    assert "I know it's you" in await house.open("there", "user7", code)
    links = await house.app.database.read(lambda conn: list_links(conn, [1, 2]))
    assert len(links) == 1


async def test_a_number_that_both_platforms_vouch_for_joins_two_doors(house: House) -> None:
    card = (Attachment(AttachmentKind.CONTACT, phone="+380671112233", trusted=True),)
    await house.say("here", "anna", "city is Львів")
    await house.say("here", "anna", "", kind=InboundKind.MEDIA, attachments=card)
    await house.say("there", "user7", "hello", attachments=card)
    assert house.listening.seen[-1]["city"] == "Львів"


@pytest.mark.parametrize("how", ["typed", "a card of somebody else", "the same account", "parted"])
async def test_a_number_proves_nothing_otherwise(house: House, how: str) -> None:
    card = Attachment(AttachmentKind.CONTACT, phone="+380671112233", trusted=True)
    await house.say("here", "anna", "city is Львів")
    await house.say("here", "anna", "", kind=InboundKind.MEDIA, attachments=(card,))
    account = "there"
    if how == "typed":
        await house.say("there", "user7", "+380671112233")
    elif how == "a card of somebody else":
        shown = Attachment(AttachmentKind.CONTACT, phone="+380671112233")
        await house.say("there", "user7", "", kind=InboundKind.MEDIA, attachments=(shown,))
    elif how == "the same account":
        account = "here"
        await house.say("here", "user7", "hello", attachments=(card,))
    else:
        await house.say("there", "user7", "hello", attachments=(card,))
        await house.app.database.write(lambda conn: split(conn, 2, by="olena", now=NOON))
        await house.say("there", "user7", "hello", attachments=(card,))
    assert "Львів" not in await house.say(account, "user7", "what do you know?")


async def test_a_person_who_only_says_where_they_saw_us_is_not_sent_there(house: House) -> None:
    assert "start=" not in await house.say("here", "anna", "I found you on telegram")


async def test_parting_takes_effect_in_the_next_answer(house: House) -> None:
    await house.say("here", "anna", "city is Львів")
    await house.open("there", "user7", await house.ask_for_link())
    await house.app.database.write(lambda conn: split(conn, 2, by="olena", now=NOON))
    assert "Львів" not in await house.say("there", "user7", "what do you know?")
