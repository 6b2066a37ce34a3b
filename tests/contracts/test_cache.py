"""What a cache promises: in memory and in a real Redis-compatible server."""

import asyncio
import socket
import time
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.errors import InvalidSettings
from rag.cache import Cache
from tests.servers import start_valkey

HOUR = timedelta(hours=1)


@pytest.fixture(params=["memory", "redis"])
async def cache(request: pytest.FixtureRequest) -> AsyncIterator[Cache]:
    url = start_valkey() if request.param == "redis" else None
    cache = Cache(url=url, namespace=f"test-{uuid.uuid4().hex}")
    yield cache
    await cache.close()


VALUES = {
    "text": "Доставка 🚚 до Львова",
    "digits": "123",
    "number": 123,
    "zero": 0,
    "fraction": 0.5,
    "nothing": None,
    "truth": True,
    "empty": "",
    "list": [1, "два", None],
    "object": {"hits": [{"id": 1, "score": 0.9}], "enough": False},
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
async def test_what_was_set_comes_back_as_it_was(cache: Cache, value: Any) -> None:
    await cache.set("key", value, life=HOUR)
    found = await cache.get("key")
    assert found == value
    assert type(found) is type(value)


async def test_what_was_never_set_is_missed(cache: Cache) -> None:
    assert await cache.get("key") is None


async def test_the_last_value_wins(cache: Cache) -> None:
    await cache.set("key", 1, life=HOUR)
    await cache.set("key", 2, life=HOUR)
    assert await cache.get("key") == 2


async def test_a_deleted_entry_is_missed_and_others_stay(cache: Cache) -> None:
    await cache.set("one", 1, life=HOUR)
    await cache.set("two", 2, life=HOUR)
    await cache.delete("one")
    await cache.delete("unknown")
    assert (await cache.get("one"), await cache.get("two")) == (None, 2)


async def test_an_entry_ends_with_its_life(cache: Cache) -> None:
    await cache.set("short", 1, life=timedelta(seconds=0.2))
    await cache.set("long", 2, life=HOUR)
    assert await cache.get("short") == 1
    await asyncio.sleep(0.3)
    assert (await cache.get("short"), await cache.get("long")) == (None, 2)


async def test_deleting_a_tag_takes_all_its_entries_and_no_other(cache: Cache) -> None:
    await cache.set("one", 1, life=HOUR, tags=["knowledge:7"])
    await cache.set("two", 2, life=HOUR, tags=["knowledge:7", "catalogue:3"])
    await cache.set("three", 3, life=HOUR, tags=["catalogue:3"])
    await cache.set("four", 4, life=HOUR)
    await cache.delete_tag("knowledge:7")
    assert [await cache.get(key) for key in ("one", "two", "three", "four")] == [None, None, 3, 4]


async def test_after_its_tag_was_deleted_an_entry_can_be_set_anew(cache: Cache) -> None:
    await cache.set("key", 1, life=HOUR, tags=["knowledge"])
    await cache.delete_tag("knowledge")
    await cache.set("key", 2, life=HOUR, tags=["knowledge"])
    assert await cache.get("key") == 2


async def test_a_tag_that_nobody_carries_can_be_deleted(cache: Cache) -> None:
    await cache.delete_tag("knowledge")
    await cache.set("key", 1, life=HOUR, tags=["knowledge"])
    assert await cache.get("key") == 1


async def test_a_value_that_is_changed_afterwards_does_not_change_the_entry(cache: Cache) -> None:
    value = {"hits": [1]}
    await cache.set("key", value, life=HOUR)
    value["hits"].append(2)
    found: Any = await cache.get("key")
    found["hits"].append(3)
    assert await cache.get("key") == {"hits": [1]}


async def test_what_is_no_json_is_refused(cache: Cache) -> None:
    with pytest.raises(TypeError):
        await cache.set("key", object(), life=HOUR)


@pytest.mark.parametrize("key", ["", " ", "ключ 🙂", "a:b*{c}", "\ud83d", "довгий " * 1000, "x" * 200, "x" * 201])
async def test_any_text_can_be_a_key(cache: Cache, key: str) -> None:
    await cache.set(key, 1, life=HOUR)
    await cache.set(f"{key}!", 2, life=HOUR)
    assert (await cache.get(key), await cache.get(f"{key}!")) == (1, 2)


async def test_many_may_use_it_at_once(cache: Cache) -> None:
    async def use(n: int) -> Any:
        await cache.set(f"key {n % 10}", n % 10, life=HOUR, tags=["all"])
        return await cache.get(f"key {n % 10}")

    assert await asyncio.gather(*(use(n) for n in range(60))) == [n % 10 for n in range(60)]


async def test_processes_share_entries_and_tags_of_one_namespace_only() -> None:
    url, namespace = start_valkey(), uuid.uuid4().hex
    one, two, other = (Cache(url=url, namespace=name) for name in (namespace, namespace, f"{namespace}-other"))
    await one.set("key", 1, life=HOUR, tags=["knowledge"])
    await other.set("key", 2, life=HOUR, tags=["knowledge"])
    assert await two.get("key") == 1
    await two.delete_tag("knowledge")
    assert (await one.get("key"), await other.get("key")) == (None, 2)
    for cache in (one, two, other):
        await cache.close()


async def test_the_memory_does_not_grow_without_bound() -> None:
    cache = Cache(size=10)
    for n in range(50):
        await cache.set(f"key {n}", n, life=HOUR)
    found = [n for n in range(50) if await cache.get(f"key {n}") is not None]
    assert found == list(range(40, 50))
    await cache.close()


async def test_without_its_server_everything_is_missed_and_nobody_waits() -> None:
    cache = Cache(url="redis://127.0.0.1:9/0")
    await cache.get("warm the import up")
    started = time.monotonic()
    for n in range(20):
        await cache.set(f"key {n}", n, life=HOUR, tags=["knowledge"])
        assert await cache.get(f"key {n}") is None
        await cache.delete(f"key {n}")
        await cache.delete_tag("knowledge")
    assert time.monotonic() - started < 1
    await cache.close()


async def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        cache = Cache(url=f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        started = time.monotonic()
        for _ in range(5):
            assert await cache.get("key") is None
        assert time.monotonic() - started < 5
        await cache.close()


async def test_what_somebody_else_wrote_is_missed() -> None:
    import redis.asyncio

    cache = Cache(url=start_valkey(), namespace="strange")
    client = redis.asyncio.from_url(start_valkey())
    for text in (b"42", b"{", b"bytes:{", b"bytes:[1]", b"\x80\x04pickle", b"bytes:[1, 2]", b"bytes:\xff"):
        await client.set("strange:entry:key", text)
        assert await cache.get("key") is None
    await client.aclose()
    await cache.close()


async def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(InvalidSettings, match="REDIS_URL"):
        await Cache(url="ftp://host/0").get("key")
