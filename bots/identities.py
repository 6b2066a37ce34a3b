"""What people do about who is one person: look, link, say that they are two, part again. Each is written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from bots.changes import Changes
from core.domain.identity import Door, Link, LinkState, Proof, Suggestion
from core.domain.ids import ConversationId
from core.ports import Clock, Wakeups
from core.storage import users
from core.storage.database import Database
from core.storage.likenesses import list_doors, suggest
from core.storage.linking import link, list_links, reject, split
from core.storage.people import conversations_of, members
from core.storage.turns import load_conversation
from core.storage.users import AuditEntry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identities:
    """One person as the firm sees them. `links` are those that hold now and those that held."""

    contact_id: int
    doors: Sequence[Door]
    suggestions: Sequence[Suggestion]
    links: Sequence[Link]

    @property
    def is_linked(self) -> bool:
        return any(one.state is LinkState.LINKED for one in self.links)


def load_identities(conn: sa.Connection, contact_id: int) -> Identities:
    """Raises LookupError when there is no such contact."""
    group = members(conn, contact_id)
    doors = list_doors(conn, group)
    if not doors:
        raise LookupError(f"no contact {contact_id}")
    return Identities(contact_id, doors, suggest(conn, contact_id), list_links(conn, group))


class People:
    """Raises LookupError for a contact that does not exist, LinkRefused for what cannot be done."""

    def __init__(self, *, database: Database, wakeups: Wakeups, changes: Changes, clock: Clock) -> None:
        self._database = database
        self._wakeups = wakeups
        self._changes = changes
        self._clock = clock

    async def show(self, contact_id: int) -> Identities:
        return await self._database.read(lambda conn: load_identities(conn, contact_id))

    async def find_contact(self, conversation_id: ConversationId) -> int:
        return (await self._database.read(lambda conn: load_conversation(conn, conversation_id))).contact_id

    async def link(self, one: int, other: int, user_name: str) -> bool:
        """By a person's belief: the bot tells neither side of the other."""

        def do(conn: sa.Connection, now: datetime) -> bool:
            return link(conn, one, other, proof=Proof.DESK, by=user_name, now=now)

        return await self._do(do, user_name, "link_identities", one, {"other": other})

    async def reject(self, one: int, other: int, user_name: str) -> bool:
        def do(conn: sa.Connection, now: datetime) -> bool:
            return reject(conn, one, other, by=user_name, now=now)

        return await self._do(do, user_name, "reject_identities", one, {"other": other})

    async def split(self, contact_id: int, user_name: str) -> Sequence[int]:
        def do(conn: sa.Connection, now: datetime) -> Sequence[int]:
            return split(conn, contact_id, by=user_name, now=now)

        return await self._do(do, user_name, "split_identities", contact_id, {})

    async def _do(
        self,
        work: Callable[[sa.Connection, datetime], T],
        user_name: str,
        action: str,
        contact_id: int,
        data: Mapping[str, Any],
    ) -> T:
        """With its line in the record of what people did; then whoever was fenced goes on."""
        now = self._clock.now()

        def write(conn: sa.Connection) -> tuple[T, list[ConversationId]]:
            before = members(conn, contact_id)
            done = work(conn, now)
            users.record_audit(conn, AuditEntry(user_name, action, f"contact:{contact_id}", data, now))
            return done, conversations_of(conn, {*before, *members(conn, contact_id)})

        done, talks = await self._database.write(write)
        for talk in talks:
            self._wakeups.wake(talk)
            self._changes.tell(talk)
        return done
