"""A cache that may lose everything at any moment: in memory, or in a Redis-compatible server that processes share."""

import asyncio
import hashlib
import json
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from core.errors import InvalidSettings

if TYPE_CHECKING:
    import cashews

log = structlog.get_logger()

LONGEST_KEY = 200
TAG_LIFE = timedelta(days=30)
"""No entry lives longer: a tag that is forgotten takes its entries with it."""
REST = timedelta(seconds=5)
"""After a failure the server is left in peace for so long, so that no turn waits for it twice."""
PATIENCE = 0.3
"""Seconds after which the server counts as away: searching anew is quicker than waiting."""


class Cache:
    """Keeps JSON under keys of its namespace. Nothing here raises because of the server: what cannot be had is missed.

    An entry may carry tags, such as the version of the knowledge that it was made from; deleting a tag makes every
    entry that carries it unreachable, in all processes.
    """

    def __init__(self, *, url: str | None = None, namespace: str = "seller", size: int = 5000) -> None:
        """`url`: redis://host:6379/0, or None for this process's memory of at most `size` entries."""
        self._url = url
        self._namespace = namespace
        self._size = size
        self._store: cashews.Cache | None = None
        self._opening = asyncio.Lock()
        self._rest_until = 0.0

    async def get(self, key: str) -> Any | None:
        """The value, or None when it is not there (a stored None looks the same)."""
        entry = _read(await self._get(self._name(key)))
        if entry is None:
            return None
        value, tags = entry
        for tag, mark in tags.items():
            if await self._get(self._tag_name(tag)) != mark:
                return None
        return value

    async def set(self, key: str, value: Any, *, life: timedelta, tags: Iterable[str] = ()) -> None:
        """Raises TypeError when the value is not JSON."""
        json.dumps(value)
        marks = {tag: await self._mark(tag) for tag in tags}
        if None not in marks.values():
            text = json.dumps([value, marks])
            await self._set(self._name(key), text, min(life, TAG_LIFE))

    async def delete(self, key: str) -> None:
        await self._try(lambda store: store.delete(self._name(key)))

    async def delete_tag(self, tag: str) -> None:
        await self._set(self._tag_name(tag), _new_mark(), TAG_LIFE)

    async def close(self) -> None:
        if self._store:
            await self._store.close()
            self._store = None

    async def _mark(self, tag: str) -> str | None:
        """What the tag's entries carry at present; None when the server is away."""
        name = self._tag_name(tag)
        found = await self._get(name)
        if found is None:
            await self._set(name, _new_mark(), TAG_LIFE, exist=False)
            found = await self._get(name)
        return found

    async def _get(self, name: str) -> str | None:
        found = await self._try(lambda store: store.get(name))
        return found.decode(errors="replace") if isinstance(found, bytes) else None

    async def _set(self, name: str, text: str, life: timedelta, exist: bool | None = None) -> None:
        # Bytes are what the library passes through; everything else it would pickle or drop.
        await self._try(lambda store: store.set(name, text.encode(), expire=life.total_seconds(), exist=exist))

    async def _try(self, ask: Callable[["cashews.Cache"], Awaitable[Any]]) -> Any | None:
        if time.monotonic() < self._rest_until:
            return None
        store = await self._open()
        from cashews.exceptions import CacheError
        from redis.exceptions import RedisError

        try:
            return await ask(store)
        except (CacheError, RedisError, OSError, TimeoutError) as error:
            self._rest_until = time.monotonic() + REST.total_seconds()
            log.warning("cache.unavailable", error=type(error).__name__, rest_s=REST.total_seconds())
            return None

    async def _open(self) -> "cashews.Cache":
        async with self._opening:
            if self._store is None:
                self._store = await asyncio.to_thread(self._build)
            return self._store

    def _build(self) -> "cashews.Cache":
        import cashews

        store = cashews.Cache()
        if self._url is None:
            store.setup("mem://", size=self._size, check_interval=60)
            return store
        try:
            store.setup(
                self._url,
                pickle_type="null",
                suppress=False,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                wait_for_connection_timeout=PATIENCE,
            )
        except cashews.exceptions.BackendNotAvailableError as error:
            hint = "use redis://host:6379/0 or leave it empty for a cache in memory"
            raise InvalidSettings("not an address of a cache", where="REDIS_URL", hint=hint) from error
        return store

    def _name(self, key: str) -> str:
        return f"{self._namespace}:entry:{_short(key)}"

    def _tag_name(self, tag: str) -> str:
        return f"{self._namespace}:tag:{_short(tag)}"


def _read(text: str | None) -> tuple[Any, dict[str, str]] | None:
    """None for what this class did not write."""
    try:
        value, tags = json.loads(text or "")
        return value, dict(tags)
    except (ValueError, TypeError):
        return None


def _new_mark() -> str:
    return uuid.uuid4().hex


def _short(key: str) -> str:
    """Long texts make poor keys."""
    key = key.encode("utf-8", "replace").decode()
    return key if len(key) <= LONGEST_KEY else f"#{hashlib.sha256(key.encode()).hexdigest()}"
