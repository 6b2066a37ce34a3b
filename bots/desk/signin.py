"""Signing in and out, for people by a cookie and for programs by a token."""

import hmac
import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from bots.access import EVERYONE, SESSION_COOKIE, SESSION_LIFE, Denied, public
from bots.desk.parts import DeskParts
from bots.desk.routes import SIGN_IN, address_of, build_page_router, record
from core.storage import users
from core.storage.users import AuditEntry, User

FORM_COOKIE: Final = "seller_form"
HOME: Final = "/desk"

Name = Annotated[str, Form(max_length=100)]
Password = Annotated[str, Form(max_length=1000)]


def build_sign_in(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)

    @router.get("/signin", dependencies=[public()])
    async def show_sign_in(request: Request, next: str = HOME) -> Response:
        token = request.cookies.get(SESSION_COOKIE)
        if token and await parts.access.find_session(token):
            return RedirectResponse(_inside(next), 303)
        return _form(parts, request, next)

    @router.post("/signin", dependencies=[public()])
    async def sign_in(
        request: Request,
        name: Name,
        password: Password,
        form: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = HOME,
    ) -> Response:
        if not _came_from_our_form(request, form):
            raise Denied(403, "csrf")
        user, wait_s = await check_password(parts, request, name, password)
        if user is None:
            shown = _form(parts, request, next, name=name, wait_s=wait_s, status=429 if wait_s else 401)
            if wait_s:
                shown.headers["Retry-After"] = str(wait_s)
            return shown
        token = await parts.access.open_session(user)
        response = RedirectResponse(_inside(next), 303)
        response.set_cookie(
            SESSION_COOKIE, token, max_age=int(SESSION_LIFE.total_seconds()), httponly=True, samesite="lax",
            secure=parts.access.secure,
        )  # fmt: skip
        response.delete_cookie(FORM_COOKIE)
        return response

    @router.post("/signout", dependencies=[parts.access.allow(*EVERYONE)])
    async def sign_out(request: Request) -> Response:
        await record(parts, request, "sign_out", "session")
        await parts.access.close_session(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(SESSION_COOKIE)
        return response

    return router


class Credentials(BaseModel):
    name: str = Field(max_length=100)
    password: str = Field(max_length=1000)


class Refresh(BaseModel):
    refresh_token: str = Field(max_length=4000)


class SignedIn(BaseModel):
    name: str
    token: str
    refresh_token: str


def build_program_sign_in(parts: DeskParts) -> APIRouter:
    router = APIRouter(tags=["sign-in"])

    @router.post("/signin", dependencies=[public()])
    async def sign_in(request: Request, given: Credentials) -> SignedIn:
        """A token for `Authorization: Bearer`, good for an hour, and one to renew it with, good for 30 days."""
        user, wait_s = await check_password(parts, request, given.name, given.password)
        if wait_s:
            raise HTTPException(429, f"too many tries; try again in {wait_s} s", {"Retry-After": str(wait_s)})
        if user is None:
            raise HTTPException(401, "the name or the password is wrong", {"WWW-Authenticate": "Bearer"})
        return _signed_in(parts, user)

    @router.post("/signin/refresh", dependencies=[public()])
    async def refresh(given: Refresh) -> SignedIn:
        """New tokens for a refresh token; a changed password or a switched-off user ends it."""
        user = await parts.tokens.refresh(given.refresh_token)
        if user is None:
            raise HTTPException(401, "the refresh token is not valid; sign in again", {"WWW-Authenticate": "Bearer"})
        return _signed_in(parts, user)

    return router


async def check_password(parts: DeskParts, request: Request, name: str, password: str) -> tuple[User | None, int]:
    """(the user, 0), (None, 0) for a wrong name or password, (None, seconds to wait) after too many of them."""
    address, name = address_of(request), name.strip()
    wait_s = parts.attempts.wait_s(address, name)
    if wait_s:
        return None, wait_s
    parts.attempts.fail(address, name)
    user = await parts.database.read(lambda conn: users.find_user(conn, name))
    right = await parts.passwords.verify(password, user.password_hash if user else None)
    if not right or user is None or not user.active:
        await _write_down(parts, "sign_in_refused", name, address)
        return None, parts.attempts.wait_s(address, name)
    parts.attempts.succeed(address, name)
    await _write_down(parts, "sign_in", user.name, address)
    return user, 0


async def _write_down(parts: DeskParts, action: str, name: str, address: str) -> None:
    entry = AuditEntry(name, action, f"address:{address}", {}, parts.clock.now())
    await parts.database.write(lambda conn: users.record_audit(conn, entry))


def _signed_in(parts: DeskParts, user: User) -> SignedIn:
    token, refresh_token = parts.tokens.issue(user)
    return SignedIn(name=user.name, token=token, refresh_token=refresh_token)


def _form(
    parts: DeskParts, request: Request, next: str, *, name: str = "", wait_s: int = 0, status: int = 200
) -> Response:
    """The form carries a code that its own cookie proves: nobody can be signed in by another site's form."""
    code = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    shown = {"next": _inside(next), "code": code, "name": name, "wait_s": wait_s, "refused": status == 401}
    shown["ended"] = "ended" in request.query_params
    response = parts.pages.render(request, "signin.html", shown, status=status)
    response.set_cookie(FORM_COOKIE, code, httponly=True, samesite="strict", secure=parts.access.secure)
    return response


def _came_from_our_form(request: Request, code: str) -> bool:
    cookie = request.cookies.get(FORM_COOKIE, "")
    return bool(cookie) and hmac.compare_digest(cookie.encode(), code.encode())


def _inside(address: str) -> str:
    """Only ever go on to a page of the desk."""
    inside = address == HOME or address.startswith((HOME + "/", HOME + "?"))
    return address if inside and "\\" not in address and not address.startswith(SIGN_IN) else HOME
