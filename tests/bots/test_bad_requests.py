"""Whatever a program or a page sends: an answer below 500 that says why, and nothing that was not meant is stored."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import sqlalchemy as sa
from fastapi import FastAPI

from bots.bootstrap import Store, open_store
from bots.brain import build_brain
from bots.serve import build_server
from bots.webchat.inbound import LONGEST_TEXT
from core.embedding.scripted import ScriptedEmbedder
from core.settings import Settings
from core.storage.tables import MessageRow, table

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHAT = "/api/v1/webchat/zoe/messages"
JSON = {"Content-Type": "application/json"}
MB = 1024 * 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def store(folder: Path) -> AsyncIterator[Store]:
    store = open_store(Settings(_env_file=None, data_dir=folder))
    await store.firms.load()
    yield store
    store.database.close()
    store.folder.release()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def app(store: Store, folder: Path) -> AsyncIterator[FastAPI]:
    settings = Settings(_env_file=None, data_dir=folder)
    brain = build_brain(settings, store, embedder=ScriptedEmbedder())
    yield await build_server(settings, store, brain)
    await brain.close()


def connect(app: FastAPI, address: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 4242))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest_asyncio.fixture(loop_scope="module")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(app) as client:
        yield client


def body(**values: Any) -> bytes:
    return json.dumps(values).encode()


WRONG_BODIES: dict[str, tuple[bytes, dict[str, str], int]] = {
    "10 MB of text": (body(text="ї" * (10 * MB)), JSON, 413),
    "10 MB of spaces": (b" " * (10 * MB), JSON, 413),
    "text above the limit": (body(text="x" * (LONGEST_TEXT + 1)), JSON, 422),
    "text of nothing to see": (body(text=" \n\t "), JSON, 422),
    "no text": (b"{}", JSON, 422),
    "a number": (body(text=5), JSON, 422),
    "null": (b"null", JSON, 422),
    "a list": (b'["text"]', JSON, 422),
    "half of JSON": (b'{"text": "hello', JSON, 422),
    "nothing": (b"", JSON, 422),
    "nesting without end": (b'{"text":' + b"[" * 60_000, JSON, 400),
    "deep nesting": (b'{"text":' + b"[" * 50_000 + b"]" * 50_000 + b"}", JSON, 400),
    "many keys": (b"{" + b",".join(b'"k%d":1' % n for n in range(9_000)) + b"}", JSON, 422),
    "half a surrogate pair": (b'{"text": "\\ud83d"}', JSON, 422),
    "half a pair as id": (b'{"text": "hello", "id": "\\udc00"}', JSON, 422),
    "half a pair as key": (b'{"\\ud800": "hello"}', JSON, 422),
    "bytes that are no UTF-8": (b'{"text": "\xff\xfe\xfa"}', JSON, 400),
    "not a number at all": (b'{"text": NaN}', JSON, 422),
    "a huge number": (b'{"text": ' + b"9" * 100_000 + b"}", JSON, 400),
    "an id that is too long": (body(text="hello", id="x" * 65), JSON, 422),
    "a form": (b"text=hello", {"Content-Type": "application/x-www-form-urlencoded"}, 422),
    "plain text": (b"hello", {"Content-Type": "text/plain"}, 422),
    "a kind that is none": (b"hello", {"Content-Type": ";;;"}, 422),
    "no kind": (body(text="hello"), {}, 422),
}


@pytest.mark.parametrize("name", WRONG_BODIES)
async def test_a_message_that_cannot_be_taken_is_refused_with_the_reason(
    client: httpx.AsyncClient, store: Store, name: str
) -> None:
    content, headers, status = WRONG_BODIES[name]
    answer = await client.post(CHAT, content=content, headers=headers)
    assert answer.status_code == status, answer.text[:300]
    assert status == 413 or answer.json()["detail"]
    assert len(answer.content) < 5_000, "what was sent is not thrown back"
    stored = sa.select(table(MessageRow).c.text).where(table(MessageRow).c.text.contains("hello"))
    assert await store.database.read(lambda conn: conn.execute(stored).first()) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\x00b", "ab"),
        ("‮txet‬ \u200b\u200d", "‮txet‬ \u200b\u200d"),
        ("👩‍👩‍👧‍👦" * 1_000, "👩‍👩‍👧‍👦" * 1_000),
        ("Z̷̢̛͈" * 400, "Z̷̢̛͈" * 400),
        ("'; drop table messages; -- {{7*7}} <script>", "'; drop table messages; -- {{7*7}} <script>"),
        ("\ufeff\uffff\U0010ffff", "\ufeff\uffff\U0010ffff"),
    ],
    ids=["NUL", "right to left", "long emoji", "piled marks", "code", "ends of Unicode"],
)
async def test_any_text_is_kept_as_it_was_written(client: httpx.AsyncClient, sent: str, kept: str) -> None:
    answer = await client.post(CHAT, json={"text": sent})
    assert answer.status_code == 202, answer.text[:300]
    shown = await client.get(CHAT, params={"after": answer.json()["message_id"] - 1})
    assert shown.json()["messages"][0]["text"] == kept.strip()


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "", "1e3", "99999999999999999999", "%00", "null", "9" * 5_000])
async def test_an_after_that_is_no_id_is_refused(client: httpx.AsyncClient, after: str) -> None:
    answer = await client.get(f"{CHAT}?after={after}")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "after"]
    assert len(answer.content) < 1_000


async def test_an_after_beyond_the_last_message_finds_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get(CHAT, params={"after": 2**63 - 1})
    assert (answer.status_code, answer.json()) == (200, {"messages": []})


async def test_a_visitor_who_never_wrote_has_no_messages(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/webchat/nobody-at-all/messages")
    assert (answer.status_code, answer.json()) == (200, {"messages": []})


@pytest.mark.parametrize("visitor", ["x" * 65, "a.b", "a%20b", "%00", "%ED%A0%80", "%FF", "..", "анна", "a;b", "'"])
async def test_a_visitor_that_can_be_none_is_refused(client: httpx.AsyncClient, visitor: str) -> None:
    for method in ("GET", "POST"):
        answer = await client.request(method, f"/api/v1/webchat/{visitor}/messages", json={"text": "hello"})
        assert answer.status_code in (404, 405, 422)


@pytest.mark.parametrize(
    "cookie",
    [
        b"",
        b"seller_visitor=",
        b"seller_visitor=zoe",
        b"seller_visitor=zoe.0123456789abcdef0123456789abcdef",
        b"seller_visitor=zoe.\xe9\xff",
        b"seller_visitor=\xd0\xb7\xd0\xbe\xd1\x8f.\xd0\xb7",
        b"seller_visitor=" + b"." * 4_000,
        b";;;=;seller_visitor",
    ],
)
async def test_elsewhere_nobody_speaks_as_another_whatever_the_cookie(app: FastAPI, cookie: bytes) -> None:
    headers: list[tuple[bytes, bytes]] = [(b"cookie", cookie)]
    async with connect(app, "192.0.2.7") as client:
        for method in ("GET", "POST"):
            answer = await client.request(method, CHAT, headers=headers, json={"text": "hello"})
            assert answer.status_code == 403
            assert "POST /api/v1/webchat/visitors" in answer.json()["detail"]
        fresh = await client.post("/api/v1/webchat/visitors", headers=headers)
        assert fresh.status_code == 201
    assert fresh.json()["visitor"] != "zoe"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/%00", "/%FF%FE", "/..%2f..%2fetc/passwd", "/chat/static/..%2f..%2fpage.py", "/docs/static/%00",
        "/desk/conversations/99999999999999999999", "/desk/static/../tokens.py", "/api/v1/leads/99999999999999999999",
        "/webhooks/telegram/x", "/desk?page=99999999999999999999", "/desk?page=-1", "/desk?sort=%00",
        "/desk/signin?next=//evil.example",
    ],
)  # fmt: skip
async def test_no_address_brings_an_error_of_ours(client: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "POST", "HEAD", "DELETE", "PATCH"):
        answer = await client.request(method, path)
        assert answer.status_code < 500, (method, answer.text[:300])
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"name": 5}', b"[" * 60_000, b'{"name": "\\ud800", "password": "x"}']
)
async def test_signing_in_with_nonsense_is_refused(client: httpx.AsyncClient, content: bytes) -> None:
    for path in ("/signin", "/signin/refresh"):
        answer = await client.post(path, content=content, headers=JSON)
        assert answer.status_code in (400, 422)


async def test_a_sign_in_of_10_mb_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/signin", content=body(name="x" * (10 * MB), password="x"), headers=JSON)
    assert answer.status_code in (413, 422)
    assert len(answer.content) < 5_000
