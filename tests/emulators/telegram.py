"""A loopback Telegram: people write to the bot, the bot's calls are seen, anything may go wrong on command."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.routing import BaseRoute

from tests.emulators.faults import Fault, FaultScript
from tests.emulators.served import Served
from tests.emulators.telegram_people import TelegramPeople
from tests.emulators.telegram_routes import build_routes
from tests.emulators.telegram_state import TOKEN, TelegramState, Waiting
from tests.emulators.telegram_webhook import WebhookPusher


class TelegramEmulator(Served, TelegramPeople):
    """Implements Platform."""

    name = "telegram"

    def __init__(self, state: TelegramState | None = None, *, token: str = TOKEN) -> None:
        self.state = state or TelegramState(token=token)
        self.faults = FaultScript()

    # Serving

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    def routes(self) -> Sequence[BaseRoute]:
        return build_routes(self.state, self.faults)

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return [WebhookPusher(self.state).run]

    # The way to the bot

    def duplicate(self, update_id: int, *, times: int = 1) -> None:
        """Deliver it so many times more, also when it was taken already."""
        for _ in range(times):
            self.state.enqueue(self.state.history[update_id])

    def redeliver(self, update_ids: Sequence[int]) -> None:
        """All of these again in one go, as after a lost confirmation."""
        with self.state.lock:
            for update_id in update_ids:
                self.state.enqueue(self.state.history[update_id])

    def hold(self, update_id: int, *, seconds: float) -> None:
        with self.state.lock:
            for waiting in self._waiting(update_id):
                waiting.not_before += seconds

    def shuffle(self, *, seed: int = 0) -> None:
        with self.state.lock:
            random.Random(seed).shuffle(self.state.queue)

    def _waiting(self, update_id: int) -> list[Waiting]:
        return [waiting for waiting in self.state.queue if waiting.update["update_id"] == update_id]

    # What goes wrong

    def script(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each; `*` is any method."""
        self.faults.add(method, *faults)

    def always(self, method: str, fault: Fault) -> None:
        self.faults.always(method, fault)

    def describe(self) -> Mapping[str, Any]:
        state = self.state
        with state.lock:
            return {
                "token": state.token,
                "waiting": [waiting.update["update_id"] for waiting in state.queue],
                "offsets": state.offsets,
                "webhook": state.webhook.url,
                "deliveries": state.deliveries,
                "seen": [seen.as_json() for seen in state.seen],
                "typing": state.typing,
                "callbacks": state.callbacks,
            }

    def actions(self) -> Mapping[str, Callable[..., Any]]:
        names = (
            "say",
            "send",
            "edit",
            "press",
            "tap",
            "block",
            "unblock",
            "open_chat",
            "inject",
            "duplicate",
            "redeliver",
            "hold",
            "shuffle",
        )
        return {
            **{name: getattr(self, name) for name in names},
            "expire_callbacks": self.expire_callbacks,
            "script": lambda method, faults: self.script(method, *(Fault(**fault) for fault in faults)),
            "always": lambda method, fault: self.always(method, Fault(**fault)),
            "clear_faults": self.faults.clear,
        }
