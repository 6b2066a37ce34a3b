"""One holder a conversation: in memory for one process, a fenced row for many."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from core.domain.ids import ConversationId
from core.storage.database import Database
from core.storage.tables import ConversationRow, table

_conversations = table(ConversationRow)
_epoch = sa.select(_conversations.c.lease_epoch).where(_conversations.c.id == sa.bindparam("c"))

LEASE_LIFE = timedelta(seconds=30)
IS_FREE = sa.or_(_conversations.c.lease_until.is_(None), _conversations.c.lease_until < sa.func.now())
"""By the database's clock."""


def fence(conn: sa.Connection, conversation_id: ConversationId) -> None:
    """Make every commit and claim of the present holder fail, so that it reads the conversation anew."""
    mine = _conversations.c.id == conversation_id
    conn.execute(sa.update(_conversations).where(mine).values(lease_epoch=_conversations.c.lease_epoch + 1))


def free_leases(conn: sa.Connection, owner: str) -> None:
    """End the leases of a process that is gone. Should it live after all, its commits fail by their epoch."""
    marked = _conversations.c.lease_owner.startswith(f"{owner}:", autoescape=True)
    theirs = sa.and_(_conversations.c.lease_until.is_not(None), marked)
    conn.execute(sa.update(_conversations).where(theirs).values(lease_until=None))


class MemoryLeases:
    """For one process on one file: nobody else can hold what this process holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: set[ConversationId] = set()

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: ConversationId) -> AsyncIterator[int | None]:
        if conversation_id in self._held:
            yield None
            return
        self._held.add(conversation_id)
        try:
            yield await self._database.glance(lambda conn: conn.execute(_epoch, {"c": conversation_id}).scalar())
        finally:
            self._held.discard(conversation_id)


class SqlLeases:
    """For many processes on PostgreSQL: a claim raises the epoch, expiry goes by the database's clock."""

    def __init__(self, database: Database, *, owner: str, life: timedelta = LEASE_LIFE) -> None:
        self._database = database
        self._owner = owner
        self._life = life

    @contextlib.asynccontextmanager
    async def hold(self, conversation_id: ConversationId) -> AsyncIterator[int | None]:
        """A fenced holder keeps its lease until it leaves: what it may still be sending is nobody else's to judge."""
        mark = f"{self._owner}:{uuid.uuid4().hex}"
        epoch = await self._database.write(lambda conn: self._claim(conn, conversation_id, mark))
        if epoch is None:
            yield None
            return
        beat = asyncio.create_task(self._keep(conversation_id, mark))
        try:
            yield epoch
        finally:
            beat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beat
            await self._database.write(lambda conn: _set_until(conn, conversation_id, mark, None))

    def _claim(self, conn: sa.Connection, conversation_id: ConversationId, mark: str) -> int | None:
        claimed = (
            sa.update(_conversations)
            .where(_conversations.c.id == conversation_id, IS_FREE)
            .values(
                lease_owner=mark,
                lease_until=self._expiry(),
                lease_epoch=_conversations.c.lease_epoch + 1,
            )
            .returning(_conversations.c.lease_epoch)
        )
        return conn.execute(claimed).scalar()

    async def _keep(self, conversation_id: ConversationId, mark: str) -> None:
        while True:
            await asyncio.sleep(self._life.total_seconds() / 3)
            await self._database.write(lambda conn: _set_until(conn, conversation_id, mark, self._expiry()))

    def _expiry(self) -> sa.ColumnElement[datetime]:
        expiry: sa.ColumnElement[datetime] = sa.func.now() + sa.literal(self._life, sa.Interval)
        return expiry


def _set_until(
    conn: sa.Connection, conversation_id: ConversationId, mark: str, until: sa.ColumnElement[datetime] | None
) -> None:
    mine = sa.and_(_conversations.c.id == conversation_id, _conversations.c.lease_owner == mark)
    conn.execute(sa.update(_conversations).where(mine).values(lease_until=until))
