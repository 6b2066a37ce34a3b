"""Who may call what. Every route carries its rule, so that one test can walk all of them."""

import hmac
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

from fastapi import HTTPException, Request, params
from fastapi.routing import iter_route_contexts
from starlette.datastructures import UploadFile
from starlette.routing import BaseRoute

from core.domain.conversation import Holder
from core.domain.ids import ConversationId
from core.ports import Clock
from core.storage import users
from core.storage.database import Database
from core.storage.talks import find_holder
from core.storage.users import User

SESSION_COOKIE: Final = "seller_session"
SESSION_LIFE: Final = timedelta(days=7)
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Role(StrEnum):
    OPERATOR = "operator"
    """Conversations and leads: read, take over, reply, hand back, correct facts."""
    LEAD = "lead"
    """The sales lead: everything but users."""
    ADMIN = "admin"


LEADS: Final = (Role.LEAD, Role.ADMIN)
EVERYONE: Final = tuple(Role)


class Denied(HTTPException):
    """`reason` is a short code: sign_in, role, csrf, foreign."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking. `csrf` is empty for programs, which send a token instead of a cookie."""

    user: User
    csrf: str = ""

    @property
    def role(self) -> Role:
        return Role(self.user.role)

    def may(self, roles: Collection[Role]) -> bool:
        return self.role in roles


class Tokens(Protocol):
    async def find_user(self, token: str) -> User | None:
        """The user of a genuine, living access token."""
        ...


class Rule:
    """A dependency that lets in or raises Denied. `roles` None = everybody, signed in or not.

    `only_own` are the roles that may not touch a conversation which another person holds."""

    def __init__(
        self, roles: frozenset[Role] | None, access: "Access | None" = None, only_own: frozenset[Role] = frozenset()
    ) -> None:
        self.roles = roles
        self.only_own = only_own
        self._access = access

    async def __call__(self, request: Request) -> None:
        if self.roles is None or self._access is None:
            return
        caller = await self._access.find_caller(request)
        if caller is None:
            raise Denied(401, "sign_in")
        request.state.caller = caller
        if not caller.may(self.roles):
            raise Denied(403, "role")
        await _check_form(request, caller)
        if caller.role in self.only_own:
            await self._access.check_holder(request, caller)


class Access:
    """Finds who is asking: a session's cookie (people) or a bearer token (programs)."""

    def __init__(self, *, database: Database, clock: Clock, tokens: Tokens, secure: bool) -> None:
        self._database = database
        self._clock = clock
        self._tokens = tokens
        self.secure = secure
        """Cookies travel over https only; wanted as soon as the public address is one."""

    def allow(self, *roles: Role, only_own: Collection[Role] = ()) -> Any:
        """For `dependencies=[...]` of a route."""
        return params.Depends(Rule(frozenset(roles), self, frozenset(only_own)))

    async def find_caller(self, request: Request) -> Caller | None:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            user = await self._tokens.find_user(bearer)
            return Caller(user) if user else None
        token = request.cookies.get(SESSION_COOKIE)
        return await self.find_session(token) if token else None

    async def find_session(self, token: str) -> Caller | None:
        now = self._clock.now()
        found = await self._database.read(lambda conn: users.find_session(conn, token, now))
        return Caller(found.user, found.csrf) if found else None

    async def open_session(self, user: User) -> str:
        """The cookie's value; only its digest is kept."""
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(24), self._clock.now()
        await self._database.write(
            lambda conn: users.open_session(conn, token, user.id, csrf, now=now, expires_at=now + SESSION_LIFE)
        )
        return token

    async def close_session(self, token: str) -> None:
        await self._database.write(lambda conn: users.close_session(conn, token))

    async def check_holder(self, request: Request, caller: Caller) -> None:
        try:
            conversation_id = ConversationId(int(request.path_params["conversation_id"]))
        except ValueError:
            return  # the route itself answers what is no id
        holder = await self._database.read(lambda conn: find_holder(conn, conversation_id))
        if holder and holder.holder is Holder.OPERATOR and holder.operator not in (None, caller.user.name):
            raise Denied(403, "foreign")


def public() -> Any:
    """For `dependencies=[...]` of a route that everybody may call."""
    return params.Depends(Rule(None))


def caller_of(request: Request) -> Caller:
    """Who was let in; only on routes that `allow` guards."""
    caller: Caller = request.state.caller
    return caller


@dataclass(frozen=True, slots=True)
class GuardedRoute:
    path: str
    methods: frozenset[str]
    rule: Rule | None
    """None = somebody forgot it."""


def guarded_routes(routes: Sequence[BaseRoute]) -> Iterator[GuardedRoute]:
    """Every route of an application with the rule it carries."""
    for context in iter_route_contexts(routes):
        carried = [item.dependency for item in getattr(context, "dependencies", None) or ()]
        mounted = getattr(getattr(context, "app", None), "rule", None)
        rule = next((item for item in (*carried, mounted) if isinstance(item, Rule)), None)
        path = getattr(context, "path", None) or ""
        yield GuardedRoute(path, frozenset(getattr(context, "methods", None) or ()), rule)


async def _check_form(request: Request, caller: Caller) -> None:
    """A cookie proves who asks, the session's own code proves that one of our pages asked."""
    if request.method in _SAFE or not caller.csrf:
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None and "form" in request.headers.get("Content-Type", ""):
        field = (await request.form()).get(CSRF_FIELD)
        given = None if isinstance(field, UploadFile) else field
    if given is None or not hmac.compare_digest(given.encode(), caller.csrf.encode()):
        raise Denied(403, "csrf")
