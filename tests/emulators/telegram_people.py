"""What people do in their chat with the bot, told as Telegram tells it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.emulators.screens import Bubble
from tests.emulators.telegram_state import Seen, TelegramState
from tests.emulators.telegram_updates import ATTACHMENTS, DATE, Json, button_update, membership_update, message, person

USER = 7


class TelegramPeople:
    """`state` is the platform's."""

    state: TelegramState

    def say(self, text: str, *, user_id: int = USER, delay: float = 0.0, **more: Any) -> int:
        """A private message; `more` are other fields of the message. Gives the update's id."""
        return self.send({"text": text, **more}, user_id=user_id, delay=delay)

    def send(self, fields: Mapping[str, Any], *, user_id: int = USER, delay: float = 0.0) -> int:
        self.open_chat(user_id)
        dated = {"date": int(self.state.clock.now()), **fields}
        body = message(person(user_id), number=self.state.number_message(), **dated)
        kind = next((name for name in ATTACHMENTS if name in fields), None)
        words = str(fields.get("text") or fields.get("caption") or "")
        self.state.screens.show(user_id, Bubble(True, words, media=kind))
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

    def tap(self, title: str, *, user_id: int = USER, phone: str = "+380671234567") -> int:
        """The newest button or key of that title; `phone` is what a key that asks for it gives. Raises LookupError."""
        for seen in reversed(self.seen(user_id)):
            for button in flat([*seen.buttons, *seen.keyboard]):
                if button.get("text") != title:
                    continue
                if button.get("request_contact"):
                    card = {"phone_number": phone, "first_name": person(user_id)["first_name"], "user_id": user_id}
                    return self.send({"contact": card}, user_id=user_id)
                if "callback_data" not in button:
                    return self.say(title, user_id=user_id)
                self.state.screens.show(user_id, Bubble(True, title))
                return self.press(button["callback_data"], user_id=user_id)
        raise LookupError(f"person {user_id} sees no button {title!r}")

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

    # What was seen

    def seen(self, chat_id: int = USER) -> list[Seen]:
        with self.state.lock:
            return [seen for seen in self.state.seen if seen.chat_id == chat_id]

    def texts(self, chat_id: int = USER) -> list[str]:
        return [seen.text for seen in self.seen(chat_id)]

    def inject(self, update: Mapping[str, Any], *, delay: float = 0.0) -> int:
        """Any update; without an update_id it gets the next one."""
        return self.state.enqueue(update, delay)


def flat(rows: Sequence[Sequence[Json]]) -> list[Json]:
    return [button for row in rows for button in row]


def _unnumbered(full: Json) -> Json:
    return {name: body for name, body in full.items() if name != "update_id"}
