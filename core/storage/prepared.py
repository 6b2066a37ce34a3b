"""Statements of the hot path, compiled once: Core works out anew at every execution what is the same every time, which
takes five times as long as SQLite takes for the statement itself."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.storage.storable import storable

Values = Mapping[str, Any]
Statement = sa.Insert | sa.Update | sa.Select[Any]
_Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    steps: tuple[tuple[str, _Process], ...]
    """Of each parameter in its order: the name, and how the value is stored."""
    fixed: Values
    """Values that stand in the statement itself."""


class Prepared:
    """An INSERT or UPDATE, perhaps one that returns a number, or a SELECT of one number. Every column with a default of
    Python's must be given, and no list may be a parameter. On PostgreSQL it is executed as any other statement."""

    def __init__(self, statement: Statement | Mapping[str, Any]) -> None:
        """A mapping holds one statement a dialect."""
        spelled = statement if isinstance(statement, Mapping) else dict.fromkeys(("sqlite", "postgresql"), statement)
        self._statement: Statement = spelled["postgresql"]
        self._sqlite: Statement = spelled["sqlite"]
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def run(self, conn: sa.Connection, values: Values) -> None:
        if conn.dialect.name == "sqlite":
            self._execute(conn, values)
        else:
            conn.execute(self._statement, dict(values))

    def run_many(self, conn: sa.Connection, rows: Sequence[Values]) -> None:
        """Rows with the same columns."""
        if conn.dialect.name != "sqlite" and rows:
            conn.execute(self._statement, [dict(row) for row in rows])
            return
        for row in rows:
            self._execute(conn, row)

    def count(self, conn: sa.Connection, values: Values) -> int:
        """Rows changed."""
        if conn.dialect.name == "sqlite":
            return self._execute(conn, values).rowcount
        changed: int = conn.execute(self._statement, dict(values)).rowcount
        return changed

    def find(self, conn: sa.Connection, values: Values) -> int | None:
        """The number in the first row; None without a row."""
        if conn.dialect.name != "sqlite":
            found: int | None = conn.execute(self._statement, dict(values)).scalar()
            return found
        rows = self._execute(conn, values).fetchall()
        return rows[0][0] if rows else None

    def get(self, conn: sa.Connection, values: Values) -> int:
        """The number in the first row; LookupError without a row."""
        found = self.find(conn, values)
        if found is None:
            raise LookupError(f"no row: {self._statement}")
        return found

    def _execute(self, conn: sa.Connection, values: Values) -> sqlite3.Cursor:
        names = tuple(values)
        compiled = self._compiled.get(names)
        if compiled is None:
            compiled = self._compiled[names] = _compile(self._sqlite, conn.dialect, names)
        fixed = compiled.fixed
        arguments = [process(values[name] if name in values else fixed[name]) for name, process in compiled.steps]
        driver: Any = conn.connection.dbapi_connection
        try:
            cursor: sqlite3.Cursor = driver.execute(compiled.sql, arguments)
        except sqlite3.Error as error:
            raise sa.exc.DBAPIError.instance(compiled.sql, tuple(arguments), error, sqlite3.Error) from error
        return cursor


def _compile(statement: Statement, dialect: sa.Dialect, names: Sequence[str]) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.insert_prefetch or compiled.update_prefetch or compiled.post_compile_params:
        raise ValueError(f"defaults and lists cannot be prepared: {compiled}")
    order = compiled.positiontup or ()
    fixed = {name: compiled.binds[name].value for name in order if name not in names}
    return _Compiled(
        str(compiled), tuple((name, _processor(compiled.binds[name].type, dialect)) for name in order), fixed
    )


def _processor(kind: Any, dialect: sa.Dialect) -> _Process:
    return kind.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return storable(value) if type(value) is str else value
