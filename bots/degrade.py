"""Make one message fit a channel: what it cannot show becomes text, and every loss is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bots.channel import Capabilities
from bots.split import fits, split
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage

BUTTON_DATA_BYTES = 64


@dataclass(frozen=True, slots=True)
class Prepared:
    """`parts` in the order of sending, one platform call each; `losses` as `what:how` for the log."""

    parts: tuple[OutboundMessage, ...]
    losses: tuple[str, ...] = ()


def prepare(message: OutboundMessage, capabilities: Capabilities) -> Prepared:
    """Split and degrade by the channel's capabilities. Only the last part carries buttons; blank = no part."""
    if _fits_as_it_is(message, capabilities):
        return Prepared((message,))
    shown, links, lost_media = _sort_attachments(message.attachments, capabilities)
    buttons, answers, lost_buttons = _sort_buttons(message.buttons, capabilities)
    said = _without_addresses(message.text.rstrip(), shown)
    text = "\n\n".join(
        block for block in (said, "\n".join(line for line in links if line not in said), "\n".join(answers)) if block
    )
    if not text.strip() and not shown and buttons:
        text, buttons = "\n".join(_numbered(buttons)), ()
        lost_buttons = (*lost_buttons, "buttons:listed")
    parts = [OutboundMessage(piece) for piece in split(text, capabilities.text_limit, capabilities.text_unit)]
    parts += [OutboundMessage("", attachments=(attachment,)) for attachment in shown]
    if parts:
        parts[-1] = replace(parts[-1], buttons=buttons)
    return Prepared(tuple(parts), (*lost_media, *lost_buttons))


def _fits_as_it_is(message: OutboundMessage, capabilities: Capabilities) -> bool:
    """The common case, decided in microseconds: a short text with no extras."""
    return (
        not message.buttons
        and not message.attachments
        and bool(message.text.strip())
        and fits(message.text, capabilities.text_limit, capabilities.text_unit)
    )


def _sort_attachments(
    attachments: Sequence[Attachment], capabilities: Capabilities
) -> tuple[list[Attachment], list[str], tuple[str, ...]]:
    """What is shown, what becomes a line, and the losses. A link is a line everywhere, so that is none."""
    shown: list[Attachment] = []
    lines: list[str] = []
    losses: list[str] = []
    for attachment in attachments:
        has_source = bool(attachment.url or attachment.external_id)
        if attachment.kind in capabilities.attachments and has_source and attachment.kind is not AttachmentKind.LINK:
            shown.append(attachment)
            continue
        line = _as_line(attachment)
        if line:
            lines.append(line)
        if attachment.kind is not AttachmentKind.LINK or not line:
            losses.append(f"{attachment.kind.value}:{'line' if line else 'dropped'}")
    return shown, lines, tuple(losses)


def _without_addresses(text: str, shown: Sequence[Attachment]) -> str:
    """What is shown as a file needs no address beside it; its title stays in the text."""
    for attachment in shown:
        if attachment.title and attachment.url:
            text = text.replace(f"{attachment.title}: {attachment.url}", attachment.title)
    return text


def _as_line(attachment: Attachment) -> str:
    place = None
    if attachment.latitude is not None and attachment.longitude is not None:
        place = f"{attachment.latitude:.6f}, {attachment.longitude:.6f}"
    return ": ".join(part for part in (attachment.title, attachment.url or attachment.phone or place) if part)


def _sort_buttons(
    buttons: Sequence[Button], capabilities: Capabilities
) -> tuple[tuple[Button, ...], list[str], tuple[str, ...]]:
    """The buttons that stay, the lines that stand for the rest, and the losses."""
    kept = tuple(button for button in buttons if capabilities.contact_button or not button.contact)
    # The text asks for the number already; a button's title without a button would only puzzle.
    losses = () if len(kept) == len(buttons) else ("contact_button:dropped",)
    if not kept:
        return (), [], losses
    if len(kept) > capabilities.max_buttons or any(not _data_fits(button) for button in kept):
        return (), _numbered(kept), (*losses, "buttons:listed")
    if any(len(button.title) > capabilities.button_title_limit for button in kept):
        return _by_number(kept), _numbered(kept), (*losses, "buttons:numbered")
    return kept, [], losses


def _data_fits(button: Button) -> bool:
    return button.contact or button.url is not None or len(answer_of(button).encode()) <= BUTTON_DATA_BYTES


def answer_of(button: Button) -> str:
    """What a tap sends back."""
    return button.data or button.title


def _numbered(buttons: Sequence[Button]) -> list[str]:
    """A list that can be answered by typing the number or the words."""
    return [
        f"{number}. {button.title}: {button.url}" if button.url else f"{number}. {button.title}"
        for number, button in enumerate(buttons, start=1)
    ]


def _by_number(buttons: Sequence[Button]) -> tuple[Button, ...]:
    return tuple(
        replace(button, title=str(number), data=answer_of(button)) for number, button in enumerate(buttons, start=1)
    )
