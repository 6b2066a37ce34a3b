"""Pages: templates filled with the reader's words. Nothing here decides anything."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bots.accepted import preferred
from bots.access import CSRF_FIELD, CSRF_HEADER, LEADS, Caller, Role
from bots.assets import Assets
from bots.desk.check_words import check_text
from bots.desk.source_words import source_words
from bots.desk.words import DEFAULT, LANGUAGES, Words, load_catalogues
from core.domain.facts import fact_text
from core.domain.firm import Firm
from core.ports import Clock

TEMPLATES: Final = Path(__file__).parent / "pages"
STATIC: Final = Path(__file__).parent / "static"
PREFIX: Final = "/desk/static"


class Pages:
    def __init__(self, *, firm: Callable[[], Firm], clock: Clock) -> None:
        self._firm = firm
        self._clock = clock
        self._catalogues = load_catalogues()
        self.assets = Assets(STATIC, prefix=PREFIX)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            asset=self.assets.url,
            fact_text=fact_text,
            source_words=source_words,
            check_text=check_text,
            languages=LANGUAGES,
            csrf_field=CSRF_FIELD,
        )

    def words(self, language: str) -> Words:
        known = language if language in self._catalogues else DEFAULT
        return Words(known, self._catalogues[known], timezone=ZoneInfo(self._firm().timezone))

    def render(
        self, request: Request, template: str, values: Mapping[str, Any] | None = None, *, status: int = 200
    ) -> HTMLResponse:
        """A whole page or, for a template whose name begins with `_`, a part of one."""
        caller: Caller | None = getattr(request.state, "caller", None)
        now = self._clock.now()
        words = self.words(language_of(request))
        text = self._templates.get_template(template).render(
            t=words, now=now, firm=self._firm(), page=_Page(request, caller), **_times(words, now), **(values or {})
        )
        headers = {"Cache-Control": "no-store", "Vary": "Cookie, HX-Request"}
        return HTMLResponse(text, status, headers)


class _Page:
    """What every template may ask about the reader."""

    def __init__(self, request: Request, caller: Caller | None) -> None:
        self.path = request.url.path
        self.query = request.url.query
        self.done = request.query_params.get("done", "")
        self.user = caller.user if caller else None
        self.csrf = caller.csrf if caller else ""
        self.csrf_header = CSRF_HEADER
        self.is_lead = bool(caller and caller.may(LEADS))
        self.is_admin = bool(caller and caller.may((Role.ADMIN,)))


def language_of(request: Request) -> str:
    """The signed-in person's choice, else what the browser prefers."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller and caller.user.language in LANGUAGES:
        return caller.user.language
    chosen = request.query_params.get("language")
    return (
        chosen
        if chosen in LANGUAGES
        else preferred(request.headers.get("Accept-Language", ""), tuple(LANGUAGES), DEFAULT)
    )


def is_partial(request: Request) -> bool:
    """True when htmx asks for a part of the page that it already shows."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def _times(words: Words, now: datetime) -> dict[str, Callable[[datetime], str]]:
    return {
        "moment": lambda at: words.moment(at, now),
        "full": words.full,
        "left": lambda until: words.left(until, now),
        "local": words.local,
        "due": lambda at: words.due(at, now),
        "since": lambda at: words.length(now - at),
        "clock": words.clock,
        "day": words.day,
    }
