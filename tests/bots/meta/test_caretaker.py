"""What a checkup of a page or Instagram account finds, and what setting it up changes there."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bots.caretaker import Checkup, Outcome, SetUp
from bots.channel import AccountState
from bots.meta.account import AppSettings, MetaAccounts
from bots.meta.caretaker import MetaCaretaker
from bots.meta.flavour import Flavour
from bots.meta.webhook import WEBHOOK_PATH
from core.clock import SystemClock
from core.domain.channel_texts import ChannelTexts, Tap
from core.domain.reply_window import with_person_window
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.emulators import faults
from tests.emulators.meta import MetaEmulator, graph_fault
from tests.emulators.meta_graph import APP
from tests.emulators.meta_state import APP_SECRET, PAGE, VERIFY_TOKEN

HERE = "https://bot.example.com"
TEXTS = ChannelTexts(
    greeting={"uk": "Вітаємо!", "en": "Welcome!"},
    menu=tuple(Tap({"uk": f"Пункт {number}", "en": f"Item {number}"}, act="ask_price") for number in range(6)),
    questions=(Tap({"uk": "Скільки коштує?", "en": "How much is it?"}),),
)
NONE = ChannelTexts()


@pytest.fixture(params=PLATFORMS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def emulator(name: str) -> Iterator[MetaEmulator]:
    with emulate(PLATFORMS[name]) as served:
        yield served


def care(name: str, emulator: MetaEmulator, *, url: str | None = HERE, **more: Any) -> MetaCaretaker:
    app = AppSettings([APP_SECRET], VERIFY_TOKEN, url)
    account = connect(PLATFORMS[name], emulator.base_url, **more)
    (caretaker,) = MetaAccounts(app=app, accounts=[account], clock=SystemClock()).caretakers
    return caretaker


async def check(name: str, emulator: MetaEmulator, **more: Any) -> Checkup:
    caretaker = care(name, emulator, **more)
    try:
        return await caretaker.check()
    finally:
        await caretaker.close()


async def set_up(
    name: str, emulator: MetaEmulator, texts: ChannelTexts = TEXTS, marks: dict[str, str] | None = None, *,
    force: bool = False
) -> SetUp:  # fmt: skip
    caretaker = care(name, emulator)
    try:
        return await caretaker.set_up(texts, marks or {}, force=force)
    finally:
        await caretaker.close()


def outcomes(found: SetUp) -> dict[str, Outcome]:
    return {change.part: change.outcome for change in found.changes}


async def test_what_setup_has_set_is_well(name: str, emulator: MetaEmulator) -> None:
    assert not (await check(name, emulator)).is_well
    assert (await set_up(name, emulator)).is_done
    checkup = await check(name, emulator)
    assert checkup.findings == ()
    assert checkup.notes


def _take_fields(emulator: MetaEmulator) -> None:
    emulator.desk.subscribed = {app: ["feed"] for app in emulator.desk.subscribed}


HARM: dict[str, tuple[Callable[[MetaEmulator], object], AccountState, str]] = {
    "token": (lambda e: setattr(e.state, "token", "another"), AccountState.UNAUTHORIZED, "token is rejected"),
    "subscription": (lambda e: e.desk.subscribed.clear(), AccountState.DEAF, "webhooks are off"),
    "fields": (_take_fields, AccountState.DEAF, "does not send us messages"),
    "clock": (lambda e: setattr(e.desk, "clock_ahead", 3600), AccountState.EXPIRING, "60 minutes off"),
}
PAGE_HARM: dict[str, tuple[Callable[[MetaEmulator], object], AccountState, str]] = {
    "scopes": (lambda e: setattr(e.desk, "scopes", ()), AccountState.RESTRICTED, "lacks pages_messaging"),
    "ending": (lambda e: setattr(e.desk, "expires_at", time.time() + 3600), AccountState.EXPIRING, "the token ends on"),
    "webhook": (lambda e: e.desk.webhooks.clear(), AccountState.DEAF, "webhook for `page` is not set up"),
    "hook": (
        lambda e: e.desk.webhooks["page"].update(callback_url="https://x.example"), AccountState.DEAF, "goes to https://x"
    ),
    "off": (lambda e: e.desk.webhooks["page"].update(active=False), AccountState.DEAF, "switched off"),
    "names": (lambda e: e.desk.webhooks["page"].update(fields=[]), AccountState.DEAF, "lacks messages"),
    "secret": (lambda e: setattr(e.state, "app_secret", "f" * 32), AccountState.UNAUTHORIZED, "app secret is refused"),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM)
async def test_each_harm_is_told_with_its_remedy(harm: str, name: str, emulator: MetaEmulator) -> None:
    cause, state, words = HARM[harm]
    await set_up(name, emulator, NONE)
    cause(emulator)
    checkup = await check(name, emulator)
    assert [finding.state for finding in checkup.findings] == [state]
    assert words in checkup.findings[0].what
    assert checkup.findings[0].hint
    assert checkup.health(SystemClock().now()).state is state


@pytest.mark.parametrize("harm", PAGE_HARM)
async def test_what_only_an_application_can_see_is_told_of_a_page(harm: str) -> None:
    cause, state, words = PAGE_HARM[harm]
    with emulate(PLATFORMS["messenger"]) as emulator:
        await set_up("messenger", emulator, NONE)
        cause(emulator)
        checkup = await check("messenger", emulator)
    assert [finding.state for finding in checkup.findings] == [state]
    assert words in checkup.findings[0].what or words.replace("app secret", "proof by the app secret") in str(checkup)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (graph_fault(401, 190, 463), AccountState.UNAUTHORIZED),
        (graph_fault(400, 190), AccountState.UNAUTHORIZED),
        (graph_fault(403, 200, 2534041), AccountState.RESTRICTED),
        (graph_fault(403, 368), AccountState.RESTRICTED),
        (faults.server_error(), AccountState.UNREACHABLE),
        (graph_fault(500, 2), AccountState.UNREACHABLE),
        (graph_fault(503, 190), AccountState.UNREACHABLE),
        (graph_fault(400, 4), AccountState.UNREACHABLE),
        (faults.cut_off(delivered=False), AccountState.UNREACHABLE),
    ],
)
async def test_an_outage_is_never_taken_for_a_wrong_token(
    fault: faults.Fault, state: AccountState, name: str, emulator: MetaEmulator
) -> None:
    emulator.script("look", fault)
    assert [finding.state for finding in (await check(name, emulator)).findings] == [state]


async def test_a_token_of_another_account_is_told_by_its_name(name: str, emulator: MetaEmulator) -> None:
    checkup = await check(name, emulator, own_id="999")
    assert checkup.findings[0].state is AccountState.UNAUTHORIZED
    assert "999" in checkup.findings[0].what + checkup.findings[0].hint


async def test_a_dead_version_that_falls_forward_is_told(name: str, emulator: MetaEmulator) -> None:
    emulator.desk.newest_version = "v27.0"
    await set_up(name, emulator, NONE)
    caretaker = care(name, emulator)
    object.__setattr__(caretaker.meta.graph.endpoint, "version", "v20.0")
    checkup = await caretaker.check()
    await caretaker.close()
    assert [finding.state for finding in checkup.findings] == [AccountState.EXPIRING]
    assert "v20.0 of the Graph API is dead, v27.0" in checkup.findings[0].what


async def test_instagrams_switched_off_access_is_told_with_the_way_to_the_switch() -> None:
    for name in ("instagram", "instagram_login"):
        with emulate(PLATFORMS[name]) as emulator:
            await set_up(name, emulator, NONE)
            emulator.desk.messages_allowed = False
            (finding,) = (await check(name, emulator)).findings
        assert finding.state is AccountState.RESTRICTED
        assert "Allow access to messages" in finding.hint


async def test_what_is_forbidden_beside_the_messages_does_not_stop_them(name: str, emulator: MetaEmulator) -> None:
    await set_up(name, emulator, NONE)
    emulator.script("subscribed", graph_fault(403, 200))
    assert [finding.state for finding in (await check(name, emulator)).findings] == [AccountState.EXPIRING]


async def test_a_token_that_lacks_only_what_sending_does_not_need_goes_on_sending() -> None:
    with emulate(PLATFORMS["messenger"]) as emulator:
        await set_up("messenger", emulator, NONE)
        emulator.desk.scopes = ("pages_messaging",)
        checkup = await check("messenger", emulator)
    assert [finding.state for finding in checkup.findings] == [AccountState.EXPIRING]


async def test_setup_twice_changes_nothing_the_second_time(name: str, emulator: MetaEmulator) -> None:
    first = await set_up(name, emulator)
    again = await set_up(name, emulator, marks=dict(first.marks))
    assert set(outcomes(first).values()) >= {Outcome.SET}
    assert {change.outcome for change in again.changes} == {Outcome.SAME}
    assert len(emulator.desk.profile_writes) == 1


async def test_what_a_person_made_by_hand_stays_until_it_is_forced(name: str, emulator: MetaEmulator) -> None:
    by_hand = [{"locale": "default", "call_to_actions": [{"question": "Рукою?", "payload": "x"}]}]
    way = "messenger" if name == "messenger" else "instagram"
    emulator.desk.profile[way]["ice_breakers"] = by_hand
    kept = await set_up(name, emulator)
    assert outcomes(kept)["questions to tap"] is Outcome.KEPT
    assert any("Рукою?" in change.told and "--force" in change.told for change in kept.changes)
    assert emulator.desk.profile[way]["ice_breakers"] == by_hand
    forced = await set_up(name, emulator, force=True)
    assert outcomes(forced)["questions to tap"] is Outcome.SET
    assert "Рукою?" not in str(emulator.desk.profile)


async def test_what_we_set_ourselves_follows_the_firms_texts(name: str, emulator: MetaEmulator) -> None:
    first = await set_up(name, emulator)
    changed = ChannelTexts(questions=(Tap({"uk": "Яка ціна?"}),))
    found = await set_up(name, emulator, changed, dict(first.marks))
    assert outcomes(found)["questions to tap"] is Outcome.SET
    assert "Яка ціна?" in str(emulator.desk.profile)


async def test_parts_without_texts_are_not_touched(name: str, emulator: MetaEmulator) -> None:
    await set_up(name, emulator)
    before = str(emulator.desk.profile)
    await set_up(name, emulator, NONE, force=True)
    assert str(emulator.desk.profile) == before


async def test_a_platform_that_wants_a_pause_is_told_as_such(name: str, emulator: MetaEmulator) -> None:
    emulator.desk.profile_writes = [emulator.state.now] * 10
    found = await set_up(name, emulator)
    assert not found.is_done
    assert "try again in ten minutes" in str(found.changes)


async def test_a_platform_that_is_away_is_no_exception(name: str) -> None:
    with emulate(PLATFORMS[name]) as emulator:
        caretaker = care(name, emulator)
    assert (await caretaker.check()).findings[0].state is AccountState.UNREACHABLE
    assert not (await caretaker.set_up(TEXTS, {}, force=False)).is_done
    await caretaker.close()


async def test_fields_that_are_subscribed_already_stay(name: str, emulator: MetaEmulator) -> None:
    emulator.desk.subscribed[APP] = ["something_of_another_tool"]
    await set_up(name, emulator, NONE)
    assert "something_of_another_tool" in emulator.desk.subscribed[APP]
    assert "messages" in emulator.desk.subscribed[APP]


async def test_a_field_that_needs_more_review_does_not_keep_the_others_out() -> None:
    with emulate(PLATFORMS["messenger"]) as emulator:
        caretaker = care("messenger", emulator)
        asked = caretaker.meta.graph.ask
        tried: list[str] = []

        async def refuse_feed(path: str, given: Any = None, **more: Any) -> Any:
            if given and "feed" in str(given.get("subscribed_fields", "")):
                tried.append("feed")
                return await asked("nobody/subscribed_apps", given, **more)
            return await asked(path, given, **more)

        caretaker.meta.graph.ask = refuse_feed  # type: ignore[method-assign]
        change = await caretaker.subscriber.subscribe(APP)
        await caretaker.close()
    assert (change.outcome, tried) == (Outcome.SET, ["feed"])
    assert emulator.desk.subscribed[APP] == ["messages", "messaging_postbacks", "message_echoes"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("messenger", {"feed"}),
        ("instagram", {"comments", "live_comments"}),
        ("instagram_login", {"comments", "live_comments"}),
    ],
)
async def test_comments_are_subscribed_to_and_missed_aloud(name: str, fields: set[str]) -> None:
    kind = PLATFORMS[name].kind
    with emulate(PLATFORMS[name]) as emulator:
        await set_up(name, emulator, NONE)
        hears = set(emulator.desk.subscribed[APP])
        if kind in emulator.desk.webhooks:
            hears = {str(field["name"]) for field in emulator.desk.webhooks[kind]["fields"]}
            emulator.desk.webhooks[kind]["fields"] = [{"name": one} for one in hears - fields]
        assert fields <= hears
        emulator.desk.subscribed[APP] = [one for one in emulator.desk.subscribed[APP] if one not in fields]
        deaf = await check(name, emulator)
        assert deaf.is_well
        assert all(field in str(deaf.notes) for field in fields)
        await set_up(name, emulator, NONE)
        heard = str((await check(name, emulator)).notes)
    assert not any(field in heard for field in fields)


async def test_a_field_that_the_application_may_not_hear_does_not_keep_the_others_out() -> None:
    with emulate(PLATFORMS["instagram"]) as emulator:
        caretaker = care("instagram", emulator)
        asked = caretaker.meta.graph.ask

        async def refuse_comments(path: str, given: Any = None, **more: Any) -> Any:
            is_refused = given and "comments" in str(given.get("fields", ""))
            return await asked("nobody/subscriptions" if is_refused else path, given, **more)

        caretaker.meta.graph.ask = refuse_comments  # type: ignore[method-assign]
        found = await caretaker.set_up(NONE, {}, force=False)
        await caretaker.close()
        assert found.is_done
        heard = [field["name"] for field in emulator.desk.webhooks["instagram"]["fields"]]
    assert heard == ["messages", "messaging_postbacks"]


@pytest.mark.parametrize(("granted", "words"), [(False, "ask App Review"), (True, "says that App Review granted it")])
async def test_the_check_says_what_is_known_of_the_human_tag(
    granted: bool, words: str, name: str, emulator: MetaEmulator
) -> None:
    caretaker = care(name, emulator)
    platform = caretaker.meta.platform
    rules = with_person_window(platform.capabilities.window) if granted else platform.capabilities.window
    caretaker.meta.platform = replace(platform, capabilities=replace(platform.capabilities, window=rules))
    notes = [note for note in (await caretaker.check()).notes if "human agent tag" in note]
    await caretaker.close()
    assert len(notes) == 1
    assert words in notes[0]


async def test_the_check_says_plainly_that_a_renewed_token_is_not_encrypted(tmp_path: Path) -> None:
    with emulate(PLATFORMS["instagram_login"]) as emulator:
        app = AppSettings([APP_SECRET], VERIFY_TOKEN, HERE, tokens=tmp_path)
        account = connect(PLATFORMS["instagram_login"], emulator.base_url)
        (caretaker,) = MetaAccounts(app=app, accounts=[account], clock=SystemClock()).caretakers
        notes = (await caretaker.check()).notes
        await caretaker.close()
    assert f"renewed token: in {tmp_path}, not encrypted, readable by its owner only, none yet" in notes


async def test_a_webhook_of_another_server_stays_until_it_is_forced() -> None:
    with emulate(PLATFORMS["messenger"]) as emulator:
        await set_up("messenger", emulator, NONE)
        emulator.desk.webhooks["page"]["callback_url"] = "https://production.example.com/hook"
        kept = await set_up("messenger", emulator, NONE)
        assert outcomes(kept)["webhook of the application"] is Outcome.KEPT
        assert emulator.desk.webhooks["page"]["callback_url"] == "https://production.example.com/hook"
        await set_up("messenger", emulator, NONE, force=True)
        assert emulator.desk.webhooks["page"]["callback_url"] == f"{HERE}{WEBHOOK_PATH}"


async def test_instagram_shows_four_items_and_says_which_it_leaves_out() -> None:
    assert PLATFORMS["instagram"].flavour is Flavour.LINKED
    with emulate(PLATFORMS["instagram"]) as emulator:
        found = await set_up("instagram", emulator)
        (menu, *_) = emulator.desk.profile["instagram"]["persistent_menu"]
    assert len(menu["call_to_actions"]) == 4
    assert "Пункт 4, Пункт 5" in str(found.changes)
    assert not {"get_started", "greeting"} & set(emulator.desk.profile["instagram"])


async def test_no_secret_is_in_anything_that_is_told(name: str, emulator: MetaEmulator) -> None:
    emulator.state.token = "another-token-that-is-long-enough"
    caretaker = care(name, emulator)
    told = repr(await caretaker.check()) + caretaker.title + repr(caretaker)
    await caretaker.close()
    assert PAGE in told
    assert APP_SECRET not in told
    assert VERIFY_TOKEN not in told
