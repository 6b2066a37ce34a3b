"""The page that tells programs how to talk to us."""

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

from bots.api.docs import build_docs


class Said(BaseModel):
    text: str


def build() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None)

    @app.post("/say/{visitor}")
    async def say(visitor: str, said: Said) -> dict[str, str]:
        """Says <it>."""
        return {"text": said.text}

    app.include_router(build_docs(app))
    return app


async def get(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(build())
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def test_the_page_lists_every_operation_with_its_fields_and_borrows_nothing() -> None:
    page = (await get("/docs")).text
    assert "/say/{visitor}" in page
    assert "<code>text</code>" in page
    assert "Says &lt;it&gt;." in page
    assert "<script" not in page
    assert "https://" not in page


async def test_its_style_comes_from_here() -> None:
    address = (await get("/docs")).text.split('href="')[1].split('"')[0]
    assert (await get(address)).status_code == 200
