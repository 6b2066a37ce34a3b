"""Facts as people check them: each with the words that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.domain.facts import FactValue, fact_text
from core.domain.ids import ConversationId
from core.storage.people import group_by_person
from core.storage.tables import FactRow, MessageRow, table

_facts = table(FactRow)
_messages = table(MessageRow)


@dataclass(frozen=True, slots=True)
class WitnessedFact:
    """A fact with the words that prove it; without a message a person wrote it in."""

    id: int
    name: str
    value: FactValue
    written_by: str
    at: datetime
    conversation_id: ConversationId
    message_id: int | None = None
    start: int | None = None
    end: int | None = None
    message: str | None = None
    """The whole text of the witness's message."""

    @property
    def text(self) -> str:
        return fact_text(self.name, self.value)

    @property
    def words(self) -> str | None:
        """What was said, word for word; None when an edited message no longer says it."""
        if self.message is None or self.start is None or self.end is None:
            return None
        return self.message[self.start : self.end] or None


def load_witnessed(conn: sa.Connection, contact_ids: Sequence[int]) -> dict[int, dict[str, WitnessedFact]]:
    """The facts that hold now with their words, by contact and name: of each contact what is known of the person."""
    groups = group_by_person(conn, contact_ids)
    everybody = {member for group in groups.values() for member in group}
    rows = conn.execute(
        sa.select(_facts, _messages.c.text.label("message"))
        .join(_messages, _messages.c.id == _facts.c.message_id, isouter=True)
        .where(_facts.c.contact_id.in_(everybody), _facts.c.superseded_by.is_(None))
        .order_by(_facts.c.id)
    )
    own: dict[int, list[WitnessedFact]] = {}
    for row in rows:
        fact = WitnessedFact(
            row.id, row.name, row.value, row.written_by, row.at, row.conversation_id, row.message_id, row.start,
            row.end, row.message,
        )  # fmt: skip
        own.setdefault(row.contact_id, []).append(fact)
    return {contact_id: _together(own, group) for contact_id, group in groups.items()}


def _together(own: dict[int, list[WitnessedFact]], group: Sequence[int]) -> dict[str, WitnessedFact]:
    """Of several statements about one thing the one that holds."""
    statements = [fact for member in group for fact in own.get(member, ())]
    return {fact.name: fact for fact in sorted(statements, key=_precedence)}


def _precedence(fact: WitnessedFact) -> tuple[bool, datetime, int]:
    return fact.written_by != "bot", fact.at, fact.id
