"""P6: a turn with its embedding and search, beside one embedding and one query of the vector index alone."""

import shutil
import tempfile
from pathlib import Path

from benchmarks.contest import Contender, Load, alternate, ratio
from benchmarks.figures import median_of, report
from benchmarks.indexed import firm, indexed
from benchmarks.options import Options

FREE = ("repeated", "phrase", "button")
"""Messages whose meaning is known without a vector of their own."""


def measure_thinking(options: Options) -> None:
    source = firm(quick=options.quick)
    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place) / name for name in ("thinking", "search")}
        for folder in folders.values():
            shutil.copytree(indexed(source), folder)
        contenders = {name: Contender(name, folder, more=[str(source)]) for name, folder in folders.items()}
        try:
            _compare(contenders, options)
            _crowd(contenders, options)
            _count_free(contenders["thinking"], options)
        finally:
            for contender in contenders.values():
                contender.close()


def _compare(contenders: dict[str, Contender], options: Options) -> None:
    load = Load(talks=8 if options.quick else 40, turns=2, at_once=1, text="unique")
    rounds = alternate(contenders, load, rounds=options.rounds)
    times = ratio(rounds["thinking"], rounds["search"], "p50_ms")
    ours, alone = median_of(rounds["thinking"]), median_of(rounds["search"])
    report(
        "P6 turn with embedding and search",
        "at most 1.25 x one embedding and one query; at most 1.2 embeddings a turn",
        f"p50 {ours['p50_ms']:.1f} ms = {times:.2f} x embedding and query alone ({alone['p50_ms']:.1f} ms), "
        f"{ours['embeddings']:.2f} embeddings a turn",
        times=round(times, 3),
        thinking=ours,
        search=alone,
    )


def _crowd(contenders: dict[str, Contender], options: Options) -> None:
    load = Load(talks=48 if options.quick else 240, turns=1, at_once=8, text="unique")
    rounds = alternate(contenders, load, rounds=options.rounds, mark="crowd-")
    ours, alone = median_of(rounds["thinking"]), median_of(rounds["search"])
    report(
        "P6 turns of unique texts, 8 at once",
        "30 turns/s, better 45",
        f"{ours['turns_per_s']:.1f} turns/s beside {alone['turns_per_s']:.1f} embeddings and queries alone, "
        f"{ours['cpu_ms']:.1f} ms of processor a turn",
        thinking=ours,
        search=alone,
    )


def _count_free(thinking: Contender, options: Options) -> None:
    talks = 10 if options.quick else 30
    for kind in FREE:
        thinking.drive([f"{kind}-first"], turns=1, at_once=1, text=kind)
    driven = {
        kind: thinking.drive([f"{kind}-{n}" for n in range(talks)], turns=2, at_once=1, text=kind) for kind in FREE
    }
    counts = {kind: round(figures["embeddings"], 3) for kind, figures in driven.items()}
    rates = {kind: round(figures["turns_per_s"], 1) for kind, figures in driven.items()}
    told = ", ".join(f"{kind} {count:.2f} ({rates[kind]:.0f} turns/s)" for kind, count in counts.items())
    report("P6 embeddings a turn where none is needed", "0", told, embeddings=counts, turns_per_s=rates)
