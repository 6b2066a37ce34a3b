"""What people do on a page or an Instagram account, told to the webhook as the platform tells it."""

import random
from collections.abc import Mapping
from typing import Any

from tests.emulators.meta_events import Json, echo, entry, envelope, message
from tests.emulators.meta_push import Parcel, WebhookPusher
from tests.emulators.meta_send import tap_title
from tests.emulators.meta_state import PERSON, Comment, MetaState, Seen
from tests.emulators.screens import Bubble, media_of

PAGE_INBOX = 26390203743090
"""The application in which people of the firm answer by hand."""


class MetaPeople:
    """`state` and `pusher` are the platform's; what a person does opens their window, what the firm does opens none."""

    state: MetaState
    pusher: WebhookPusher
    by_login: bool = False
    """Instagram's own login, which tells of comments in a shape of its own."""

    def say(self, text: str, *, person: str = PERSON, mid: str | None = None, **parts: Any) -> str:
        """`parts` are other fields of the message. Gives the message's id."""
        mid = mid or self.state.number()
        self.state.screens.show(person, Bubble(True, text))
        self._from_person(person, message={"mid": mid, "text": text, **parts})
        return mid

    def attach(self, kind: str, *, person: str = PERSON, url: str = "https://cdn.example.com/x", **parts: Any) -> str:
        mid = self.state.number()
        self.state.screens.show(person, Bubble(True, "", media=media_of(kind, url)))
        attachment = {"type": kind, "payload": {"url": url}}
        self._from_person(person, message={"mid": mid, "attachments": [attachment], **parts})
        return mid

    def tap(self, title: str, *, person: str = PERSON, phone: str = "+380671234567") -> str:
        """The newest button of that title. `phone` is what the profile gives to a button that asks for it. Raises
        LookupError when the person sees none."""
        for seen in reversed(self.seen(person)):
            for button in seen.taps:
                if tap_title(button) == title:
                    return self._tap(button, title, person, phone)
        raise LookupError(f"person {person} sees no button {title!r}")

    def _tap(self, button: Json, title: str, person: str, phone: str) -> str:
        mid = self.state.number()
        if button.get("type") == "postback":
            self.state.screens.show(person, Bubble(True, title))
            self._from_person(person, postback={"mid": mid, "title": title, "payload": button["payload"]})
            return mid
        asks = button.get("content_type") == "user_phone_number"
        said = phone if asks else title
        return self.say(said, person=person, mid=mid, quick_reply={"payload": phone if asks else button["payload"]})

    def begin(self, *, person: str = PERSON, ref: str | None = None) -> None:
        """The get-started button, from a link when there is a `ref`."""
        told = {"referral": {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}} if ref else {}
        postback = {"mid": self.state.number(), "title": "Get started", "payload": "GET_STARTED", **told}
        self._from_person(person, postback=postback)

    def come_from(self, *, person: str = PERSON, ref: str | None = None, ad: str | None = None) -> None:
        """A link or an ad opens a talk that exists already."""
        told = {"ref": ref, "ad_id": ad, "source": "ADS" if ad else "SHORTLINK", "type": "OPEN_THREAD"}
        self._from_person(person, referral={name: value for name, value in told.items() if value})

    def edit(self, mid: str, text: str, *, person: str = PERSON, number: int = 1) -> None:
        self._from_person(person, message_edit={"mid": mid, "text": text, "num_edit": number})

    def unsend(self, mid: str, *, person: str = PERSON) -> None:
        event = message(None, mid=mid, sender=person, to=self.state.node, stamp=self.state.stamp, is_deleted=True)
        self.inject(event)

    def react(self, mid: str, emoji: str = "❤", *, person: str = PERSON) -> None:
        self._from_person(person, reaction={"mid": mid, "action": "react", "emoji": emoji, "reaction": "love"})

    def read(self, *, person: str = PERSON) -> None:
        """They saw everything up to now. That opens no window."""
        latest = self.seen(person)[-1:]
        told: Json = {"watermark": self.state.stamp}
        if self.state.kind == "instagram":
            told = {"mid": latest[0].mid if latest else self.state.number()}
        self._tell(envelope(sender=person, recipient=self.state.node, stamp=self.state.stamp, read=told))

    def comment(self, text: str, *, person: str = PERSON, number: str | None = None) -> str:
        """In public, under a post. Gives the comment's id, which one private message may answer within a week."""
        number = number or f"c_{self.state.number()}"
        self.state.comments[number] = Comment(person, self.state.now)
        author = {"id": person, "name": "Olena"}
        if self.state.kind == "instagram":
            post = {"id": "p1", "media_product_type": "FEED"}
            told = {"field": "comments", "value": {"id": number, "text": text, "from": author, "media": post}}
            if self.by_login:
                self.pusher.push({"id": self.state.node, "time": self.state.stamp, **told})
            else:
                self._tell(told, "changes")
            return number
        value = {
            "item": "comment", "verb": "add", "comment_id": number, "post_id": "p1", "message": text, "from": author,
            "created_time": int(self.state.now),
        }  # fmt: skip
        self._tell({"field": "feed", "value": value}, "changes")
        return number

    def block(self, person: str = PERSON) -> None:
        self.state.blocked.add(person)

    def unblock(self, person: str = PERSON) -> None:
        self.state.blocked.discard(person)

    def open_chat(self, person: str = PERSON) -> None:
        """As if they had written, without a word."""
        self.state.open_window(person)

    # The firm's own side

    def answer_by_hand(self, text: str, *, to: str = PERSON) -> None:
        """Somebody of the firm writes in the platform's own application."""
        self.state.screens.show(to, Bubble(False, text))
        self.bring_back({"text": text}, mid=self.state.number(), to=to, app_id=PAGE_INBOX)

    def bring_back(self, sent: Mapping[str, Any], *, mid: str, to: str, app_id: int) -> Parcel:
        """The echo of what was sent to somebody."""
        parts = {name: sent[name] for name in ("metadata",) if sent.get(name) is not None}
        if sent.get("attachment"):
            parts["attachments"] = [sent["attachment"]]
        text, state = str(sent.get("text") or ""), self.state
        return self._tell(echo(text, mid=mid, to=to, own_id=state.node, stamp=state.stamp, app_id=app_id, **parts))

    def hold_elsewhere(self, person: str = PERSON) -> None:
        """Another application takes the thread: what they write now comes as standby."""
        self.state.elsewhere.add(person)
        self._tell(self._routed(person, "take_thread_control", {"previous_owner_app_id": "1"}))

    def give_back(self, person: str = PERSON) -> None:
        self.state.elsewhere.discard(person)
        self._tell(self._routed(person, "pass_thread_control", {"new_owner_app_id": "1"}))

    def _routed(self, person: str, name: str, told: Json) -> Json:
        return envelope(sender=person, recipient=self.state.node, stamp=self.state.stamp, **{name: told})

    # The way to the bot

    def inject(self, *events: Any, way: str = "messaging") -> Parcel:
        """Any events, in one entry."""
        return self.pusher.push(entry(*events, own_id=self.state.node, way=way, stamp=self.state.stamp))

    def redeliver(self, *, seed: int = 0, times: int = 1) -> None:
        """Everything that was ever told, again, in any order."""
        for _ in range(times):
            told = list(self.pusher.told)
            random.Random(seed).shuffle(told)
            for each in told:
                self.pusher.push(each, again=True)

    def _from_person(self, person: str, **event: Any) -> None:
        self.state.open_window(person)
        self._tell(
            envelope(sender=person, recipient=self.state.node, stamp=self.state.stamp, **event),
            "standby" if person in self.state.elsewhere else "messaging",
        )

    def _tell(self, event: Json, way: str = "messaging") -> Parcel:
        return self.inject(event, way=way)

    # What was seen

    def seen(self, person: str = PERSON) -> list[Seen]:
        with self.state.lock:
            return [seen for seen in self.state.seen if seen.recipient == person]

    def texts(self, person: str = PERSON) -> list[str]:
        return [seen.text for seen in self.seen(person)]
