"""A web page, to Markdown text: read from a checked address, within a size and a time."""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import httpx

from core.errors import SellerError
from rag.sources.addresses import Resolve, check_url, find_address, resolve
from rag.sources.pdf import read_pdf

LARGEST_BYTES: Final = 5_000_000
LONGEST_S: Final = 15.0
MOST_REDIRECTS: Final = 5
_FEWEST_LETTERS: Final = 20
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HEADERS: Final = {
    "User-Agent": "AI-seller (reads the pages that its owner lists)",
    "Accept": "text/html, text/plain;q=0.8, application/pdf;q=0.8",
    "Accept-Encoding": "identity",
}


class UnreadablePage(SellerError):
    """A web page whose text cannot be had."""


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: str
    body: bytes
    url: str


class WebReader:
    """Follows redirects itself, since each of them leads to an address that must be checked anew."""

    def __init__(self, *, resolve: Resolve = resolve, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._resolve = resolve
        self._transport = transport

    async def read(self, url: str) -> str:
        """Raises SellerError: refused, unreachable, too large, or without text."""
        try:
            async with asyncio.timeout(LONGEST_S):
                answer = await self._fetch(url)
        except TimeoutError:
            hint = "try again later, or save the page as a file in knowledge/"
            raise UnreadablePage(f"no whole answer in {LONGEST_S:.0f} s", where=url, hint=hint) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            hint = "check the address and the network; what was read before stays known"
            raise UnreadablePage(f"cannot be reached ({type(error).__name__})", where=url, hint=hint) from error
        return await asyncio.to_thread(_read_text, answer)

    async def _fetch(self, url: str) -> _Answer:
        at = url
        # No proxy of the environment: it would connect to the name and not to the address that was checked.
        async with httpx.AsyncClient(transport=self._transport, timeout=LONGEST_S, trust_env=False) as client:
            for _ in range(MOST_REDIRECTS + 1):
                answer = await self._ask(client, at)
                if isinstance(answer, _Answer):
                    return answer
                at = answer
        raise UnreadablePage("it redirects in circles", where=url, hint="list the address where it ends")

    async def _ask(self, client: httpx.AsyncClient, url: str) -> "_Answer | str":
        """The page, or the address that it redirects to."""
        name = httpx.URL(url)
        address = await find_address(url, self._resolve)
        request = client.build_request(
            "GET",
            name.copy_with(host=address),
            headers={**_HEADERS, "Host": name.netloc.decode("ascii")},
            extensions={"sni_hostname": name.raw_host.decode("ascii")},
        )
        response = await client.send(request, stream=True)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                target = urljoin(url, response.headers["location"])
                check_url(target)
                return target
            if response.status_code != 200:
                hint = "open it in a browser; correct or remove its line"
                raise UnreadablePage(f"it answers {response.status_code}", where=url, hint=hint)
            return _Answer(_kind(response, url), await _body(response, url), url)
        finally:
            await response.aclose()


def _kind(response: httpx.Response, url: str) -> str:
    kind = str(response.headers.get("content-type", "text/html")).partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"):
        raise UnreadablePage(f"{kind} is no page of text", where=url, hint="list pages and PDF files only")
    return kind


async def _body(response: httpx.Response, url: str) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LARGEST_BYTES:
            hint = f"pages up to {LARGEST_BYTES // 1_000_000} MB are read; put the part that matters into a file"
            raise UnreadablePage("the page is too large", where=url, hint=hint)
    return bytes(body)


def _read_text(answer: _Answer) -> str:
    if answer.kind == "application/pdf":
        return read_pdf(answer.body, answer.url)
    text = _plain(answer.body) if answer.kind.startswith("text/") and answer.kind != "text/html" else _extract(answer)
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        hint = "pages that are drawn by scripts cannot be read: put the text into a Markdown page"
        raise UnreadablePage("there is no text on it", where=answer.url, hint=hint)
    return text


def _plain(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _extract(answer: _Answer) -> str:
    from trafilatura import extract, extract_metadata

    try:
        text = extract(answer.body, url=answer.url, output_format="markdown", include_comments=False, favor_recall=True)
        about = extract_metadata(answer.body)
    except Exception as error:  # a parser of wild pages fails in more ways than it names
        hint = "put the text into a Markdown page"
        raise UnreadablePage("the page cannot be understood", where=answer.url, hint=hint) from error
    if not text:
        return ""
    return text if text.lstrip().startswith("# ") or not about.title else f"# {about.title}\n\n{text}"
