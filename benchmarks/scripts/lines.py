"""Customers of scripted talks who write on an emulated platform, and read there what the bot sends."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from bots.bucket import Bucket
from bots.channel import AccountHealth, AccountState
from bots.evaluation.dialogues import Said, gap_of, text_of
from bots.evaluation.records import Record
from bots.evaluation.stand import Stand
from bots.instagram.platform import INSTAGRAM, INSTAGRAM_LOGIN
from bots.messenger.platform import MESSENGER
from bots.meta.account import AppSettings, MetaAccount, MetaAccounts, Platform, build_account
from bots.meta.graph import Endpoint
from bots.meta.webhook import WEBHOOK_PATH
from bots.telegram.account import TelegramAccount, TelegramSettings, build_telegram
from bots.telegram.channel import TelegramChannel
from bots.telegram.pacing import Pace, Pacer
from bots.telegram.reception import Reception
from core.domain.ids import AccountId
from core.ports import Clock
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_push import sign
from tests.emulators.meta_state import APP_SECRET, INSTAGRAM_ACCOUNT, PAGE, TOKEN, VERIFY_TOKEN
from tests.emulators.moving_clock import MovingClock
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TOKEN as TELEGRAM_TOKEN
from tests.emulators.telegram_updates import person
from tests.emulators.trio import Trio

CHANNELS = ("telegram", "messenger", "instagram")
LIMITED = frozenset({"messenger", "instagram"})
"""Where the bot has a day for its reply."""
_TELEGRAM = AccountId("emulated-telegram")
_UNPACED = Pace(
    overall=Bucket(interval=0, burst=1), chat=Bucket(interval=0, burst=1), group=Bucket(interval=0, burst=1)
)


class _StandClock(MovingClock):
    """The evaluation's simulated time is the platform's."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(0)
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


@dataclass
class Platforms:
    """Three emulated platforms, connected to a stand. What they tell is handed over at once, so that nothing hangs on
    real time."""

    stand: Stand
    trio: Trio
    door: FastAPI
    reception: Reception
    """Of Telegram's updates, as a poller hands them over."""
    _people: int = field(default=0)

    def line(self, channel: str, record: Record) -> "PlatformLine":
        """Of one more customer."""
        self._people += 1
        return PlatformLine(self, channel, record, 7_000_000 + self._people)

    async def hand_over(self) -> None:
        """Until no platform has anything more to tell: an echo is an arrival, too. What was written in one go arrives
        in one go."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.door), base_url="http://bot") as http:
            while await self._tell_meta(http) + await self._tell_telegram():
                await self.stand.settle()

    async def _tell_meta(self, http: httpx.AsyncClient) -> int:
        bodies = [raw for meta in self.trio.meta if (raw := meta.pusher.take_together())]
        for raw in bodies:
            answer = await http.post(WEBHOOK_PATH, content=raw, headers=sign(raw, APP_SECRET))
            answer.raise_for_status()
        return len(bodies)

    async def _tell_telegram(self) -> int:
        state = self.trio.telegram.state
        with state.lock:
            updates, state.queue = [waiting.update for waiting in state.queue], []
        if updates:
            await self.reception.accept(updates)
        return len(updates)


def plays_on(record: Record, channel: str) -> bool:
    """A talk may be about a channel that limits the time for a reply (`window: day`), or about one that does not."""
    return record.get("window") in (None, "day" if channel in LIMITED else "none")


class PlatformLine:
    """Implements Line."""

    def __init__(self, platforms: Platforms, channel: str, record: Record, number: int) -> None:
        self.account = AccountId(f"emulated-{channel}")
        self.chat = str(number)
        self._platforms = platforms
        self._emulator: TelegramEmulator | MetaEmulator = getattr(platforms.trio, channel)
        self._record = record
        self._number = number

    async def write(self, burst: Sequence[Said]) -> None:
        """A voice note is written: what was said comes as its transcript in any case."""
        for place, said in enumerate(burst):
            if place:
                self._platforms.stand.clock.advance(timedelta(seconds=gap_of(said)))
            if text_of(said):
                self._say(text_of(said))
        await self._platforms.hand_over()

    def _say(self, text: str) -> None:
        if isinstance(self._emulator, MetaEmulator):
            if text == "/start":
                self._emulator.begin(person=self.chat)
            else:
                self._emulator.say(text, person=self.chat)
            return
        name = self._record.get("name") or "."
        user = person(self._number, name, language_code=self._record.get("language") or "uk")
        self._emulator.send({"text": text, "from": user}, user_id=self._number)

    def seen(self) -> list[str]:
        """What the customer saw."""
        if isinstance(self._emulator, MetaEmulator):
            return self._emulator.texts(self.chat)
        return self._emulator.texts(self._number)


@contextlib.asynccontextmanager
async def connect(stand: Stand, *, own_names: bool = False, login: bool = False) -> AsyncIterator[Platforms]:
    """The channels bear other names than their own, so that the firm expects nobody in particular there: who somebody
    is must be heard from what they write. With their own names the firm's `audiences` hold. `login`: Instagram is
    opened by its own login instead of by a page."""
    trio = Trio(login=login)
    for emulator in trio.all:
        emulator.state.clock = _StandClock(stand.clock)
    with trio.serve() as server:
        telegram, meta = _telegram(server.address, stand), _meta(server.address, stand, login=login)
        meta.connect(intake=stand.app.intake, health=stand.app.health)
        channels: list[tuple[str, Any]] = [*telegram.channels, *meta.channels]
        for account, channel in channels:
            channel.name = channel.name if own_names else account
            stand.app.channels[account] = channel
            stand.app.health.report(account, AccountHealth(AccountState.OK, "", "", stand.clock.now()))
        app = FastAPI()
        assert meta.router
        app.include_router(meta.router)
        reception = Reception(account=_TELEGRAM, intake=stand.app.intake, clock=stand.clock)
        try:
            yield Platforms(stand, trio, app, reception)
        finally:
            await telegram.stop()
            await meta.stop()


def _telegram(address: str, stand: Stand) -> TelegramAccount:
    settings = TelegramSettings(TELEGRAM_TOKEN, account=_TELEGRAM, base_url=f"{address}/bot")
    account = build_telegram(settings, clock=stand.clock)
    account.channel = TelegramChannel(client=account.client, pacer=Pacer(_UNPACED))
    return account


def _meta(address: str, stand: Stand, *, login: bool) -> MetaAccounts:
    by_page, by_login = Endpoint(TOKEN, APP_SECRET), Endpoint(TOKEN, node=INSTAGRAM_ACCOUNT)
    instagram = (INSTAGRAM_LOGIN, by_login) if login else (INSTAGRAM, by_page)
    accounts = [_meta_account(address, PAGE, MESSENGER, by_page), _meta_account(address, INSTAGRAM_ACCOUNT, *instagram)]
    return MetaAccounts(app=AppSettings([APP_SECRET], VERIFY_TOKEN), accounts=accounts, clock=stand.clock)


def _meta_account(address: str, own_id: str, platform: Platform, endpoint: Endpoint) -> MetaAccount:
    account = build_account(platform, own_id, replace(endpoint, base_url=f"{address}/{platform.name}"))
    account.account = AccountId(f"emulated-{platform.name}")
    return account
