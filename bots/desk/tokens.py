"""Signed tokens for programs. Nothing is stored: a new password or a switched-off user ends them."""

import hashlib
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.ports import Clock
from core.storage import users
from core.storage.database import Database
from core.storage.users import User

ACCESS_LIFE: Final = timedelta(hours=1)
REFRESH_LIFE: Final = timedelta(days=30)
_ALGORITHM: Final = "HS256"


class ProgramTokens:
    def __init__(self, *, database: Database, clock: Clock, secret: bytes) -> None:
        self._database = database
        self._clock = clock
        # A key of its own: what is signed elsewhere with the same secret is no token.
        self._key = hashlib.sha256(b"program-token" + secret).hexdigest()

    def issue(self, user: User) -> tuple[str, str]:
        """(access token, refresh token)"""
        return self._sign(user, "access", ACCESS_LIFE), self._sign(user, "refresh", REFRESH_LIFE)

    async def find_user(self, token: str) -> User | None:
        return await self._find(token, "access")

    async def refresh(self, token: str) -> User | None:
        return await self._find(token, "refresh")

    def _sign(self, user: User, kind: str, life: timedelta) -> str:
        import jwt

        now = self._clock.now()
        claims = {"sub": str(user.id), "kind": kind, "password": _mark(user), "iat": now, "exp": now + life}
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    async def _find(self, token: str, kind: str) -> User | None:
        claims = self._read(token)
        if claims is None or claims["kind"] != kind:
            return None

        def look(conn: sa.Connection) -> User | None:
            try:
                return users.get_user(conn, int(claims["sub"]))
            except LookupError:
                return None

        user = await self._database.read(look)
        return user if user and user.active and _mark(user) == claims["password"] else None

    def _read(self, token: str) -> dict[str, Any] | None:
        import jwt

        required = ["sub", "kind", "password", "exp"]
        options: Any = {"require": required, "verify_exp": False, "verify_iat": False}
        try:
            claims = jwt.decode(token, self._key, algorithms=[_ALGORITHM], options=options)
        except jwt.InvalidTokenError:
            return None
        return claims if claims["exp"] > self._clock.now().timestamp() else None


def _mark(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]
