"""The loopback page and Instagram account keep the platform's rules, so that passing against them means something."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bots.meta.error_table import ROWS
from bots.meta.graph import Endpoint, GraphApi
from bots.meta.signature import HEADER, find_signer, prove
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown
from tests.bots.telegram.kit import until
from tests.emulators.loopback import LoopbackServer
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_errors import FAULTS
from tests.emulators.meta_push import WebhookPusher
from tests.emulators.meta_state import APP_SECRET, DAY, PAGE, PERSON, TOKEN, VERIFY_TOKEN, MetaState
from tests.emulators.regime import INSTAGRAM, MESSENGER
from tests.emulators.weather import Weather

HOUR = 3600.0


@pytest.fixture(params=["page", "instagram"])
def meta(request: pytest.FixtureRequest) -> Iterator[MetaEmulator]:
    with MetaEmulator(MetaState(kind=request.param)) as emulator:
        yield emulator


def text(words: str = "hello", **more: Any) -> dict[str, Any]:
    return {"recipient": {"id": PERSON}, "messaging_type": "RESPONSE", "message": {"text": words}, **more}


async def send(meta: MetaEmulator, *payloads: dict[str, Any]) -> list[SendResult]:
    graph = GraphApi(Endpoint(TOKEN, APP_SECRET, base_url=meta.base_url, read_timeout=1))
    try:
        return [await graph.send(payload) for payload in payloads]
    finally:
        await graph.close()


def reason(result: SendResult) -> str:
    return "" if isinstance(result, Sent) else result.reason


class Bot:
    """Somebody's webhook. `answers` are the statuses that it gives, then 200 for ever."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.bodies: list[bytes] = []
        self.events: list[Any] = []
        self.forged = 0

    async def take(self, request: Request) -> Response:
        if request.method == "GET":
            right = request.query_params["hub.verify_token"] == VERIFY_TOKEN
            return PlainTextResponse(request.query_params["hub.challenge"] if right else "no")
        raw = await request.body()
        self.forged += find_signer(raw, request.headers[HEADER], [APP_SECRET]) is None
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.bodies.append(raw)
            entries = json.loads(raw)["entry"]
            self.events += [
                event
                for entry in entries
                for way in ("messaging", "standby", "changes")
                for event in entry.get(way, ())
            ]
        return PlainTextResponse("", status)

    @property
    def words(self) -> list[str]:
        return [event["message"]["text"] for event in self.events]


@pytest.fixture
def bot() -> Iterator[Bot]:
    bot = Bot()
    with LoopbackServer(Starlette(routes=[Route("/hook", bot.take, methods=["GET", "POST"])])) as server:
        bot.url = f"{server.address}/hook"  # type: ignore[attr-defined]
        yield bot


async def told(meta: MetaEmulator) -> None:
    await until(lambda: meta.pusher.is_idle)


async def test_a_body_is_signed_over_its_escaped_letters(meta: MetaEmulator, bot: Any) -> None:
    meta.listen(bot.url)
    meta.say("Ціна / 😀?")
    await told(meta)
    assert bot.words == ["Ціна / 😀?"]
    assert bot.forged == 0
    assert rb"\u0426" in bot.bodies[0]
    assert rb"\/" in bot.bodies[0]


async def test_an_event_comes_again_until_it_is_accepted_and_nothing_else_overtakes_the_platforms_patience(
    meta: MetaEmulator, bot: Any
) -> None:
    bot.answers = [500, 403, 503]
    meta.listen(bot.url)
    meta.say("one")
    await told(meta)
    assert (bot.words, meta.state.deliveries) == (["one"], [500, 403, 503, 200])


async def test_who_does_not_give_back_the_challenge_is_told_nothing(meta: MetaEmulator, bot: Any) -> None:
    meta.pusher.verify_token = "another"
    meta.listen(bot.url)
    meta.say("one")
    await asyncio.sleep(0.1)
    assert (bot.bodies, meta.state.deliveries) == ([], [])


@pytest.mark.parametrize(("regime", "ends"), [(MESSENGER, HOUR), (INSTAGRAM, 36 * HOUR)])
def test_a_platform_tries_for_its_own_time_and_then_gives_up(regime: Any, ends: float) -> None:
    waited, attempts = 0.0, 1
    while (pause := regime.pause(attempts, waited)) is not None:
        waited, attempts = waited + pause, attempts + 1
    assert ends - HOUR <= waited <= ends


async def test_a_page_that_nobody_answers_for_is_not_told_any_more(bot: Any) -> None:
    bot.answers = [500] * 500
    with MetaEmulator() as meta:
        meta.pusher.haste = 10**6
        meta.listen(bot.url)
        meta.say("lost")
        await until(lambda: not meta.state.is_subscribed)
        meta.say("lost, too")
        assert [entry["messaging"][0]["message"]["text"] for entry in meta.pusher.given_up] == ["lost", "lost, too"]


async def test_bad_weather_doubles_disorders_and_batches_and_loses_nothing(bot: Any) -> None:
    weather = Weather(doubled=0.2, held=0.2, longest_hold=0.02, most_in_one=5, at_once=3)
    with MetaEmulator(weather=weather) as meta:
        for number in range(100):
            meta.say(str(number), person=str(number % 7))
        meta.listen(bot.url)
        await told(meta)
    words = bot.words
    assert set(words) == {str(number) for number in range(100)}
    assert len(words) == 100 + weather.counts["doubled"] > 105
    assert list(dict.fromkeys(words)) != [str(number) for number in range(100)]
    entries = [json.loads(raw)["entry"] for raw in bot.bodies]
    assert max(len(each) for each in entries) > 1, "several entries"
    assert max(len(entry["messaging"]) for each in entries for entry in each) > 1, "several events of one entry"


async def test_an_echo_may_be_there_before_the_answer(bot: Any) -> None:
    with MetaEmulator(echo_first=1.0) as meta:
        meta.listen(bot.url)
        meta.open_chat()
        (result,) = await send(meta, text(message={"text": "hello", "metadata": "seller:5"}))
        assert isinstance(result, Sent)
        (echo,) = bot.events
    assert echo["message"] == {
        "mid": result.platform_id, "text": "hello", "is_echo": True, "app_id": 1, "metadata": "seller:5",
    }  # fmt: skip


async def test_only_who_wrote_within_a_day_may_be_answered_and_a_person_for_a_week(meta: MetaEmulator) -> None:
    human = text(messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")
    (stranger,) = await send(meta, text())
    meta.open_chat()
    steps = []
    for hours in (23, 2, 24 * 6, 24):
        meta.advance(hours * HOUR)
        steps.append([reason(result) for result in await send(meta, text(), human)])
    assert reason(stranger) == "no_such_person"
    assert steps == [["", ""], ["window", ""], ["window", "window"], ["window", "window"]]
    assert len(meta.texts()) == 3


async def test_a_comment_allows_one_private_message_within_a_week_and_opens_no_window(meta: MetaEmulator) -> None:
    first, late = meta.comment("how much?"), meta.comment("and this?")
    private = {"recipient": {"comment_id": first}, "messaging_type": "RESPONSE", "message": {"text": "write to us"}}
    results = await send(meta, private, private, text())
    meta.advance(7 * DAY + 1)
    results += await send(meta, {**private, "recipient": {"comment_id": late}})
    assert [reason(result) for result in results] == [
        "", "already_replied_privately", "window", "already_replied_privately",
    ]  # fmt: skip
    assert meta.texts() == ["write to us"]


async def test_who_reads_or_is_answered_by_hand_opens_no_window(meta: MetaEmulator) -> None:
    meta.open_chat()
    meta.advance(2 * DAY)
    meta.read()
    meta.answer_by_hand("hello")
    assert [reason(result) for result in await send(meta, text())] == ["window"]
    meta.react("m1")
    assert [reason(result) for result in await send(meta, text())] == [""]


@pytest.mark.parametrize(
    ("kind", "fits", "too_long"),
    [("page", "є" * 2000, "є" * 2001), ("page", "😀" * 1000, "😀" * 1001), ("instagram", "є" * 500, "є" * 501)],
)
async def test_texts_are_measured_in_the_platforms_own_unit(kind: str, fits: str, too_long: str) -> None:
    with MetaEmulator(MetaState(kind=kind)) as meta:
        meta.open_chat()
        results = await send(meta, text(fits), text(too_long))
    assert [reason(result) for result in results] == ["", "bad_request"]


@pytest.mark.parametrize(
    "message",
    [
        {"text": ""},
        {"text": "a", "attachment": {"type": "image", "payload": {"url": "https://example.com/a.png"}}},
        {"text": "a", "quick_replies": [{"content_type": "text", "title": "a", "payload": "a"}] * 14},
        {"text": "a", "quick_replies": [{"content_type": "text", "title": "a" * 21, "payload": "a"}]},
        {"text": "a", "metadata": "m" * 1001},
        {"attachment": {"type": "image", "payload": {"url": "http://example.com/a.png"}}},
        {"attachment": {"type": "hologram", "payload": {"url": "https://example.com/a"}}},
        {"attachment": {"type": "template", "payload": {"template_type": "button", "text": "a", "buttons": []}}},
        {
            "attachment": {
                "type": "template",
                "payload": {"template_type": "generic", "elements": [{"title": "a"}] * 11},
            }
        },
    ],
    ids=str,
)
async def test_what_the_platform_cannot_show_is_refused(meta: MetaEmulator, message: dict[str, Any]) -> None:
    meta.open_chat()
    (result,) = await send(meta, text(message=message))
    assert isinstance(result, Refused)
    assert meta.seen() == []


async def test_a_forged_call_is_refused(meta: MetaEmulator) -> None:
    async with httpx.AsyncClient(base_url=meta.base_url, trust_env=False) as http:
        proof = {"appsecret_proof": prove(TOKEN, APP_SECRET)}
        for token, proven in (("another", proof), (TOKEN, {"appsecret_proof": "x"}), (TOKEN, {})):
            headers = {"Authorization": f"Bearer {token}"}
            answer = await http.post("/v26.0/me/messages", json={**text(), **proven}, headers=headers)
            assert answer.status_code in (400, 401)


async def test_each_row_of_the_error_table_is_met_once_and_shows_nothing_that_was_not_delivered() -> None:
    with MetaEmulator(echoes=False) as meta:
        meta.open_chat()
        meta.fail(*FAULTS)
        results = await send(meta, *(text(name) for name in FAULTS), text("well"))
        assert meta.texts() == [*(name for name, fault in FAULTS.items() if fault.delivered), "well"]
    in_doubt = {name for name, result in zip(FAULTS, results, strict=False) if isinstance(result, Unknown)}
    assert in_doubt == {"bad gateway", *(name for name, fault in FAULTS.items() if fault.delivered)}
    assert [isinstance(result, Sent) for result in results] == [False] * len(FAULTS) + [True]


def test_every_error_that_the_bot_knows_can_be_scripted() -> None:
    scripted = {(fault.parameters.get("code"), fault.parameters.get("error_subcode")) for fault in FAULTS.values()}
    assert {(row.code, row.subcode) for row in ROWS} <= scripted


async def test_a_thread_that_another_application_holds_is_told_as_standby_and_may_not_be_written_to(
    meta: MetaEmulator, bot: Any
) -> None:
    meta.listen(bot.url)
    meta.hold_elsewhere()
    meta.say("psst")
    await told(meta)
    assert b'"standby"' in bot.bodies[-1]
    (result,) = await send(meta, text())
    assert isinstance(result, Refused)
    assert result.scope is Scope.CHAT


async def test_a_tap_comes_back_with_what_the_button_holds_and_the_screen_shows_both_sides(
    meta: MetaEmulator, bot: Any
) -> None:
    meta.listen(bot.url)
    meta.say("hello")
    answers = [{"content_type": "text", "title": "Prices", "payload": "p:1"}]
    await send(meta, text(message={"text": "What would you like?", "quick_replies": answers}))
    meta.tap("Prices")
    with pytest.raises(LookupError):
        meta.tap("Nothing")
    await told(meta)
    tapped = bot.events[-1]["message"]
    assert (tapped["text"], tapped["quick_reply"]) == ("Prices", {"payload": "p:1"})
    bubbles = [(bubble.is_mine, bubble.text, bubble.taps) for bubble in meta.state.screens.read(PERSON)]
    assert bubbles == [(True, "hello", ()), (False, "What would you like?", ("Prices",)), (True, "Prices", ())]


def test_what_was_told_can_be_told_again() -> None:
    meta = MetaEmulator()
    meta.say("one")
    meta.pusher.take_all()
    meta.redeliver(times=2)
    assert len(meta.pusher.take_all()) == 2


def test_a_pusher_belongs_to_one_account() -> None:
    pusher = WebhookPusher(MetaState())
    pusher.push({"id": PAGE, "time": 1, "messaging": []})
    assert json.loads(pusher.take_all()[0]) == {"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": []}]}
