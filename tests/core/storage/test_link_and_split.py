"""Whatever was linked and said meanwhile: after the split each side is as if it had never been linked."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.domain.facts import FoundFact, Witness
from core.domain.identity import Proof
from core.domain.ids import AccountId, ConversationId, LeadId
from core.domain.outcomes import Outcome, OutcomeKind
from core.storage.database import Database
from core.storage.facts import edit_fact
from core.storage.inbox import store_arrival
from core.storage.lead_table import set_owner
from core.storage.leads import record_outcome
from core.storage.linking import link, split
from core.storage.people import members
from core.storage.saving import save_turn
from core.storage.tables import (
    ChannelIdentityRow,
    ContactRow,
    ConversationRow,
    FactRow,
    LeadRow,
    MessageRow,
    OutcomeRow,
    TurnRow,
    table,
)
from core.storage.turns import load_conversation, load_turn
from tests.core.storage.samples import NOW, message, turn_record

SIDES = 3
_numbers = itertools.count()

sides = st.integers(0, SIDES - 1)
names = st.sampled_from(["city", "name", "phone", "quantity"])
values = st.sampled_from(["Львів", "Київ", "Олена", "+380671112233"])
happenings = st.one_of(
    st.tuples(st.just("say"), sides, names, values),
    st.tuples(st.just("stop"), sides),
    st.tuples(st.just("write again"), sides),
    st.tuples(st.just("edit"), sides, names, values),
    st.tuples(st.just("give"), sides, st.sampled_from(["olena", "maria", None])),
    st.tuples(st.just("end"), sides, st.sampled_from(list(OutcomeKind))),
    st.tuples(st.just("link"), sides, sides, st.sampled_from(list(Proof))),
    st.tuples(st.just("part"), sides),
)


quick = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.explicit, Phase.generate]
)
"""What fails is shown as it was found: making it smaller takes minutes on a server."""


class World:
    """Three people at three doors; `links` False leaves out all that links and parts them."""

    def __init__(self, conn: sa.Connection, *, links: bool) -> None:
        self._conn = conn
        self._links = links
        self._number = next(_numbers)
        self._clock = itertools.count()
        self._talks = [self._arrive(side) for side in range(SIDES)]

    def live(self, history: list[tuple[Any, ...]]) -> None:
        for kind, *details in history:
            acts: dict[str, Callable[..., None]] = {
                "say": self._say, "stop": self._stop, "write again": self._write_again, "edit": self._edit,
                "give": self._give, "end": self._end, "link": self._link, "part": self._part,
            }  # fmt: skip
            acts[kind](*details)
        for side in range(SIDES):
            self._part(side)

    def sides(self) -> list[Any]:
        """All that each side has, with ids as places within the side."""
        return [[self._rows(rows, side) for rows in _SHOWN] for side in range(SIDES)]

    def _rows(self, rows: sa.Table, side: int) -> list[dict[str, Any]]:
        talk = load_conversation(self._conn, self._talks[side])
        owner = {"contacts": "id", "outcomes": "lead_id"}.get(rows.name)
        owner = owner or ("contact_id" if "contact_id" in rows.c else "conversation_id")
        of = {"id": talk.contact_id, "contact_id": talk.contact_id, "conversation_id": talk.id}
        wanted = {**of, "lead_id": self._lead(side)}[owner]
        found = self._conn.execute(sa.select(rows).where(rows.c[owner] == wanted).order_by(rows.c.id)).mappings().all()
        ids = [row["id"] for row in found]
        shown: dict[str, Callable[[Any], Any]] = {
            "superseded_by": ids.index,
            "again": lambda witnesses: [place for _, *place in witnesses],
        }
        return [
            {
                name: shown[name](value) if name in shown and value is not None else value
                for name, value in row.items()
                if name not in _OF_THE_STORE
            }
            for row in found
        ]

    def _now(self) -> datetime:
        return NOW + timedelta(minutes=next(self._clock))

    def _arrive(self, side: int, text: str = "добрий день") -> ConversationId:
        now = self._now()
        who, account = f"p{self._number}", AccountId(f"door{side}")
        inbound = message(f"{who}:{now}", text, account=account, chat=who, sender=who, at=now)
        return store_arrival(self._conn, inbound, "webchat", now).conversation_id

    def _turn(self, side: int, **turn: Any) -> None:
        found = turn.pop("facts", {})
        self._arrive(side, str(found))
        loaded = load_turn(self._conn, self._talks[side])
        facts = [FoundFact(name, value, Witness(loaded.messages[-1].id, 0, 1)) for name, value in found.items()]
        parts = {"replies": (), **turn, "messages": loaded.messages, "facts": facts, "now": self._now()}
        assert save_turn(self._conn, turn_record(loaded.conversation, **parts)).status == "stored"

    def _say(self, side: int, name: str, value: str) -> None:
        self._turn(side, facts={name: value}, stage="discovery")

    def _stop(self, side: int) -> None:
        self._turn(side, opted_out=True)

    def _write_again(self, side: int) -> None:
        self._turn(side, opted_in=True)

    def _edit(self, side: int, name: str, value: str) -> None:
        edit_fact(self._conn, load_conversation(self._conn, self._talks[side]), name, value, "olena", self._now())

    def _lead(self, side: int) -> LeadId:
        leads = table(LeadRow)
        mine = sa.select(leads.c.id).where(leads.c.conversation_id == self._talks[side])
        return LeadId(self._conn.execute(mine).scalar_one())

    def _give(self, side: int, owner: str | None) -> None:
        set_owner(self._conn, self._lead(side), owner, self._now())

    def _end(self, side: int, kind: OutcomeKind) -> None:
        record_outcome(self._conn, self._lead(side), Outcome(kind, "desk:olena", self._now()))

    def _link(self, one: int, other: int, proof: Proof) -> None:
        now = self._now()
        if self._links and one != other:
            link(self._conn, self._contact(one), self._contact(other), proof=proof, by="olena", now=now)

    def _part(self, side: int) -> None:
        now = self._now()
        if len(members(self._conn, self._contact(side))) > 1:
            split(self._conn, self._contact(side), by="olena", now=now)

    def _contact(self, side: int) -> int:
        return load_conversation(self._conn, self._talks[side]).contact_id


_SHOWN = [
    table(rows)
    for rows in (
        ContactRow, ChannelIdentityRow, ConversationRow, FactRow, LeadRow, OutcomeRow, MessageRow, TurnRow,
    )
]  # fmt: skip
_OF_THE_STORE = frozenset(
    {"id", "contact_id", "conversation_id", "message_id", "turn_id", "lead_id", "external_id", "chat", "lease_epoch"}
)
"""Numbers of rows; and the epoch, which only grows."""


@settings(parent=quick, max_examples=12)
@given(history=st.lists(happenings, max_size=14))
def test_a_history_with_links_ends_as_the_same_history_without(database: Database, history: list[Any]) -> None:
    with database.engine.connect() as conn:
        linked, apart = World(conn, links=True), World(conn, links=False)
        linked.live(history)
        apart.live(history)
        assert linked.sides() == apart.sides()
        conn.rollback()


@settings(parent=quick, max_examples=5)
@given(history=st.lists(happenings, max_size=10), one=sides, other=sides, proof=st.sampled_from(list(Proof)))
def test_linking_and_parting_changes_nothing_of_either_side(
    database: Database, history: list[Any], one: int, other: int, proof: Proof
) -> None:
    with database.engine.connect() as conn:
        world = World(conn, links=True)
        world.live(history)
        before = world.sides()
        world._link(one, other, proof)
        world._part(one)
        assert world.sides() == before
        conn.rollback()


def test_the_rows_that_are_compared_hold_what_was_said(database: Database) -> None:
    with database.engine.connect() as conn:
        world = World(conn, links=True)
        world.live([("say", 0, "city", "Львів"), ("say", 0, "city", "Київ"), ("link", 0, 1, Proof.PHONE)])
        said = str(world.sides()[0])
        assert "Львів" in said
        assert "'superseded_by': 1" in said
        conn.rollback()
