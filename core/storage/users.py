"""People of the firm who may sign in, their sessions, and the record of what they did."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.errors import SellerError
from core.storage.database import insert_ignoring
from core.storage.tables import AuditRow, SessionRow, UserRow, table

_users = table(UserRow)
_presence = sa.select(
    sa.exists().where(_users.c.active).label("anybody"),
    sa.exists().where(_users.c.active, ~_users.c.away).label("somebody_there"),
)
_sessions = table(SessionRow)
_audit = table(AuditRow)

ADMIN = "admin"


class UserRefused(SellerError):
    """A change to the user table that must not be made. `what` is a short code such as `name_taken`."""


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    password_hash: str
    role: str
    language: str
    active: bool
    created_at: datetime
    away: bool = False
    """Is given no leads for now."""


@dataclass(frozen=True, slots=True)
class Session:
    """`csrf` must come back with every form of this session."""

    user: User
    csrf: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    user_name: str
    action: str
    object: str
    data: Mapping[str, Any]
    at: datetime


def token_digest(token: str) -> str:
    """All that is stored of a session's cookie: a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_user(
    conn: sa.Connection, name: str, password_hash: str, role: str, now: datetime, language: str = "en"
) -> User:
    """Raises UserRefused when the name is taken."""
    values = {
        "name": name, "password_hash": password_hash, "role": role, "language": language, "active": True,
        "created_at": now,
    }  # fmt: skip
    user_id = conn.execute(insert_ignoring(conn, _users).returning(_users.c.id), values).scalar()
    if user_id is None:
        raise UserRefused("name_taken", where=name, hint="choose another name")
    return get_user(conn, user_id)


def find_user(conn: sa.Connection, name: str) -> User | None:
    return _one(conn, _users.c.name == name)


def get_user(conn: sa.Connection, user_id: int) -> User:
    """Raises LookupError when there is none."""
    found = _one(conn, _users.c.id == user_id)
    if found is None:
        raise LookupError(f"no user {user_id}")
    return found


def list_users(conn: sa.Connection) -> list[User]:
    return [_user(row) for row in conn.execute(sa.select(_users).order_by(_users.c.name))]


def list_names(conn: sa.Connection) -> list[str]:
    """Everybody who may sign in."""
    return list(conn.scalars(sa.select(_users.c.name).where(_users.c.active).order_by(_users.c.name)))


def change_role(conn: sa.Connection, user_id: int, role: str) -> None:
    """Raises UserRefused when nobody would be left to manage users."""
    if role != ADMIN:
        _keep_an_admin(conn, user_id)
    _set(conn, user_id, role=role)


def set_active(conn: sa.Connection, user_id: int, active: bool) -> None:
    """A user who is switched off is signed out everywhere. Raises UserRefused for the last admin."""
    if not active:
        _keep_an_admin(conn, user_id)
        close_sessions(conn, user_id)
    _set(conn, user_id, active=active)


def set_password(conn: sa.Connection, user_id: int, password_hash: str) -> None:
    """Sessions opened with the old password end."""
    close_sessions(conn, user_id)
    _set(conn, user_id, password_hash=password_hash)


def set_language(conn: sa.Connection, user_id: int, language: str) -> None:
    _set(conn, user_id, language=language)


def is_all_away(conn: sa.Connection) -> bool:
    """Whether everybody who works at the desk has said to be away; of a firm without anybody there nothing is known."""
    found = conn.execute(_presence).one()
    return bool(found.anybody) and not found.somebody_there


def set_away(conn: sa.Connection, user_id: int, away: bool) -> None:
    _set(conn, user_id, away=away)


def open_session(
    conn: sa.Connection, token: str, user_id: int, csrf: str, *, now: datetime, expires_at: datetime
) -> None:
    """Store the token's digest; sessions that have run out are swept on the way."""
    conn.execute(sa.delete(_sessions).where(_sessions.c.expires_at <= now))
    conn.execute(
        sa.insert(_sessions).values(
            digest=token_digest(token), user_id=user_id, csrf=csrf, created_at=now, expires_at=expires_at
        )
    )


def find_session(conn: sa.Connection, token: str, now: datetime) -> Session | None:
    """None when it is unknown or over, or its user is switched off."""
    row = conn.execute(
        sa.select(_users, _sessions.c.csrf)
        .join(_sessions, _sessions.c.user_id == _users.c.id)
        .where(_sessions.c.digest == token_digest(token), _sessions.c.expires_at > now, _users.c.active)
    ).first()
    return None if row is None else Session(_user(row), row.csrf)


def close_session(conn: sa.Connection, token: str) -> None:
    conn.execute(sa.delete(_sessions).where(_sessions.c.digest == token_digest(token)))


def close_sessions(conn: sa.Connection, user_id: int) -> None:
    conn.execute(sa.delete(_sessions).where(_sessions.c.user_id == user_id))


def record_audit(conn: sa.Connection, entry: AuditEntry) -> None:
    values = {"user_name": entry.user_name, "action": entry.action, "object": entry.object}
    conn.execute(sa.insert(_audit).values(**values, data=dict(entry.data), at=entry.at))


def list_audit(conn: sa.Connection, limit: int) -> list[AuditEntry]:
    """The newest first."""
    rows = conn.execute(sa.select(_audit).order_by(_audit.c.id.desc()).limit(limit))
    return [AuditEntry(row.user_name, row.action, row.object, row.data or {}, row.at) for row in rows]


def _one(conn: sa.Connection, where: sa.ColumnElement[bool]) -> User | None:
    row = conn.execute(sa.select(_users).where(where)).first()
    return None if row is None else _user(row)


def _user(row: Any) -> User:
    return User(row.id, row.name, row.password_hash, row.role, row.language, row.active, row.created_at, row.away)


def _set(conn: sa.Connection, user_id: int, **values: Any) -> None:
    if not conn.execute(sa.update(_users).where(_users.c.id == user_id).values(**values)).rowcount:
        raise LookupError(f"no user {user_id}")


def _keep_an_admin(conn: sa.Connection, user_id: int) -> None:
    others = sa.select(_users.c.id).where(_users.c.role == ADMIN, _users.c.active, _users.c.id != user_id)
    if conn.execute(others.with_for_update()).first() is None:
        raise UserRefused("last_admin", where="users", hint="make somebody else an admin first")
