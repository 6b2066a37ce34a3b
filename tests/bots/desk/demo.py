"""A desk with people in it: three users, and talks such as a coffee shop has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa

from bots.access import Access, Role
from bots.changes import Changes
from bots.channel import AccountHealth, AccountState, HealthBoard, rules_of
from bots.desk.attempts import SignInAttempts
from bots.desk.pages import Pages
from bots.desk.parts import DeskParts, RefusedAnswer, Reindexed, SaidElsewhere, Tried
from bots.desk.passwords import Passwords
from bots.desk.tokens import ProgramTokens
from bots.doorways import Doorways
from bots.firm_files import Change, ChangedMeanwhile
from bots.identities import People
from bots.learned import Confirmed
from bots.operators import Operators
from bots.rehearsal import Rehearsed
from bots.webchat.channel import WebChatChannel
from core.clock import ManualClock
from core.domain.firm import Firm, Policy, Product
from core.domain.ids import AccountId, ConversationId, LeadId
from core.domain.turn import Found, Hit, Passage
from core.errors import InvalidFirm
from core.storage import users
from core.storage.database import Database
from core.storage.tables import LeadRow, table
from rag.kept_questions import Kept
from rag.passages import Source
from tests.spine import CollectingChannel

ACCOUNT = AccountId("telegram:kavomir")
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PASSWORD = "correct horse"
USERS = {"boss": Role.ADMIN, "olena": Role.LEAD, "petro": Role.OPERATOR, "ivan": Role.OPERATOR}


class CheapPasswords(Passwords):
    """Argon2 is slow on purpose; pages need only the promise."""

    async def hash(self, password: str) -> str:
        return f"cheap:{password}"

    async def verify(self, password: str, stored: str | None) -> bool:
        return stored == f"cheap:{password}"


class Woken:
    def __init__(self) -> None:
        self.ids: list[ConversationId] = []

    def wake(self, conversation_id: ConversationId) -> None:
        self.ids.append(conversation_id)


class ScriptedFiles:
    """Writes down what it was asked to change; a price of 666 is one that the folder's check refuses."""

    def __init__(self) -> None:
        self.written: list[tuple[object, ...]] = []

    async def seen(self, file: str) -> str:
        return f"{file} {len(self.written)}"

    async def change_price(self, sku: str, cells: Mapping[str, str], seen: str) -> Change:
        if cells.get("price") == "666":
            raise InvalidFirm("'666' is no price", where="price_list.csv:2", hint="write another one")
        return await self._write("price_list.csv", seen, sku, dict(cells))

    async def change_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change:
        return await self._write("firm.yaml", seen, policy_id, dict(texts), valid_until)

    async def add_price(self, cells: Mapping[str, str], seen: str) -> Change:
        if cells.get("currency") == "X":
            raise InvalidFirm("'X' is no currency", where="price_list.csv:3", hint="write its three-letter code")
        return await self._write("price_list.csv", seen, dict(cells))

    async def add_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change:
        return await self._write("firm.yaml", seen, policy_id, dict(texts), valid_until)

    async def restore(self, file: str, digest: str, seen: str) -> Change:
        return await self._write(file, seen, digest)

    async def _write(self, file: str, seen: str, *what: object) -> Change:
        if seen != await self.seen(file):
            raise ChangedMeanwhile("the file was changed meanwhile", where=file)
        self.written.append(what)
        return Change(file, seen, await self.seen(file))


class ScriptedKnowledge:
    """Knows delivery, and nothing else."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.reindexed = 0
        self.answers: dict[str, Confirmed] = {}
        self.files = ScriptedFiles()

    async def sources(self) -> Sequence[Source]:
        return [
            Source("delivery.uk.md", "delivery", "uk", "digest", NOON - timedelta(days=2), 7),
            Source("guarantee.en.md", "guarantee", "en", "digest", NOON - timedelta(days=40), 4),
        ]

    async def test(self, question: str, language: str) -> Tried:
        self.asked.append((question, language))
        known = "доставка" in question.lower()
        found = Found((_hit(0.81 if known else 0.22), _hit(0.18, 2)), enough=known, cutoff=0.45)
        if not known:
            return Tried(found, refused_by="below_cutoff")
        return Tried(found, "Доставка триває 1–3 робочі дні.", ("delivery.uk.md",))

    async def rehearse(self, question: str, language: str) -> Rehearsed:
        said = {"nearest": "Ось найближче.", "price": "Vento коштує 18 900 грн."}.get(
            question, "Не знаю напевно. Покликати людину?"
        )
        if "доставка" in question.lower():
            said = "Вітаю! Доставка триває 1–3 робочі дні."
        rules, answered = ("nothing to lead with",), "знаю" not in said and question != "nearest"
        return Rehearsed((said,), "answer", ("ask_terms",), rules, answered, question == "nearest")

    async def kept_answers(self) -> Sequence[Kept]:
        return [] if self.files.written else [Kept("Чи є парковка?", "uk", ("parking.uk.md",))]

    async def said_elsewhere(self, text: str) -> Sequence[SaidElsewhere]:
        return [SaidElsewhere("delivery.uk.md", "Вартість", "120 грн")] if "120" in text else []

    async def confirmed(self) -> Sequence[Confirmed]:
        return list(self.answers.values())

    async def confirm(self, key: str, question: str, answer: str, language: str) -> str:
        if "7%" in answer:
            raise RefusedAnswer("untraced_discount", answer, "policies")
        source = f"learned/{key}.{language}"
        self.answers[source] = Confirmed(source, question, answer, language, NOON)
        return source

    async def retract(self, source: str) -> None:
        if source not in self.answers:
            raise LookupError(source)
        del self.answers[source]

    async def reindex(self) -> Reindexed:
        self.reindexed += 1
        return Reindexed(1, 0, 0)


def _hit(score: float, place: int = 1) -> Hit:
    text = "Замовлення, оформлені до 14:00 робочого дня, відправляємо того ж дня. Доставка триває 1–3 робочі дні."
    passage = Passage(place, "delivery.uk.md", "delivery", "uk", "Строки доставки", text)
    return Hit(passage, score, {"vector": place, "keyword": place + 1})


FIRM = Firm(
    name="Kavomir",
    languages=("uk", "ru", "en"),
    default_language="uk",
    region="UA",
    timezone="Europe/Kyiv",
    currency="UAH",
    on_duty={},
    disclosure={},
    contacts={},
    policies=(Policy("fee", {"uk": "Доставка 120 грн.", "en": "Delivery costs 120 UAH."}, date(2027, 1, 31)),),
    products=(
        Product("V-1", {"uk": "Кавомашина Vento", "en": "Vento machine"}, Decimal(18900), "UAH", "шт", None, 14),
    ),
    materials=(),
    version="1",
)


@dataclass
class Demo:
    """The parts of a desk and what its tests look at."""

    parts: DeskParts
    clock: ManualClock
    knowledge: ScriptedKnowledge
    woken: Woken
    channel: CollectingChannel
    talks: dict[str, ConversationId] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.parts.database

    async def lead_id(self, who: str) -> LeadId:
        wanted = sa.select(table(LeadRow).c.id).where(table(LeadRow).c.conversation_id == self.talks[who])
        found: int = await self.database.read(lambda conn: conn.execute(wanted).scalar_one())
        return LeadId(found)


def build_demo(database: Database, *, secure: bool = False) -> Demo:
    clock, changes, woken, channel = ManualClock(NOON), Changes(), Woken(), CollectingChannel()
    tokens = ProgramTokens(database=database, clock=clock, secret=b"secret")
    knowledge, health = ScriptedKnowledge(), HealthBoard()
    health.report("webchat", AccountHealth(AccountState.OK, "", "", NOON))
    health.report(
        ACCOUNT,
        AccountHealth(
            AccountState.CONFLICT,
            "409: another program polls this bot",
            "stop the other program",
            NOON - timedelta(hours=3),
        ),
    )
    parts = DeskParts(
        access=Access(database=database, clock=clock, tokens=tokens, secure=secure),
        database=database,
        operators=Operators(
            database=database,
            channels={ACCOUNT: channel},
            wakeups=woken,
            changes=changes,
            clock=clock,
            firm=lambda: FIRM,
        ),
        changes=changes,
        health=health,
        knowledge=knowledge,
        clock=clock,
        firm=lambda: FIRM,
        pages=Pages(firm=lambda: FIRM, clock=clock),
        passwords=CheapPasswords(),
        attempts=SignInAttempts(clock=clock),
        tokens=tokens,
        rules_for=rules_of({ACCOUNT: channel}),
        people=People(database=database, wakeups=woken, changes=changes, clock=clock),
        doorways=Doorways(
            database=database,
            clock=clock,
            secret=b"secret",
            channels={ACCOUNT: channel, "webchat": WebChatChannel(address="https://shop.example")},
        ),
    )
    return Demo(parts, clock, knowledge, woken, channel)


async def add_users(demo: Demo) -> None:
    hashed = await demo.parts.passwords.hash(PASSWORD)

    def add(conn: sa.Connection) -> None:
        for name, role in USERS.items():
            users.create_user(conn, name, hashed, role, NOON)

    await demo.database.write(add)
