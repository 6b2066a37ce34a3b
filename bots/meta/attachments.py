"""The attachments of Messenger and Instagram as ours. What is not known yet is "unsupported", never an error."""

from collections.abc import Mapping
from typing import Any, Final

from bots.meta.clean import read_text
from core.domain.messages import Attachment, AttachmentKind

THUMBS: Final = frozenset({"369239263222822", "369239383222810", "369239343222814"})
"""The stickers of the thumb key: people mean "yes" by them."""

_MEDIA: Final = {
    "image": AttachmentKind.IMAGE,
    "audio": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
    "file": AttachmentKind.FILE,
    "sticker": AttachmentKind.STICKER,
    "reel": AttachmentKind.LINK,
    "ig_reel": AttachmentKind.LINK,
    "post": AttachmentKind.LINK,
    "ig_post": AttachmentKind.LINK,
    "share": AttachmentKind.LINK,
    "fallback": AttachmentKind.LINK,
    "template": AttachmentKind.LINK,
    "location": AttachmentKind.LOCATION,
}
_OF_A_STORY: Final = frozenset({"story_mention", "story", "ig_story"})


def read_attachment(data: Any) -> Attachment:
    if not isinstance(data, Mapping):
        return Attachment(AttachmentKind.UNSUPPORTED)
    name = str(data.get("type") or "")
    payload = data.get("payload") if isinstance(data.get("payload"), Mapping) else {}
    if name in _OF_A_STORY:
        # A story's media may not be kept past the story's life, so not even its address is.
        return Attachment(AttachmentKind.LINK, title="story")
    kind = _MEDIA.get(name, AttachmentKind.UNSUPPORTED)
    sticker = _read_sticker(data, payload or {})
    if sticker:
        return Attachment(AttachmentKind.STICKER, external_id=sticker)
    if kind is AttachmentKind.LOCATION:
        return _read_place(payload or {})
    title = read_text((payload or {}).get("title") or data.get("title"), 200) or None
    url = read_text((payload or {}).get("url") or data.get("url"), 2_000) or None
    return Attachment(kind, url=url, title=title or (name[:40] if kind is AttachmentKind.UNSUPPORTED else None))


def _read_sticker(data: Mapping[str, Any], payload: Mapping[str, Any]) -> str | None:
    """Stickers have a number, whichever of their two shapes they come in."""
    number = payload.get("sticker_id") or data.get("sticker_id")
    return str(number)[:40] if number else None


def _read_place(payload: Mapping[str, Any]) -> Attachment:
    at = payload.get("coordinates") if isinstance(payload.get("coordinates"), Mapping) else {}
    latitude, longitude = (at or {}).get("lat"), (at or {}).get("long")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return Attachment(AttachmentKind.LOCATION)
    return Attachment(AttachmentKind.LOCATION, latitude=float(latitude), longitude=float(longitude))
