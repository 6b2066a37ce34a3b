"""One process of a contest: opens one loop, then drives it as each line on its input says.

Needs nothing but the standard library and what the loop itself imports, so that another environment can run it:
`python contender.py NAME FOLDER [MORE]`. NAME is one of ours (MORE is the firm's folder) or of MORE/peer_loops.py."""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

HERE = str(Path(__file__).resolve().parents[1])


OURS = ("seller", "bare", "search", "thinking")
COUNTED = ("commits", "embeddings")


async def open_loop(name: str, folder: Path, more: str) -> Any:
    if name not in OURS:
        sys.path.insert(0, more)
        from peer_loops import PEERS  # type: ignore[import-not-found]

        return await PEERS[name].open(folder)
    sys.path.insert(0, HERE)
    if name == "bare":
        from benchmarks.bare import BareLoop

        return BareLoop(folder)
    if name == "seller":
        from benchmarks.seller_loop import open_seller

        return await open_seller(folder)
    from benchmarks.thinking_loop import open_search, open_thinking

    return await open_search(folder) if name == "search" else await open_thinking(folder, Path(more))


async def drive(loop: Any, order: dict[str, Any]) -> dict[str, float]:
    """`turns` turns in every talk, `at_once` talks at a time, one turn of a talk after the other."""
    samples: list[float] = []
    gate = asyncio.Semaphore(order["at_once"])

    async def talk(name: str) -> None:
        async with gate:
            for number in range(order["turns"]):
                began = time.perf_counter()
                await loop.turn(name, f"{order['text']} {number}")
                samples.append((time.perf_counter() - began) * 1000)

    before = {name: getattr(loop, name, None) for name in COUNTED}
    began, busy = time.perf_counter(), time.process_time()
    await asyncio.gather(*(talk(name) for name in order["talks"]))
    took, busy = time.perf_counter() - began, time.process_time() - busy
    ordered = sorted(samples)
    figures = {
        "turns_per_s": len(samples) / took,
        "cpu_ms": busy / len(samples) * 1000,
        "p50_ms": ordered[len(ordered) // 2],
        "p95_ms": ordered[int(len(ordered) * 0.95)],
        "last_ms": sorted(samples[-5:])[len(samples[-5:]) // 2],
        "early_ms": sorted(samples[1:6])[len(samples[1:6]) // 2] if len(samples) > 1 else samples[0],
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    for name, count in before.items():
        if count is not None:
            figures[name] = (getattr(loop, name) - count) / len(samples)
    return figures


async def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    loop = await open_loop(name, folder, sys.argv[3] if len(sys.argv) > 3 else "")
    print(json.dumps({"ready": name}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await drive(loop, json.loads(line))), flush=True)
    await loop.close()


if __name__ == "__main__":
    asyncio.run(main())
