"""The root record of a talk, and what the bot remembers of it from turn to turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from core.domain.basket import Item
from core.domain.ids import AccountId, ContactId, ConversationId, MessageId
from core.domain.reply_window import Standing


class Holder(StrEnum):
    BOT = "bot"
    WAITING = "waiting"
    OPERATOR = "operator"
    CLOSED = "closed"


RESUMED: Final = "resumed"
"""Why the bot has a conversation again that a person held: nobody answered in time."""
NATIVE_APP: Final = "native_app"
"""Why a person holds a conversation that nobody took over at the desk: they wrote in the platform's own application."""
ANOTHER_APP: Final = "another_app"
"""Why neither the bot nor the desk holds it: another application has the thread."""
HOLD_REQUESTED: Final = "hold_requested"
"""Why the bot waits: somebody wants to answer from another application."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The bot's own notes on one conversation; small, stored as JSON."""

    focus: str | None = None
    """The product (sku) under discussion."""
    topic: str | None = None
    last_move: str | None = None
    asked: Mapping[str, int] = field(default_factory=dict)
    """How often each fact was asked for."""
    done: tuple[str, ...] = ()
    """Moves made, each once, in order of first use."""
    used: tuple[str, ...] = ()
    """Keys of the last texts used, so that the bot does not repeat itself."""
    stuck: int = 0
    turns: int = 0
    disclosed_at: str | None = None
    """When the bot last said that it is one (ISO)."""
    followups: int = 0
    """Follow-ups planned since the customer last wrote."""
    offered: tuple[str, ...] = ()
    """Products (sku) shown last, in the order in which they were read: "the second one", "the cheaper one"."""
    agreed: bool = False
    told: tuple[str, ...] = ()
    """Circumstances the customer mentioned."""
    objected: int = 0
    """How often the price was objected to since something was last offered in its place."""
    pending: str | None = None
    """What a plain yes means now."""
    basket: tuple[Item, ...] = ()
    """What was picked or talked about, the newest last."""

    def to_json(self) -> dict[str, Any]:
        return {
            "focus": self.focus,
            "topic": self.topic,
            "last_move": self.last_move,
            "asked": dict(self.asked),
            "done": list(self.done),
            "used": list(self.used),
            "stuck": self.stuck,
            "turns": self.turns,
            "disclosed_at": self.disclosed_at,
            "followups": self.followups,
            "offered": list(self.offered),
            "agreed": self.agreed,
            "told": list(self.told),
            "objected": self.objected,
            "pending": self.pending,
            "basket": [item.to_json() for item in self.basket],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Memory":
        """Unknown keys of a newer version are ignored, missing ones get their default."""
        known = {name: value for name, value in (data or {}).items() if name in cls.__dataclass_fields__}
        for name in ("done", "used", "offered", "told"):
            known[name] = tuple(known.get(name) or ())
        known["basket"] = tuple(Item.from_json(item) for item in known.get("basket") or ())
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Conversation:
    id: ConversationId
    account: AccountId
    channel: str
    chat: str
    contact_id: ContactId
    holder: Holder
    stage: str
    language: str | None
    role: str
    audience: str
    playbook_digest: str | None
    memory: Memory
    lease_epoch: int
    last_inbound_at: datetime | None = None
    reachable: bool = True
    opted_out: bool = False
    """Here, or at another door of the same person."""
    linked: tuple[ContactId, ...] = ()
    """Other contacts that this person proved to be."""
    others: tuple[ContactId, ...] = ()
    """Those, and the ones that the firm's people believe to be the same person: never told of to anybody."""
    holder_reason: str | None = None
    operator: str | None = None
    """Who holds it, when a person took it over at the desk."""
    opened_at: datetime | None = None
    """When the person last did what opens the reply window."""
    ad_entry_at: datetime | None = None
    comment_id: str | None = None
    """The platform's id of their newest public comment."""
    comment_at: datetime | None = None
    comment_answered_at: datetime | None = None
    held_elsewhere: bool = False
    """Another application answers in this thread."""

    @property
    def standing(self) -> Standing:
        return Standing(
            opened_at=self.opened_at,
            reachable=self.reachable,
            opted_out=self.opted_out,
            ad_entry_at=self.ad_entry_at,
            comment_at=self.comment_at,
            comment_id=self.comment_id,
            comment_answered=self.comment_answered_at is not None,
            held_elsewhere=self.held_elsewhere,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One earlier message of the conversation, as the engine reads history."""

    id: MessageId
    role: str
    """customer, bot, operator or system."""
    text: str
    at: datetime
