"""Our own spine as a loop with one door: a message in, back when its reply is sent and settled."""

import asyncio
import logging
import shutil
import time
from pathlib import Path

import structlog

from bots.bootstrap import Application, build_application, open_store
from bots.channel import Channel
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, OutboundMessage
from core.domain.sending import SendResult, Sent
from core.domain.turn import Turn, Understood
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from tests.servers import migrated_sqlite
from tests.spine import ACCOUNT, CollectingChannel, NoKnowledge, ScriptedUnderstanding, build_message

PRICE = "ціна"
"""A text that begins so asks for a price. It is answered as often as it is asked; after a dozen greetings in a row a
person is called, and the bot is silent."""


class Scripted(ScriptedUnderstanding):
    async def understand(self, turn: Turn) -> Understood:
        if turn.messages[-1].text.startswith(PRICE):
            return Understood(language="uk", act="ask_price", acts=("ask_price",), probability=1.0)
        return await super().understand(turn)


class QuickChannel(CollectingChannel):
    """Takes everything at once and remembers nothing."""

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        return Sent(key)


class SellerLoop:
    def __init__(self, app: Application) -> None:
        self.app = app
        self._waiting: dict[ConversationId, tuple[asyncio.Future[None], int]] = {}
        """Who waits for a conversation, and how many changes of it are still to come."""
        self._count = 0
        self._born = time.time_ns()
        self._watching = asyncio.create_task(self._watch())

    @property
    def commits(self) -> int | None:
        return self.app.database.commits

    async def turn(self, talk: str, text: str, *, kind: InboundKind = InboundKind.TEXT) -> None:
        self._count += 1
        event = f"{self._born}-{self._count}"
        message = build_message(text, chat=talk, event=event, kind=kind, at=self.app.clock.now())
        (arrival,) = await self.app.intake.arrivals([message])
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[arrival.conversation_id] = (done, 2)
        await done

    async def close(self) -> None:
        self._watching.cancel()
        await self.app.stop()

    async def _watch(self) -> None:
        """A message makes two changes: it has arrived, and the visit that answered it is over."""
        with self.app.changes.listen() as changed:
            while True:
                conversation_id = await changed.get()
                if conversation_id not in self._waiting:
                    continue
                done, left = self._waiting.pop(conversation_id)
                if left > 1:
                    self._waiting[conversation_id] = (done, left - 1)
                else:
                    done.set_result(None)


async def open_seller(folder: Path) -> SellerLoop:
    """Real store, real templates, no embedding and no search; a burst is not waited for. A database that is in the
    folder already is gone on with."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    if not (folder / "seller.db").exists():
        shutil.copy(migrated_sqlite(), folder / "seller.db")
    settings = Settings(data_dir=folder, quiet_window_s=0, longest_quiet_s=0)
    store = open_store(settings)
    await store.firms.load()
    engine = Engine(
        understanding=Scripted(),
        knowledge=NoKnowledge(),
        composer=TemplateComposer(quote=lambda found, text, language: ("", ())),
    )
    channel: Channel = QuickChannel()
    jobs = MemoryJobs(clock=store.clock)
    app = build_application(settings, store, engine=engine, jobs=jobs, channels=[(ACCOUNT, channel)])
    await app.start()
    return SellerLoop(app)
