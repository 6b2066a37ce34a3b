"""Alembic's entry: the connection comes from whoever asks for the migration."""

from typing import Any

from alembic import context

from core.storage.tables import metadata

OURS = frozenset(metadata.tables)
KEYWORD_INDEX = frozenset({"trigrams", "ix_passages_trigrams"})


def include_name(name: str | None, type_: str, parent_names: Any) -> bool:
    """Leave alone what other libraries keep in the same database."""
    return name in OURS if type_ == "table" else True


def include_object(_object: Any, name: str | None, type_: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave alone the search column that only PostgreSQL has."""
    return type_ == "table" or name not in KEYWORD_INDEX


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=include_name,
    include_object=include_object,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
