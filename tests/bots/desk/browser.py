"""A browser without scripts: keeps cookies, reads pages, sends the forms that it finds on them."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

from tests.bots.desk.demo import PASSWORD

ORIGIN = "http://desk.test"


class Visitor:
    def __init__(self, app: FastAPI) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=("10.0.0.9", 1234))
        self.client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        form = hidden(await self.get("/desk/signin"))
        return await self.client.post("/desk/signin", data={**form, "name": name, "password": password, **more})

    async def get(self, address: str, **more: Any) -> httpx.Response:
        return await self.client.get(address, **more)

    async def send(self, address: str, *, htmx: bool = False, files: Any = None, **fields: str) -> httpx.Response:
        """Send a form with the session's code, and go where the answer leads."""
        headers = {"HX-Request": "true"} if htmx else {}
        data = {"csrf": await self.csrf(), **fields}
        return await self.client.post(address, data=data, files=files, headers=headers, follow_redirects=True)

    async def csrf(self) -> str:
        return hidden(await self.get("/desk/account"))["csrf"]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text(response: httpx.Response) -> str:
    """What a reader sees, words apart by single spaces."""
    reader = _Text()
    reader.feed(response.text)
    return re.sub(r"\s+", " ", " ".join(reader.parts))


def hidden(response: httpx.Response) -> dict[str, str]:
    """The hidden fields of the page, by name; of several the first."""
    found: dict[str, str] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text):
        found.setdefault(name, unescape(value))
    return found
