"""Talks such as a coffee shop has, with everything that a desk can show of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Holder, Memory
from core.domain.events import Event, EventKind
from core.domain.facts import FactValue, FoundFact, Witness
from core.domain.ids import ConversationId, MessageId
from core.domain.messages import Button, InboundKind, InboundMessage, OutboundMessage, Profile
from core.domain.outcomes import Outcome, OutcomeKind
from core.domain.sending import OutboxState
from core.storage.inbox import store_arrival
from core.storage.lead_table import set_owner
from core.storage.leads import record_outcome
from core.storage.outbox import next_entry, settle_entry
from core.storage.saving import TurnRecord, save_turn
from core.storage.turns import load_turn
from tests.bots.desk.demo import ACCOUNT, NOON, Demo


async def say(demo: Demo, who: str, text: str, *, at: datetime, name: str | None = None, **more: Any) -> ConversationId:
    """A customer writes."""
    message = InboundMessage(
        account=ACCOUNT, event_id=f"{who}:{text}:{at}", chat=who, sender=who, kind=InboundKind.TEXT, at=at, text=text,
        profile=Profile(name=name, username=who), **more,
    )  # fmt: skip
    arrival = await demo.database.write(lambda conn: store_arrival(conn, message, "telegram", at))
    assert arrival.conversation_id is not None
    demo.talks[who] = arrival.conversation_id
    return arrival.conversation_id


async def answer(
    demo: Demo,
    who: str,
    text: str,
    *,
    at: datetime,
    facts: Mapping[str, tuple[str, FactValue]] | None = None,
    unanswered: str | None = None,
    **more: Any,
) -> None:
    """The bot takes its turn. `facts`: name -> (the words in the customer's last message, value); `unanswered`: the
    act of a question that it has no answer to."""
    conversation_id = demo.talks[who]
    loaded = await demo.database.read(lambda conn: load_turn(conn, conversation_id))
    found = [_found(loaded.messages, name, words, value) for name, (words, value) in (facts or {}).items()]
    replies = (OutboundMessage(text, more.pop("buttons", ())),) if text else ()
    values: dict[str, Any] = {
        "move": "answer", "stage": "discovery", "action": "reply", "language": "uk", "holder": Holder.BOT,
        "score": (0, ()), "trace": {}, **more,
    }  # fmt: skip
    events = [Event(EventKind.MESSAGE_RECEIVED, {"message_id": message.id}) for message in loaded.messages]
    if unanswered:
        events.append(Event(EventKind.QUESTION_UNANSWERED, {"act": unanswered}))
    record = TurnRecord(
        conversation=loaded.conversation, messages=loaded.messages, epoch=loaded.conversation.lease_epoch, now=at,
        memory=Memory(), role="buyer", audience="buyers", playbook_digest="digest", replies=replies, facts=found,
        events=events, jobs=(), latency_ms=38, **values,
    )  # fmt: skip

    def take(conn: sa.Connection) -> None:
        assert save_turn(conn, record).status == "stored"
        while entry := next_entry(conn, conversation_id):
            settle_entry(conn, entry, OutboxState.SENT, now=at, platform_id=str(entry.id))

    await demo.database.write(take)


def _found(messages: Sequence[Any], name: str, words: str, value: FactValue) -> FoundFact:
    message = next(message for message in messages if words in message.text)
    start = message.text.index(words)
    return FoundFact(name, value, Witness(MessageId(message.id), start, start + len(words)))


async def fill(demo: Demo) -> None:
    """Four talks: one well on its way, one waiting for a person, one in English, one that is won."""
    await _iryna(demo)
    await _andrii(demo)
    await _emma(demo)
    await _dmytro(demo)


async def _iryna(demo: Demo) -> None:
    at = NOON - timedelta(minutes=14)
    await say(demo, "iryna_k", "Добрий день! Скільки коштує доставка кавомашини до Львова?", at=at, name="Ірина Коваль")
    await answer(
        demo, "iryna_k",
        "Вітаю! Я автоматичний помічник Kavomir. Доставка по Україні коштує 120 грн, триває 1–3 робочі дні. "
        "Для дому чи для офісу обираєте машину?",
        at=at + timedelta(seconds=3), facts={"city": ("Львова", "Львів")},
        buttons=(Button("Для дому", "home"), Button("Для офісу", "office")), score=(15, ("city +5", "need +10")),
        trace={
            "acts": ["ask_terms", "greeting"], "probability": 0.94, "facts": ["city"], "follow_move": "ask_situation",
            "rules": ["a question is answered first: ask_terms"], "move": "answer", "model": "templates",
            "playbook": "buyers 3", "search": {
                "enough": True, "cutoff": 0.45, "hits": [
                    {
                        "source": "delivery.uk.md", "heading": "Вартість доставки", "score": 0.83,
                        "ranks": {"vector": 1, "keyword": 2},
                    },
                    {"source": "payment.uk.md", "heading": "Оплата", "score": 0.31, "ranks": {"vector": 4}},
                ],
            },
        },
    )  # fmt: skip
    at += timedelta(minutes=4)
    await say(
        demo, "iryna_k",
        "Для офісу, нас 25 людей. Бюджет десь 45 тисяч, потрібно до 15 грудня. Мій номер 067 123 45 67",
        at=at, name="Ірина Коваль",
    )  # fmt: skip
    await answer(
        demo, "iryna_k", "Дякую, занотувала. Для 25 людей раджу Kavomir Office 2. Підготувати рахунок на компанію?",
        at=at + timedelta(seconds=4), stage="closing", move="recommend", 
        score=(75, ("phone +20", "budget +15", "quantity +5", "deadline +10", "city +5", "need +10", "closing +15")),
        facts={
            "quantity": ("25", 25), "budget": ("45 тисяч", {"amount": 45000, "currency": "UAH"}),
            "deadline": ("до 15 грудня", {"text": "до 15 грудня", "date": "2026-12-15"}),
            "phone": ("067 123 45 67", "+380671234567"), "need": ("Для офісу", "кавомашина для офісу"),
        },
        trace={
            "acts": ["state_need", "state_budget", "give_contact"], "probability": 0.88,
            "facts": ["budget", "deadline", "need", "phone", "quantity"], "move": "recommend", "asks": "company",
            "rules": ["the next open move of the playbook is recommend"], "model": "templates", "playbook": "buyers 3",
            "blocked": [{"rule": "untraced_amount", "sentence": "Зробимо знижку 2000 грн."}],
        },
    )  # fmt: skip


async def _andrii(demo: Demo) -> None:
    at = NOON - timedelta(minutes=3)
    await say(demo, "andrii", "Це дорого. Покличте людину, хочу знижку на 10 мішків", at=at, name="Андрій")
    await answer(
        demo, "andrii", "Передаю розмову менеджеру, він відповість тут за кілька хвилин.", at=at + timedelta(seconds=2),
        move="hand_off", stage="objections", action="hand_off", holder=Holder.WAITING, reason="asked",
        facts={"quantity": ("10", 10), "product": ("мішків", "кава в зернах")},
        score=(20, ("quantity +5", "product +10", "objections +5")),
        trace={
            "acts": ["ask_human", "object_price"], "probability": 0.97, "move": "hand_off", "reason": "asked",
            "rules": ["the customer asked for a person"], "facts": ["product", "quantity"],
        },
    )  # fmt: skip
    await say(demo, "andrii", "Ви тут?", at=at + timedelta(minutes=1), name="Андрій")
    await answer(
        demo, "andrii", "", at=at + timedelta(minutes=1, seconds=1), move="waiting", action="wait", stage="objections",
        holder=Holder.WAITING, reason="asked", score=(20, ("quantity +5", "product +10", "objections +5")),
        trace={"acts": ["other"], "rules": ["a person was called: told so once already"], "move": "waiting"},
    )  # fmt: skip


async def _emma(demo: Demo) -> None:
    at = NOON - timedelta(days=1, hours=2)
    await say(demo, "emma", "Hi, do you sell beans wholesale? We are a cafe in Warsaw", at=at, name="Emma Nowak")
    await answer(
        demo, "emma", "Hello! I'm the automated assistant of Kavomir. Yes, we do. How many kilograms a month?",
        at=at + timedelta(seconds=3), language="en", score=(10, ("city +5", "company +5")),
        facts={"city": ("Warsaw", "Warsaw"), "company": ("a cafe", "a cafe")},
        trace={
            "acts": ["ask_partnership"], "probability": 0.71,
            "rules": ["a question is answered first: ask_partnership"],
        },
    )  # fmt: skip


async def _dmytro(demo: Demo) -> None:
    at = NOON - timedelta(days=3)
    await say(demo, "dmytro", "Беру дві кавомолки, рахунок на пошту d.bondar@example.com", at=at, name="Дмитро Бондар")
    await answer(
        demo, "dmytro", "Дякую! Рахунок уже на пошті.", at=at + timedelta(seconds=3), stage="won", move="confirm",
        facts={"email": ("d.bondar@example.com", "d.bondar@example.com"), "product": ("кавомолки", "кавомолка")},
        score=(100, ("email +10", "product +10", "won +100")), trace={"acts": ["agree"], "rules": []},
    )  # fmt: skip
    lead_id = await demo.lead_id("dmytro")

    def win(conn: sa.Connection) -> None:
        set_owner(conn, lead_id, "olena", at)
        record_outcome(conn, lead_id, Outcome(OutcomeKind.LEAD_WON, "desk:olena", at + timedelta(hours=1)))

    await demo.database.write(win)
