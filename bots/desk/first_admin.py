"""The first user of a new database."""

from typing import Final

import sqlalchemy as sa

from bots.access import Role
from bots.desk.passwords import Passwords, make_password
from core.ports import Clock
from core.storage import users
from core.storage.database import Database

NAME: Final = "admin"


async def make_first_admin(
    *, database: Database, passwords: Passwords, clock: Clock, language: str = ""
) -> tuple[str, str] | None:
    """(name, password) of the admin just made, to be shown once; None when there are users already.

    Without a language the desk speaks as the browser asks for it."""
    if await database.read(users.list_users):
        return None
    password = make_password()
    hashed, now = await passwords.hash(password), clock.now()

    def make(conn: sa.Connection) -> bool:
        if users.list_users(conn):
            return False
        users.create_user(conn, NAME, hashed, Role.ADMIN, now, language)
        return True

    return (NAME, password) if await database.write(make) else None
