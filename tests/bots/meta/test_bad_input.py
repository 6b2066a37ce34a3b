"""What a webhook may be sent by mistake or by malice: a clear result for each, nothing lost, and never a 5xx."""

import json
from typing import Any

import pytest

from core.domain.messages import InboundKind
from tests.bots.meta.bench import DOORS, PLATFORMS, MetaInbound
from tests.emulators import meta_events
from tests.emulators.bench import Arrival
from tests.emulators.meta_events import envelope, message
from tests.emulators.meta_push import sign
from tests.emulators.meta_state import APP_SECRET, PAGE


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> MetaInbound:
    return DOORS[request.param]()


def written(door: MetaInbound, *events: Any) -> bytes:
    kind = json.loads(door.body(Arrival.TEXT))["object"]
    return meta_events.write(meta_events.body(*events, kind=kind))


def nested(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"a": found}
    return found


@pytest.mark.parametrize(
    ("raw", "headers", "status"),
    [
        (b"{}", {}, 401),
        (b"{}", {"X-Hub-Signature-256": "sha256=" + "0" * 64}, 403),
        (b"{}", {"X-Hub-Signature-256": "nonsense"}, 403),
        (b"{}", {"X-Hub-Signature": "sha1=" + "0" * 40}, 401),
        (b'{"object":"page","entry":[{"id":"1","mess', None, 400),
        (b'{"object":"whatsapp_business_account","entry":[]}', None, 404),
        (b"\xff\xfe\x00", None, 400),
        (b"x" * 5_000_000, None, 413),
        (b'{"object":' + b"[" * 50_000, None, 400),
    ],
    ids=["unsigned", "wrongly signed", "no signature", "old signature only", "cut off", "unknown object", "no text",
         "five megabytes", "deeply nested"],
)  # fmt: skip
async def test_a_bad_body_is_refused_with_its_own_status(
    raw: bytes, headers: dict[str, str] | None, status: int, door: MetaInbound
) -> None:
    answer = await door.request("POST", content=raw, headers=sign(raw, APP_SECRET) if headers is None else headers)
    assert answer.status_code == status
    assert answer.text
    assert door.stored == door.kept == []


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (message("вітаю", brand_new_field=nested(5)), InboundKind.TEXT),
        ({**message("вітаю"), "brand_new_field": 7}, InboundKind.TEXT),
        (envelope(stamp=1_790_000_000, message={"mid": "m", "text": "вітаю"}), InboundKind.TEXT),
        (envelope(stamp="1790000000000", message={"mid": "m", "text": "вітаю"}), InboundKind.TEXT),
        ({"sender": {"id": 7}, "recipient": {"id": int(PAGE)}, "message": {"mid": 9, "text": "вітаю"}}, "text"),
        (envelope(message={"mid": "m", "text": None}), InboundKind.UNSUPPORTED),
        (envelope(message={"mid": "m", "text": 7}), InboundKind.UNSUPPORTED),
        (envelope(message={"mid": "m", "text": "вітаю", "attachments": nested(60)}), InboundKind.TEXT),
    ],
    ids=["unknown field in the message", "unknown field beside it", "seconds", "time as text", "numeric ids",
         "null text", "text that is a number", "nested attachments"],
)  # fmt: skip
async def test_an_odd_event_is_one_message_all_the_same(event: Any, kind: str, door: MetaInbound) -> None:
    assert await door.post(written(door, event)) == 200
    assert [found.kind for found in door.stored] == [kind]


@pytest.mark.parametrize("event", [None, 7, "x", [], {}, nested(60), {"message": {"text": "x"}}, {"sender": None}])
async def test_what_cannot_be_read_is_kept_as_it_came_beside_its_neighbours(event: Any, door: MetaInbound) -> None:
    assert await door.post(written(door, message("раз"), event, message("два"))) == 200
    assert [found.text for found in door.stored] == ["раз", "два"]
    assert len(door.kept) == 1


async def test_of_a_thousand_events_none_is_lost(door: MetaInbound) -> None:
    events = [message(str(n), mid=f"m{n}") if n % 4 else {"odd": n} for n in range(1_000)]
    assert await door.post(written(door, *events)) == 200
    assert (len(door.stored), len(door.kept)) == (750, 250)


def test_every_platform_has_a_door() -> None:
    assert set(DOORS) == set(PLATFORMS)
