"""A PDF, to Markdown text: what its pages say, without running headers."""

import io
import logging
import re
from collections import Counter
from typing import Final

from core.errors import SellerError

LARGEST_BYTES: Final = 30_000_000
MOST_PAGES: Final = 500
_FEWEST_LETTERS: Final = 20
_REPEATED: Final = 3
"""A line that stands first or last on so many pages is a running header or a page number."""

_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])")
_NUMBER: Final = re.compile(r"\d+")
_ENDS: Final = (".", "!", "?", "…", ":", ";")


class UnreadablePdf(SellerError):
    """A PDF whose text cannot be had."""


def read_pdf(data: bytes, where: str) -> str:
    """Raises UnreadablePdf: broken, locked, empty or without text."""
    if not data.strip():
        raise UnreadablePdf("the file is empty", where=where, hint="save it again or delete it")
    if len(data) > LARGEST_BYTES:
        hint = f"split it into files below {LARGEST_BYTES // 1_000_000} MB"
        raise UnreadablePdf("the file is too large", where=where, hint=hint)
    pages = _pages(data, where)
    if not pages:
        raise UnreadablePdf("the file has no pages", where=where, hint="save it again or delete it")
    text = "\n\n".join(_paragraphs(page) for page in _without_headers(pages)).strip()
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        hint = "it is probably a scan: run text recognition over it, or put the text into a Markdown page"
        raise UnreadablePdf("there is no text in it", where=where, hint=hint)
    return text


def _pages(data: bytes, where: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It warns about every oddity of a file that can be read nevertheless.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            hint = "save a copy without a password"
            raise UnreadablePdf("the file is locked with a password", where=where, hint=hint)
        return [page.extract_text() for page in reader.pages[:MOST_PAGES]]
    except UnreadablePdf:
        raise
    except (PyPdfError, OSError) as error:
        raise _broken(where) from error
    except Exception as error:  # the reader stumbles over damaged files in more ways than it names
        raise _broken(where) from error


def _broken(where: str) -> UnreadablePdf:
    return UnreadablePdf("this is no PDF, or a damaged one", where=where, hint="open it, save it anew, and try again")


def _without_headers(pages: list[str]) -> list[list[str]]:
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    lines = [[line for line in page if line] for page in lines]
    edges = Counter(_NUMBER.sub("#", line) for page in lines for line in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if count >= _REPEATED or line.strip(" -–—") == "#"}
    return [[line for n, line in enumerate(page) if not _is_running(n, page, running)] for page in lines]


def _is_running(place: int, page: list[str], running: set[str]) -> bool:
    return place in (0, len(page) - 1) and _NUMBER.sub("#", page[place]) in running


def _paragraphs(lines: list[str]) -> str:
    """A line that ends a sentence and is clearly shorter than the others ends a paragraph."""
    longest = max((len(line) for line in lines), default=0)
    text = "".join(line + ("\n\n" if line.endswith(_ENDS) and len(line) < 0.7 * longest else "\n") for line in lines)
    return _HYPHEN.sub("", text.strip())
