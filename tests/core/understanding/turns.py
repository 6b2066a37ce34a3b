"""Turns to understand: one firm, one playbook, any messages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from core.domain.conversation import Conversation, Holder, Memory
from core.domain.facts import Fact, FactValue
from core.domain.firm import Firm, Product
from core.domain.ids import AccountId, ContactId, ConversationId, FactId, InboxId, MessageId
from core.domain.messages import InboundKind
from core.domain.playbook import Move, Playbook
from core.domain.turn import Turn, TurnMessage

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def product(sku: str, uk: str, ru: str, en: str) -> Product:
    return Product(sku, {"uk": uk, "ru": ru, "en": en}, Decimal(900), "UAH", "pcs", None, None)


PRODUCTS = (
    product("CH-01", "Стілець Ерго чорний", "Стул Эрго чёрный", "Ergo chair black"),
    product("CH-02", "Стілець Лофт", "Стул Лофт", "Loft chair"),
    product("TB-01", "Стіл письмовий Лофт 120", "Стол письменный Лофт 120", "Loft desk 120"),
    product("LM-01", "Лампа настільна", "Лампа настольная", "Desk lamp"),
)
FIRM = Firm(
    name="Invented",
    languages=("uk", "ru", "en"),
    default_language="uk",
    region="UA",
    timezone="Europe/Kyiv",
    currency="UAH",
    on_duty={},
    disclosure={},
    contacts={},
    policies=(),
    products=PRODUCTS,
    materials=(),
    version="1",
)
PLAYBOOK = Playbook(
    audience="buyers",
    version="1",
    stages=("opening",),
    moves=tuple(
        Move(id=f"ask_{fact}", stage="opening", goal="", templates={}, asks=fact)
        for fact in ("quantity", "budget", "name", "city", "need")
    ),
    objections=(),
    followups=(),
    handoff=(),
    phrases={},
    digest="1",
)
CONVERSATION = Conversation(
    id=ConversationId(1),
    account=AccountId("web"),
    channel="webchat",
    chat="1",
    contact_id=ContactId(1),
    holder=Holder.BOT,
    stage="opening",
    language=None,
    role="unknown",
    audience="buyers",
    playbook_digest="1",
    memory=Memory(),
    lease_epoch=1,
)


def message(text: str, number: int = 1, kind: InboundKind = InboundKind.TEXT, **more: Any) -> TurnMessage:
    return TurnMessage(id=MessageId(number), inbox_id=InboxId(number), kind=kind, text=text, at=NOW, **more)


def turn(
    *messages: str | TurnMessage,
    language: str | None = None,
    asked: str | None = None,
    known: Mapping[str, FactValue] | None = None,
    products: Sequence[Product] = PRODUCTS,
) -> Turn:
    """`asked` is the fact that the bot's last move was after."""
    memory = Memory(last_move=f"ask_{asked}" if asked else None)
    return Turn(
        conversation=replace(CONVERSATION, language=language, memory=memory),
        messages=tuple(
            message(each, number) if isinstance(each, str) else each for number, each in enumerate(messages, 1)
        ),
        history=(),
        facts={
            name: Fact(FactId(number), name, value, "bot", NOW)
            for number, (name, value) in enumerate((known or {}).items())
        },
        playbook=PLAYBOOK,
        firm=replace(FIRM, products=tuple(products), version=str(len(products))),
        now=NOW,
    )
