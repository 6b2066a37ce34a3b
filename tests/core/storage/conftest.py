"""Every test of the storage runs on both databases."""

from tests.servers import database, database_url

__all__ = ["database", "database_url"]
