from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.domain.ids import MessageId
from core.domain.messages import OutboundMessage
from core.domain.promises import MadePromise, PromiseKind, PromiseState
from core.storage.database import Database
from core.storage.jobs import due_requests
from core.storage.keeping import note_sent
from core.storage.promises import (
    PromiseEntry,
    close_promise,
    keep_promises,
    list_living,
    list_promises,
    mark_overdue,
    record_promises,
    redate_promise,
)
from core.storage.tables import EventRow, MessageRow, table
from tests.core.storage.samples import NOW, arrive, conversation, find, queue, take_turn

HOUR = timedelta(hours=1)
LATER = MessageId(10_000)
LIST = "https://example.com/c"
WORDS = "Надішлю прайс завтра."


async def promise(
    database: Database, *kinds: PromiseKind, by: str = "petro", due: timedelta = HOUR
) -> tuple[Conversation, list[PromiseEntry]]:
    """A person's reply that promises."""
    held = await conversation(database)
    await queue(database, held, [f"Так. {WORDS}"])
    message = sa.select(sa.func.max(table(MessageRow).c.id)).where(table(MessageRow).c.direction == "out")
    made = [MadePromise(kind, NOW + due, 5, 5 + len(WORDS), by) for kind in kinds or (PromiseKind.PRICE,)]

    def store(conn: sa.Connection) -> list[PromiseEntry]:
        record_promises(conn, held, conn.execute(message).scalar_one(), made, by=by, now=NOW)
        return list_promises(conn, held.id)

    return held, await database.write(store)


async def kinds_of_events(database: Database) -> Sequence[Any]:
    wanted = sa.select(table(EventRow).c.kind).order_by(table(EventRow).c.id)
    found = await database.read(lambda conn: list(conn.scalars(wanted)))
    return [kind for kind in found if kind.startswith("promise")]


async def test_a_promise_has_owner_time_words_and_a_timer(database: Database) -> None:
    held, (entry,) = await promise(database)
    assert (entry.words, entry.owner, entry.made_by, entry.state) == (WORDS, "petro", "petro", PromiseState.OPEN)
    assert entry.due_at == NOW + HOUR
    (job,) = await database.read(lambda conn: due_requests(conn, NOW + HOUR))
    assert (job.name, job.payload, job.run_at) == ("promise_due", {"promise_id": entry.id}, NOW + HOUR)
    assert await kinds_of_events(database) == ["promise_made"]
    assert await database.read(lambda conn: list_living(conn, [held.id])) == {held.id: [entry]}


async def test_it_becomes_overdue_once_and_not_before_its_time(database: Database) -> None:
    held, (entry,) = await promise(database)

    async def mark(at: timedelta) -> object:
        return await database.write(lambda conn: mark_overdue(conn, entry.id, NOW + at))

    assert await mark(HOUR - timedelta(seconds=1)) is None
    assert await mark(HOUR) == held.id
    assert await mark(2 * HOUR) is None
    assert await kinds_of_events(database) == ["promise_made", "promise_overdue"]


async def test_a_kept_one_never_becomes_overdue(database: Database) -> None:
    held, (entry,) = await promise(database)
    assert await database.write(lambda conn: keep_promises(conn, held, {PromiseKind.PRICE}, NOW, before=LATER)) == 1
    assert await database.write(lambda conn: mark_overdue(conn, entry.id, NOW + HOUR)) is None
    assert await database.read(lambda conn: due_requests(conn, NOW + HOUR)) == []
    assert await kinds_of_events(database) == ["promise_made", "promise_kept"]


async def test_only_what_happened_is_kept(database: Database) -> None:
    held, _ = await promise(database, PromiseKind.CALL, PromiseKind.MATERIAL)
    await database.write(
        lambda conn: keep_promises(conn, held, {PromiseKind.MATERIAL, PromiseKind.PRICE}, NOW, before=LATER)
    )
    states = {entry.kind: entry.state for entry in await database.read(lambda conn: list_promises(conn, held.id))}
    assert states == {PromiseKind.CALL: PromiseState.OPEN, PromiseKind.MATERIAL: PromiseState.KEPT}


async def test_a_person_ticks_drops_and_dates_anew(database: Database) -> None:
    _, (entry,) = await promise(database)
    await database.write(lambda conn: mark_overdue(conn, entry.id, NOW + HOUR))
    later = await database.write(lambda conn: redate_promise(conn, entry.id, NOW + 5 * HOUR, now=NOW + 2 * HOUR))
    assert (later.state, later.due_at) == (PromiseState.OPEN, NOW + 5 * HOUR)
    (job,) = await database.read(lambda conn: due_requests(conn, NOW + 5 * HOUR))
    assert job.run_at == NOW + 5 * HOUR
    await database.write(lambda conn: mark_overdue(conn, entry.id, NOW + 5 * HOUR))
    kept = await database.write(
        lambda conn: close_promise(conn, entry.id, PromiseState.KEPT, by="olena", now=NOW + 6 * HOUR)
    )
    assert (kept.state, kept.closed_by) == (PromiseState.KEPT, "olena")
    again = await database.write(
        lambda conn: close_promise(conn, entry.id, PromiseState.DROPPED, by="petro", now=NOW + 7 * HOUR)
    )
    assert (again.state, again.closed_by) == (PromiseState.KEPT, "olena")
    assert await kinds_of_events(database) == ["promise_made", "promise_overdue", "promise_overdue", "promise_kept"]


async def test_the_same_said_twice_is_one_promise(database: Database) -> None:
    await promise(database)
    _, entries = await promise(database)
    assert len(entries) == 1


async def test_what_the_customer_never_saw_is_no_promise(database: Database) -> None:
    held, (entry,) = await promise(database)
    await database.write(lambda conn: conn.execute(sa.update(table(MessageRow)).values(state="cancelled")))
    assert await database.read(lambda conn: list_promises(conn, held.id)) == []
    assert await database.write(lambda conn: mark_overdue(conn, entry.id, NOW + HOUR)) is None
    assert await kinds_of_events(database) == ["promise_made"]


async def test_a_turn_notes_where_its_reply_promises_and_its_materials_keep_once_sent(database: Database) -> None:
    held, _ = await promise(database, PromiseKind.MATERIAL)
    made = MadePromise(PromiseKind.CALL, NOW + HOUR, words="З вами зв'яжуться.")
    await arrive(database, "2", "Так")
    await take_turn(
        database, held.id, replies=(OutboundMessage(f"Ось: {LIST}"), OutboundMessage("З вами зв'яжуться.")),
        promises=(made,), events=(Event(EventKind.MATERIAL_SENT, {"url": LIST}),),
    )  # fmt: skip
    first, second = await database.read(lambda conn: list_promises(conn, held.id))
    assert [one.state for one in (first, second)] == [PromiseState.OPEN, PromiseState.OPEN]
    sent = MessageId(max(one.message_id for one in (first, second)) - 1)
    await database.write(lambda conn: note_sent(conn, held.id, sent, NOW))
    call, material = await database.read(lambda conn: list_promises(conn, held.id))
    assert (call.words, call.made_by, call.state) == ("З вами зв'яжуться.", "bot", PromiseState.OPEN)
    assert material.state is PromiseState.KEPT


async def test_with_the_person_their_promises_are_forgotten(database: Database) -> None:
    held, _ = await promise(database)
    await arrive(database, "3", "забудьте мене")
    await take_turn(database, held.id, erases=True, replies=())
    assert await database.read(lambda conn: list_promises(conn, held.id)) == []
    assert await database.read(lambda conn: due_requests(conn, NOW + HOUR)) == []
    assert (await find(database, held.id)).id == held.id
