"""Keep tokens out of every log line: platforms want them in addresses, and HTTP clients log those."""

import logging
import re
import traceback
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, Final

HIDDEN: Final = "[token]"

# What a token looks like, so that one that nobody named is hidden as well.
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")


class Redactor:
    """Takes the given secrets and everything that looks like a token out of texts and log records."""

    def __init__(self, secrets: Iterable[str]) -> None:
        whole = [secret for secret in secrets if secret]
        # The part after the colon is the secret one and may stand alone, or behind a quoted colon.
        parts = [secret.partition(":")[2] for secret in whole]
        known = sorted({*whole, *(part for part in parts if part)}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def clean(self, text: str) -> str:
        text = _TOKEN.sub(HIDDEN, text)
        return self._known.sub(HIDDEN, text) if self._known else text

    def __call__(self, _logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """As a structlog processor; stands before the renderer."""
        for name, value in event.items():
            if isinstance(value, str):
                event[name] = self.clean(value)
        return event

    def clean_record(self, record: logging.LogRecord) -> None:
        """Rewrite the record so that no formatter can bring the secret back."""
        try:
            record.msg, record.args = self.clean(record.getMessage()), None
        except (TypeError, ValueError):
            record.msg, record.args = self.clean(f"{record.msg} {record.args}"), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = self.clean("".join(traceback.format_exception(record.exc_info[1])).rstrip())
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)


class CleanRecords:
    """A factory of log records. A filter would see only the records of the very logger it sits on, and libraries
    make new loggers as they like."""

    def __init__(self, build: Callable[..., logging.LogRecord]) -> None:
        self._build = build
        self._secrets: set[str] = set()
        self._redactor = Redactor(())

    def hide(self, secrets: Iterable[str]) -> None:
        self._secrets.update(secrets)
        self._redactor = Redactor(self._secrets)

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._build(*args, **kwargs)
        self._redactor.clean_record(record)
        return record


def hide_tokens(*secrets: str) -> None:
    """From now on no record of the standard logging holds them, whatever its logger and handler."""
    current = logging.getLogRecordFactory()
    factory = current if isinstance(current, CleanRecords) else CleanRecords(current)
    factory.hide(secrets)
    logging.setLogRecordFactory(factory)
