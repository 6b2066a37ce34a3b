"""A first model's house in trouble: how long the next reply takes with the real brain, and who worded it."""

import asyncio
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import SecretStr

from benchmarks.figures import report
from benchmarks.indexed import firm, indexed
from benchmarks.options import Options
from bots.bootstrap import Application, build_application, open_store
from bots.brain import build_brain
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from tests.emulators.llm import ModelServer, run_model_server
from tests.emulators.llm_answers import Answer, Cut, Hang, Refuse, Say
from tests.spine import ACCOUNT, CollectingChannel, build_message, settle

QUESTIONS = ("Скільки днів іде доставка?", "Яка гарантія на кавомашину?", "Чи можна повернути машину?")
WORDS = {
    "the first": "Звісно, із задоволенням підкажу вам це.",
    "the second": "Так, звичайно, охоче розповім вам про це.",
}
KEY = SecretStr("of-no-house")
SILENT = Hang(20)

TROUBLES: dict[str, Answer | None] = {
    "gone": None,
    "401": Refuse(401),
    "429": Refuse(429),
    "500": Refuse(500),
    "529": Refuse(529),
    "cut in mid-answer": Cut(),
    "invents a price": Say("Доставка коштує лише 1 грн!"),
    "silent": SILENT,
}


@dataclass
class Talk:
    app: Application
    channel: CollectingChannel
    count: int = 0

    async def ask(self) -> tuple[float, str]:
        """Seconds to the reply, and the reply."""
        question = QUESTIONS[self.count % len(QUESTIONS)]
        self.count += 1
        before, began = len(self.channel.seen), time.perf_counter()
        await self.app.intake.receive([build_message(question, chat="talk", event=str(self.count))])
        await settle(self.app, limit=60)
        replies = self.channel.texts("talk")[before:]
        if not replies:
            raise RuntimeError("nobody answered")
        return time.perf_counter() - began, " ".join(replies)


def measure_failing(options: Options) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    source = firm(quick=True)
    for name, trouble in TROUBLES.items():
        with _houses() as (first, second), tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "data"
            shutil.copytree(indexed(source), folder)
            took, then, by = asyncio.run(_measure(source, folder, (first, second), trouble))
        report(
            f"reply when the first house is {name}" if name in ("gone", "silent") else f"reply after {name}",
            "at most 3 s, silence at most the turn's 10 s",
            f"{took:.2f} s, worded by {by}; the one after it {then:.2f} s",
            seconds=round(took, 3),
            seconds_after=round(then, 3),
            by=by,
        )


@contextmanager
def _houses() -> Iterator[tuple[ModelServer, ModelServer]]:
    with ExitStack() as stack:
        first = stack.enter_context(run_model_server("openai"))
        second = stack.enter_context(run_model_server("anthropic"))
        for house, words in zip((first, second), WORDS.values(), strict=True):
            house.answers = [Say(words)]
        before = dict(os.environ)
        os.environ |= {"OPENAI_BASE_URL": first.url, "ANTHROPIC_BASE_URL": second.url}
        try:
            yield first, second
        finally:
            os.environ.clear()
            os.environ.update(before)


async def _measure(
    source: Path, folder: Path, houses: tuple[ModelServer, ModelServer], trouble: Answer | None
) -> tuple[float, float, str]:
    """Seconds of the first reply in trouble and of the next one, and who worded the first."""
    settings = Settings(
        firm=source, data_dir=folder, quiet_window_s=0, longest_quiet_s=0, openai_api_key=KEY, anthropic_api_key=KEY
    )
    store = open_store(settings)
    await store.firms.load()
    brain = build_brain(settings, store)
    await brain.warm_up()
    channel, jobs = CollectingChannel(), MemoryJobs(clock=store.clock)
    app = build_application(settings, store, engine=brain.engine, jobs=jobs, channels=[(ACCOUNT, channel)])
    await app.start()
    talk = Talk(app, channel)
    await talk.ask()
    _trouble(houses[0], trouble)
    took, reply = await talk.ask()
    then, _ = await talk.ask()
    await app.stop()
    await brain.close()
    worded = [name for name, words in WORDS.items() if words in reply]
    return took, then, worded[0] if worded else "approved texts"


def _trouble(house: ModelServer, trouble: Answer | None) -> None:
    if trouble is None:
        house.stop()
    else:
        house.answers = [trouble]
