from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bots.assets import Assets

STYLE = "body { color: black; }\n" * 100


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "page.css").write_text(STYLE)
    (tmp_path / "vendor" / "small.js").write_text("1;")
    (tmp_path / "README.md").write_text("not for browsers")
    return Assets(tmp_path, prefix="/static")


async def fetch(assets: Assets, address: str, encoding: str = "gzip") -> httpx.Response:
    app = FastAPI()
    app.include_router(assets.build_router())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(address, headers={"Accept-Encoding": encoding})


async def test_a_named_file_is_kept_for_a_year(assets: Assets) -> None:
    answer = await fetch(assets, assets.url("page.css"))
    assert (answer.text, answer.headers["content-type"]) == (STYLE, "text/css; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"


async def test_a_reader_who_cannot_unpack_gets_it_plain(assets: Assets) -> None:
    answer = await fetch(assets, assets.url("page.css"), encoding="identity")
    assert (answer.text, "content-encoding" in answer.headers) == (STYLE, False)


async def test_without_the_digest_it_is_asked_for_again(assets: Assets) -> None:
    assert (await fetch(assets, "/static/vendor/small.js")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["README.md", "other.css", "../conftest.py", "%2e%2e/conftest.py"])
async def test_nothing_else_of_the_disk_is_served(assets: Assets, name: str) -> None:
    assert (await fetch(assets, f"/static/{name}")).status_code == 404


def test_another_text_has_another_address(assets: Assets, tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("body {}")
    assert Assets(tmp_path, prefix="/static").url("page.css") != assets.url("page.css")
