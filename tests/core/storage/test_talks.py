import pytest
import sqlalchemy as sa

from core.domain.conversation import Conversation, Holder
from core.domain.facts import FoundFact, Witness
from core.domain.ids import ConversationId, MessageId
from core.domain.messages import Button, OutboundMessage
from core.domain.sending import OutboxState
from core.storage.conversations import set_holder
from core.storage.database import Database
from core.storage.facts import edit_fact
from core.storage.outbox import next_entry, queue_replies, settle_entry
from core.storage.tables import MessageRow, table
from core.storage.talks import PAGE, Talk, find_holder, load_talk
from core.storage.turns import load_turn
from tests.core.storage.samples import NOW, arrive, conversation, find, queue, take_turn

messages = table(MessageRow)


async def load(database: Database, talk: Conversation, before: int | None = None) -> Talk:
    return await database.read(lambda conn: load_talk(conn, talk.id, before))


async def test_a_talk_shows_each_message_with_its_turn_and_state(database: Database) -> None:
    talk = await conversation(database)
    replies = (OutboundMessage("Вітаю!", (Button("Так", "yes"),)),)
    await take_turn(database, talk.id, replies=replies, trace={"acts": ["greeting"]})
    shown = await load(database, talk)
    assert [(m.role, m.text, m.state) for m in shown.messages] == [
        ("customer", "Добрий день", "received"),
        ("bot", "Вітаю!", "queued"),
    ]
    reply = shown.messages[1]
    assert reply.turn_id is not None
    assert shown.turns[reply.turn_id].trace == {"acts": ["greeting"]}
    assert [button.title for button in reply.buttons] == ["Так"]


async def test_a_turn_in_which_the_bot_said_nothing_is_shown_too(database: Database) -> None:
    talk = await conversation(database)
    await take_turn(database, talk.id, move="wait", action="wait", replies=(), trace={"rules": ["silent"]})
    assert [turn.action for turn in (await load(database, talk)).turns.values()] == ["wait"]


async def test_a_message_that_was_refused_says_why(database: Database) -> None:
    talk = await conversation(database)
    await queue(database, talk, ["Вітаю!"])

    def refuse(conn: sa.Connection) -> None:
        entry = next_entry(conn, talk.id)
        assert entry
        settle_entry(conn, entry, OutboxState.REFUSED, now=NOW, reason="window")

    await database.write(refuse)
    refused = (await load(database, talk)).messages[-1]
    assert (refused.state, refused.reason) == ("refused", "window")


async def test_an_operators_message_names_the_operator(database: Database) -> None:
    talk = await conversation(database)
    reply = [OutboundMessage("Це Олена")]
    await database.write(lambda conn: queue_replies(conn, talk, reply, now=NOW, origin="operator:olena"))
    written = (await load(database, talk)).messages[-1]
    assert (written.role, written.author) == ("operator", "olena")


async def test_a_fact_brings_the_words_that_prove_it(database: Database) -> None:
    arrival = await arrive(database, text="Мене звати Ірина")
    loaded = await database.read(lambda conn: load_turn(conn, arrival.conversation_id))
    fact = FoundFact("name", "Ірина", Witness(loaded.messages[0].id, 11, 16))
    await take_turn(database, arrival.conversation_id, facts=(fact,))
    shown = await load(database, await find(database, arrival.conversation_id))
    found = shown.facts["name"]
    assert (found.text, found.words, found.message_id) == ("Ірина", "Ірина", loaded.messages[0].id)


async def test_a_persons_edit_has_no_words_but_an_author(database: Database) -> None:
    talk = await conversation(database)
    await database.write(lambda conn: edit_fact(conn, talk, "city", "Львів", "olena", NOW))
    found = (await load(database, talk)).facts["city"]
    assert (found.text, found.words, found.written_by) == ("Львів", None, "olena")


async def test_words_that_an_edited_message_no_longer_holds_are_not_shown(database: Database) -> None:
    talk = await conversation(database)
    first = (await load(database, talk)).messages[0].id
    fact = FoundFact("city", "Київ", Witness(MessageId(first), 40, 44))
    await take_turn(database, talk.id, facts=(fact,))
    assert (await load(database, talk)).facts["city"].words is None


async def test_a_long_talk_is_read_page_by_page(database: Database) -> None:
    talk = await conversation(database)
    row = {"conversation_id": talk.id, "direction": "in", "role": "customer", "state": "received", "at": NOW}
    rows = [{**row, "text": str(number)} for number in range(PAGE + 10)]
    await database.write(lambda conn: conn.execute(sa.insert(messages), rows))
    last = await load(database, talk)
    assert (len(last.messages), last.has_earlier, last.messages[-1].text) == (PAGE, True, str(PAGE + 9))
    first = await load(database, talk, before=last.messages[0].id)
    assert (len(first.messages), first.has_earlier) == (11, False)
    assert first.messages[-1].id < last.messages[0].id


async def test_the_head_tells_who_holds_the_talk(database: Database) -> None:
    talk = await conversation(database)
    await database.write(lambda conn: set_holder(conn, talk.id, Holder.OPERATOR, operator="olena"))
    head = (await load(database, talk)).head
    assert (head.holder, head.operator, head.lead_id is not None) == (Holder.OPERATOR, "olena", True)
    held = await database.read(lambda conn: find_holder(conn, talk.id))
    assert held is not None
    assert (held.holder, held.operator) == (Holder.OPERATOR, "olena")


async def test_a_talk_that_does_not_exist_is_told(database: Database) -> None:
    nobody = ConversationId(99)
    with pytest.raises(LookupError):
        await database.read(lambda conn: load_talk(conn, nobody))
    assert await database.read(lambda conn: find_holder(conn, nobody)) is None
