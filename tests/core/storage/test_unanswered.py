from datetime import timedelta

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.events import Event, EventKind
from core.storage.database import Database
from core.storage.tables import MessageRow, table
from core.storage.turns import load_turn
from core.storage.unanswered import Asked, list_settled, list_unanswered
from core.storage.users import AuditEntry, record_audit
from tests.core.storage.samples import NOW, conversation, take_turn

messages = table(MessageRow)


async def ask(database: Database, talk: Conversation, act: str = "ask_terms") -> None:
    loaded = await database.read(lambda conn: load_turn(conn, talk.id))
    received = [Event(EventKind.MESSAGE_RECEIVED, {"message_id": message.id}) for message in loaded.messages]
    await take_turn(database, talk.id, events=(*received, Event(EventKind.QUESTION_UNANSWERED, {"act": act})))


async def unanswered(database: Database) -> list[Asked]:
    return await database.read(lambda conn: list_unanswered(conn, 10))


async def test_a_question_without_an_answer_is_listed_with_its_words(database: Database) -> None:
    talk = await conversation(database)
    await ask(database, talk)
    (asked,) = await unanswered(database)
    assert (asked.conversation_id, asked.text, asked.act) == (talk.id, "Добрий день", "ask_terms")


async def test_what_was_answered_is_not(database: Database) -> None:
    talk = await conversation(database)
    await take_turn(database, talk.id)
    assert await unanswered(database) == []


async def test_words_that_were_erased_are_not_shown(database: Database) -> None:
    talk = await conversation(database)
    await ask(database, talk)
    await database.write(lambda conn: conn.execute(sa.update(messages).values(text="")).rowcount)
    assert await unanswered(database) == []


async def test_the_latest_of_the_settling_actions_counts(database: Database) -> None:
    def settle(conn: sa.Connection) -> None:
        for action, hours in (("settle", 1), ("answer", 3), ("look", 5)):
            record_audit(conn, AuditEntry("olena", action, "question:1", {}, NOW + timedelta(hours=hours)))

    await database.write(settle)
    settled = await database.read(lambda conn: list_settled(conn, ("settle", "answer")))
    assert settled == {"question:1": NOW + timedelta(hours=3)}
