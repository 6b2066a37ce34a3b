"""A whole application for tests: real store, real spine, a scripted brain, channels that collect."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bots.bootstrap import Application, build_application, open_store
from bots.channel import Capabilities, Channel, TextUnit
from core.domain.firm import Firm
from core.domain.ids import AccountId
from core.domain.messages import AttachmentKind, InboundKind, InboundMessage, OutboundMessage
from core.domain.reply_window import WindowRules
from core.domain.sending import SendResult, Sent
from core.domain.turn import Found, Query, Turn, Understood
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.jobs.memory import MemoryJobs
from core.ports import Clock, Understanding
from core.settings import Settings

ACCOUNT = AccountId("test")
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass
class ScriptedUnderstanding:
    """Acts by exact text; everything else is `greeting`."""

    acts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen: list[tuple[str, ...]] = field(default_factory=list)
    delay: float = 0.0
    failures: int = 0

    async def understand(self, turn: Turn) -> Understood:
        self.seen.append(tuple(message.text for message in turn.messages))
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("scripted failure")
        acts = self.acts.get(turn.messages[-1].text, ("greeting",))
        return Understood(language="en", act=acts[0], acts=acts, probability=1.0)


class NoKnowledge:
    async def search(self, query: Query) -> Found:
        return Found()


@dataclass
class CollectingChannel:
    """Remembers what people saw; answers as scripted."""

    name: str = "test"
    resend_is_harmless: bool = False
    script: list[SendResult | Exception] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    delay: float = 0.0

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            text_limit=4096,
            text_unit=TextUnit.UTF16,
            max_buttons=8,
            button_title_limit=64,
            contact_button=True,
            attachments=frozenset(AttachmentKind),
            resend_is_harmless=self.resend_is_harmless,
            typing_every=timedelta(seconds=4),
            window=WindowRules(None, source="a test", as_of="2026-11"),
        )

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        if self.delay:
            await asyncio.sleep(self.delay)
        result = self.script.pop(0) if self.script else Sent(key)
        if isinstance(result, Exception):
            raise result
        if isinstance(result, Sent):
            self.seen.append((chat, message.text))
        return result

    async def show_typing(self, chat: str) -> None:
        self.typed.append(chat)

    async def acknowledge(self, callback: str) -> None:
        self.acknowledged.append(callback)

    def texts(self, chat: str) -> list[str]:
        return [text for to, text in self.seen if to == chat]


def build_message(
    text: str = "hello", *, chat: str = "anna", event: str | None = None, **more: object
) -> InboundMessage:
    values: dict[str, object] = {
        "account": ACCOUNT,
        "event_id": event or f"{chat}:{text}",
        "chat": chat,
        "sender": chat,
        "kind": InboundKind.TEXT,
        "at": NOON,
        "text": text,
        **more,
    }
    return InboundMessage(**values)  # type: ignore[arg-type]


async def build_spine(
    folder: Path,
    *,
    channel: Channel | None = None,
    understanding: Understanding | None = None,
    clock: Clock | None = None,
    database_url: str | None = None,
    quiet: float = 0.0,
    channels: Sequence[tuple[str, Channel]] = (),
    firm: Firm | None = None,
) -> Application:
    settings = Settings(
        data_dir=folder, database_url=database_url, quiet_window_s=quiet, longest_quiet_s=max(quiet * 3, 0.0)
    )
    store = open_store(settings, clock=clock)
    await store.firms.load()
    engine = Engine(
        understanding=understanding or ScriptedUnderstanding(),
        knowledge=NoKnowledge(),
        composer=TemplateComposer(quote=lambda found, text, language: ("", ())),
    )
    pairs: Sequence[tuple[str, Channel]] = channels or [(ACCOUNT, channel or CollectingChannel())]
    return build_application(settings, store, engine=engine, jobs=MemoryJobs(clock=store.clock), channels=pairs)


async def settle(app: Application, *, limit: float = 10.0) -> None:
    """Wait until nothing is running or waiting any more."""
    async with asyncio.timeout(limit):
        while not app.dispatcher.idle:  # noqa: ASYNC110 - a test may look
            await asyncio.sleep(0.005)
