"""What delivery makes of the reply window's answers: sent, tagged, held, refused and handed to a person."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bots.bootstrap import Application
from bots.channel import Capabilities
from bots.messenger.window import WINDOW
from core.clock import ManualClock
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.outcomes import OutcomeKind
from core.domain.reply_window import Grant, MayGo, MayGoPrivately, MayGoTagged, WindowRules, with_person_window
from core.domain.sending import Refused, Scope, SendResult, Unknown
from core.engine.timers import FOLLOW_UP
from core.storage.outbox import queue_replies
from core.storage.standing import note_comment
from core.storage.tables import ConversationRow, EventRow, JobRequestRow, LeadRow, MessageRow, OutboxRow, table
from core.storage.turns import load_conversation
from core.storage.users import create_user
from tests.spine import NOON, CollectingChannel, ScriptedUnderstanding, build_message, build_spine, settle

Build = Callable[..., Awaitable["Shop"]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DISCLOSES = "automated assistant"
TALK = ConversationId(1)


@dataclass
class WindowedChannel(CollectingChannel):
    rules: WindowRules = WINDOW
    grants: list[Grant | None] = field(default_factory=list)

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, window=self.rules)

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        self.grants.append(message.grant)
        return await super().send(chat, message, key=key)


@dataclass
class Shop:
    app: Application
    channel: WindowedChannel
    clock: ManualClock

    async def say(self, text: str, **more: Any) -> None:
        now = self.clock.now()
        await self.app.intake.receive([build_message(text, event=f"{text}{now}", at=now, **more)])
        await settle(self.app)

    async def queue(self, text: str, *, origin: str = "bot", is_reply: bool = False) -> None:
        def put(conn: sa.Connection) -> None:
            talk, words = load_conversation(conn, TALK), [OutboundMessage(text)]
            queue_replies(conn, talk, words, now=self.clock.now(), origin=origin, is_reply=is_reply)

        await self.app.database.write(put)
        await self.visit()

    async def visit(self) -> None:
        """As when the time has come: nobody waits for it here."""
        self.app.dispatcher.wake(TALK)
        while self.app.dispatcher._tasks:  # noqa: ASYNC110 - a held row keeps its timer
            await asyncio.sleep(0.005)

    async def fire(self) -> None:
        await self.app._relay()
        await self.app.jobs.run_due()  # type: ignore[attr-defined]
        await settle(self.app)

    async def rows(self, row: type, name: str) -> list[Any]:
        found = table(row)
        ordered = sa.select(found.c[name]).order_by(found.c.id)
        return await self.app.database.read(lambda conn: list(conn.execute(ordered).scalars()))

    async def last(self) -> tuple[str, str | None]:
        """State and reason of the newest outgoing message."""
        return (await self.rows(OutboxRow, "state"))[-1], (await self.rows(OutboxRow, "reason"))[-1]

    async def planned(self) -> Sequence[datetime]:
        states = await self.rows(JobRequestRow, "state")
        names = await self.rows(JobRequestRow, "name")
        times = await self.rows(JobRequestRow, "run_at")
        asked = zip(times, names, states, strict=True)
        return [at for at, name, state in asked if (name, state) == (FOLLOW_UP, "asked")]


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Build]:
    apps: list[Application] = []

    async def make(*, rules: WindowRules = WINDOW, **acts: tuple[str, ...]) -> Shop:
        clock, channel = ManualClock(NOON), WindowedChannel(rules=rules)
        app = await build_spine(
            tmp_path, channel=channel, clock=clock, understanding=ScriptedUnderstanding(acts=dict(acts))
        )
        await app.start()
        apps.append(app)
        shop = Shop(app, channel, clock)
        await shop.say("hello")
        return shop

    yield make
    for app in apps:
        await app.stop()


async def test_the_channel_is_told_by_what_permission_a_message_goes(build: Build) -> None:
    shop = await build()
    assert shop.channel.grants == [MayGo("window", NOON + DAY)]


async def test_what_the_bot_may_not_send_goes_to_a_person_with_the_reason(build: Build) -> None:
    shop = await build()
    await shop.app.database.write(lambda conn: create_user(conn, "ada", "hash", "operator", NOON))
    shop.clock.advance(DAY)
    await shop.queue("still interested?")
    assert await shop.last() == ("refused", "window")
    assert (await shop.rows(ConversationRow, "holder"), await shop.rows(ConversationRow, "holder_reason")) == (
        ["waiting"],
        ["window"],
    )
    assert "handed_off" in await shop.rows(EventRow, "kind")
    await shop.fire()
    assert await shop.rows(LeadRow, "owner") == ["ada"], "whoever is there is given the lead"


async def test_what_the_platform_refuses_goes_to_a_person_as_well(build: Build) -> None:
    shop = await build()
    shop.channel.script = [Refused("window")]
    await shop.queue("one more thing", is_reply=True)
    assert await shop.last() == ("refused", "window")
    assert await shop.rows(ConversationRow, "holder") == ["waiting"]


async def test_who_is_talking_is_said_until_somebody_could_read_it(build: Build) -> None:
    shop = await build()
    shop.clock.advance(DAY + HOUR)
    shop.channel.script = [Refused("not_reachable", Scope.CHAT)]
    await shop.say("hello again")
    assert await shop.last() == ("refused", "not_reachable")
    await shop.say("anybody there?")
    await shop.say("fine")
    assert [DISCLOSES in text for text in shop.channel.texts("anna")] == [True, True, False]


async def test_a_person_writes_after_a_day_under_the_tag_when_it_was_granted(build: Build) -> None:
    shop = await build(rules=with_person_window(WINDOW))
    shop.clock.advance(3 * DAY)
    await shop.app.operators.reply(TALK, "olena", "Sorry for the wait")
    await shop.visit()
    tagged = shop.channel.grants[-1]
    assert isinstance(tagged, MayGoTagged)
    assert (tagged.tag, tagged.until, tagged.message.by) == ("HUMAN_AGENT", NOON + 7 * DAY, "olena")


async def test_a_person_is_refused_after_a_day_when_it_was_not_granted(build: Build) -> None:
    shop = await build()
    shop.clock.advance(3 * DAY)
    await shop.app.operators.reply(TALK, "olena", "Sorry for the wait")
    await shop.visit()
    assert await shop.last() == ("refused", "tag_not_granted")
    assert await shop.rows(ConversationRow, "holder") == ["operator"], "nobody else is called"


async def test_what_we_start_waits_for_the_end_of_quiet_hours_and_replies_do_not(build: Build) -> None:
    shop = await build()
    shop.clock.advance(10 * HOUR)  # 22:00 in Kyiv
    await shop.queue("good night offer")
    assert await shop.last() == ("queued", "quiet_hours")
    assert (await shop.rows(OutboxRow, "not_before"))[-1] == NOON + 20 * HOUR
    shop.clock.advance(10 * HOUR)
    await shop.visit()
    assert shop.channel.texts("anna")[-1] == "good night offer"
    assert await shop.last() == ("sent", None)


async def test_a_reply_goes_at_once_in_the_middle_of_the_night(build: Build) -> None:
    shop = await build()
    shop.clock.advance(14 * HOUR)
    await shop.say("are you asleep?")
    assert len(shop.channel.texts("anna")) == 2


async def test_what_cannot_wait_for_the_morning_goes_to_a_person(build: Build) -> None:
    shop = await build()
    shop.clock.advance(10 * HOUR)
    await shop.say("hello again")
    shop.clock.advance(23 * HOUR)  # 21:00, and the window closes at 22:00
    await shop.queue("last call")
    assert await shop.last() == ("refused", "quiet_hours")
    assert await shop.rows(ConversationRow, "holder_reason") == ["quiet_hours"]


async def test_a_customer_who_writes_meanwhile_is_answered_before_what_was_held(build: Build) -> None:
    shop = await build()
    shop.clock.advance(10 * HOUR)
    await shop.queue("good night offer")
    await shop.say("what about delivery?")
    assert "good night offer" not in shop.channel.texts("anna"), "it was never asked for"
    assert len(shop.channel.texts("anna")) == 2
    assert "cancelled" in await shop.rows(OutboxRow, "state")


async def test_a_persons_held_words_go_at_once_when_the_customer_writes(build: Build) -> None:
    shop = await build(rules=WindowRules(None, "a test", "2026-11"))
    shop.clock.advance(2 * DAY + 10 * HOUR)
    await shop.app.operators.reply(TALK, "olena", "One more thing")
    await shop.visit()
    assert await shop.last() == ("queued", "quiet_hours")
    await shop.say("hi, are you there?")
    assert shop.channel.texts("anna")[-1] == "One more thing"


async def test_a_comment_is_answered_once_in_private_and_opens_nothing(build: Build) -> None:
    shop = await build()
    shop.clock.advance(2 * DAY)
    now = shop.clock.now()
    await shop.app.database.write(lambda conn: note_comment(conn, TALK, "c1", now))
    await shop.queue("Thank you! Here is the price", is_reply=True)
    assert shop.channel.grants[-1] == MayGoPrivately("private_reply", now + 7 * DAY, "c1")
    await shop.queue("And one more", is_reply=True)
    assert await shop.last() == ("refused", "window")


@pytest.mark.parametrize(
    ("result", "is_used"), [(Refused("full", retry_after=HOUR), False), (Refused("bad"), False), (Unknown("?"), True)]
)
async def test_a_private_reply_is_used_up_unless_it_certainly_was_not_taken(
    result: SendResult, is_used: bool, build: Build
) -> None:
    shop = await build()
    shop.clock.advance(2 * DAY)
    now = shop.clock.now()
    await shop.app.database.write(lambda conn: note_comment(conn, TALK, "c1", now))
    shop.channel.script = [result]
    await shop.queue("Thank you!", is_reply=True)
    assert (await shop.rows(ConversationRow, "comment_answered_at") != [None]) is is_used


async def test_who_reacts_may_be_written_to_again(build: Build) -> None:
    shop = await build()
    shop.clock.advance(26 * HOUR)
    await shop.say("", kind=InboundKind.REACTION, payload="❤")
    await shop.queue("glad you like it")
    assert shop.channel.texts("anna")[-1] == "glad you like it"


# Follow-ups: planned into the window, stopped by whatever makes them unwanted.


async def test_a_follow_up_after_a_day_is_planned_before_the_window_closes(build: Build) -> None:
    shop = await build()
    (at,) = await shop.planned()
    assert NOON + 12 * HOUR < at < NOON + DAY
    assert "followup_planned" in await shop.rows(EventRow, "kind")
    shop.clock.advance(at - NOON)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 2


async def test_a_follow_up_stops_when_the_customer_writes(build: Build) -> None:
    shop = await build()
    (before,) = await shop.planned()
    shop.clock.advance(5 * HOUR)
    await shop.say("let me think")
    (after,) = await shop.planned()
    assert after > before
    shop.clock.advance(before - shop.clock.now() + HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 2, "nothing came at the time that was planned first"


async def test_a_follow_up_stops_when_the_customer_opts_out(build: Build) -> None:
    shop = await build(stop=("opt_out",))
    await shop.say("stop")
    assert await shop.planned() == []
    said = len(shop.channel.texts("anna"))
    shop.clock.advance(20 * HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == said


async def test_a_follow_up_stops_when_a_person_is_called(build: Build) -> None:
    shop = await build(help=("ask_human",))
    await shop.say("help")
    assert await shop.rows(ConversationRow, "holder") == ["waiting"]
    assert await shop.planned() == []


async def test_a_follow_up_stops_when_a_person_takes_over(build: Build) -> None:
    shop = await build()
    await shop.app.operators.take_over(TALK, "olena")
    shop.clock.advance(20 * HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 1


@pytest.mark.parametrize("kind", sorted(OutcomeKind))
async def test_a_follow_up_stops_when_the_lead_is_closed(kind: OutcomeKind, build: Build) -> None:
    shop = await build()
    (lead_id,) = await shop.rows(LeadRow, "id")
    await shop.app.operators.record_outcome(lead_id, kind, "olena")
    assert await shop.planned() == []
    shop.clock.advance(20 * HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 1


async def test_who_has_bought_is_not_followed_up_after_a_word_of_thanks(build: Build) -> None:
    shop = await build()
    (lead_id,) = await shop.rows(LeadRow, "id")
    await shop.app.operators.record_outcome(lead_id, OutcomeKind.LEAD_WON, "olena")
    shop.clock.advance(HOUR)
    await shop.say("thanks!")
    shop.clock.advance(20 * HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 2


async def test_who_declined_and_asks_again_is_followed_up_again(build: Build) -> None:
    shop = await build()
    (lead_id,) = await shop.rows(LeadRow, "id")
    await shop.app.operators.record_outcome(lead_id, OutcomeKind.DECLINED, "olena")
    shop.clock.advance(HOUR)
    await shop.say("on second thought")
    shop.clock.advance(22 * HOUR)
    await shop.fire()
    assert len(shop.channel.texts("anna")) == 3


async def test_what_was_held_for_the_morning_is_taken_back_when_the_lead_is_closed(build: Build) -> None:
    shop = await build()
    shop.clock.advance(10 * HOUR)
    await shop.queue("good night offer")
    (lead_id,) = await shop.rows(LeadRow, "id")
    await shop.app.operators.record_outcome(lead_id, OutcomeKind.LEAD_WON, "olena")
    assert (await shop.rows(MessageRow, "state"))[-1] == "cancelled"
