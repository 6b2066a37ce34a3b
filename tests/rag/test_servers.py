"""Who answers where the settings point: the server that is meant, another one, a silent one, or nobody."""

import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from core.errors import Unavailable
from rag.servers import ask_cache, ask_index
from tests.servers import start_valkey

Ask = Callable[[str], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"


@contextmanager
def a_server_that_says(words: bytes | None) -> Iterator[int]:
    """Takes connections and says this to each, or nothing at all; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            held.append(connection)
            if words is not None:
                connection.sendall(words)

    threading.Thread(target=accept, daemon=True).start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    for connection in held:
        connection.close()


async def test_a_cache_that_answers_is_well() -> None:
    await ask_cache(start_valkey())


@pytest.mark.parametrize(
    ("ask", "scheme", "setting"), [(ask_cache, "redis", "REDIS_URL"), (ask_index, "http", "CHROMA_URL")]
)
@pytest.mark.parametrize("words", [None, OK, b"-NOAUTH Authentication required.\r\n", b"\x00\xff" * 500])
async def test_a_silent_or_wrong_server_is_told_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, ask: Ask, scheme: str, setting: str, words: bytes | None
) -> None:
    monkeypatch.setattr("rag.servers.PATIENCE_S", 0.3)
    with a_server_that_says(words) as port, pytest.raises(Unavailable) as told:
        await ask(f"{scheme}://user:hunter2@127.0.0.1:{port}")
    assert told.value.where == setting
    assert told.value.hint
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("ask", "url"),
    [
        (ask_cache, "redis://127.0.0.1:1/0"),
        (ask_cache, "redis://127.0.0.1:port/0"),
        (ask_cache, "redis://nohost.invalid/0"),
        (ask_cache, "unix:///nowhere/redis.sock"),
        (ask_index, "http://127.0.0.1:1"),
        (ask_index, "http://127.0.0.1:port"),
        (ask_index, "http://"),
        (ask_index, "https://nohost.invalid"),
    ],
)
async def test_an_address_where_nobody_is_never_raises_anything_else(ask: Ask, url: str) -> None:
    with pytest.raises(Unavailable):
        await ask(url)
