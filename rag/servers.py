"""Whether the servers that search leans on answer: the shared cache and the vector server."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

from core.errors import Unavailable

PATIENCE_S: Final = 2.0


async def ask_cache(url: str) -> None:
    """Raises Unavailable when no Redis-compatible server answers there."""
    import redis.asyncio as redis

    where, hint = "REDIS_URL", "start it, or leave it empty; meanwhile everything is searched anew"
    try:
        async with asyncio.timeout(PATIENCE_S):
            client = redis.Redis.from_url(url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
            try:
                await client.ping()
            finally:
                await client.aclose()
    except TimeoutError:
        raise Unavailable("the cache does not answer in time", where=where, hint=hint) from None
    except (redis.RedisError, OSError, ValueError) as error:
        raise Unavailable(f"the cache cannot be used: {_first_line(error)}", where=where, hint=hint) from None


async def ask_index(url: str) -> None:
    """Raises Unavailable when no Chroma server answers there."""
    import httpx

    where, hint = "CHROMA_URL", "start it, or leave it empty; meanwhile pages are searched by their words alone"
    parsed = urlsplit(url)
    try:
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{parsed.scheme}://{parsed.netloc}/api/v2/heartbeat")
            if answer.status_code != 200 or "heartbeat" not in answer.text:
                raise Unavailable("what answers there is no Chroma server", where=where, hint=hint)
    except TimeoutError:
        raise Unavailable("the vector server does not answer in time", where=where, hint=hint) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Unavailable(f"the vector server cannot be used: {_first_line(error)}", where=where, hint=hint) from None


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
