"""A loopback Telegram: people write to the bot, the bot's calls are seen, anything may go wrong on command."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.routing import BaseRoute

from tests.emulators.faults import Fault, FaultScript
from tests.emulators.served import Served
from tests.emulators.telegram_routes import build_routes
from tests.emulators.telegram_state import TOKEN, Seen, TelegramState, Waiting
from tests.emulators.telegram_updates import (
    DATE,
    Json,
    button_update,
    membership_update,
    message,
    person,
)
from tests.emulators.telegram_webhook import WebhookPusher

USER = 7


class TelegramEmulator(Served):
    """Implements Platform."""

    name = "telegram"

    def __init__(self, *, token: str = TOKEN) -> None:
        self.state = TelegramState(token=token)
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

    # People

    def say(self, text: str, *, user_id: int = USER, delay: float = 0.0, **more: Any) -> int:
        """A private message; `more` are other fields of the message. Gives the update's id."""
        return self.send({"text": text, **more}, user_id=user_id, delay=delay)

    def send(self, fields: Mapping[str, Any], *, user_id: int = USER, delay: float = 0.0) -> int:
        self.open_chat(user_id)
        body = message(person(user_id), number=self.state.number_message(), **fields)
        return self.inject({"message": body}, delay=delay)

    def edit(self, message_id: int, text: str, *, user_id: int = USER) -> int:
        body = message(person(user_id), number=message_id, text=text, edit_date=DATE + 60)
        return self.inject({"edited_message": body})

    def press(self, data: str, *, user_id: int = USER) -> int:
        """Tap the newest button with this data. Raises LookupError when the person sees none."""
        shown = [seen for seen in self.seen(user_id) if any(b.get("callback_data") == data for b in flat(seen.buttons))]
        if not shown:
            raise LookupError(f"person {user_id} sees no button with the data {data!r}")
        update_id = self.state.number_update()
        keyboard = {"inline_keyboard": [list(row) for row in shown[-1].buttons]}
        body = message(person(user_id), number=shown[-1].message_id, text=shown[-1].text, reply_markup=keyboard)
        full = button_update(
            data, user=person(user_id), update_id=update_id, message={**body, "from": dict(self.state.bot)}
        )
        self.state.callbacks[full["callback_query"]["id"]] = "open"
        return self.inject(full)

    def block(self, *, user_id: int = USER) -> int:
        self.state.blocked.add(user_id)
        return self.inject(_unnumbered(membership_update("kicked", user=person(user_id))))

    def unblock(self, *, user_id: int = USER) -> int:
        self.state.blocked.discard(user_id)
        return self.inject(_unnumbered(membership_update("member", user=person(user_id))))

    def open_chat(self, user_id: int = USER) -> None:
        """The person has started the bot."""
        self.state.chats.add(user_id)

    def connect_business(self, connection: str = "conn-1", *, enabled: bool = True) -> None:
        self.state.connections[connection] = enabled

    def move_chat(self, old: int, new: int) -> None:
        self.state.moved[old] = new
        self.state.chats.add(new)

    def expire_callbacks(self) -> None:
        self.state.callbacks = dict.fromkeys(self.state.callbacks, "expired")

    # The way to the bot

    def inject(self, update: Mapping[str, Any], *, delay: float = 0.0) -> int:
        """Any update; without an update_id it gets the next one."""
        return self.state.enqueue(update, delay)

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

    # What was seen

    def seen(self, chat_id: int = USER) -> list[Seen]:
        with self.state.lock:
            return [seen for seen in self.state.seen if seen.chat_id == chat_id]

    def texts(self, chat_id: int = USER) -> list[str]:
        return [seen.text for seen in self.seen(chat_id)]

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


def flat(rows: Sequence[Sequence[Json]]) -> list[Json]:
    return [button for row in rows for button in row]


def _unnumbered(full: Json) -> Json:
    return {name: body for name, body in full.items() if name != "update_id"}
