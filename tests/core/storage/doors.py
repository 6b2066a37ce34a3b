"""People who come in by several doors, for the tests of who is one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.facts import FactValue, FoundFact, Witness
from core.domain.identity import Proof
from core.domain.ids import AccountId, ContactId, ConversationId, LeadId
from core.domain.messages import Profile
from core.storage.database import Database
from core.storage.inbox import NO_CONVERSATION, store_arrival
from core.storage.linking import link, split
from core.storage.saving import save_turn
from core.storage.tables import LeadRow, table
from core.storage.turns import load_conversation, load_turn
from tests.core.storage.samples import NOW, message, turn_record

_leads = table(LeadRow)


@dataclass
class Side:
    """One person at one door."""

    database: Database
    channel: str
    who: str
    conversation_id: ConversationId = NO_CONVERSATION
    said: int = 0

    @property
    def account(self) -> AccountId:
        return AccountId(f"{self.channel}:shop")

    async def says(self, text: str = "добрий день", at: datetime | None = None, **turn: Any) -> None:
        """A message and the turn over it; `facts` are witnessed by it."""
        now = at or NOW + timedelta(minutes=self.said)
        self.said += 1
        facts: dict[str, FactValue] = turn.pop("facts", {})
        inbound = message(
            f"{self.channel}:{self.who}:{self.said}", text, account=self.account, chat=self.who, sender=self.who,
            at=now, profile=Profile(name=turn.pop("name", None)),
        )  # fmt: skip

        def store(conn: sa.Connection) -> None:
            self.conversation_id = store_arrival(conn, inbound, self.channel, now).conversation_id
            loaded = load_turn(conn, self.conversation_id)
            found = [FoundFact(name, value, Witness(loaded.messages[-1].id, 0, 1)) for name, value in facts.items()]
            record = turn_record(loaded.conversation, messages=loaded.messages, facts=found, now=now, **turn)
            assert save_turn(conn, record).status == "stored"

        await self.database.write(store)

    async def talk(self) -> Conversation:
        return await self.database.read(lambda conn: load_conversation(conn, self.conversation_id))

    async def contact(self) -> ContactId:
        return (await self.talk()).contact_id

    async def lead(self) -> LeadId:
        mine = sa.select(_leads.c.id).where(_leads.c.contact_id == await self.contact())
        return LeadId(await self.database.read(lambda conn: conn.execute(mine).scalar_one()))

    async def known(self) -> dict[str, FactValue]:
        """What the bot knows here."""
        loaded = await self.database.read(lambda conn: load_turn(conn, self.conversation_id))
        return {name: fact.value for name, fact in loaded.facts.items()}

    async def joins(self, other: "Side", proof: Proof = Proof.INVITATION) -> bool:
        mine, theirs = await self.contact(), await other.contact()
        return await self.database.write(lambda conn: link(conn, mine, theirs, proof=proof, by="olena", now=NOW))

    async def parts(self) -> None:
        mine = await self.contact()
        await self.database.write(lambda conn: split(conn, mine, by="olena", now=NOW))
