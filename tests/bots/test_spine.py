"""The way of a message through intake, turn and delivery, with a real store and scripted ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bots.bootstrap import Application
from core.clock import ManualClock
from core.domain.messages import InboundKind
from core.domain.sending import Refused, Scope, Sent, Unknown
from core.domain.turn import Turn, Understood
from core.storage.tables import ConversationRow, EventRow, InboxRow, MessageRow, OutboxRow, table
from tests.spine import ACCOUNT, NOON, CollectingChannel, ScriptedUnderstanding, build_message, build_spine, settle

Build = Callable[..., Awaitable[Application]]


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Build]:
    apps: list[Application] = []

    async def make(**options: object) -> Application:
        app = await build_spine(tmp_path, **options)  # type: ignore[arg-type]
        await app.start()
        apps.append(app)
        return app

    yield make
    for app in apps:
        await app.stop()


async def column(app: Application, row: type, name: str) -> list[object]:
    rows = table(row)
    return [
        r[0] for r in await app.database.read(lambda c: c.execute(sa.select(rows.c[name]).order_by(rows.c.id)).all())
    ]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 - a test may look
            await asyncio.sleep(0.01)


async def first_state(app: Application) -> object:
    states = await column(app, OutboxRow, "state")
    return states[0] if states else None


async def events(app: Application) -> list[object]:
    return await column(app, EventRow, "kind")


async def test_a_message_is_answered_once(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel)
    assert await app.intake.receive([build_message("hello")]) == 1
    await settle(app)
    assert len(channel.texts("anna")) == 1
    assert await column(app, InboxRow, "state") == ["done"]
    assert await column(app, OutboxRow, "state") == ["sent"]
    assert {"message_received", "turn_finished", "message_sent"} <= set(await events(app))


async def test_the_same_event_many_times_at_once_is_one_turn_and_one_reply(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel)
    stored = await asyncio.gather(*(app.intake.receive([build_message("hello")]) for _ in range(30)))
    await settle(app)
    assert sum(stored) == 1
    assert len(channel.seen) == 1


async def test_a_burst_is_one_turn_in_the_order_in_which_it_was_written(build: Build) -> None:
    understanding = ScriptedUnderstanding()
    app = await build(understanding=understanding, quiet=0.1)
    for number in range(3):
        await app.intake.receive([build_message(f"part {number}", at=NOON + timedelta(seconds=number))])
    await settle(app)
    assert understanding.seen == [("part 0", "part 1", "part 2")]


async def test_a_button_is_answered_without_waiting_and_acknowledged(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel, quiet=5.0)
    await app.intake.receive([build_message("Yes", kind=InboundKind.BUTTON, payload="yes", callback="cb-1")])
    await settle(app, limit=2)
    assert len(channel.seen) == 1
    assert channel.acknowledged == ["cb-1"]


async def test_a_newer_message_drops_the_unsent_draft(build: Build) -> None:
    understanding = ScriptedUnderstanding(delay=0.15)
    channel = CollectingChannel()
    app = await build(understanding=understanding, channel=channel)
    await app.intake.receive([build_message("first")])

    async def is_being_understood() -> bool:
        return bool(understanding.seen)

    await until(is_being_understood)
    await app.intake.receive([build_message("second")])
    await settle(app)
    assert understanding.seen == [("first",), ("first", "second")]
    assert len(channel.seen) == 1


async def test_someone_who_never_stops_writing_is_answered_all_the_same(build: Build) -> None:
    understanding = ScriptedUnderstanding(delay=0.1)
    channel = CollectingChannel()
    app = await build(understanding=understanding, channel=channel)
    for number in range(8):
        await app.intake.receive([build_message(f"and {number}")])
        await asyncio.sleep(0.06)
    assert channel.seen, "three drafts at most are dropped in a row"
    await settle(app)
    assert understanding.seen[-1][-1] == "and 7"


async def test_two_conversations_run_beside_each_other(build: Build) -> None:
    together = asyncio.Barrier(3)

    class Meeting(ScriptedUnderstanding):
        """Goes on only when three turns are being understood at the same time."""

        async def understand(self, turn: Turn) -> Understood:
            await together.wait()
            return await super().understand(turn)

    channel = CollectingChannel()
    app = await build(understanding=Meeting(), channel=channel)
    await app.intake.receive([build_message("hi", chat=chat) for chat in ("anna", "oleh", "mia")])
    await settle(app)
    assert {chat for chat, _ in channel.seen} == {"anna", "oleh", "mia"}


async def test_a_send_in_doubt_is_marked_and_never_repeated(build: Build) -> None:
    channel = CollectingChannel(script=[Unknown("read timeout")])
    app = await build(channel=channel)
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert channel.seen == []
    assert await column(app, OutboxRow, "state") == ["unconfirmed"]
    assert "message_unconfirmed" in await events(app)


async def test_a_refusal_with_a_time_is_tried_again_then(build: Build) -> None:
    channel = CollectingChannel(script=[Refused("slow down", retry_after=timedelta(milliseconds=50))])
    app = await build(channel=channel)
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert len(channel.seen) == 1
    assert await column(app, OutboxRow, "attempt") == [2]


async def test_a_chat_that_is_gone_gets_nothing_more_until_the_person_writes(build: Build) -> None:
    channel = CollectingChannel(script=[Refused("bot was blocked", scope=Scope.CHAT)])
    app = await build(channel=channel)
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert await column(app, ConversationRow, "reachable") == [False]
    await app.intake.receive([build_message("I am back")])
    await settle(app)
    assert await column(app, ConversationRow, "reachable") == [True]
    assert len(channel.seen) == 1


async def test_a_chat_that_moved_is_answered_at_its_new_place(build: Build) -> None:
    channel = CollectingChannel(script=[Refused("moved", scope=Scope.CHAT, new_chat="-100200")])
    app = await build(channel=channel)
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert [chat for chat, _ in channel.seen] == ["-100200"]


async def test_a_turn_that_fails_is_tried_again(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel, understanding=ScriptedUnderstanding(failures=1))
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert len(channel.seen) == 1
    assert await column(app, InboxRow, "attempts") == [1]


async def test_a_turn_that_cannot_be_made_goes_to_a_person_and_says_so(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.turns.MOST_FAILURES", 1)
    channel = CollectingChannel()
    app = await build(channel=channel, understanding=ScriptedUnderstanding(failures=99))
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert len(channel.seen) == 1
    assert await column(app, ConversationRow, "holder") == ["waiting"]
    assert await column(app, InboxRow, "state") == ["failed"]


async def test_an_edit_changes_what_is_stored_and_is_not_answered(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel)
    await app.intake.receive([build_message("five", external_id="m1")])
    await settle(app)
    edit = build_message("seven", event="edit-1", external_id="m1", kind=InboundKind.EDIT)
    await app.intake.receive([edit])
    await settle(app)
    assert (await column(app, MessageRow, "text"))[0] == "seven"
    assert len(channel.seen) == 1


async def test_stop_cancels_what_is_not_sent_yet_and_closes_kindly(build: Build) -> None:
    channel = CollectingChannel(script=[Refused("slow down", retry_after=timedelta(seconds=30))])
    app = await build(channel=channel, understanding=ScriptedUnderstanding({"stop": ("opt_out",)}))
    await app.intake.receive([build_message("hello")])

    async def is_refused_for_now() -> bool:
        return channel.script == [] and await first_state(app) == "queued"

    async def is_cancelled() -> bool:
        return await first_state(app) == "cancelled" and bool(channel.seen)

    await until(is_refused_for_now)
    await app.intake.receive([build_message("stop")])
    await until(is_cancelled)
    assert "opted_out" in await events(app)
    assert len(channel.seen) == 1


async def test_a_person_takes_over_replies_and_hands_back(build: Build) -> None:
    channel = CollectingChannel()
    understanding = ScriptedUnderstanding()
    app = await build(channel=channel, understanding=understanding)
    await app.intake.receive([build_message("hello")])
    await settle(app)
    (conversation_id,) = await column(app, ConversationRow, "id")
    await app.operators.reply(conversation_id, "olena", "Olena here, how can I help?")  # type: ignore[arg-type]
    await settle(app)
    await app.intake.receive([build_message("thank you")])
    await settle(app)
    assert channel.texts("anna")[1:] == ["Olena here, how can I help?"], "the bot stays silent beside a person"
    await app.operators.hand_back(conversation_id, "olena")  # type: ignore[arg-type]
    await app.intake.receive([build_message("and now?")])
    await settle(app)
    assert len(channel.texts("anna")) == 3
    assert {"taken_over", "handed_back"} <= set(await events(app))


async def test_taking_over_stops_a_turn_that_is_on_its_way(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel, understanding=ScriptedUnderstanding(delay=0.2))
    await app.intake.receive([build_message("hello")])
    await asyncio.sleep(0.1)
    (conversation_id,) = await column(app, ConversationRow, "id")
    await app.operators.take_over(conversation_id, "olena")  # type: ignore[arg-type]
    await settle(app)
    assert channel.seen == []
    assert await column(app, InboxRow, "state") == ["done"]


async def test_after_a_restart_what_was_stored_is_answered(tmp_path: Path) -> None:
    dying = await build_spine(tmp_path, quiet=60.0)
    await dying.start()
    await dying.intake.receive([build_message("hello"), build_message("hi", chat="oleh")])
    await dying.stop()
    channel = CollectingChannel()
    app = await build_spine(tmp_path, channel=channel)
    await app.start()
    await settle(app)
    await app.stop()
    assert sorted(chat for chat, _ in channel.seen) == ["anna", "oleh"]


@pytest.mark.parametrize(("harmless", "state", "seen"), [(False, "unconfirmed", 0), (True, "sent", 1)])
async def test_a_row_that_died_while_being_sent_is_repeated_only_where_that_is_harmless(
    tmp_path: Path, harmless: bool, state: str, seen: int
) -> None:
    dying = await build_spine(tmp_path, channel=CollectingChannel(delay=60))
    await dying.start()
    await dying.intake.receive([build_message("hello")])

    async def is_being_sent() -> bool:
        return await first_state(dying) == "sending"

    await until(is_being_sent)
    await dying.stop()
    channel = CollectingChannel(resend_is_harmless=harmless)
    app = await build_spine(tmp_path, channel=channel)
    await app.start()
    await settle(app)
    assert await column(app, OutboxRow, "state") == [state]
    assert len(channel.seen) == seen
    await app.stop()


async def test_a_follow_up_comes_when_its_time_has_come_and_only_if_the_customer_stayed_silent(build: Build) -> None:
    clock = ManualClock(NOON)
    channel = CollectingChannel()
    app = await build(channel=channel, clock=clock)
    await app.intake.receive([build_message("hello"), build_message("hello", chat="oleh")])
    await settle(app)
    clock.advance(timedelta(hours=12))
    await app.intake.receive([build_message("one more thing", chat="oleh", at=clock.now())])
    await settle(app)
    clock.advance(timedelta(hours=13))
    await app._relay()
    await app.jobs.run_due()  # type: ignore[attr-defined]
    await settle(app)
    assert len(channel.texts("anna")) == 2, "a day of silence"
    assert len(channel.texts("oleh")) == 2, "wrote meanwhile: the timer moved"


async def test_a_second_process_on_the_same_folder_is_told_to_stay_away(build: Build, tmp_path: Path) -> None:
    await build()
    with pytest.raises(Exception, match="another process works in this folder"):
        await build_spine(tmp_path)


async def test_typing_is_shown_only_while_a_slow_turn_runs(build: Build) -> None:
    channel = CollectingChannel()
    app = await build(channel=channel, understanding=ScriptedUnderstanding(delay=0.4))
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert channel.typed == ["anna"]


async def test_a_reply_that_may_not_be_sent_again_after_many_refusals_ends(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.delivery.MOST_ATTEMPTS", 2)
    again = Refused("busy", retry_after=timedelta(milliseconds=10))
    app = await build(channel=CollectingChannel(script=[again, again, Sent("never")]))
    await app.intake.receive([build_message("hello")])
    await settle(app)
    assert await column(app, OutboxRow, "state") == ["refused"]
    assert "message_refused" in await events(app)


def test_the_account_of_tests_is_no_real_one() -> None:
    assert ACCOUNT == "test"
