"""A throw-away application for evaluations: real store, real brain, a clock of its own, nothing of it stays."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bots.bootstrap import Application, build_application, open_store
from bots.brain import Brain, build_brain, sync_knowledge
from bots.console.channel import ConsoleChannel
from bots.console.inbound import ACCOUNT, parse
from bots.evaluation.request import Request
from bots.progress import Bar
from core.clock import ManualClock
from core.domain.ids import ConversationId
from core.jobs.memory import MemoryJobs
from core.ports import Embedder, LanguageModel
from core.settings import Settings

ANSWER_WITHIN_S = 120.0


@dataclass(slots=True)
class Stand:
    app: Application
    brain: Brain
    channel: ConsoleChannel
    clock: ManualClock
    _said: int = 0

    async def say(self, chat: str, text: str, *, language: str | None = None) -> tuple[ConversationId, list[str]]:
        """A customer's message, and the replies that it brought."""
        self._said += 1
        message = parse(text, chat=chat, number=self._said, now=self.clock.now(), language=language)
        (arrival,) = await self.app.intake.arrivals([message])
        await self.settle()
        return arrival.conversation_id, self.heard()

    async def settle(self) -> None:
        """Wait until nothing is running or waiting any more."""
        async with asyncio.timeout(ANSWER_WITHIN_S):
            while not self.app.dispatcher.idle:  # noqa: ASYNC110 - nobody else wants this loop meanwhile
                await asyncio.sleep(0.002)

    def heard(self) -> list[str]:
        """What was sent since the last look."""
        texts = []
        while not self.channel.sent.empty():
            texts.append(self.channel.sent.get_nowait()[1].text)
        return texts

    def wait(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


@asynccontextmanager
async def open_stand(
    request: Request,
    *,
    knowledge: bool = True,
    embedder: Embedder | None = None,
    model: LanguageModel | None = None,
    turn_seconds: float | None = None,
) -> AsyncIterator[Stand]:
    """`knowledge`: whether the firm's pages are indexed first; `turn_seconds`: the budget of a turn.
    No key is used, whatever the environment holds."""
    clock = ManualClock(request.now)
    with tempfile.TemporaryDirectory(prefix="seller-eval-") as folder:
        settings = build_settings(request.firm, Path(folder))
        if turn_seconds is not None:
            settings = settings.model_copy(update={"turn_budget_s": turn_seconds})
        store = open_store(settings, clock=clock)
        loaded = await store.firms.load()
        brain = build_brain(settings, store, embedder=embedder, model=model)
        if knowledge:
            with Bar("Indexing the knowledge") as bar:
                await sync_knowledge(brain, loaded, bar.show)
        channel = ConsoleChannel()
        app = build_application(
            settings, store, engine=brain.engine, jobs=MemoryJobs(clock=clock), channels=[(ACCOUNT, channel)]
        )
        await app.start()
        try:
            yield Stand(app, brain, channel, clock)
        finally:
            await app.stop()
            await brain.close()


def build_settings(firm: Path, data_dir: Path) -> Settings:
    """Embedded, without a key and without a quiet window."""
    settings = Settings(firm=firm, data_dir=data_dir, quiet_window_s=0.0, longest_quiet_s=0.0)
    unset = {"database_url", "redis_url", "chroma_url", "telegram_token", "openai_api_key", "anthropic_api_key"}
    unset |= {"gemini_api_key", "llm_base_url"}
    return settings.model_copy(update=dict.fromkeys(unset))
