"""The public chat page at `/`."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bots.accepted import preferred
from bots.access import public
from bots.assets import Assets
from bots.webchat.inbound import LONGEST_TEXT
from bots.webchat.page_words import WORDS
from core.domain.firm import Firm

FOLDER: Final = Path(__file__).parent
PREFIX: Final = "/chat/static"


def build_page(*, firm: Callable[[], Firm]) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    assets = Assets(FOLDER / "static", prefix=PREFIX)
    templates = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=select_autoescape(), undefined=StrictUndefined, trim_blocks=True
    )
    page = templates.get_template("page.html")

    @router.get("/", dependencies=[public()])
    async def show_chat(request: Request) -> HTMLResponse:
        """In the language that the browser prefers, else in the firm's."""
        shop = firm()
        wanted = request.headers.get("Accept-Language", "")
        language = preferred(wanted, tuple(WORDS), shop.default_language)
        words = WORDS.get(language, WORDS["en"])
        values = {
            "language": language,
            "words": words,
            "starters": [*_questions(shop, language), words["ask_person"]],
            "firm": shop,
            "disclosure": shop.disclosure.get(language, ""),
            "longest": LONGEST_TEXT,
            "asset": assets.url,
        }
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return HTMLResponse(page.render(values), headers=headers)

    router.include_router(assets.build_router())
    return router


def _questions(shop: Firm, language: str) -> list[str]:
    """The firm's own that it has in this language, else ours. A page to open is no question."""
    given = [tap.title.get(language, "") for tap in shop.channel_texts.questions if not tap.url]
    words = WORDS.get(language, WORDS["en"])
    return [title for title in given if title] or [words["ask_prices"], words["ask_delivery"]]
