"""A file is fetched by the platform once, then sent by its id; and who got it is told when it has gone out."""

import pytest

from core.domain.events import Event, EventKind
from core.domain.messages import Attachment, AttachmentKind, OutboundMessage
from core.storage.materials import list_materials_sent, plan_materials
from core.storage.outbox import queue_replies
from core.storage.saving import save_turn
from core.storage.tables import ConversationRow, EventRow, OutboxRow, UploadRow
from core.storage.turns import load_conversation
from tests.bots.meta.test_whole_way import Shop, shop
from tests.core.storage.samples import turn_record
from tests.emulators import faults
from tests.emulators.meta import graph_fault
from tests.spine import settle

__all__ = ["shop"]

URL = "https://example.com/c.pdf"
CATALOGUE = Attachment(AttachmentKind.FILE, url=URL, title="Каталог")
MATERIAL = {"title": "Каталог", "url": URL}


async def send_catalogue(shop: Shop) -> None:
    (talk,) = await shop.rows(ConversationRow)

    def queue(conn: object) -> None:
        held = load_conversation(conn, talk.id)  # type: ignore[arg-type]
        replies = [OutboundMessage("Ось каталог"), OutboundMessage("", attachments=(CATALOGUE,))]
        ids = queue_replies(conn, held, replies, now=shop.app.clock.now(), origin="bot")  # type: ignore[arg-type]
        plan_materials(conn, replies, ids, [MATERIAL])  # type: ignore[arg-type]

    await shop.app.database.write(queue)
    shop.app.dispatcher.wake(talk.id)
    await settle(shop.app)


async def told(shop: Shop) -> list[str]:
    (talk,) = await shop.rows(ConversationRow)
    found = await shop.app.database.read(lambda conn: list_materials_sent(conn, talk.id))
    return [material.url for material in found]


@pytest.fixture
async def begun(shop: Shop) -> Shop:
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    return shop


def payloads(shop: Shop) -> list[dict[str, object]]:
    return [seen.message["attachment"]["payload"] for seen in shop.emulator.seen() if "attachment" in seen.message]


async def test_a_file_is_uploaded_once_and_then_sent_by_its_id_where_the_platform_keeps_files(begun: Shop) -> None:
    await send_catalogue(begun)
    await send_catalogue(begun)
    first, second = payloads(begun)
    assert first["url"] == URL
    keeps = begun.emulator.name == "messenger"
    assert ("attachment_id" in second) == keeps
    assert [row.url for row in await begun.rows(UploadRow)] == ([URL] if keeps else [])


async def test_a_file_whose_id_has_died_is_fetched_anew_and_its_new_id_is_kept(begun: Shop) -> None:
    if begun.emulator.name != "messenger":
        pytest.skip("Instagram is always given the address")
    await send_catalogue(begun)
    begun.emulator.state.files = {"1": "x", "2": "y"}
    await send_catalogue(begun)
    assert [payload["url"] for payload in payloads(begun)] == [URL, URL]
    assert [row.file_id for row in await begun.rows(UploadRow)] == ["900002"]
    await send_catalogue(begun)
    assert payloads(begun)[-1] == {"attachment_id": "900002"}


async def test_a_material_counts_as_sent_when_its_file_has_gone_out(begun: Shop) -> None:
    begun.emulator.script("messages", graph_fault(400, 551, 1545041))
    await send_catalogue(begun)
    assert await told(begun) == []
    begun.emulator.say("ви тут?")
    await begun.hand_over()
    await send_catalogue(begun)
    assert await told(begun) == [URL]
    (event,) = [row for row in await begun.rows(EventRow) if row.kind == "material_sent"]
    assert (event.data["title"], event.data["url"]) == (MATERIAL["title"], URL)


async def test_a_material_in_doubt_is_told_when_its_echo_comes(begun: Shop) -> None:
    (talk,) = await begun.rows(ConversationRow)
    begun.emulator.script("messages", faults.delivered_but_silent(1.5))

    def queue(conn: object) -> None:
        held = load_conversation(conn, talk.id)  # type: ignore[arg-type]
        replies = [OutboundMessage(f"Каталог: {URL}")]
        ids = queue_replies(conn, held, replies, now=begun.app.clock.now(), origin="bot")  # type: ignore[arg-type]
        plan_materials(conn, replies, ids, [MATERIAL])  # type: ignore[arg-type]

    await begun.app.database.write(queue)
    begun.app.dispatcher.wake(talk.id)
    await settle(begun.app)
    assert (await told(begun), (await begun.rows(OutboxRow))[-1].state) == ([], "unconfirmed")
    await begun.hand_over()
    assert await told(begun) == [URL]


async def test_a_turn_that_is_saved_has_sent_nothing_yet(begun: Shop) -> None:
    (talk,) = await begun.rows(ConversationRow)
    held = await begun.app.database.read(lambda conn: load_conversation(conn, talk.id))
    sent = Event(EventKind.MATERIAL_SENT, MATERIAL)
    replies = [OutboundMessage("Текст"), OutboundMessage("", attachments=(CATALOGUE,))]
    record = turn_record(held, replies=replies, events=(sent,), now=begun.app.clock.now())
    await begun.app.database.write(lambda conn: save_turn(conn, record))
    assert await told(begun) == []
    begun.app.dispatcher.wake(talk.id)
    await settle(begun.app)
    assert await told(begun) == [URL]
