"""Logs are event names with fields. Personal data stands under `pii` only, which the JSON format drops."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

QUIET_LIBRARIES = (
    "httpx", "httpx2", "httpcore", "httpcore2", "telegram", "chromadb", "dbos", "uvicorn.access", "alembic",
    "openai", "anthropic",
)  # fmt: skip


def configure_logging(level: str, *, as_json: bool) -> None:
    """Send our events and every library's log lines through one renderer."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Plain tracebacks: the rich ones print local variables, and a local variable may be a secret.
    plain = structlog.dev.plain_traceback
    renderer: list[Any] = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    if as_json:
        renderer = [drop_personal_data, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in QUIET_LIBRARIES:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


def drop_personal_data(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.pop("pii", None)
    return event
