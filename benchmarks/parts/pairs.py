"""P10: two messages of one talk at the same moment, both kept, in order, and both seen."""

import asyncio
import logging
import tempfile
from dataclasses import asdict
from pathlib import Path

import structlog

from benchmarks.figures import report
from benchmarks.options import Options
from benchmarks.storm.pairs import Moment, send_pairs

SEED = 7


def measure_pairs(options: Options) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    wanted = 100 if options.quick else 1000
    for moment in Moment:
        with tempfile.TemporaryDirectory() as folder:
            told = asyncio.run(send_pairs(Path(folder), moment, pairs=wanted, seed=SEED))
        report(
            f"P10 pairs, {moment.value}",
            f"{wanted} of {wanted}",
            f"{told.kept} kept, {told.ordered} in order, {told.seen} seen together, of {told.pairs}",
            **asdict(told),
        )
