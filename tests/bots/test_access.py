"""Every door of the whole application, against every kind of caller."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI, Request
from pydantic import SecretStr

from bots.access import CSRF_HEADER, SESSION_COOKIE, Access, Denied, GuardedRoute, Role, guarded_routes, public
from bots.bootstrap import Store, open_store
from bots.brain import build_brain
from bots.desk.tokens import ProgramTokens
from bots.serve import build_server
from core.domain.conversation import Holder
from core.domain.ids import ConversationId
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings
from core.storage import users
from core.storage.conversations import set_holder
from core.storage.inbox import store_arrival
from tests.core.storage.samples import NOW, message

ALL = "anonymous operator lead admin"
SIGNED_IN = "operator lead admin"
LEADS = "lead admin"
ADMIN = "admin"

# Who may call what, once more and by hand: a changed rule must be meant.
TABLE = {
    "GET /healthz": ALL,
    "GET /metrics": ALL,
    "GET /docs": ALL,
    "GET /docs/static/{name:path}": ALL,
    "POST /webhooks/telegram/{account}": ALL,
    "POST /api/v1/webchat/visitors": ALL,
    "POST /api/v1/webchat/{visitor}/messages": ALL,
    "GET /api/v1/webchat/{visitor}/messages": ALL,
    "GET /api/v1/webchat/{visitor}/events": ALL,
    "GET /": ALL,
    "GET /chat/static/{name:path}": ALL,
    "GET /api/v1/contacts/{contact_id}/identities": SIGNED_IN,
    "POST /api/v1/contacts/{contact_id}/identities": LEADS,
    "POST /api/v1/contacts/{contact_id}/identities/reject": LEADS,
    "POST /api/v1/contacts/{contact_id}/identities/split": LEADS,
    "GET /api/v1/leads": LEADS,
    "GET /api/v1/leads/{lead_id}": LEADS,
    "POST /api/v1/leads/{lead_id}/outcome": LEADS,
    "POST /signin": ALL,
    "POST /signin/refresh": ALL,
    "GET /desk/signin": ALL,
    "POST /desk/signin": ALL,
    "GET /desk/static/{name:path}": ALL,
    "POST /desk/signout": SIGNED_IN,
    "GET /desk": SIGNED_IN,
    "GET /desk/events": SIGNED_IN,
    "GET /desk/leads/{lead_id}/facts/{name}": SIGNED_IN,
    "POST /desk/leads/{lead_id}/facts/{name}": SIGNED_IN,
    "GET /desk/leads/{lead_id}/owner": LEADS,
    "POST /desk/leads/{lead_id}/owner": LEADS,
    "POST /desk/leads/{lead_id}/outcome": LEADS,
    "GET /desk/leads.csv": LEADS,
    "GET /desk/leads.xlsx": LEADS,
    "GET /desk/leads/import": LEADS,
    "POST /desk/leads/import": LEADS,
    "GET /desk/conversations/{conversation_id}": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/take_over": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/reply": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/hand_back": SIGNED_IN,
    "POST /desk/promises/{promise_id}/kept": SIGNED_IN,
    "POST /desk/promises/{promise_id}/dropped": SIGNED_IN,
    "POST /desk/promises/{promise_id}/due": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/identities": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/identities/reject": SIGNED_IN,
    "POST /desk/conversations/{conversation_id}/identities/split": LEADS,
    "POST /desk/conversations/{conversation_id}/invitation": SIGNED_IN,
    "GET /desk/knowledge": SIGNED_IN,
    "POST /desk/knowledge/reindex": LEADS,
    "POST /desk/knowledge/questions/{key}/settle": LEADS,
    "GET /desk/knowledge/answers/new": LEADS,
    "POST /desk/knowledge/answers": LEADS,
    "POST /desk/knowledge/answers/retract": LEADS,
    "GET /desk/knowledge/prices": SIGNED_IN,
    "GET /desk/knowledge/prices/edit": LEADS,
    "POST /desk/knowledge/prices": LEADS,
    "GET /desk/knowledge/policies": SIGNED_IN,
    "GET /desk/knowledge/policies/edit": LEADS,
    "POST /desk/knowledge/policies": LEADS,
    "GET /desk/knowledge/prices/new": LEADS,
    "POST /desk/knowledge/prices/new": LEADS,
    "GET /desk/knowledge/policies/new": LEADS,
    "POST /desk/knowledge/policies/new": LEADS,
    "POST /desk/knowledge/versions/restore": LEADS,
    "GET /desk/health": SIGNED_IN,
    "GET /desk/{path:path}": SIGNED_IN,
    "GET /desk/account": SIGNED_IN,
    "POST /desk/account/language": SIGNED_IN,
    "POST /desk/account/away": SIGNED_IN,
    "POST /desk/account/password": SIGNED_IN,
    "GET /desk/users": ADMIN,
    "POST /desk/users": ADMIN,
    "POST /desk/users/{user_id}/role": ADMIN,
    "POST /desk/users/{user_id}/active": ADMIN,
    "POST /desk/users/{user_id}/password": ADMIN,
}

# Operators act on a conversation only while nobody else holds it; leads may step in.
OWN_ONLY = {
    "POST /desk/conversations/{conversation_id}/take_over",
    "POST /desk/conversations/{conversation_id}/reply",
    "POST /desk/conversations/{conversation_id}/hand_back",
    "POST /desk/conversations/{conversation_id}/identities",
    "POST /desk/conversations/{conversation_id}/identities/reject",
    "POST /desk/conversations/{conversation_id}/invitation",
}

# The schema is FastAPI's own route; it says nothing that /docs does not.
OF_THE_FRAMEWORK = {"/openapi.json"}

CALLERS = ("anonymous", *Role)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    settings = Settings(data_dir=tmp_path)
    store = open_store(settings)
    await store.firms.load()
    yield store
    store.database.close()
    store.folder.release()


@pytest.fixture
async def app(store: Store, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """All the doors that there are, the webhook's too."""
    token = SecretStr("123456789:AAabcdefghijklmnopqrstuvwxyz012345678")
    settings = Settings(data_dir=tmp_path, telegram_token=token, public_url="https://seller.example")
    brain = build_brain(settings, store, embedder=ScriptedEmbedder())
    yield await build_server(settings, store, brain)
    await brain.close()


@pytest.fixture
def access(store: Store) -> Access:
    tokens = ProgramTokens(database=store.database, clock=store.clock, secret=b"secret")
    return Access(database=store.database, clock=store.clock, tokens=tokens, secure=True)


@pytest.fixture
async def talk(store: Store) -> ConversationId:
    arrival = await store.database.write(lambda conn: store_arrival(conn, message(), "telegram", NOW))
    return arrival.conversation_id


async def headers_of(store: Store, access: Access, caller: str) -> dict[str, str]:
    """What a signed-in caller's browser sends with a form of ours."""
    if caller == "anonymous":
        return {}

    def find_or_create(conn: sa.Connection) -> users.User:
        return users.find_user(conn, caller) or users.create_user(conn, caller, "hash", caller, NOW)

    token = await access.open_session(await store.database.write(find_or_create))
    session = await access.find_session(token)
    assert session
    return {"Cookie": f"{SESSION_COOKIE}={token}", CSRF_HEADER: session.csrf}


def keys(route: GuardedRoute) -> list[str]:
    return [f"{method} {route.path}" for method in sorted(route.methods - {"HEAD", "OPTIONS"})]


def routes_of(app: FastAPI) -> list[GuardedRoute]:
    return [route for route in guarded_routes(app.routes) if route.path not in OF_THE_FRAMEWORK]


def fill_in(path: str, talk: ConversationId) -> str:
    for name, value in (
        ("conversation_id", str(talk)),
        ("name:path", "desk.css"),
        ("path:path", "x"),
        ("name", "city"),
    ):
        path = path.replace(f"{{{name}}}", value)
    for name in ("lead_id", "user_id", "visitor", "account", "promise_id"):
        path = path.replace(f"{{{name}}}", "1")
    return path


async def is_let_in(route: GuardedRoute, key: str, headers: dict[str, str], talk: ConversationId) -> bool:
    """What the rule says, without running the route."""
    assert route.rule
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    params = {"conversation_id": str(talk)}
    scope = {"type": "http", "method": key.split()[0], "headers": raw, "path_params": params, "query_string": b""}
    try:
        await route.rule(Request(scope))
    except Denied:
        return False
    return True


def is_refusal(answer: httpx.Response) -> bool:
    return answer.status_code in (401, 403) or answer.headers.get("location", "").startswith("/desk/signin")


def test_every_route_carries_a_rule(app: FastAPI) -> None:
    assert [route.path for route in routes_of(app) if route.rule is None] == []


def test_every_route_stands_in_the_table(app: FastAPI) -> None:
    found = {key for route in routes_of(app) for key in keys(route)}
    assert found == set(TABLE)


def test_a_route_without_a_rule_is_found() -> None:
    app = FastAPI()

    @app.get("/forgotten")
    async def forgotten() -> None: ...

    @app.get("/open", dependencies=[public()])
    async def open_to_all() -> None: ...

    found = {route.path: route.rule is not None for route in routes_of(app) if route.path in ("/forgotten", "/open")}
    assert found == {"/forgotten": False, "/open": True}


@pytest.mark.parametrize("caller", CALLERS)
async def test_each_caller_is_let_in_where_the_table_says(
    app: FastAPI, store: Store, access: Access, talk: ConversationId, caller: str
) -> None:
    headers = await headers_of(store, access, caller)
    for route in routes_of(app):
        for key in keys(route):
            assert await is_let_in(route, key, headers, talk) == (caller in TABLE[key]), key


@pytest.mark.parametrize("caller", CALLERS)
async def test_each_caller_is_kept_out_by_the_running_application(
    app: FastAPI, store: Store, access: Access, talk: ConversationId, caller: str
) -> None:
    headers = await headers_of(store, access, caller)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://seller.example") as client:
        for key in (key for key, allowed in TABLE.items() if caller not in allowed):
            method, path = key.split()
            answer = await client.request(method, fill_in(path, talk), headers=headers)
            assert is_refusal(answer), (key, answer.status_code)


@pytest.mark.parametrize("caller", list(Role))
@pytest.mark.parametrize("holder", ["the caller", "somebody else", "nobody"])
async def test_an_operator_acts_only_on_conversations_that_nobody_else_holds(
    app: FastAPI, store: Store, access: Access, talk: ConversationId, caller: str, holder: str
) -> None:
    headers = await headers_of(store, access, caller)
    name = {"the caller": caller, "somebody else": "somebody", "nobody": None}[holder]
    kind = Holder.OPERATOR if name else Holder.WAITING
    await store.database.write(lambda conn: set_holder(conn, talk, kind, operator=name))
    for route in routes_of(app):
        for key in keys(route):
            foreign = key in OWN_ONLY and holder == "somebody else" and caller == Role.OPERATOR
            assert await is_let_in(route, key, headers, talk) == (caller in TABLE[key] and not foreign), key


@pytest.mark.parametrize("code", [None, "", "another"])
async def test_no_form_is_taken_without_the_sessions_code(
    app: FastAPI, store: Store, access: Access, talk: ConversationId, code: str | None
) -> None:
    headers = await headers_of(store, access, Role.ADMIN)
    del headers[CSRF_HEADER]
    data = {} if code is None else {"csrf": code}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://seller.example") as client:
        for key in (key for key, allowed in TABLE.items() if key.startswith("POST") and allowed != ALL):
            answer = await client.post(fill_in(key.split()[1], talk), headers=headers, data=data)
            assert answer.status_code == 403, key
