"""What every channel must do. A new one is done when it stands in the two tables below and this battery passes.

The numbers are those of the promises: 1 only genuine events, 2 stored before answered, 3 each event once, 4 no event
loses its neighbours, 5 nobody but customers is answered, 6 order within a conversation, 7 the unknown is no error,
8 every refusal has its class, 9 long texts arrive whole, 10 closed windows are known, 11 secrets never show.
"""

import asyncio
import io
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bots.channel import Channel
from bots.console.channel import ConsoleChannel
from bots.degrade import prepare
from bots.redact import hide_tokens
from bots.split import measure
from bots.webchat.channel import WebChatChannel
from core.domain.messages import Attachment, AttachmentKind, Button, InboundKind, OutboundMessage
from core.domain.reply_window import BotMessage, MayGo, MayNot, Standing, may_bot_send
from core.domain.sending import Refused, Scope, SendResult, Sent, Unknown
from core.storage.inbox import SILENT
from tests.bots.meta.bench import DOORS, PLATFORMS, MetaInbound, MetaOutbound, emulate
from tests.bots.telegram.bench import TelegramInbound, TelegramOutbound
from tests.emulators.bench import Arrival, Inbound, Outbound, Trouble
from tests.emulators.own_door import OwnDoor
from tests.emulators.own_page import OwnPage
from tests.emulators.telegram import TelegramEmulator
from tests.toy_channel.bench import LetterboxInbound, LetterboxOutbound


@contextmanager
def telegram_outbound() -> Iterator[Outbound]:
    factory = logging.getLogRecordFactory()
    with TelegramEmulator() as emulator:
        hide_tokens(*TelegramOutbound.secrets)
        yield TelegramOutbound(emulator)
    logging.setLogRecordFactory(factory)


@contextmanager
def own_page(channel: Channel) -> Iterator[Outbound]:
    yield OwnPage(channel)


@contextmanager
def meta_outbound(name: str) -> Iterator[Outbound]:
    with emulate(PLATFORMS[name]) as emulator:
        yield MetaOutbound(emulator, PLATFORMS[name])


@contextmanager
def letterbox_outbound() -> Iterator[Outbound]:
    yield LetterboxOutbound()


OUTBOUND: dict[str, Callable[[], AbstractContextManager[Outbound]]] = {
    "telegram": telegram_outbound,
    "messenger": lambda: meta_outbound("messenger"),
    "instagram": lambda: meta_outbound("instagram"),
    "instagram_login": lambda: meta_outbound("instagram_login"),
    "webchat": lambda: own_page(WebChatChannel()),
    "console": lambda: own_page(ConsoleChannel()),
    "letterbox": letterbox_outbound,
}
TROUBLES = [
    *(("telegram", trouble) for trouble in sorted(TelegramOutbound.troubles)),
    *((name, trouble) for name in PLATFORMS for trouble in sorted(MetaOutbound.troubles)),
    *(("letterbox", trouble) for trouble in sorted(LetterboxOutbound.troubles)),
]

INBOUND: dict[str, Callable[[], Inbound]] = {
    "telegram": TelegramInbound,
    **DOORS,
    "webchat": OwnDoor,
    "letterbox": LetterboxInbound,
}
ARRIVALS = [
    *(("telegram", arrival) for arrival in sorted(TelegramInbound.arrivals)),
    *((name, arrival) for name in DOORS for arrival in sorted(MetaInbound.arrivals)),
    *(("letterbox", arrival) for arrival in sorted(LetterboxInbound.arrivals)),
]

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
HELLO = OutboundMessage("Добрий день!")
REPLY = BotMessage(is_reply=True)


@pytest.fixture(params=OUTBOUND)
def out(request: pytest.FixtureRequest) -> Iterator[Outbound]:
    with OUTBOUND[request.param]() as bench:
        yield bench


@pytest.fixture(params=INBOUND)
def door(request: pytest.FixtureRequest) -> Inbound:
    return INBOUND[request.param]()


# 1 Only genuine events


async def test_a_forged_event_is_refused_and_stored_nowhere(door: Inbound) -> None:
    assert await door.post(door.body(Arrival.TEXT), genuine=False) in (401, 403)
    assert list(door.stored) == []


async def test_the_same_event_is_genuine_however_its_letters_are_written(door: Inbound) -> None:
    plain = door.body(Arrival.TEXT, number=1, text="Привіт / 😀")
    escaped = json.dumps(json.loads(door.body(Arrival.TEXT, number=2, text="Привіт / 😀"))).replace("/", "\\/")
    assert [await door.post(plain), await door.post(escaped.encode())] == [200, 200]
    assert [message.text for message in door.stored] == ["Привіт / 😀"] * 2


# 2 Stored before answered


async def test_an_accepted_event_is_in_the_store_when_the_platform_gets_its_answer(door: Inbound) -> None:
    started = time.perf_counter()
    assert await door.post(door.body(Arrival.TEXT, text="ціна?")) == 200
    assert [message.text for message in door.stored] == ["ціна?"]
    assert time.perf_counter() - started < 1


# 3 Each event once


async def test_an_event_that_comes_again_and_again_is_one_message(door: Inbound) -> None:
    body = door.body(Arrival.TEXT, number=5)
    assert await door.post(body) == 200
    assert set(await asyncio.gather(*(door.post(body) for _ in range(20)))) == {200}
    assert len(door.stored) == 1


# 4 No event loses its neighbours


@pytest.mark.parametrize("name", sorted({name for name, arrival in ARRIVALS if arrival is Arrival.MALFORMED}))
async def test_a_broken_event_is_acknowledged_and_its_neighbours_are_stored(name: str) -> None:
    door = INBOUND[name]()
    kinds = (Arrival.TEXT, Arrival.MALFORMED, Arrival.TEXT)
    statuses = [await door.post(door.body(kind, number=number)) for number, kind in enumerate(kinds, start=1)]
    assert statuses == [200, 200, 200]
    assert len(door.stored) == 2


# 5 Nobody but customers is answered


@pytest.mark.parametrize(
    ("name", "arrival"),
    [pair for pair in ARRIVALS if pair[1] in (Arrival.OWN, Arrival.OWNER, Arrival.BOT, Arrival.GROUP)],
)
async def test_who_is_no_customer_gets_no_answer(name: str, arrival: Arrival) -> None:
    door = INBOUND[name]()
    assert await door.post(door.body(arrival)) == 200
    assert all(message.kind in SILENT for message in door.stored)


# 6 Order within a conversation


async def test_messages_of_one_person_share_a_chat_and_keep_their_order(door: Inbound) -> None:
    for number, (sender, text) in enumerate([(7, "раз"), (8, "інша людина"), (7, "два")], start=1):
        await door.post(door.body(Arrival.TEXT, number=number, sender=sender, text=text))
    first, other, second = door.stored
    assert first.chat == second.chat != other.chat
    assert (first.text, second.text) == ("раз", "два")


# 7 The unknown is no error


@pytest.mark.parametrize(
    ("name", "arrival"),
    [pair for pair in ARRIVALS if pair[1] in (Arrival.UNKNOWN_EVENT, Arrival.UNKNOWN_ATTACHMENT)],
)
async def test_what_comes_with_next_year_is_at_most_one_unsupported_message(name: str, arrival: Arrival) -> None:
    door = INBOUND[name]()
    assert await door.post(door.body(arrival)) == 200
    assert len(door.stored) <= 1
    assert all(message.kind is InboundKind.UNSUPPORTED for message in door.stored)


# 8 Every refusal has its class


def is_final(result: SendResult) -> bool:
    return isinstance(result, Refused) and result.retry_after is None and result.new_chat is None


DESERVED: dict[Trouble, Callable[[SendResult], bool]] = {
    Trouble.WAIT: lambda r: isinstance(r, Refused) and r.retry_after is not None and r.retry_after > timedelta(),
    Trouble.GONE: lambda r: is_final(r) and isinstance(r, Refused) and r.scope is Scope.CHAT,
    Trouble.BAD_MESSAGE: lambda r: is_final(r) and isinstance(r, Refused) and r.scope is Scope.MESSAGE,
    Trouble.BAD_MARKUP: lambda r: is_final(r) and isinstance(r, Refused) and r.alert,
    Trouble.MOVED: lambda r: isinstance(r, Refused) and r.new_chat is not None,
    Trouble.TOKEN: lambda r: isinstance(r, Refused) and r.scope is Scope.CHANNEL and r.alert,
    Trouble.SERVER_ERROR: lambda r: isinstance(r, Unknown),
    Trouble.DELIVERED_BUT_SILENT: lambda r: isinstance(r, Unknown),
    Trouble.NOT_CONNECTED: lambda r: isinstance(r, Refused) and r.retry_after is not None,
}


@pytest.mark.parametrize(("name", "trouble"), TROUBLES)
async def test_every_trouble_has_its_class_and_is_met_once(name: str, trouble: Trouble) -> None:
    with OUTBOUND[name]() as out:
        out.cause(trouble)
        result = await out.channel.send(out.chat, HELLO, key="1")
        assert DESERVED[trouble](result), result
        assert len(out.shown()) == (1 if trouble is Trouble.DELIVERED_BUT_SILENT else 0)


async def test_typing_and_acknowledging_never_raise(out: Outbound) -> None:
    for chat in (out.chat, "nobody", ""):
        await out.channel.show_typing(chat)
    await out.channel.acknowledge("long gone")


async def test_a_chat_that_does_not_exist_is_an_answer_and_no_exception(out: Outbound) -> None:
    assert isinstance(await out.channel.send("nobody", HELLO, key="1"), Sent | Refused)


# 9 Long texts arrive whole

LONG = "\n\n".join(
    f"Абзац {number}: насос тихий 😀👩‍👩‍👧‍👦, ціна на https://example.com/p?id={number}. " * 12 for number in range(40)
)


async def test_a_long_text_arrives_whole_in_parts_that_fit(out: Outbound) -> None:
    limits = out.channel.capabilities
    prepared = prepare(OutboundMessage(LONG, (Button("Так", "yes"),)), limits)
    for number, part in enumerate(prepared.parts):
        assert measure(part.text, limits.text_unit) <= limits.text_limit
        assert isinstance(await out.channel.send(out.chat, part, key=str(number)), Sent)
    assert "".join("".join(out.shown()).split()) == "".join(LONG.split())
    for number in range(40):
        assert sum(f"?id={number}." in text for text in out.shown()) >= 1


async def test_everything_that_capabilities_promise_can_be_sent(out: Outbound) -> None:
    limits = out.channel.capabilities
    buttons = tuple(Button("х" * limits.button_title_limit, f"{n}") for n in range(limits.max_buttons))
    contact = (Button("Номер", contact=True),) if limits.contact_button else ()
    promised = [
        OutboundMessage("Оберіть", buttons),
        OutboundMessage("Номер?", contact),
        *(
            OutboundMessage("", attachments=(Attachment(kind, url="https://example.com/x", title="Каталог"),))
            for kind in sorted(limits.attachments)
        ),
    ]
    for message in promised:
        for part in prepare(message, limits).parts:
            assert isinstance(await out.channel.send(out.chat, part, key="1"), Sent)


@pytest.mark.parametrize("kind", AttachmentKind)
async def test_what_a_channel_cannot_show_is_told_in_words(out: Outbound, kind: AttachmentKind) -> None:
    attachment = Attachment(kind, url="https://example.com/x", title="Каталог")
    limits = out.channel.capabilities
    prepared = prepare(OutboundMessage("Ось:", attachments=(attachment,)), limits)
    if kind not in limits.attachments or kind is AttachmentKind.LINK:
        assert "https://example.com/x" in prepared.parts[-1].text


# 10 Closed windows are known


async def test_the_window_says_where_its_rule_is_written_and_when_it_is_closed(out: Outbound) -> None:
    rules = out.channel.capabilities.window
    assert rules.source
    assert rules.as_of
    for dated in (rules.ad, rules.person, rules.comment):
        assert dated is None or (dated.source and dated.as_of)
    assert isinstance(may_bot_send(rules, Standing(NOW), REPLY, now=NOW), MayGo)
    assert may_bot_send(rules, Standing(NOW, reachable=False), REPLY, now=NOW) == MayNot("unreachable")
    assert may_bot_send(rules, Standing(NOW, opted_out=True), BotMessage(is_reply=False), now=NOW) == MayNot(
        "opted_out"
    )
    if rules.bot_window is not None:
        assert isinstance(may_bot_send(rules, Standing(NOW), REPLY, now=NOW + rules.bot_window), MayNot)


# 11 Secrets never show


@pytest.mark.parametrize(("name", "trouble"), TROUBLES)
async def test_no_secret_is_in_a_result_or_in_any_log(name: str, trouble: Trouble) -> None:
    written = io.StringIO()
    handler, root = logging.StreamHandler(written), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with OUTBOUND[name]() as out:
            out.cause(trouble)
            told = repr(await out.channel.send(out.chat, HELLO, key="1")) + repr(out.channel)
            assert not any(secret in told + written.getvalue() for secret in out.secrets)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def test_no_stored_attachment_holds_an_address(door: Inbound) -> None:
    await door.post(door.body(Arrival.UNKNOWN_ATTACHMENT))
    assert all(attachment.url is None for message in door.stored for attachment in message.attachments)
