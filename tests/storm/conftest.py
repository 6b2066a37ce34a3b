"""Storms within one process run on both databases."""

from tests.servers import database_url

__all__ = ["database_url"]
