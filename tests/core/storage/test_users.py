import functools
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.storage import users
from core.storage.database import Database
from core.storage.tables import SessionRow, table
from core.storage.users import AuditEntry, User, UserRefused
from tests.core.storage.samples import NOW

LATER = NOW + timedelta(days=7)


async def create(database: Database, name: str = "olena", role: str = "admin") -> User:
    return await database.write(lambda conn: users.create_user(conn, name, "hash", role, NOW))


async def open_session(database: Database, user: User, token: str = "token") -> None:
    await database.write(lambda conn: users.open_session(conn, token, user.id, "csrf", now=NOW, expires_at=LATER))


async def test_a_session_is_found_by_its_token_until_it_runs_out(database: Database) -> None:
    user = await create(database)
    await open_session(database, user)
    found = await database.read(lambda conn: users.find_session(conn, "token", NOW))
    assert found is not None
    assert (found.user, found.csrf) == (user, "csrf")
    assert await database.read(lambda conn: users.find_session(conn, "token", LATER)) is None
    assert await database.read(lambda conn: users.find_session(conn, "other", NOW)) is None


async def test_the_database_never_holds_the_token_itself(database: Database) -> None:
    await open_session(database, await create(database), "a-secret-token")
    row = await database.read(lambda conn: conn.execute(sa.select(table(SessionRow))).one())
    assert "a-secret-token" not in repr(row)


async def test_opening_a_session_sweeps_those_that_have_run_out(database: Database) -> None:
    user = await create(database)
    await open_session(database, user, "old")
    await database.write(
        lambda conn: users.open_session(conn, "new", user.id, "csrf", now=LATER, expires_at=LATER + timedelta(days=1))
    )
    count = sa.select(sa.func.count()).select_from(table(SessionRow))
    assert await database.read(lambda conn: conn.execute(count).scalar()) == 1


async def test_a_user_who_is_switched_off_is_signed_out_and_stays_out(database: Database) -> None:
    await create(database, "boss")
    user = await create(database)
    await open_session(database, user)
    await database.write(lambda conn: users.set_active(conn, user.id, False))
    assert await database.read(lambda conn: users.find_session(conn, "token", NOW)) is None
    await database.write(lambda conn: users.set_active(conn, user.id, True))
    assert await database.read(lambda conn: users.find_session(conn, "token", NOW)) is None


async def test_a_new_password_ends_the_sessions_of_the_old_one(database: Database) -> None:
    user = await create(database)
    await open_session(database, user)
    await database.write(lambda conn: users.set_password(conn, user.id, "new hash"))
    assert await database.read(lambda conn: users.find_session(conn, "token", NOW)) is None
    changed = await database.read(lambda conn: users.get_user(conn, user.id))
    assert changed.password_hash == "new hash"


async def test_signing_out_ends_one_session_and_leaves_the_others(database: Database) -> None:
    user = await create(database)
    await open_session(database, user, "phone")
    await open_session(database, user, "desktop")
    await database.write(lambda conn: users.close_session(conn, "phone"))
    assert await database.read(lambda conn: users.find_session(conn, "phone", NOW)) is None
    assert await database.read(lambda conn: users.find_session(conn, "desktop", NOW)) is not None


async def test_a_name_is_given_once(database: Database) -> None:
    await create(database)
    with pytest.raises(UserRefused, match="name_taken"):
        await create(database)


@pytest.mark.parametrize("change", ["role", "switch off"])
async def test_the_last_admin_stays_one(database: Database, change: str) -> None:
    admin = await create(database)
    await create(database, "petro", "lead")
    with pytest.raises(UserRefused, match="last_admin"):
        await database.write(
            lambda conn: (
                users.change_role(conn, admin.id, "lead")
                if change == "role"
                else users.set_active(conn, admin.id, False)
            )
        )


async def test_an_admin_may_step_down_when_there_is_another(database: Database) -> None:
    admin = await create(database)
    await create(database, "petro")
    await database.write(lambda conn: users.change_role(conn, admin.id, "operator"))
    changed = await database.read(lambda conn: users.get_user(conn, admin.id))
    assert changed.role == "operator"


async def test_a_user_keeps_the_language_that_was_chosen(database: Database) -> None:
    user = await create(database)
    await database.write(lambda conn: users.set_language(conn, user.id, "uk"))
    assert [found.language for found in await database.read(users.list_users)] == ["uk"]


async def test_a_change_to_nobody_is_told(database: Database) -> None:
    with pytest.raises(LookupError):
        await database.write(lambda conn: users.set_language(conn, 99, "uk"))


async def test_what_people_did_is_listed_newest_first(database: Database) -> None:
    entries = [AuditEntry("olena", action, "conversation:1", {"n": 1}, NOW) for action in ("sign_in", "take_over")]
    for entry in entries:
        await database.write(functools.partial(users.record_audit, entry=entry))
    found = await database.read(lambda conn: users.list_audit(conn, 1))
    assert [(entry.action, entry.data) for entry in found] == [("take_over", {"n": 1})]
