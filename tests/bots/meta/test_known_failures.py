"""What broke other bots on these platforms, where no other test stands for it."""

import asyncio

from core.domain.messages import AttachmentKind, InboundKind
from core.storage.tables import LeadRow, MessageRow
from tests.bots.meta.test_messages import read
from tests.bots.meta.test_whole_way import Shop, shop
from tests.emulators.meta import graph_fault
from tests.emulators.meta_events import message

__all__ = ["shop"]


async def test_a_talk_waits_for_nobodys_profile(shop: Shop) -> None:
    shop.emulator.script("look", *(graph_fault(400, 230) for _ in range(3)))
    shop.emulator.say("Добрий день!")
    await shop.hand_over()
    assert len(shop.emulator.texts()) == 1
    assert len(await shop.rows(LeadRow)) == 1


def test_a_file_whose_address_is_gone_is_still_a_message() -> None:
    gone = [{"type": "image", "payload": None}, {"type": "file", "payload": {"url": None}}]
    found = read(message("ось рахунок", attachments=gone))
    assert (found.kind, found.text) == (InboundKind.MEDIA, "ось рахунок")
    assert [item.kind for item in found.attachments] == [AttachmentKind.IMAGE, AttachmentKind.FILE]


async def test_messages_that_come_in_another_order_than_they_were_written_are_answered_as_one(shop: Shop) -> None:
    for text in ("раз", "два", "три"):
        shop.emulator.say(text)
        shop.emulator.advance(1)
    waiting = shop.emulator.pusher.take_all()
    await asyncio.gather(*(shop.post(raw) for raw in reversed(waiting)))
    await shop.hand_over()
    said = [row.text for row in await shop.rows(MessageRow) if row.direction == "in"]
    assert sorted(said) == sorted(["раз", "два", "три"])
