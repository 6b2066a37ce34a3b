"""Turns, playbooks and situations for the engine's tests, with keyword overrides."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from core.domain.conversation import Conversation, Holder, Memory
from core.domain.facts import Fact, FactValue
from core.domain.firm import Firm, Policy, Product
from core.domain.ids import AccountId, ContactId, ConversationId, FactId, InboxId, MessageId
from core.domain.messages import InboundKind
from core.domain.playbook import FollowUp, HandOffRule, Move, Objection, Playbook
from core.domain.situation import Situation
from core.domain.turn import Turn, TurnMessage, Understood
from core.domain.vocabulary import STAGES

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

PHRASE_KEYS = (
    "disclosure", "no_answer", "nearest", "nearest_person", "offer_person",
    "hand_off_on_duty", "hand_off_off_duty", "waiting", "opted_out",
    "bot_identity", "my_data_empty", "erase_confirm", "erased", "thanks",
    "smalltalk", "unclear", "farewell", "welcome_back",
    "unsupported", "price_unknown", "out_of_stock", "media_received", "price_list_intro", "error",
    "alternatives", "compare", "nothing_cheaper", "out_of_stock_instead", "over_budget", "no_discount", "off_topic",
    "rude", "complaint_on_duty", "complaint_off_duty", "noted", "no_person", "back_from_person", "hours",
    "waiting_off_duty", "back_after_silence",
)  # fmt: skip


def build_move(id: str, stage: str = "discovery", **more: Any) -> Move:
    texts = more.pop("en", (f"{id}!",))
    return Move(id=id, stage=stage, goal=id, templates={"en": texts}, **more)


def build_playbook(
    moves: Sequence[Move] = (), objections: Sequence[Objection] = (), audience: str = "buyers", **more: Any
) -> Playbook:
    phrases = {key: {"en": (f"<{key}>",)} for key in PHRASE_KEYS}
    phrases["price"] = {"en": ("{product}: {price} / {unit}.",)}
    phrases["nearest_person"] = {"en": ("<nearest_person>?",)}
    phrases["my_data"] = {"en": ("I know: {facts}",)}
    followups: Sequence[FollowUp] = more.get("followups", ())
    handoff: Sequence[HandOffRule] = more.get("handoff", ())
    return Playbook(
        audience, "1", STAGES, tuple(moves), tuple(objections), tuple(followups), tuple(handoff), phrases, "d1"
    )


def build_product(sku: str = "K1", price: str = "1250.50", **more: Any) -> Product:
    names = {"uk": "Кавомолка", "ru": "Кофемолка", "en": "Grinder"}
    values: dict[str, Any] = {"currency": "UAH", "unit": "pc", "valid_until": None, "in_stock": 3, **more}
    return Product(sku=sku, names=names, price=Decimal(price), **values)


def build_firm(products: Sequence[Product] = (), policies: Sequence[Policy] = ()) -> Firm:
    return Firm(
        name="Firm", languages=("uk", "ru", "en"), default_language="en", region="UA", timezone="Europe/Kyiv",
        currency="UAH", on_duty={"mon": (time(9), time(18))}, disclosure={}, contacts={"phone": "+380441112233"},
        policies=tuple(policies), products=tuple(products), materials=(), version="v1",
    )  # fmt: skip


def build_turn(text: str = "hello", *, playbook: Playbook | None = None, **more: Any) -> Turn:
    memory: Memory = more.get("memory", Memory(turns=1, disclosed_at=NOON.isoformat(), done=("greet",)))
    facts: dict[str, FactValue] = more.get("facts", {})
    message = TurnMessage(
        MessageId(7), InboxId(7), more.get("kind", InboundKind.TEXT), text, NOON, more.get("payload"),
        more.get("attachments", ()),
    )  # fmt: skip
    conversation = Conversation(
        id=ConversationId(1), account=AccountId("test"), channel="test", chat="anna", contact_id=ContactId(1),
        holder=more.get("holder", Holder.BOT), stage=more.get("stage", "discovery"), language="en",
        role=more.get("role", ""), audience="buyers", playbook_digest="d1", memory=memory, lease_epoch=0,
        opted_out=more.get("opted_out", False), holder_reason=more.get("holder_reason"),
        last_inbound_at=more.get("last_inbound_at"),
    )  # fmt: skip
    return Turn(
        conversation=conversation,
        messages=(message,),
        history=more.get("history", ()),
        facts={name: Fact(FactId(1), name, value, "bot", NOON) for name, value in facts.items()},
        playbook=playbook or build_playbook(),
        firm=more.get("firm", build_firm()),
        now=more.get("now", NOON),
        playbooks=more.get("playbooks", {}),
    )


def understood(*acts: str, **more: Any) -> Understood:
    values: dict[str, Any] = {"language": "en", "probability": 0.9, "acts": acts or ("other",), **more}
    return Understood(act=values["acts"][0], **values)


def situation(**more: Any) -> Situation:
    values: dict[str, Any] = {
        "stage": "discovery", "acts": frozenset(), "known": frozenset(), "done": frozenset(), "role": "",
        "channel": "test", "language": "en", "turns": 1, "stuck": 0, "on_duty": True, **more,
    }  # fmt: skip
    return Situation(**values)


TODAY = date(2026, 11, 23)
