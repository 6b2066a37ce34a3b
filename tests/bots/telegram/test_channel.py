"""What becomes of one send, row by row of the platform's error table."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bots.degrade import prepare
from bots.telegram.channel import CAPABILITIES, TelegramChannel
from core.domain.messages import Attachment, AttachmentKind, Button, OutboundMessage
from core.domain.sending import Refused, Scope, Sent, Unknown
from tests.bots.telegram.kit import build_account
from tests.emulators import faults
from tests.emulators.faults import Fault
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_people import USER

CHAT = str(USER)
HELLO = OutboundMessage("Добрий день!")


@pytest.fixture
async def channel(telegram: TelegramEmulator) -> AsyncIterator[TelegramChannel]:
    account = build_account(telegram)
    yield account.channel
    await account.client.close_connections()


async def test_a_message_that_was_taken_gives_the_platforms_id(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    result = await channel.send(CHAT, HELLO, key="1")
    (seen,) = telegram.seen()
    assert result == Sent(str(seen.message_id))
    assert seen.text == "Добрий день!"


def refused(reason: str, scope: Scope = Scope.MESSAGE, after: float | None = None, **more: Any) -> Refused:
    return Refused(reason, scope, retry_after=None if after is None else timedelta(seconds=after), **more)


BAD = faults.bad_request
DESERVED = [
    (faults.too_many_requests(7), refused("too_many_requests", Scope.CHAT, 7)),
    (Fault(429, "Too Many Requests"), refused("too_many_requests", Scope.CHAT, 5)),
    (faults.forbidden(), refused("blocked", Scope.CHAT)),
    (faults.forbidden("Forbidden: user is deactivated"), refused("deactivated", Scope.CHAT)),
    (faults.forbidden("Forbidden: bot was kicked from the group chat"), refused("kicked", Scope.CHAT)),
    (
        faults.forbidden("Forbidden: bot can't initiate conversation with a user"),
        refused("never_started", Scope.CHAT),
    ),
    (faults.forbidden("Forbidden: something of next year"), refused("forbidden", Scope.CHAT)),
    (BAD("chat not found"), refused("chat_not_found")),
    (BAD("PEER_ID_INVALID"), refused("chat_not_found")),
    (BAD("message to be replied not found"), refused("message_not_found")),
    (BAD("message to edit not found"), refused("message_not_found")),
    (BAD("wrong file identifier/HTTP URL specified"), refused("wrong_file")),
    (BAD("not enough rights to send text messages to the chat"), refused("no_rights", Scope.CHAT)),
    (BAD("BUSINESS_CONNECTION_INVALID"), refused("business_connection_closed", Scope.CHAT)),
    (BAD("can't parse entities: unclosed start tag"), refused("bad_markup", alert=True)),
    (BAD("message is too long"), refused("too_long", alert=True)),
    (BAD("message text is empty"), refused("empty", alert=True)),
    (BAD("BUTTON_DATA_INVALID"), refused("bad_button", alert=True)),
    (BAD("a rule of next year"), refused("bad_request", alert=True)),
    (faults.migrated(-1005), refused("migrated", Scope.CHAT, 0, new_chat="-1005")),
    (faults.unauthorized(), refused("token_rejected", Scope.CHANNEL, 60, alert=True)),
    (faults.not_found(), refused("token_rejected", Scope.CHANNEL, 60, alert=True)),
    (faults.conflict(), refused("conflict", Scope.CHANNEL, 5)),
    (Fault(413, "Request Entity Too Large"), refused("too_large", alert=True)),
    (Fault(403, body="<html>denied</html>"), refused("foreign_answer", Scope.CHANNEL, 60)),
    (Fault(404, body="<html>no such page</html>"), refused("foreign_answer", Scope.CHANNEL, 60)),
]


@pytest.mark.parametrize(
    ("fault", "result"), DESERVED, ids=[f"{f.code} {f.description or f.body}" for f, _ in DESERVED]
)
async def test_a_certain_refusal_says_whether_and_when_to_try_again(
    telegram: TelegramEmulator, channel: TelegramChannel, fault: Fault, result: Refused
) -> None:
    telegram.script("sendMessage", fault)
    assert await channel.send(CHAT, HELLO, key="1") == result
    assert telegram.texts() == []


DOUBTFUL = [
    faults.server_error(500),
    faults.server_error(502),
    Fault(503, "Service Unavailable"),
    faults.silent(1),
    faults.delivered_but_silent(1),
    faults.cut_off(delivered=True),
    faults.cut_off(delivered=False),
    Fault(200, body="not JSON", delivered=True),
    Fault(200, body='{"ok": true}', delivered=True),
]


@pytest.mark.parametrize("fault", DOUBTFUL, ids=str)
async def test_what_may_have_been_delivered_is_unknown_and_not_sent_again(
    telegram: TelegramEmulator, channel: TelegramChannel, fault: Fault
) -> None:
    telegram.script("sendMessage", fault)
    result = await channel.send(CHAT, HELLO, key="1")
    assert isinstance(result, Unknown)
    assert len(telegram.texts()) <= 1
    assert [method for method, _ in telegram.state.calls] in ([], ["sendmessage"])


async def test_a_refused_connection_left_nothing_behind_and_may_be_tried_again(telegram: TelegramEmulator) -> None:
    account = build_account(telegram, base_url="http://127.0.0.1:1/bot")
    result = await account.channel.send(CHAT, HELLO, key="1")
    await account.client.close_connections()
    assert result == refused("not_connected", Scope.CHANNEL, 5)


async def test_text_goes_out_plain_so_that_no_sign_is_markup(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    text = "5 < 6 & *зірка* _риска_ [дужка](нікуди"
    await channel.send(CHAT, OutboundMessage(text), key="1")
    ((_, params),) = telegram.state.calls
    assert params["text"] == text
    assert "parse_mode" not in params


async def test_signs_that_cannot_be_encoded_do_not_stop_a_message(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    assert isinstance(await channel.send(CHAT, OutboundMessage("так\ud83d!\x00"), key="1"), Sent)
    assert telegram.texts() == ["так\ufffd!"]


async def test_buttons_stand_under_the_message_few_in_a_row(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    buttons = (Button("Так", "yes"), Button("Ні", "no"), Button("Розкажіть більше про насос", "more"), Button("Ще"))
    page = Button("Сайт", url="https://example.com")
    await channel.send(CHAT, OutboundMessage("Беремо?", (*buttons, page)), key="1")
    (seen,) = telegram.seen()
    assert [[button["text"] for button in row] for row in seen.buttons] == [
        ["Так", "Ні"],
        ["Розкажіть більше про насос"],
        ["Ще", "Сайт"],
    ]
    assert seen.buttons[0][1]["callback_data"] == "no"
    assert seen.buttons[2][0]["callback_data"] == "Ще"
    assert seen.buttons[2][1]["url"] == "https://example.com"


async def test_as_many_buttons_as_the_channel_promises_can_be_sent(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    buttons = tuple(Button(f"{number}" + "т" * 20, "д" * 32) for number in range(CAPABILITIES.max_buttons))
    assert isinstance(await channel.send(CHAT, OutboundMessage("?", buttons), key="1"), Sent)


async def test_a_contact_button_is_a_key_that_asks_for_the_phone(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    buttons = (Button("Поділитися номером", contact=True), Button("Пізніше", "later"))
    await channel.send(CHAT, OutboundMessage("Ваш номер?", buttons), key="1")
    (seen,) = telegram.seen()
    assert seen.buttons == ()
    assert seen.keyboard == (({"text": "Поділитися номером", "request_contact": True},), ({"text": "Пізніше"},))


async def test_a_business_chat_is_answered_in_the_owners_name_and_without_keys(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    telegram.connect_business("conn-1")
    message = OutboundMessage("Ваш номер?", (Button("Поділитися номером", contact=True),))
    assert isinstance(await channel.send(f"biz:conn-1:{USER}", message, key="1"), Sent)
    (seen,) = telegram.seen()
    assert (seen.business, seen.keyboard, seen.text) == ("conn-1", (), "Ваш номер?")


async def test_a_closed_business_connection_ends_the_chat(telegram: TelegramEmulator, channel: TelegramChannel) -> None:
    result = await channel.send(f"biz:gone:{USER}", HELLO, key="1")
    assert result == refused("business_connection_closed", Scope.CHAT)


@pytest.mark.parametrize("kind", sorted(CAPABILITIES.attachments))
async def test_each_promised_attachment_is_sent_by_its_own_method(
    telegram: TelegramEmulator, channel: TelegramChannel, kind: AttachmentKind
) -> None:
    attachment = Attachment(kind, url="https://example.com/x", title="Каталог")
    result = await channel.send(CHAT, OutboundMessage("", (Button("Так", "yes"),), (attachment,)), key="1")
    assert isinstance(result, Sent)
    (seen,) = telegram.seen()
    methods = {"image": "photo", "file": "document"}
    assert seen.method == f"send{methods.get(kind.value, kind.value)}"
    assert (seen.media, seen.text) == ("https://example.com/x", "Каталог")
    assert seen.buttons


async def test_an_attachment_that_the_platform_cannot_fetch_becomes_its_link(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    telegram.script("sendDocument", BAD("failed to get HTTP URL content"))
    attachment = Attachment(AttachmentKind.FILE, url="https://example.com/c.pdf", title="Каталог")
    assert isinstance(await channel.send(CHAT, OutboundMessage("", attachments=(attachment,)), key="1"), Sent)
    assert telegram.texts() == ["Каталог: https://example.com/c.pdf"]


async def test_an_attachment_in_doubt_is_not_replaced(telegram: TelegramEmulator, channel: TelegramChannel) -> None:
    telegram.script("sendDocument", faults.server_error())
    attachment = Attachment(AttachmentKind.FILE, url="https://example.com/c.pdf")
    assert isinstance(await channel.send(CHAT, OutboundMessage("", attachments=(attachment,)), key="1"), Unknown)
    assert telegram.texts() == []


async def test_a_moved_group_gives_its_new_id(telegram: TelegramEmulator, channel: TelegramChannel) -> None:
    telegram.move_chat(-5, -1005)
    result = await channel.send("-5", HELLO, key="1")
    assert isinstance(result, Refused)
    assert result.new_chat == "-1005"
    assert isinstance(await channel.send("-1005", HELLO, key="1"), Sent)


@pytest.mark.parametrize("chat", ["", "somebody", "biz:", "biz:conn-1:", "12x"])
async def test_what_is_no_chat_is_refused_without_a_call(
    telegram: TelegramEmulator, channel: TelegramChannel, chat: str
) -> None:
    assert await channel.send(chat, HELLO, key="1") == refused("not_a_chat")
    assert telegram.state.calls == []


async def test_after_too_many_requests_the_chat_rests_and_others_go_on(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    telegram.open_chat(8)
    telegram.script("sendMessage", faults.too_many_requests(30))
    await channel.send(CHAT, HELLO, key="1")
    again = await channel.send(CHAT, HELLO, key="1")
    assert isinstance(again, Refused)
    assert again.reason == "paced"
    assert again.retry_after is not None
    assert 28 < again.retry_after.total_seconds() <= 30
    assert isinstance(await channel.send("8", HELLO, key="2"), Sent)
    assert len(telegram.state.calls) == 1


async def test_typing_is_shown_and_never_raises(telegram: TelegramEmulator, channel: TelegramChannel) -> None:
    await channel.show_typing(CHAT)
    assert telegram.state.typing == [USER]
    telegram.script("*", faults.forbidden(), faults.server_error(), faults.silent(1))
    for _ in range(3):
        await channel.show_typing(CHAT)
    await channel.show_typing("somebody")


async def test_a_button_press_is_acknowledged_and_a_late_one_is_no_error(
    telegram: TelegramEmulator, channel: TelegramChannel
) -> None:
    await channel.send(CHAT, OutboundMessage("?", (Button("Так", "yes"),)), key="1")
    first = telegram.press("yes")
    await channel.acknowledge(f"cb{first}")
    assert telegram.state.callbacks[f"cb{first}"] == "answered"
    second = telegram.press("yes")
    telegram.expire_callbacks()
    await channel.acknowledge(f"cb{second}")
    assert telegram.state.callbacks[f"cb{second}"] == "expired"
    telegram.script("*", faults.server_error(), faults.unauthorized())
    await channel.acknowledge("cb0")
    await channel.acknowledge("cb0")


async def test_a_long_reply_arrives_whole_and_in_order(telegram: TelegramEmulator, channel: TelegramChannel) -> None:
    text = "\n\n".join(f"Абзац {number}. " + "Насос тихий 😀. " * 60 for number in range(9))
    prepared = prepare(OutboundMessage(text, (Button("Так", "yes"),)), channel.capabilities)
    for part in prepared.parts:
        assert isinstance(await channel.send(CHAT, part, key="1"), Sent)
    assert "".join("".join(telegram.texts()).split()) == "".join(text.split())
    assert [bool(seen.buttons) for seen in telegram.seen()] == [False] * (len(prepared.parts) - 1) + [True]
