"""What programs are told when something is wrong: always JSON, always the reason, never the input thrown back."""

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from bots.access import Denied
from core.errors import SellerError, Unavailable

_DENIED: Final = {
    "sign_in": "sign in first: POST /signin gives a token for `Authorization: Bearer`",
    "role": "your role may not do this; a lead or an admin may",
    "csrf": "send the session's own code as X-CSRF-Token, or use a token instead of a cookie",
    "foreign": "another person holds this conversation",
}
MOST_PROBLEMS: Final = 20


def install_error_answers(app: FastAPI) -> None:
    app.add_exception_handler(Denied, _refuse)
    app.add_exception_handler(RequestValidationError, _point_out)
    app.add_exception_handler(SellerError, _explain)
    app.add_exception_handler(LookupError, _not_found)
    app.add_exception_handler(OverflowError, _too_large)


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Denied)
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else None
    body = {"detail": error.reason, "hint": _DENIED.get(error.reason, "")}
    return JSONResponse(body, status_code=error.status_code, headers=headers)


async def _point_out(_request: Request, error: Exception) -> JSONResponse:
    """Which field and why. What was sent is not repeated: it may be large, or no text that can be sent at all."""
    assert isinstance(error, RequestValidationError)
    problems = [{"loc": _place(found), "msg": str(found["msg"])} for found in error.errors()[:MOST_PROBLEMS]]
    return JSONResponse({"detail": problems}, status_code=422)


async def _explain(_request: Request, error: Exception) -> JSONResponse:
    """What, where and how to mend; 503 tells a platform to send it again."""
    assert isinstance(error, SellerError)
    status = 503 if isinstance(error, Unavailable) else 422
    return JSONResponse({"detail": error.what, "where": error.where, "hint": error.hint}, status_code=status)


async def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=404)


async def _too_large(_request: Request, _error: Exception) -> JSONResponse:
    """A number that no database can hold is nobody's id."""
    return JSONResponse({"detail": "nothing has so large a number"}, status_code=404)


def _place(problem: Any) -> list[str | int]:
    """Names that the sender made up may hold anything, so they are kept short and plain."""
    return [part if isinstance(part, int) else ascii(part)[1:-1][:60] for part in problem["loc"]]
