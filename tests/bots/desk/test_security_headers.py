import pytest
from starlette.types import Message, Receive, Scope, Send

from bots.desk.security_headers import SecurityHeaders


async def headers(path: str, *, secure: bool = False) -> dict[str, str]:
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await SecurityHeaders(app, secure=secure)({"type": "http", "path": path}, receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def test_pages_may_run_only_our_own_files() -> None:
    found = await headers("/desk")
    assert "script-src 'self';" in found["content-security-policy"]
    assert "style-src 'self';" in found["content-security-policy"]
    assert "unsafe" not in found["content-security-policy"]
    assert (found["x-frame-options"], found["x-content-type-options"]) == ("DENY", "nosniff")
    assert found["x-own"] == "1"


@pytest.mark.parametrize("path", ["/webhooks/telegram/1", "/api/v1/webchat/visitors", "/metrics", "/healthz"])
async def test_what_machines_call_is_left_alone(path: str) -> None:
    assert await headers(path) == {"x-own": "1"}


async def test_https_is_insisted_on_only_where_it_is_served() -> None:
    assert "strict-transport-security" not in await headers("/desk")
    assert "strict-transport-security" in await headers("/desk", secure=True)
