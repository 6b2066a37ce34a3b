"""What a firm's folder names beside its Markdown pages: PDF files and web pages."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import structlog

from core.domain.vocabulary import LANGUAGES
from core.errors import SellerError
from core.ports import Document
from rag.sources.addresses import check_url
from rag.sources.pdf import read_pdf

log = structlog.get_logger()

PAGES: Final = "pages.txt"
_AT_ONCE: Final = 4
_NAMED: Final = re.compile(rf"([a-z0-9][a-z0-9_-]*)(?:\.({'|'.join(LANGUAGES)}))?")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Gathered:
    """`troubles` are what could not be read; `kept` names their sources, so that what was known of them stays."""

    documents: tuple[Document, ...] = ()
    troubles: tuple[SellerError, ...] = ()
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A source to be read: topic and language when its name says them."""

    source: str
    topic: str
    language: str | None
    read: Callable[[], Awaitable[str]] = field(compare=False)


class FolderSources:
    """`read_page` gives a page's text by its address and raises SellerError."""

    def __init__(self, *, folder: Path, read_page: Callable[[str], Awaitable[str]]) -> None:
        """`folder` is the firm's `knowledge/`; it need not exist."""
        self._folder = folder
        self._read_page = read_page

    async def gather(self, default_language: str) -> Gathered:
        """Reads everything anew; one bad source never keeps the others out."""
        troubles: list[SellerError] = []
        wanted = [*self._pdfs(), *await asyncio.to_thread(self._pages, troubles)]
        turn = asyncio.Semaphore(_AT_ONCE)

        async def read(each: _Wanted) -> Document | SellerError:
            async with turn:
                try:
                    text = await each.read()
                except SellerError as error:
                    return error
            return Document(each.source, each.topic, each.language or guess_language(text, default_language), text)

        done = await asyncio.gather(*(read(each) for each in wanted))
        kept = {each.source for each, result in zip(wanted, done, strict=True) if isinstance(result, SellerError)}
        troubles += [result for result in done if isinstance(result, SellerError)]
        for trouble in troubles:
            log.warning("knowledge.source_unreadable", what=trouble.what, where=trouble.where, hint=trouble.hint)
        documents = tuple(result for result in done if isinstance(result, Document))
        return Gathered(documents, tuple(troubles), frozenset(kept))

    def _pdfs(self) -> list[_Wanted]:
        files = sorted(self._folder.glob("*.pdf")) if self._folder.is_dir() else []
        return [_Wanted(path.name, *_name(path.stem), _reader(path)) for path in files if not path.name.startswith(".")]

    def _pages(self, troubles: list[SellerError]) -> list[_Wanted]:
        """Lines of pages.txt: `https://…`, or `topic.language https://…`; `#` begins a comment."""
        path = self._folder / PAGES
        if not path.is_file():
            return []
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            hint = "save it as UTF-8 text, one address a line"
            troubles.append(SellerError("the list of pages cannot be read", where=str(path), hint=hint))
            return []
        wanted: dict[str, _Wanted] = {}
        for number, line in enumerate(lines, 1):
            try:
                each = self._page(line.partition(" #")[0].split())
            except SellerError as error:
                troubles.append(SellerError(error.what, where=f"{path}:{number}", hint=error.hint))
                continue
            if each:
                wanted.setdefault(each.source, each)
        return list(wanted.values())

    def _page(self, words: Sequence[str]) -> _Wanted | None:
        if not words or words[0].startswith("#"):
            return None
        url = words[-1]
        parts = check_url(url)
        named = _NAMED.fullmatch(words[0]) if len(words) == 2 else None
        if len(words) > 2 or (len(words) == 2 and named is None):
            raise SellerError("the line is not understood", hint="write `https://…` or `delivery.uk https://…`")
        last = unquote(parts.path).rstrip("/").rpartition("/")[2].partition(".")[0] or (parts.hostname or "")
        topic, language = (named[1], named[2]) if named else (_slug(last), None)
        return _Wanted(url, topic, language, lambda: self._read_page(url))


def guess_language(text: str, default: str) -> str:
    """By the letters that only one of the languages has; a page is long enough for that."""
    lowered = text.lower()
    ukrainian, russian = sum(map(lowered.count, "іїєґ")), sum(map(lowered.count, "ыэъё"))
    cyrillic = sum("а" <= letter <= "я" for letter in lowered)
    latin = sum("a" <= letter <= "z" for letter in lowered)
    if latin > cyrillic:
        return "en"
    if ukrainian == russian:
        return default
    return "uk" if ukrainian > russian else "ru"


def _reader(path: Path) -> Callable[[], Awaitable[str]]:
    def read() -> str:
        try:
            data = path.read_bytes()
        except OSError as error:
            hint = "check the file's rights"
            raise SellerError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from None
        return read_pdf(data, str(path))

    return lambda: asyncio.to_thread(read)


def _name(stem: str) -> tuple[str, str | None]:
    named = _NAMED.fullmatch(stem)
    return (named[1], named[2]) if named else (_slug(stem), None)


def _slug(name: str) -> str:
    """Latin letters and digits of a name; names without any are told apart by a number of their own."""
    return _NO_LETTER.sub("-", name.lower()).strip("-") or f"page-{sum(map(ord, name)) % 10_000}"
