"""Pages are read from the address that was checked, and from no other."""

from collections.abc import AsyncIterator, Callable, Sequence

import httpx
import pytest

from core.errors import SellerError
from rag.sources import web
from rag.sources.addresses import RefusedAddress
from rag.sources.web import UnreadablePage, WebReader

ADDRESSES = {"shop.example": ["93.184.216.34"], "inner.example": ["10.0.0.5"]}
PAGE = """<html><head><title>Delivery</title></head><body><nav>Home Shop</nav><article><h1>Delivery</h1>
<p>Delivery within Ukraine costs 300 UAH and takes three working days.</p><h2>Abroad</h2>
<p>Parcels to Poland travel for a week and are insured by the carrier.</p></article></body></html>"""

Answer = Callable[[httpx.Request], httpx.Response]


async def resolve(host: str, port: int) -> Sequence[str]:
    return ADDRESSES[host]


def reader(answer: Answer) -> WebReader:
    return WebReader(resolve=resolve, transport=httpx.MockTransport(answer))


def html(text: str, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers={"content-type": "text/html; charset=utf-8", **headers}, text=text)


async def test_a_page_becomes_its_text_with_headings() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return html(PAGE)

    text = await reader(answer).read("https://shop.example/delivery?x=1")
    assert text.startswith("# Delivery")
    assert "costs 300 UAH" in text
    assert "Abroad" in text
    (request,) = asked
    assert request.url.host == "93.184.216.34"
    assert request.headers["host"] == "shop.example"
    assert request.extensions["sni_hostname"] == "shop.example"


async def test_a_redirect_is_followed_and_checked_anew() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/":
            return httpx.Response(302, headers={"location": "/delivery"})
        if request.url.path == "/delivery":
            return html(PAGE)
        return httpx.Response(301, headers={"location": "http://inner.example/admin"})

    assert "300 UAH" in await reader(answer).read("https://shop.example/")
    with pytest.raises(RefusedAddress, match="private network"):
        await reader(answer).read("https://shop.example/trap")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://user:x@shop.example/"])
async def test_a_redirect_to_what_is_no_page_is_refused(target: str) -> None:
    with pytest.raises(RefusedAddress):
        await reader(lambda request: httpx.Response(302, headers={"location": target})).read("https://shop.example/")


async def test_an_inner_name_is_never_asked() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("must not be asked")

    with pytest.raises(RefusedAddress):
        await reader(answer).read("http://inner.example/")


def unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b"word " * 100_000


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (unreachable, "cannot be reached"),
        (lambda request: html("gone", 404), "answers 404"),
        (lambda request: httpx.Response(302, headers={"location": "/again"}), "in circles"),
        (lambda request: httpx.Response(200, headers={"content-type": "image/png"}, content=b"x"), "no page of text"),
        (lambda request: html("<html><body><script>draw()</script></body></html>"), "no text"),
        (lambda request: html(""), "no text"),
        (lambda request: httpx.Response(200, content=endless()), "too large"),
    ],
)
async def test_a_page_that_cannot_be_read_says_what_where_and_how_to_mend_it(answer: Answer, what: str) -> None:
    with pytest.raises(SellerError, match=what) as failure:
        await reader(answer).read("https://shop.example/x")
    assert failure.value.where.startswith("https://shop.example/")
    assert failure.value.hint


async def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        return html(PAGE)

    monkeypatch.setattr(web, "LONGEST_S", 0.05)
    with pytest.raises(UnreadablePage, match="no whole answer"):
        await WebReader(resolve=resolve, transport=httpx.MockTransport(slow)).read("https://shop.example/")
