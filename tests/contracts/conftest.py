"""What the batteries stand on: both databases and the Redis-compatible server."""

from tests.servers import database, database_url

__all__ = ["database", "database_url"]
