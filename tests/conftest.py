"""What holds for every test."""

import pytest
import structlog


def pytest_configure(config: pytest.Config) -> None:
    """Plain tracebacks: drawing the local variables of a whole application takes seconds."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])
