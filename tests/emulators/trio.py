"""Telegram, a page and an Instagram account at one address."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from tests.emulators.loopback import LoopbackServer
from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_state import APP_SECRET, INSTAGRAM_ACCOUNT, PAGE, TOKEN, VERIFY_TOKEN, MetaState
from tests.emulators.moving_clock import MovingClock
from tests.emulators.platform import build_app
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TelegramState
from tests.emulators.weather import Weather


@dataclass
class Trio:
    """Their clocks go with this machine's, unless all of them stand still `at` a time (seconds since 1970). `login`:
    Instagram is opened by its own login instead of by a page."""

    weather: Weather = field(default_factory=Weather)
    echo_first: float = 0.0
    at: float | None = None
    login: bool = False
    telegram: TelegramEmulator = field(init=False)
    messenger: MetaEmulator = field(init=False)
    instagram: MetaEmulator = field(init=False)

    def __post_init__(self) -> None:
        state = TelegramState(clock=MovingClock(self.at), weather=self._weather("telegram"))
        self.telegram = TelegramEmulator(state)
        self.messenger = self._meta("messenger", MetaState("page", PAGE, clock=MovingClock(self.at)))
        account = MetaState("instagram", INSTAGRAM_ACCOUNT, clock=MovingClock(self.at), proof_is_optional=self.login)
        self.instagram = self._meta("instagram", account, login=self.login)

    def _weather(self, name: str) -> Weather:
        dice = random.Random(f"{name}{self.weather.dice.random()}")
        return replace(self.weather, dice=dice, counts=Counter())

    def _meta(self, name: str, state: MetaState, *, login: bool = False) -> MetaEmulator:
        return MetaEmulator(state, name=name, echo_first=self.echo_first, weather=self._weather(name), login=login)

    @property
    def all(self) -> tuple[TelegramEmulator, MetaEmulator, MetaEmulator]:
        return self.telegram, self.messenger, self.instagram

    @property
    def meta(self) -> tuple[MetaEmulator, MetaEmulator]:
        return self.messenger, self.instagram

    @property
    def weathers(self) -> list[Weather]:
        return [self.telegram.state.weather, *(meta.pusher.weather for meta in self.meta)]

    @property
    def waiting(self) -> int:
        """What is still to be delivered."""
        return len(self.telegram.state.queue) + sum(meta.pusher.waiting for meta in self.meta)

    @property
    def is_idle(self) -> bool:
        return not self.telegram.state.queue and all(meta.pusher.is_idle for meta in self.meta)

    def advance(self, seconds: float) -> None:
        for emulator in self.all:
            emulator.state.clock.advance(seconds)

    def serve(self, *, port: int = 0) -> LoopbackServer:
        return LoopbackServer(build_app(self.all), port=port)

    def settings(self, address: str) -> dict[str, str]:
        """What a bot needs to know to meet them at `address`, by the names of its settings."""
        by_login = {"INSTAGRAM_LOGIN": "true", "INSTAGRAM_APP_SECRET": APP_SECRET} if self.login else {}
        return {
            "TELEGRAM_TOKEN": self.telegram.state.token,
            "TELEGRAM_BASE_URL": f"{address}/bot",
            "META_APP_SECRETS": APP_SECRET,
            "META_VERIFY_TOKEN": VERIFY_TOKEN,
            "MESSENGER_PAGE_ID": PAGE,
            "MESSENGER_TOKEN": TOKEN,
            "MESSENGER_GRAPH_URL": f"{address}/messenger",
            "INSTAGRAM_ID": INSTAGRAM_ACCOUNT,
            "INSTAGRAM_TOKEN": TOKEN,
            "INSTAGRAM_GRAPH_URL": f"{address}/instagram",
            **by_login,
        }
