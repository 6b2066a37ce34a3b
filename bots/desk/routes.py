"""What the desk's routes share: errors as pages, forms that go back to their page, the record of actions."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.datastructures import URL
from starlette.requests import ClientDisconnect

from bots.access import SESSION_COOKIE, Denied, caller_of
from bots.desk.pages import Pages, is_partial
from bots.desk.parts import DeskParts
from core.errors import SellerError, Unavailable
from core.storage import users
from core.storage.users import AuditEntry

SIGN_IN: Final = "/desk/signin"
LARGEST_FORM: Final = 4 * 1024 * 1024

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class BadForm(SellerError):
    """Something typed into a form cannot be used; `what` is a key of the catalogue, `field` what is to be mended."""

    def __init__(self, what: str, *, field: str = "", **values: object) -> None:
        super().__init__(what)
        self.values = values
        self.field = field


def build_page_router(pages: Pages, prefix: str = "/desk") -> APIRouter:
    """A router whose errors are pages for people."""

    class PageRoute(APIRoute):
        def get_route_handler(self) -> Handler:
            answer = super().get_route_handler()

            async def answer_or_explain(request: Request) -> Response:
                try:
                    return await answer(request)
                except ClientDisconnect:
                    raise
                except (HTTPException, RequestValidationError, SellerError, LookupError) as error:
                    return explain(pages, request, error)

            return answer_or_explain

    return APIRouter(prefix=prefix, route_class=PageRoute, include_in_schema=False, max_body_size=LARGEST_FORM)


def explain(pages: Pages, request: Request, error: Exception) -> Response:
    """The error as its reader can use it: sign in, a notice over the page, or a page of its own."""
    status, message, values = _reading(error)
    if isinstance(error, Denied) and error.reason == "sign_in":
        return _to_sign_in(request)
    shown = {"status": status, "key": message, "values": values}
    if is_partial(request):
        response = pages.render(request, "_notice.html", shown, status=status)
        response.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML", "HX-Reselect": ".notice"})
        return response
    return pages.render(request, "error.html", shown, status=status)


def go_back(request: Request, to: str, done: str = "") -> Response:
    """After a form: see the page anew. `done` is the key of a short confirmation."""
    query = f"{'&' if '?' in to else '?'}{urlencode({'done': done})}" if done else ""
    path, mark, fragment = to.partition("#")
    return RedirectResponse(f"{path}{query}{mark}{fragment}", 303)


async def record(
    parts: DeskParts, request: Request, action: str, subject: str, data: Mapping[str, Any] | None = None
) -> None:
    """Write down who did what to which object."""
    entry = AuditEntry(caller_of(request).user.name, action, subject, data or {}, parts.clock.now())

    def write(conn: sa.Connection) -> None:
        users.record_audit(conn, entry)

    await parts.database.write(write)


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _reading(error: Exception) -> tuple[int, str, Mapping[str, object]]:
    """(status, key of the words, their values)"""
    match error:
        case Denied():
            return error.status_code, f"error.{error.reason}", {}
        case BadForm():
            return 422, f"error.{error.what}", error.values
        case Unavailable():
            return 503, "error.unavailable", {"what": error.what, "hint": error.hint}
        case SellerError():
            return 422, "error.refused", {"what": error.what, "hint": error.hint}
        case RequestValidationError() if any(problem["loc"][0] != "path" for problem in error.errors()):
            return 422, "error.form", {}
        case HTTPException(status_code=status) if status != 404:
            return status, "error.other", {}
        case _:
            return 404, "error.missing", {}


def _to_sign_in(request: Request) -> Response:
    """And back again: to the page itself or, for a part of one or a form, to the page that it was on."""
    address = request.url
    if is_partial(request) or request.method != "GET":
        address = URL(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    here = f"{address.path}?{address.query}" if address.query else address.path
    values = {"next": here, "ended": "1" if SESSION_COOKIE in request.cookies else ""}
    query = urlencode({name: value for name, value in values.items() if value})
    target = f"{SIGN_IN}?{query}" if query else SIGN_IN
    if is_partial(request):
        return Response(status_code=401, headers={"HX-Redirect": target})
    if "text/event-stream" in request.headers.get("Accept", ""):
        return Response(status_code=401)
    return RedirectResponse(target, 303)
