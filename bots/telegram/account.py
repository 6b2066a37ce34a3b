"""One Telegram account, ready to be wired. The library is loaded here, when there is an account at all."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bots.arrival import Receiver
from bots.channel import Channel, HealthBoard
from bots.redact import hide_tokens
from core.domain.ids import AccountId
from core.errors import InvalidSettings
from core.ports import Clock

if TYPE_CHECKING:
    from fastapi import APIRouter

    from bots.telegram.caretaker import TelegramCaretaker
    from bots.telegram.channel import TelegramChannel
    from bots.telegram.client import TelegramClient
    from bots.telegram.link import Link, Way
    from bots.telegram.reception import Reception

ACCOUNT: Final = AccountId("telegram")

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_STOP_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """`public_url` switches from polling to the webhook; `base_url` None is the platform's own server."""

    token: str = field(repr=False)
    account: AccountId = ACCOUNT
    base_url: str | None = None
    base_file_url: str | None = None
    """None = beside `base_url`, as the platform has it."""
    public_url: str | None = None
    secret: str | None = field(default=None, repr=False)
    """Proves that a webhook call is the platform's; None = derived from the token."""
    long_poll_s: int = 30
    connect_timeout: float = 10.0
    read_timeout: float = 20.0


@dataclass
class TelegramAccount:
    """In this order: `channel` into the wiring, `connect` with what was wired, `start`, `stop`."""

    settings: TelegramSettings
    clock: Clock
    client: "TelegramClient"
    channel: "TelegramChannel"
    router: "APIRouter | None" = None
    """The webhook's route, after `connect`; None when polling."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _link: "Link | None" = None
    _running: asyncio.Task[None] | None = None

    @property
    def channels(self) -> list[tuple[str, Channel]]:
        return [(self.settings.account, self.channel)]

    @property
    def caretakers(self) -> "Sequence[TelegramCaretaker]":
        from bots.telegram.caretaker import TelegramCaretaker

        account, url = self.settings.account, self.webhook_url
        return [TelegramCaretaker(account, client=self.client, clock=self.clock, url=url, secret=self.secret)]

    @property
    def webhook_url(self) -> str | None:
        """None while we ask for messages."""
        from bots.telegram.routes import WEBHOOK_PATH

        at = self.settings.public_url
        return f"{at.rstrip('/')}{WEBHOOK_PATH.format(account=self.settings.account)}" if at else None

    @property
    def secret(self) -> str:
        return self.settings.secret or derive_secret(self.settings.token)

    def connect(self, *, intake: Receiver, health: HealthBoard) -> None:
        from bots.telegram.link import Link
        from bots.telegram.reception import Reception

        reception = Reception(account=self.settings.account, intake=intake, clock=self.clock)
        self.channel.find_username = lambda: reception.username
        way = self._webhook(reception) if self.settings.public_url else self._poller(reception)
        self._link = Link(
            way=way, client=self.client, reception=reception, health=health, clock=self.clock, sleep=self.sleep
        )

    async def start(self) -> None:
        """Returns at once; how it goes stands on the health board."""
        if self._link is None:
            raise RuntimeError("connect the account before it is started")
        self._running = asyncio.create_task(self._link.run(), name=f"telegram:{self.settings.account}")

    async def stop(self) -> None:
        """Lets the storing of what has come finish."""
        if self._link and self._running:
            await self._link.stop()
            await asyncio.wait({self._running}, timeout=_STOP_WITHIN_S)
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self.client.close_connections()

    def _poller(self, reception: "Reception") -> "Way":
        from bots.telegram.polling import Poller

        return Poller(client=self.client, reception=reception, long_poll_s=self.settings.long_poll_s)

    def _webhook(self, reception: "Reception") -> "Way":
        from bots.telegram.registration import Registration
        from bots.telegram.routes import Door, build_router

        self.router = build_router({self.settings.account: Door(self.secret, reception)})
        url = self.webhook_url or ""
        return Registration(client=self.client, url=url, secret=self.secret, clock=self.clock, sleep=self.sleep)


def build_telegram(settings: TelegramSettings, *, clock: Clock) -> TelegramAccount:
    """Nothing is asked of the platform yet. Raises InvalidSettings. From here on no log line holds the token."""
    check(settings)
    hide_tokens(settings.token)

    from bots.telegram.channel import TelegramChannel
    from bots.telegram.client import API, Endpoint, TelegramClient
    from bots.telegram.pacing import Pacer

    base_url = settings.base_url or API
    client = TelegramClient(
        settings.token,
        Endpoint(
            base_url=base_url,
            base_file_url=settings.base_file_url or f"{base_url.removesuffix('bot')}file/bot",
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
        ),
    )
    return TelegramAccount(settings, clock, client, TelegramChannel(client=client, pacer=Pacer()))


def check(settings: TelegramSettings) -> None:
    if not _TOKEN.fullmatch(settings.token):
        hint = "copy the whole token that @BotFather shows: digits, a colon, about 35 letters and digits"
        raise InvalidSettings("this is not a bot token", where="TELEGRAM_TOKEN", hint=hint)
    if settings.secret is not None and not _SECRET.fullmatch(settings.secret):
        hint = "use 1 to 256 of A-Z a-z 0-9 _ -, or leave it out"
        raise InvalidSettings("the webhook's secret has a sign that Telegram refuses", where="secret", hint=hint)
    if settings.public_url is not None and not settings.public_url.startswith(("https://", "http://127.0.0.1")):
        raise InvalidSettings("Telegram calls https addresses only", where="PUBLIC_URL", hint="begin it with https://")


def derive_secret(token: str) -> str:
    """The same at every start, and the token cannot be found from it."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()
