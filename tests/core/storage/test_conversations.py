from core.domain.conversation import Holder, Memory
from core.storage.conversations import (
    find_conversation,
    mark_unreachable,
    move_chat,
    save_memory,
    set_holder,
)
from core.storage.database import Database
from tests.core.storage.samples import ACCOUNT, arrive, conversation, find


async def test_a_conversation_is_found_by_its_chat(database: Database) -> None:
    held = await conversation(database)
    assert await database.read(lambda conn: find_conversation(conn, ACCOUNT, "chat-1")) == held.id
    assert await database.read(lambda conn: find_conversation(conn, ACCOUNT, "chat-2")) is None
    assert await database.read(lambda conn: find_conversation(conn, "telegram:other", "chat-1")) is None


async def test_a_person_takes_over_and_hands_back(database: Database) -> None:
    held = await conversation(database)
    await database.write(lambda conn: set_holder(conn, held.id, Holder.OPERATOR, operator="olena"))
    assert (await find(database, held.id)).holder is Holder.OPERATOR
    await database.write(lambda conn: set_holder(conn, held.id, Holder.BOT))
    assert (await find(database, held.id)).holder is Holder.BOT


async def test_memory_comes_back_as_it_was_saved(database: Database) -> None:
    held = await conversation(database)
    memory = Memory("SKU-1", "доставка", "offer", {"phone": 2}, ("greet", "offer"), ("move.greet:uk:0",), 1, 7, None, 2)
    await database.write(lambda conn: save_memory(conn, held.id, memory))
    assert (await find(database, held.id)).memory == memory


async def test_a_conversation_can_become_unreachable(database: Database) -> None:
    held = await conversation(database)
    await database.write(lambda conn: mark_unreachable(conn, held.id))
    assert not (await find(database, held.id)).reachable


async def test_a_chat_moves_unless_its_new_place_is_taken(database: Database) -> None:
    held = await conversation(database)
    await arrive(database, "2", chat="taken", sender="person-2")
    await database.write(lambda conn: move_chat(conn, held.id, "taken"))
    assert (await find(database, held.id)).chat == "chat-1"
    await database.write(lambda conn: move_chat(conn, held.id, "free"))
    assert (await find(database, held.id)).chat == "free"
