"""Leads for programs: whom they meet, what they may say, and what they are told when it makes no sense."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from bots.api.answers import install_error_answers
from bots.api.leads import build_leads_api
from bots.desk.signin import build_program_sign_in
from bots.operators import Operators
from core.domain.events import EventKind
from core.storage.database import Database
from core.storage.tables import AuditRow, EventRow, OutcomeRow, table
from tests.bots.desk.demo import NOON, PASSWORD, Demo, add_users, build_demo
from tests.bots.desk.talks import answer, say
from tests.servers import database, database_url

__all__ = ["database", "database_url"]

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def demo(database: Database) -> Demo:
    demo = build_demo(database)
    await add_users(demo)
    return demo


@pytest.fixture
async def client(demo: Demo) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    parts = demo.parts
    app.include_router(build_program_sign_in(parts))
    assert isinstance(parts.operators, Operators)
    app.include_router(
        build_leads_api(access=parts.access, database=demo.database, operators=parts.operators, clock=parts.clock)
    )
    install_error_answers(app)
    transport = httpx.ASGITransport(app, client=("10.0.0.9", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://programs.test") as client:
        yield client


async def bearer(client: httpx.AsyncClient, name: str) -> dict[str, str]:
    answered = await client.post("/signin", json={"name": name, "password": PASSWORD})
    return {"Authorization": f"Bearer {answered.json()['token']}"}


@pytest.fixture
async def olena(client: httpx.AsyncClient) -> dict[str, str]:
    """What a program of the sales lead sends with each request."""
    return await bearer(client, "olena")


async def lead_of(client: httpx.AsyncClient, olena: Mapping[str, str], chat: str) -> dict[str, Any]:
    (found,) = (await client.get("/api/v1/leads", params={"chat": chat}, headers=olena)).json()["leads"]
    lead: dict[str, Any] = found
    return lead


async def rows(demo: Demo, row: type[Any]) -> list[Any]:
    return await demo.database.read(lambda conn: list(conn.execute(sa.select(table(row)).order_by(table(row).c.id))))


async def told(demo: Demo) -> list[dict[str, Any]]:
    return [event.data for event in await rows(demo, EventRow) if event.kind == EventKind.OUTCOME_RECORDED]


async def test_a_program_finds_the_lead_of_its_chat_and_says_how_it_ended(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    await say(demo, "anna", "Мене звати Анна", at=NOON)
    lead = await lead_of(client, olena, "anna")
    assert (lead["outcome"], lead["channel"]) == (None, "telegram")
    done = await client.post(f"/api/v1/leads/{lead['id']}/outcome", json={"outcome": "lead_won"}, headers=olena)
    assert done.status_code == 200
    now = demo.parts.clock.now().isoformat()
    won = {"outcome": "lead_won", "outcome_by": "api:olena", "outcome_at": now}
    assert done.json() == {**lead, **won}
    assert await told(demo) == [{"outcome": "lead_won", "by": "api:olena", "at": now}]
    noted = [(row.user_name, row.action, row.object) for row in await rows(demo, AuditRow)][-1]
    assert noted == ("olena", "record_outcome", f"lead:{lead['id']}")


async def test_a_later_outcome_supersedes_and_an_earlier_one_told_late_does_not(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    await say(demo, "anna", "Добрий день", at=NOON)
    lead = await lead_of(client, olena, "anna")
    now = demo.parts.clock.now()
    for kind, hours in (("declined", 3), ("lead_won", 2), ("meeting", 5)):
        at = (now - timedelta(hours=hours)).isoformat()
        body = {"outcome": kind, "at": at}
        assert (await client.post(f"/api/v1/leads/{lead['id']}/outcome", json=body, headers=olena)).status_code == 200
    assert (await lead_of(client, olena, "anna"))["outcome"] == "lead_won"
    assert [event["outcome"] for event in await told(demo)] == ["declined", "lead_won", "meeting"]


async def test_the_same_outcome_told_twice_is_recorded_once(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    await say(demo, "anna", "Добрий день", at=NOON)
    lead = await lead_of(client, olena, "anna")
    body = {"outcome": "partner_signed", "at": (demo.parts.clock.now() - timedelta(days=1)).isoformat()}
    for _ in range(2):
        done = await client.post(f"/api/v1/leads/{lead['id']}/outcome", json=body, headers=olena)
        assert done.json()["outcome"] == "partner_signed"
    assert len(await rows(demo, OutcomeRow)) == len(await told(demo)) == 1


@pytest.mark.parametrize("lead_id", ["404", "0", "-1", "x", "99999999999999999999", "1.5"])
async def test_nobody_can_end_a_lead_that_is_not_there(
    client: httpx.AsyncClient, olena: dict[str, str], lead_id: str
) -> None:
    done = await client.post(f"/api/v1/leads/{lead_id}/outcome", json={"outcome": "lead_won"}, headers=olena)
    assert done.status_code == (404 if lead_id == "404" else 422)
    assert done.json()["detail"]


WRONG: dict[str, tuple[bytes, str]] = {
    "no known outcome": (b'{"outcome": "sold"}', "lead_won"),
    "no outcome": (b"{}", "required"),
    "an outcome that is no text": (b'{"outcome": ["lead_won"]}', "outcome"),
    "the future": (b'{"outcome": "lead_won", "at": "2199-01-01T00:00:00Z"}', "future"),
    "a time without an offset": (b'{"outcome": "lead_won", "at": "2026-01-01T00:00:00"}', "timezone"),
    "the year one": (b'{"outcome": "lead_won", "at": "0001-01-01T00:00:00+14:00"}', "before 2000"),
    "no time": (b'{"outcome": "lead_won", "at": "yesterday"}', "datetime"),
    "not a number": (b'{"outcome": "lead_won", "at": NaN}', "datetime"),
    "no JSON": (b"outcome=lead_won", "JSON"),
    "no body": (b"", "required"),
    "a list": (b"[]", "dict"),
    "deep nesting": (b'{"outcome": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", ""),
    "half a character": (b'{"outcome": "\\ud800", "at": "\\udfff"}', "unicode"),
    "bytes that are no text": (b'{"outcome": "\xff\xfe"}', ""),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_makes_no_sense_is_refused_with_the_reason_and_changes_nothing(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str], name: str
) -> None:
    await say(demo, "anna", "Добрий день", at=NOON)
    lead = await lead_of(client, olena, "anna")
    body, reason = WRONG[name]
    done = await client.post(f"/api/v1/leads/{lead['id']}/outcome", content=body, headers={**olena, **JSON})
    assert done.status_code in (400, 422)
    assert reason in str(done.json()["detail"])
    assert await told(demo) == []


async def test_a_body_of_another_kind_or_too_large_is_refused(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    await say(demo, "anna", "Добрий день", at=NOON)
    address = "/api/v1/leads/1/outcome"
    form = await client.post(address, content="outcome=lead_won", headers={**olena, "Content-Type": "text/plain"})
    large = await client.post(address, json={"outcome": "x" * 200_000}, headers=olena)
    assert (form.status_code, large.status_code) == (422, 413)
    assert await told(demo) == []


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer no.token.at-all", "Basic b2xlbmE6eA=="])
async def test_without_a_genuine_token_nobody_gets_in_and_the_answer_says_how(
    client: httpx.AsyncClient, token: str
) -> None:
    for method, path in (("GET", ""), ("GET", "/1"), ("POST", "/1/outcome")):
        done = await client.request(method, f"/api/v1/leads{path}", headers={"Authorization": token})
        assert (done.status_code, done.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "POST /signin" in done.json()["hint"]


async def test_an_operators_program_may_not_end_a_lead(client: httpx.AsyncClient) -> None:
    petro = await bearer(client, "petro")
    done = await client.post("/api/v1/leads/1/outcome", json={"outcome": "lead_won"}, headers=petro)
    assert (done.status_code, done.json()["detail"]) == (403, "role")


async def test_pages_follow_each_other_and_miss_none(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    for number in range(7):
        await say(demo, f"chat-{number}", "Добрий день", at=NOON)
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        page = (await client.get("/api/v1/leads", params={"after": after, "limit": 3}, headers=olena)).json()
        seen += [lead["chat"] for lead in page["leads"]]
        after = page["next"]
    assert seen == [f"chat-{number}" for number in range(7)]


async def test_each_fact_comes_with_the_words_that_prove_it(
    demo: Demo, client: httpx.AsyncClient, olena: dict[str, str]
) -> None:
    await say(demo, "anna", "Ми у Львові, потрібно дві", at=NOON)
    await answer(demo, "anna", "Дякую!", at=NOON, facts={"city": ("у Львові", "Львів")})
    lead = await lead_of(client, olena, "anna")
    city = lead["facts"]["city"]
    assert (city["value"], city["words"]) == ("Львів", "у Львові")
    alone = await client.get(f"/api/v1/leads/{lead['id']}", headers=olena)
    assert alone.json() == lead


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", "after=99999999999999999999", "limit=0", "limit=201", "limit=", "chat=" + "x" * 500],
)
async def test_a_page_that_cannot_be_is_refused(client: httpx.AsyncClient, olena: dict[str, str], query: str) -> None:
    refused = await client.get(f"/api/v1/leads?{query}", headers=olena)
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["loc"][0] == "query"


@pytest.mark.parametrize("chat", ["%00", "%ED%A0%80", "%FF", "'; drop table leads; --", "%"])
async def test_a_chat_that_nobody_has_is_no_lead(client: httpx.AsyncClient, olena: dict[str, str], chat: str) -> None:
    none = await client.get(f"/api/v1/leads?chat={chat}", headers=olena)
    assert (none.status_code, none.json()) == (200, {"leads": [], "next": None})
