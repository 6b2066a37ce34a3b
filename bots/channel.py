"""The contract of a channel: what it can show, what may be sent there, and how one message is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.domain.messages import AttachmentKind, OutboundMessage
from core.domain.reply_window import NO_LIMIT, WindowRules
from core.domain.sending import SendResult


class TextUnit(StrEnum):
    UTF16 = "utf16"
    BYTES = "bytes"
    CODE_POINTS = "code_points"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show, as data: delivery asks these, never a channel's name."""

    text_limit: int
    text_unit: TextUnit
    max_buttons: int
    button_title_limit: int
    contact_button: bool
    attachments: frozenset[AttachmentKind]
    resend_is_harmless: bool
    """Sending the same outbox row twice shows one message: a row in doubt may simply be sent again."""
    typing_every: timedelta | None
    """How often "typing" must be repeated while a turn runs; None = not offered."""
    window: WindowRules
    window_of: Callable[[str], WindowRules] | None = None
    """Where the rules depend on the chat: those of this one."""

    def rules_for(self, chat: str) -> WindowRules:
        return self.window_of(chat) if self.window_of else self.window


class Channel(Protocol):
    name: str

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        """Send one message that already fits. `key` names the outbox row. Never raises for a platform's answer."""
        ...

    async def show_typing(self, chat: str) -> None:
        """Best effort, never raises."""
        ...

    async def acknowledge(self, callback: str) -> None:
        """Tell the platform that a button press arrived. Best effort, never raises."""
        ...


class AccountState(StrEnum):
    STARTING = "starting"
    OK = "ok"
    CONFLICT = "conflict"
    UNAUTHORIZED = "unauthorized"
    UNREACHABLE = "unreachable"
    RESTRICTED = "restricted"
    DEAF = "deaf"
    """It may speak, but what people write does not reach us."""
    EXPIRING = "expiring"
    """It works, and will not for long unless a person acts."""
    AWAY = "away"
    """Of a server that we lean on: it does not answer, and we go on without it."""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    state: AccountState
    reason: str
    hint: str
    at: datetime


@dataclass
class HealthBoard:
    """How each account and each server behind them is doing, for the desk, /healthz and /metrics."""

    accounts: dict[str, AccountHealth] = field(default_factory=dict)
    parts: dict[str, AccountHealth] = field(default_factory=dict)
    """Of what stands behind the accounts: database, cache, index, jobs. Only those that can be away."""

    silent: dict[str, AccountHealth] = field(default_factory=dict)
    """What is shown of an account that reports itself well, while nothing has come for longer than is usual."""
    usage: dict[str, Callable[[], float]] = field(default_factory=dict)
    """Per cent of a platform's limit that an account has used, as the platform last told."""
    token_ends: dict[str, Callable[[], datetime | None]] = field(default_factory=dict)
    listeners: list[Callable[[str, AccountHealth], None]] = field(default_factory=list)
    """Told of every report."""

    def report(self, account: str, health: AccountHealth) -> None:
        if health.state is AccountState.OK:
            health = self.silent.get(account, health)
        self.accounts[account] = health
        for listener in self.listeners:
            listener(account, health)

    @property
    def is_well(self) -> bool:
        """A part that just starts is no harm: nobody waits for it."""
        parts = (health.state for health in self.parts.values())
        accounts = (health.state for health in self.accounts.values())
        return all(state is AccountState.OK for state in accounts) and AccountState.AWAY not in parts

    def state(self, account: str) -> AccountState:
        known = self.accounts.get(account)
        return known.state if known else AccountState.STARTING


def rules_of(channels: Mapping[str, Channel]) -> Callable[[str, str], WindowRules]:
    """(account, chat) -> its rules; an account that nobody serves at present has none."""

    def find(account: str, chat: str) -> WindowRules:
        channel = channels.get(account)
        return channel.capabilities.rules_for(chat) if channel else NO_LIMIT

    return find
