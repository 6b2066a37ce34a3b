"""An application whose replies name the messages that they answer, so that what people saw tells the whole truth."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bots.bootstrap import Application, build_application, open_store
from bots.channel import Channel
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage, OutboundMessage
from core.domain.turn import Action, Draft, Turn, Understood
from core.engine.compose import Brief, TemplateComposer
from core.engine.engine import Engine
from core.jobs.memory import MemoryJobs
from core.settings import Settings
from tests.spine import ACCOUNT, NOON, NoKnowledge

_MARK = re.compile(r"\[([^\]]+)\]")
SECOND_PART = "more"


class EchoComposer(TemplateComposer):
    """Two messages a reply: the first names every message of the turn, the second is there to be torn off."""

    def __init__(self, *, parts: int = 2) -> None:
        super().__init__(quote=lambda found, text, language: ("", ()))
        self._parts = parts

    def compose(self, brief: Brief) -> tuple[Draft, bool]:
        if brief.decision.action is Action.WAIT:
            return Draft((), approved=True), True
        marks = " ".join(f"[{message.text}]" for message in brief.turn.messages)
        rest = [OutboundMessage(f"{SECOND_PART} {number}") for number in range(1, self._parts)]
        return Draft((OutboundMessage(marks), *rest), approved=True), True


@dataclass
class Watching:
    """Understands everything as a greeting, after a moment, and remembers what each turn was shown."""

    dice: random.Random
    slowest: float = 0.0
    turns: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """(chat, texts of the turn, texts of its history)"""
    begun: set[str] = field(default_factory=set)

    async def understand(self, turn: Turn) -> Understood:
        self.begun.add(turn.conversation.chat)
        texts = tuple(message.text for message in turn.messages)
        self.turns.append((turn.conversation.chat, texts, tuple(line.text for line in turn.history)))
        if self.slowest:
            await asyncio.sleep(self.dice.random() * self.slowest)
        return Understood(language="en", act="greeting", acts=("greeting",), probability=1.0)


async def build_echo(
    folder: Path, *, channel: Channel, understanding: Watching, database_url: str | None = None, parts: int = 2
) -> Application:
    """Not started yet, so that a caller can look at what a kill left. A burst is not waited for."""
    settings = Settings(data_dir=folder, database_url=database_url, quiet_window_s=0, longest_quiet_s=0)
    store = open_store(settings)
    await store.firms.load()
    engine = Engine(understanding=understanding, knowledge=NoKnowledge(), composer=EchoComposer(parts=parts))
    jobs = MemoryJobs(clock=store.clock)
    return build_application(settings, store, engine=engine, jobs=jobs, channels=[(ACCOUNT, channel)])


def offer(chat: str, text: str, number: int, *, account: AccountId = ACCOUNT) -> InboundMessage:
    """The platform's update for one event: its text is its name, its time grows with its number."""
    return InboundMessage(
        account=account,
        event_id=text,
        chat=chat,
        sender=chat,
        kind=InboundKind.TEXT,
        at=NOON + timedelta(seconds=number),
        text=text,
        external_id=str(number),
    )


def marks(text: str) -> list[str]:
    """The messages that a reply names."""
    return _MARK.findall(text)
