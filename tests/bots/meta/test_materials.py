"""Materials go as files where the platform takes them, and as links where it does not."""

import pytest

from bots.channel import Channel
from bots.degrade import prepare
from core.domain.messages import Attachment, AttachmentKind, OutboundMessage
from core.domain.sending import Sent
from tests.bots.meta.bench import PLATFORMS, connect, emulate
from tests.emulators.meta import MetaEmulator, graph_fault
from tests.emulators.meta_state import PERSON

CATALOGUE = Attachment(AttachmentKind.FILE, url="https://example.com/c.pdf", title="Каталог")
VOICE = Attachment(AttachmentKind.VOICE, url="https://example.com/v.ogg", title="Голосове")


async def send(emulator: MetaEmulator, channel: Channel, message: OutboundMessage) -> list[Sent]:
    emulator.open_chat()
    parts = prepare(message, channel.capabilities).parts
    sent = [await channel.send(PERSON, part, key=str(number)) for number, part in enumerate(parts)]
    return [result for result in sent if isinstance(result, Sent)]


@pytest.mark.parametrize("name", PLATFORMS)
async def test_a_catalogue_is_a_file_and_its_address_leaves_the_text(name: str) -> None:
    with emulate(PLATFORMS[name]) as emulator:
        channel = connect(PLATFORMS[name], emulator.base_url).channel
        message = OutboundMessage("Ось матеріали:\nКаталог: https://example.com/c.pdf", attachments=(CATALOGUE,))
        assert len(await send(emulator, channel, message)) == 2
        text, file = emulator.seen()
        assert text.text == "Ось матеріали:\nКаталог"
        assert file.message["attachment"]["payload"]["url"] == "https://example.com/c.pdf"


@pytest.mark.parametrize("subcode", [2018008, 2018047, 2018109])
@pytest.mark.parametrize("name", PLATFORMS)
async def test_a_file_that_the_platform_refuses_becomes_its_link(subcode: int, name: str) -> None:
    with emulate(PLATFORMS[name]) as emulator:
        channel = connect(PLATFORMS[name], emulator.base_url).channel
        emulator.script("messages", graph_fault(400, 100, subcode))
        assert len(await send(emulator, channel, OutboundMessage("", attachments=(CATALOGUE,)))) == 1
        assert emulator.texts() == ["Каталог: https://example.com/c.pdf"]


@pytest.mark.parametrize("name", [name for name in PLATFORMS if name.startswith("instagram")])
@pytest.mark.parametrize("kind", [AttachmentKind.VOICE, AttachmentKind.AUDIO])
async def test_speech_in_ogg_never_reaches_instagram_and_its_link_does(kind: AttachmentKind, name: str) -> None:
    with emulate(PLATFORMS[name]) as emulator:
        channel = connect(PLATFORMS[name], emulator.base_url).channel
        speech = Attachment(kind, url=VOICE.url, title=VOICE.title)
        assert len(await send(emulator, channel, OutboundMessage("Послухайте", attachments=(speech,)))) >= 1
        assert all("attachment" not in seen.message for seen in emulator.seen())
        assert "https://example.com/v.ogg" in "\n".join(emulator.texts())
