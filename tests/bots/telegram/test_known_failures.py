"""What broke other bots in production, and the test that holds it here.

Those whose proof needs the store or the dialogue (a lease, a transaction) are proved with these; here is what the
door and the way out of Telegram have to do with them.
"""

from collections.abc import Callable
from typing import Any

import pytest

from bots.channel import HealthBoard
from bots.telegram.account import ACCOUNT
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.sending import Refused, Scope, Sent, Unknown
from tests.bots import test_split
from tests.bots.telegram import (
    test_channel,
    test_inbound,
    test_inbound_damage,
    test_inbound_media,
    test_pacing,
    test_polling,
    test_redact,
    test_webhook,
)
from tests.bots.telegram.kit import MemoryIntake, build_account, running, until
from tests.emulators import faults
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_people import USER
from tests.emulators.telegram_updates import file

HELD: dict[str, tuple[Callable[..., Any], ...]] = {
    "a slow dialogue makes the platform deliver again": (
        test_webhook.test_a_slow_dialogue_is_not_part_of_the_answer,
        test_webhook.test_a_genuine_update_is_stored_before_it_is_answered,
    ),
    "two deliveries at the same moment become two messages": (
        test_webhook.test_redelivered_side_by_side_and_shuffled_each_update_is_stored_once,
    ),
    "the offset moves before the work is done and a crash loses it": (
        test_polling.test_the_offset_moves_only_after_the_commit,
        test_polling.test_stopping_in_the_middle_of_a_commit_finishes_it_first,
    ),
    "the bot answers itself or the owner": (
        test_inbound.test_the_owner_of_a_business_account_and_we_ourselves_are_never_answered,
    ),
    "one broken event loses its whole batch": (
        test_polling.test_a_poison_update_is_refused_and_its_neighbours_are_stored,
    ),
    "an edited message is answered as a new one": (
        test_inbound.test_an_edit_names_the_message_it_changes_and_when,
        test_inbound.test_a_moving_live_location_is_no_edit,
    ),
    "a long text is cut inside a sign or by the wrong unit": (
        test_split.test_a_grapheme_that_fits_is_never_cut,
        test_split.test_emoji_count_as_the_unit_says,
        test_channel.test_a_long_reply_arrives_whole_and_in_order,
    ),
    "a text is cut inside markup, or is taken for markup": (
        test_split.test_what_belongs_together_stays_in_one_part,
        test_channel.test_text_goes_out_plain_so_that_no_sign_is_markup,
    ),
    "a timeout is taken for a failure and the message is sent twice": (
        test_channel.test_what_may_have_been_delivered_is_unknown_and_not_sent_again,
    ),
    "too many requests are ignored or repeated at once": (
        test_channel.test_after_too_many_requests_the_chat_rests_and_others_go_on,
        test_polling.test_too_many_requests_are_answered_by_the_wait_they_ask_for,
        test_pacing.test_two_chats_refused_at_a_time_mean_that_all_must_rest,
    ),
    "two pollers, or a poller and a webhook, fight for ever": (
        test_polling.test_a_second_owner_of_the_bot_is_a_conflict_that_is_tried_again,
        test_polling.test_a_webhook_left_from_elsewhere_is_removed_and_what_waits_is_kept,
    ),
    "a restart drops what waited or answers it twice": (
        test_polling.test_a_restart_replays_what_was_not_confirmed_and_loses_nothing,
    ),
    "a poison update is delivered for ever": (
        test_inbound_damage.test_no_damage_to_an_update_ever_raises,
        test_webhook.test_valid_json_that_is_no_update_is_acknowledged_so_that_it_never_comes_back,
        test_polling.test_an_update_that_cannot_be_stored_is_set_aside_after_three_tries,
    ),
    "a revoked token is silence for days": (
        test_polling.test_a_rejected_token_stops_the_account_with_a_hint_and_not_the_program,
    ),
    "a new kind of attachment crashes the work": (
        test_inbound.test_a_person_who_sends_what_we_cannot_read_is_still_somebody_to_answer,
    ),
    "a link with the token is stored or logged": (
        test_inbound_media.test_each_kind_of_media_is_a_typed_attachment,
        test_redact.test_a_day_full_of_trouble_shows_no_token_anywhere,
    ),
    "the payload of a deep link is lost": (test_inbound.test_a_command_keeps_its_argument_and_a_deep_link_its_source,),
    "a late answer to a button raises": (test_channel.test_a_button_press_is_acknowledged_and_a_late_one_is_no_error,),
    "a group that moved is written to at its old place": (
        test_channel.test_a_moved_group_gives_its_new_id,
        test_inbound.test_a_group_that_moved_tells_its_new_id_from_both_sides,
    ),
    "something between us and the platform says no in its name": (
        test_channel.test_a_certain_refusal_says_whether_and_when_to_try_again,
    ),
}


@pytest.mark.parametrize("failure", HELD)
def test_every_known_failure_is_held_by_a_test(failure: str) -> None:
    assert all(proof.__name__.startswith("test_") for proof in HELD[failure])


async def test_a_blocked_bot_stops_and_starts_again_when_the_person_returns(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    account = build_account(telegram)
    async with running(account, intake, health):
        telegram.block()
        refusal = await account.channel.send(str(USER), OutboundMessage("є хто?"), key="1")
        assert refusal == Refused("blocked", Scope.CHAT)
        telegram.unblock()
        await until(lambda: [m.kind for m in intake.stored] == [InboundKind.BLOCKED, InboundKind.UNBLOCKED])
        assert isinstance(await account.channel.send(str(USER), OutboundMessage("вітаю"), key="2"), Sent)


async def test_a_delivered_message_whose_answer_was_lost_is_seen_once(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.script("sendMessage", faults.delivered_but_silent(3))
    account = build_account(telegram)
    async with running(account, intake, health):
        result = await account.channel.send(str(USER), OutboundMessage("раз"), key="1")
    assert isinstance(result, Unknown)
    assert telegram.texts() == ["раз"]


async def test_three_hundred_redelivered_updates_are_no_new_messages(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    said = [telegram.say(f"{number}") for number in range(100)]
    async with running(build_account(telegram), intake, health):
        await until(lambda: len(intake.stored) == 100)
        await until(lambda: not telegram.state.queue)
        for _ in range(3):
            telegram.redeliver(said)
            await until(lambda: not telegram.state.queue)
    assert len(intake.stored) == 100
    assert intake.calls >= 4


async def test_a_file_that_is_too_big_to_fetch_is_still_a_message(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    telegram.send({"document": file("document", file_size=2_000_000_000), "caption": "наше креслення"})
    async with running(build_account(telegram), intake, health):
        await until(lambda: intake.texts == ["наше креслення"])
    assert intake.stored[0].account == ACCOUNT
    assert intake.stored[0].attachments[0].size == 2_000_000_000


async def test_a_reply_and_its_order_survive_a_slow_platform(
    telegram: TelegramEmulator, intake: MemoryIntake, health: HealthBoard
) -> None:
    account = build_account(telegram)
    telegram.script(
        "sendMessage", faults.Fault(delivered=True, hang=0.2, code=200, body='{"ok": true, "result": true}')
    )
    async with running(account, intake, health):
        for text in ("перше", "друге", "третє"):
            await account.channel.send(str(USER), OutboundMessage(text), key=text)
    assert telegram.texts() == ["перше", "друге", "третє"]
