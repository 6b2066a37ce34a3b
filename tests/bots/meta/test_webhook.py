"""The door: who may come in, what is answered, and what is in the store by then."""

import json

import pytest

from tests.bots.meta.bench import DOORS, PLATFORMS, MetaInbound
from tests.emulators import meta_events
from tests.emulators.bench import Arrival
from tests.emulators.meta_push import sign
from tests.emulators.meta_state import APP_SECRET, PAGE, VERIFY_TOKEN


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> MetaInbound:
    return DOORS[request.param]()


def asked(**more: str) -> dict[str, str]:
    return {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444", **more}


async def test_the_challenge_comes_back_as_plain_text(door: MetaInbound) -> None:
    answer = await door.request("GET", params=asked())
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("wrong", [{"hub.verify_token": "x"}, {"hub.verify_token": "ї"}, {"hub.mode": "unsubscribe"}])
async def test_a_wrong_verification_is_refused(wrong: dict[str, str], door: MetaInbound) -> None:
    assert (await door.request("GET", params=asked(**wrong))).status_code == 403
    assert (await door.request("GET")).status_code == 403


async def test_an_unsigned_body_is_refused(door: MetaInbound) -> None:
    assert (await door.request("POST", content=door.body(Arrival.TEXT))).status_code == 401
    assert door.stored == []


async def test_a_truncated_body_is_refused(door: MetaInbound) -> None:
    whole = door.body(Arrival.TEXT)
    answer = await door.request("POST", content=whole[:-5], headers=sign(whole, APP_SECRET))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b"[" * 100_000, 400),
        (b'{"object":"user","entry":[]}', 404),
        (b"", 400),
    ],
)
async def test_a_signed_body_that_means_nothing_is_refused_clearly(raw: bytes, status: int, door: MetaInbound) -> None:
    assert (await door.request("POST", content=raw, headers=sign(raw, APP_SECRET))).status_code == status


async def test_five_megabytes_are_refused_before_they_are_read(door: MetaInbound) -> None:
    raw = b" " * 5_000_000
    assert (await door.request("POST", content=raw, headers=sign(raw, APP_SECRET))).status_code == 413


@pytest.mark.parametrize("name", PLATFORMS)
async def test_of_a_thousand_events_every_one_is_stored_and_the_broken_ones_are_told(name: str) -> None:
    door, kind = DOORS[name](), PLATFORMS[name].kind
    events = [meta_events.message(str(n), mid=f"m{n}") if n % 10 else {"broken": n} for n in range(1_000)]
    assert await door.post(meta_events.write(meta_events.body(*events, kind=kind))) == 200
    assert len(door.stored) == 900


async def test_an_event_of_an_account_that_is_not_ours_is_acknowledged_and_left(door: MetaInbound) -> None:
    body = json.loads(door.body(Arrival.TEXT))
    body["entry"][0]["id"] = f"{PAGE}9"
    assert await door.post(meta_events.write(body)) == 200
    assert door.stored == []


async def test_when_nothing_can_be_stored_the_platform_is_asked_to_come_again(door: MetaInbound) -> None:
    door.break_store()
    assert await door.post(door.body(Arrival.TEXT)) == 503
    door.mend_store()
    assert await door.post(door.body(Arrival.TEXT)) == 200
    assert len(door.stored) == 1
