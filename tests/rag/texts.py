"""Small texts and vectors that several tests share."""

from datetime import UTC, datetime

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
