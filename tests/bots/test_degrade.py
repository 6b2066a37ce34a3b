"""What a channel cannot show becomes text, and nothing is lost without a name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.channel import Capabilities, TextUnit
from bots.degrade import prepare
from bots.split import measure
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.reply_window import WindowRules

RICH = Capabilities(
    text_limit=100,
    text_unit=TextUnit.UTF16,
    max_buttons=3,
    button_title_limit=20,
    contact_button=True,
    attachments=frozenset({AttachmentKind.IMAGE, AttachmentKind.FILE}),
    resend_is_harmless=False,
    typing_every=None,
    window=WindowRules(None, "invented", "2026-01-01"),
)
POOR = replace(RICH, max_buttons=0, contact_button=False, attachments=frozenset())

YES, NO = Button("Так", "yes"), Button("Ні", "no")
PHONE = Button("Поділитися номером", contact=True)
CATALOGUE = Attachment(AttachmentKind.FILE, url="https://example.com/c.pdf", title="Каталог")


def test_a_message_that_fits_is_not_touched() -> None:
    message = OutboundMessage("Добрий день!")
    assert prepare(message, RICH).parts == (message,)
    assert prepare(message, RICH).losses == ()


def test_buttons_stand_only_on_the_last_part() -> None:
    prepared = prepare(OutboundMessage("слово " * 40, buttons=(YES, NO)), RICH)
    assert len(prepared.parts) == 3
    assert [part.buttons for part in prepared.parts] == [(), (), (YES, NO)]
    assert prepared.losses == ()


@pytest.mark.parametrize(
    ("message", "capabilities", "text", "buttons", "losses"),
    [
        (OutboundMessage("Беремо?", (YES, NO)), RICH, "Беремо?", (YES, NO), ()),
        (OutboundMessage("Беремо?", (YES, NO)), POOR, "Беремо?\n\n1. Так\n2. Ні", (), ("buttons:listed",)),
        (OutboundMessage("Ваш номер?", (PHONE,)), RICH, "Ваш номер?", (PHONE,), ()),
        (
            OutboundMessage("Ваш номер?", (PHONE, YES)),
            replace(RICH, contact_button=False),
            "Ваш номер?",
            (YES,),
            ("contact_button:dropped",),
        ),
        (
            OutboundMessage("Що саме?", (Button("Дуже довга назва насоса", "np"), YES)),
            RICH,
            "Що саме?\n\n1. Дуже довга назва насоса\n2. Так",
            (Button("1", "np"), Button("2", "yes")),
            ("buttons:numbered",),
        ),
        (
            OutboundMessage("Сайт?", (Button("Відкрити", url="https://example.com"),)),
            POOR,
            "Сайт?\n\n1. Відкрити: https://example.com",
            (),
            ("buttons:listed",),
        ),
        (OutboundMessage("Так?", (Button("Так", "х" * 33),)), RICH, "Так?\n\n1. Так", (), ("buttons:listed",)),
        (OutboundMessage("", (YES, NO)), RICH, "1. Так\n2. Ні", (), ("buttons:listed",)),
    ],
)
def test_buttons_that_do_not_fit_become_a_list_to_type(
    message: OutboundMessage,
    capabilities: Capabilities,
    text: str,
    buttons: tuple[Button, ...],
    losses: tuple[str, ...],
) -> None:
    prepared = prepare(message, capabilities)
    assert prepared.parts == (OutboundMessage(text, buttons),)
    assert prepared.losses == losses


def test_an_attachment_that_can_be_shown_is_a_part_of_its_own_and_last() -> None:
    prepared = prepare(OutboundMessage("Ось каталог.", (YES,), (CATALOGUE,)), RICH)
    assert prepared.parts == (OutboundMessage("Ось каталог."), OutboundMessage("", (YES,), (CATALOGUE,)))


@pytest.mark.parametrize(
    ("attachment", "line", "losses"),
    [
        (CATALOGUE, "Каталог: https://example.com/c.pdf", ("file:line",)),
        (Attachment(AttachmentKind.LINK, url="https://example.com"), "https://example.com", ()),
        (
            Attachment(AttachmentKind.LOCATION, latitude=50.45, longitude=30.52),
            "50.450000, 30.520000",
            ("location:line",),
        ),
        (
            Attachment(AttachmentKind.CONTACT, title="Олена", phone="+380501112233"),
            "Олена: +380501112233",
            ("contact:line",),
        ),
        (Attachment(AttachmentKind.VOICE, external_id="abc"), "", ("voice:dropped",)),
    ],
)
def test_an_attachment_that_cannot_be_shown_becomes_a_line(
    attachment: Attachment, line: str, losses: tuple[str, ...]
) -> None:
    prepared = prepare(OutboundMessage("Ось.", attachments=(attachment,)), POOR)
    assert prepared.parts == (OutboundMessage(f"Ось.\n\n{line}" if line else "Ось."),)
    assert prepared.losses == losses


def test_a_kind_that_is_offered_but_has_no_source_is_not_sent_empty() -> None:
    image = Attachment(AttachmentKind.IMAGE, title="Насос")
    assert prepare(OutboundMessage("", attachments=(image,)), RICH).parts == (OutboundMessage("Насос"),)


def test_a_blank_message_gives_no_part() -> None:
    assert prepare(OutboundMessage("  \n"), RICH).parts == ()


@given(
    st.text(max_size=400),
    st.lists(st.builds(Button, st.text(min_size=1, max_size=30), st.text(max_size=40), st.booleans()), max_size=6),
    st.lists(
        st.builds(Attachment, st.sampled_from(AttachmentKind), url=st.none() | st.just("https://e.com")), max_size=3
    ),
    st.sampled_from([RICH, POOR]),
)
def test_every_part_fits_the_channel(
    text: str, buttons: list[Button], attachments: list[Attachment], capabilities: Capabilities
) -> None:
    prepared = prepare(OutboundMessage(text, tuple(buttons), tuple(attachments)), capabilities)
    for part in prepared.parts:
        assert measure(part.text, capabilities.text_unit) <= capabilities.text_limit
        assert len(part.buttons) <= capabilities.max_buttons
        assert all(len(button.title) <= capabilities.button_title_limit for button in part.buttons)
        assert capabilities.contact_button or not any(button.contact for button in part.buttons)
        assert all(attachment.kind in capabilities.attachments for attachment in part.attachments)
        assert part.text.strip() or part.attachments
    assert not any(part.buttons for part in prepared.parts[:-1])
