"""Which leads a filter means, on either database and in any alphabet."""

import re
from typing import Any, Protocol

import sqlalchemy as sa

from core.domain.promises import LIVING, PromiseState
from core.storage.partial import LIVING_PROMISE
from core.storage.person_leads import IS_HEAD, current, heads_of, outcome, owner
from core.storage.tables import ChannelIdentityRow, ConversationRow, FactRow, PromiseRow, table

_conversations = table(ConversationRow)
_facts = table(FactRow)
_promises = table(PromiseRow)
_identities = table(ChannelIdentityRow)

NO_OUTCOME = "none"


class Wanted(Protocol):
    """Empty means any."""

    @property
    def text(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def promise(self) -> str: ...


def teach_letters(conn: sa.Connection) -> None:
    """SQLite folds Latin letters only; one function of ours folds all of them."""
    if conn.dialect.name == "sqlite":
        connection: Any = conn.connection.driver_connection
        connection.create_function("casefold", 1, _fold, deterministic=True)


def build_condition(dialect: str, wanted: Wanted) -> sa.ColumnElement[bool]:
    """Of leads as `person_leads.JOINED` has them."""
    exact = (
        (current.c.stage, wanted.stage),
        (_conversations.c.role, wanted.role),
        (_conversations.c.holder, wanted.holder),
        (_conversations.c.language, wanted.language),
        (_conversations.c.channel, wanted.channel),
        (owner, wanted.owner),
    )
    conditions = [IS_HEAD, *(column == value for column, value in exact if value)]
    if wanted.outcome == NO_OUTCOME:
        conditions.append(outcome.is_(None))
    elif wanted.outcome:
        conditions.append(outcome == wanted.outcome)
    if wanted.promise:
        conditions.append(_promised(wanted.promise))
    if wanted.text.strip():
        conditions.append(_says(dialect, wanted.text))
    return sa.and_(*conditions)


def _promised(wanted: str) -> sa.ColumnElement[bool]:
    states = LIVING if wanted == PromiseState.OPEN else (PromiseState.OVERDUE,)
    return sa.exists().where(
        _promises.c.conversation_id == _conversations.c.id, _promises.c.state.in_([*states]), LIVING_PROMISE
    )


def _says(dialect: str, text: str) -> sa.ColumnElement[bool]:
    """At whichever door it was said."""
    # In SQLite a JSON text keeps other alphabets as escapes until it is extracted.
    stored = sa.func.json_extract(_facts.c.value, "$") if dialect == "sqlite" else sa.cast(_facts.c.value, sa.Text)
    told = sa.select(_facts.c.contact_id).where(
        _facts.c.superseded_by.is_(None),
        sa.or_(*(_fold_column(dialect, stored).contains(part, autoescape=True) for part in _parts(text))),
    )
    folded = text.strip().casefold()
    names = (_identities.c.name, _identities.c.username)
    known = [_fold_column(dialect, name).contains(folded, autoescape=True) for name in names]
    called = sa.select(_identities.c.contact_id).where(sa.or_(*known))
    return sa.or_(heads_of(told), heads_of(called))


def _parts(text: str) -> set[str]:
    """The words as typed, and a phone number without the marks that people put into it."""
    digits = re.sub(r"[\s()+-]", "", text)
    typed = text.strip().casefold()
    return {typed, digits} if len(digits) > 2 and digits.isdecimal() else {typed}


def _fold_column(dialect: str, column: Any) -> Any:
    return sa.func.casefold(column) if dialect == "sqlite" else sa.func.lower(column)


def _fold(value: object) -> str | None:
    return None if value is None else str(value).casefold()
