from pathlib import Path

from benchmarks.multiply import APART, multiply
from core.storage.tables import ConversationRow, MessageRow, table
from core.storage.turns import load_turn
from tests.spine import build_message, build_spine, settle


async def test_a_multiplied_store_holds_every_talk_anew_and_works_on(tmp_path: Path) -> None:
    app = await build_spine(tmp_path)
    await app.start()
    await app.intake.receive([build_message("hello", chat=chat) for chat in ("anna", "boris")])
    await settle(app)
    await app.stop()
    assert multiply(tmp_path, 3) == 12

    again = await build_spine(tmp_path)
    await again.start()
    (arrival,) = await again.intake.arrivals([build_message("and the price?", chat="anna-2")])
    await settle(again)
    assert arrival.conversation_id // APART == 2
    loaded = await again.database.read(lambda conn: load_turn(conn, arrival.conversation_id))
    assert len(loaded.history) == 4
    chats = await again.database.read(lambda conn: set(conn.execute(table(ConversationRow).select()).scalars()))
    lines = await again.database.read(lambda conn: conn.execute(table(MessageRow).select()).all())
    assert (len(chats), len(lines)) == (6, 14)
    await again.stop()
