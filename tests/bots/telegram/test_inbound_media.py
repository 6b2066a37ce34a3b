"""Pictures, voices, places and cards become typed attachments."""

import pytest

from core.domain.messages import Attachment, AttachmentKind, InboundKind
from tests.bots.telegram.reading import only
from tests.emulators.telegram_updates import (
    Json,
    file,
    message,
    update,
)

FILES: list[tuple[Json, Attachment]] = [
    (
        {"photo": [file("photo"), {**file("photo", file_size=9), "width": 900, "height": 600, "file_id": "big"}]},
        Attachment(AttachmentKind.IMAGE, "big", mime="image/jpeg", size=9),
    ),
    (
        {"document": file("document", file_name="ціни.pdf", mime_type="application/pdf", file_size=5)},
        Attachment(AttachmentKind.FILE, "document-id", title="ціни.pdf", mime="application/pdf", size=5),
    ),
    (
        {"animation": file("animation"), "document": file("document")},
        Attachment(AttachmentKind.VIDEO, "animation-id", mime="video/mp4"),
    ),
    ({"voice": file("voice")}, Attachment(AttachmentKind.VOICE, "voice-id", mime="audio/ogg")),
    (
        {"audio": file("audio", title="Пісня", mime_type="audio/mpeg")},
        Attachment(AttachmentKind.AUDIO, "audio-id", title="Пісня", mime="audio/mpeg"),
    ),
    ({"video": file("video", mime_type="video/mp4")}, Attachment(AttachmentKind.VIDEO, "video-id", mime="video/mp4")),
    ({"video_note": file("video_note")}, Attachment(AttachmentKind.VIDEO, "video_note-id", mime="video/mp4")),
    ({"sticker": file("sticker", emoji="👍")}, Attachment(AttachmentKind.STICKER, "sticker-id", title="👍")),
    (
        {"location": {"latitude": 50.45, "longitude": 30.52}},
        Attachment(AttachmentKind.LOCATION, latitude=50.45, longitude=30.52),
    ),
    (
        {
            "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Склад", "address": "Київ"},
            "location": {"latitude": 1, "longitude": 2},
        },
        Attachment(AttachmentKind.LOCATION, title="Склад, Київ", latitude=1.0, longitude=2.0),
    ),
    (
        {"contact": {"phone_number": "380501112233", "first_name": "Олена", "user_id": 7}},
        Attachment(AttachmentKind.CONTACT, title="Олена", phone="+380501112233", trusted=True),
    ),
    (
        {"contact": {"phone_number": "0501112233", "first_name": "Петро", "user_id": 8}},
        Attachment(AttachmentKind.CONTACT, title="Петро", phone="0501112233"),
    ),
    (
        {"contact": {"phone_number": "0501112233", "first_name": "Петро"}},
        Attachment(AttachmentKind.CONTACT, title="Петро", phone="0501112233"),
    ),
]


@pytest.mark.parametrize(("body", "attachment"), FILES, ids=[next(iter(body)) for body, _ in FILES])
def test_each_kind_of_media_is_a_typed_attachment(body: Json, attachment: Attachment) -> None:
    found = only(update("message", message(**body)))
    assert (found.kind, found.attachments) == (InboundKind.MEDIA, (attachment,))
    assert all(part.url is None for part in found.attachments)


def test_an_album_is_several_messages_of_one_group() -> None:
    photo = [file("photo")]
    first = only(update("message", message(photo=photo, media_group_id="G", caption="ось"), 1))
    second = only(update("message", message(photo=photo, media_group_id="G"), 2))
    assert (first.group, first.text, second.group, second.text) == ("G", "ось", "G", "")
