"""`make eval`: the bot measured on lines that nothing was trained on; one JSON line of scores a set."""

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bots.evaluation.kinds import find_kind
from bots.evaluation.records import read_records
from bots.evaluation.request import Request
from core.log import configure_logging

ROOT: Final = Path(__file__).resolve().parents[1]
FIRMS: Final = ROOT / "tests" / "fixtures" / "firms"
NOW: Final = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
UNSEEN_FACTS_NOW: Final = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Set:
    """`files` are patterns below tests/; `firm` is a folder of examples/ or of tests/fixtures/firms/; `now` is when its
    lines were written."""

    kind: str
    files: str
    firm: str = "kavomir"
    model: str | None = None
    now: datetime = NOW

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.kind, self.files, self.firm, self.model) if part)


SETS: Final = (
    Set("acts", "fixtures/acts_unseen.jsonl"),
    Set("acts", "fixtures/acts_blind.jsonl"),
    Set("facts", "fixtures/facts_unseen.jsonl", now=UNSEEN_FACTS_NOW),
    Set("facts", "fixtures/facts_blind.jsonl"),
    Set("facts", "fixtures/facts_wild.jsonl"),
    Set("facts", "fixtures/facts_mixed.jsonl"),
    Set("facts", "fixtures/fresh_facts.jsonl"),
    Set("facts", "fixtures/facts_strangers_seen.jsonl"),
    Set("facts", "fixtures/facts_typed.jsonl"),
    Set("facts", "fixtures/facts_numbers_unseen.jsonl"),
    Set("facts", "fixtures/facts_trades_seen.jsonl"),
    Set("facts", "fixtures/facts_trades_unseen.jsonl"),
    Set("facts", "fixtures/facts_orders_seen.jsonl"),
    Set("facts", "fixtures/facts_orders_unseen.jsonl"),
    Set("answers", "fixtures/questions.jsonl"),
    Set("answers", "fixtures/questions_fresh.jsonl"),
    Set("answers", "fixtures/questions_strangers.jsonl"),
    Set("answers", "fixtures/questions_rivnovaha.jsonl", firm="rivnovaha"),
    Set("answers", "fixtures/questions_rivnovaha_fresh.jsonl", firm="rivnovaha"),
    Set("answers", "fixtures/questions_rivnovaha_strangers.jsonl", firm="rivnovaha"),
    Set("answers", "fixtures/questions_klenovo.jsonl", firm="klenovo"),
    Set("answers", "fixtures/questions_spytsia.jsonl", firm="spytsia"),
    Set("answers", "fixtures/questions_doshka.jsonl", firm="doshka"),
    Set("answers", "fixtures/questions_hvostyk.jsonl", firm="hvostyk"),
    Set("attacks", "fixtures/attacks.jsonl"),
    Set("attacks", "fixtures/attacks.jsonl", model="hostile"),
    Set("twins", "fixtures/twins.jsonl"),
    Set("dialogues", "conversations/*.yaml"),
    Set("dialogues", "fixtures/talks_strangers.yaml"),
)


async def measure(chosen: Set, most: int | None) -> dict[str, object]:
    """`most`: so many records of each file, None = all."""
    evaluate, required = find_kind(chosen.kind)
    files = sorted((ROOT / "tests").glob(chosen.files))
    read = (record for file in files for record in read_records(file, required=required)[:most])
    records = [record for record in read if record.get("window") != "day"]  # a terminal knows no reply window
    request = Request(find_firm(chosen.firm), chosen.now, chosen.model)
    started = time.perf_counter()
    report = await evaluate(records, request)
    seconds = round(time.perf_counter() - started, 1)
    return {"set": chosen.name, "records": len(records), "seconds": seconds, "scores": report.scores}


def find_firm(name: str) -> Path:
    """Of the examples, or of those that serve for measuring alone."""
    return next(path for path in (ROOT / "examples" / name, FIRMS / name) if path.exists())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure the bot on the project's own held-out sets.")
    parser.add_argument("--only", help="sets whose name begins so")
    parser.add_argument("--most", type=int, help="so many records of each file")
    options = parser.parse_args(arguments)
    configure_logging("error", as_json=False)
    for chosen in SETS:
        if options.only is None or chosen.name.startswith(options.only):
            print(json.dumps(asyncio.run(measure(chosen, options.most)), ensure_ascii=False, default=str), flush=True)


if __name__ == "__main__":
    main()
