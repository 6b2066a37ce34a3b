from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from core.storage.database import Database, per_dialect
from core.storage.prepared import Prepared
from core.storage.tables import AuditRow, ContactRow, MessageRow, table

_audit = table(AuditRow)
_contacts = table(ContactRow)
AT = datetime(2026, 11, 23, 10, 0, 0, 120, tzinfo=UTC)
ENTRY = {"user_name": "Олена\0 \ud83d", "action": "edit", "object": "lead 1", "data": {"to": "ціна\0"}, "at": AT}


async def test_it_stores_the_same_as_core_does(database: Database) -> None:
    prepared = Prepared(sa.insert(_audit).returning(_audit.c.id))
    first = await database.write(lambda conn: prepared.get(conn, ENTRY))
    await database.write(lambda conn: conn.execute(sa.insert(_audit), ENTRY))
    rows = await database.read(lambda conn: conn.execute(sa.select(_audit).order_by(_audit.c.id)).all())
    assert rows[0].id == first
    assert rows[0][1:] == rows[1][1:]
    assert (rows[0].user_name, rows[0].data, rows[0].at) == ("Олена ?", {"to": "ціна"}, AT)


async def test_the_same_statement_changes_whatever_columns_are_given(database: Database) -> None:
    added, changed = Prepared(sa.insert(_contacts).returning(_contacts.c.id)), _change()
    contact = await database.write(lambda conn: added.get(conn, {"created_at": AT, "opted_out": False}))
    await database.write(lambda conn: changed.run(conn, {"c": contact, "language": "uk"}))
    counts = await database.write(
        lambda conn: [changed.count(conn, {"c": one, "opted_out": True}) for one in (contact, contact + 1)]
    )
    assert counts == [1, 0]
    row = await database.read(lambda conn: conn.execute(sa.select(_contacts)).one())
    assert (row.language, row.opted_out) == ("uk", True)


def _change() -> Prepared:
    return Prepared(sa.update(_contacts).where(_contacts.c.id == sa.bindparam("c")))


async def test_what_one_database_spells_differently_is_found_by_its_name(database: Database) -> None:
    insert = Prepared(per_dialect(lambda insert: insert(_contacts).on_conflict_do_nothing().returning(_contacts.c.id)))
    values = {"id": 7, "created_at": AT, "opted_out": False}
    assert await database.write(lambda conn: [insert.find(conn, values), insert.find(conn, values)]) == [7, None]
    with pytest.raises(LookupError):
        await database.write(lambda conn: insert.get(conn, values))


async def test_many_rows_are_stored_in_their_order(database: Database) -> None:
    many = Prepared(sa.insert(_audit))
    rows = [{**ENTRY, "object": f"lead {number}"} for number in range(3)]
    await database.write(lambda conn: many.run_many(conn, rows))
    await database.write(lambda conn: many.run_many(conn, []))
    ordered = sa.select(_audit.c.object).order_by(_audit.c.id)
    stored = await database.read(lambda conn: list(conn.scalars(ordered)))
    assert stored == ["lead 0", "lead 1", "lead 2"]


async def test_a_refusal_of_the_database_is_the_same_error_as_ever(database: Database) -> None:
    insert = Prepared(sa.insert(_contacts))
    values = {"id": 7, "created_at": AT, "opted_out": False}
    await database.write(lambda conn: insert.run(conn, values))
    with pytest.raises(sa.exc.IntegrityError):
        await database.write(lambda conn: insert.run(conn, values))


async def test_lists_cannot_be_prepared() -> None:
    messages = table(MessageRow)
    engine = sa.create_engine("sqlite://")
    listed = Prepared(sa.update(messages).where(messages.c.id.in_(sa.bindparam("ids", expanding=True))))
    with engine.connect() as conn, pytest.raises(ValueError, match="lists"):
        listed.run(conn, {"ids": [1], "state": "sent"})
    engine.dispose()
