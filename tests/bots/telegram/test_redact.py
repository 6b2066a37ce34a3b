"""The token is in no log line and no error's text, whatever happens."""

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
import structlog

from bots.channel import HealthBoard
from bots.redact import HIDDEN, Redactor, hide_tokens
from bots.telegram.account import TelegramSettings, build_telegram, check
from core.clock import SystemClock
from core.domain.messages import OutboundMessage
from core.errors import InvalidSettings
from tests.bots.telegram.kit import MemoryIntake, build_account, running, until
from tests.emulators import faults
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.telegram_state import TOKEN

SECRET_PART = TOKEN.partition(":")[2]
STRANGER = "123456789:" + "b-_" * 12


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """All that any logger says at DEBUG, as a handler writes it, tracebacks included; no guard stands yet."""
    written, root, factory = io.StringIO(), logging.getLogger(), logging.getLogRecordFactory()
    logging.setLogRecordFactory(logging.LogRecord)
    handler, level = logging.StreamHandler(written), root.level
    names = ("httpx", "httpcore", "httpcore.http11", "httpcore.connection", "telegram", "telegram.Bot", "asyncio")
    levels = {name: logging.getLogger(name).level for name in names}
    root.addHandler(handler)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.setLevel(logging.DEBUG)
    yield written
    logging.setLogRecordFactory(factory)
    root.removeHandler(handler)
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


async def test_a_day_full_of_trouble_shows_no_token_anywhere(
    telegram: TelegramEmulator,
    intake: MemoryIntake,
    health: HealthBoard,
    everything: io.StringIO,
    capsys: pytest.CaptureFixture[str],
) -> None:
    trouble = (
        *(faults.server_error(), faults.cut_off(delivered=False), faults.conflict(), faults.silent(1)),
        *(faults.too_many_requests(1), faults.Fault(200, body="no JSON"), faults.bad_request("x"), faults.forbidden()),
    )
    telegram.script("getUpdates", *trouble)
    telegram.script("sendMessage", *trouble, faults.unauthorized())
    telegram.say("привіт")
    account = build_account(telegram)
    told = [repr(account.client), repr(account.settings), str(account.channel)]
    async with running(account, intake, health):
        await until(lambda: intake.texts == ["привіт"], seconds=10)
        for user in range(20, 20 + len(trouble) + 1):
            told.append(repr(await account.channel.send(str(user), OutboundMessage("x"), key="1")))
        for method in ("get_me", "get_webhook_info", "log_out"):
            telegram.script("*", faults.unauthorized())
            try:
                await getattr(account.client, method)()
            except Exception as error:
                told.append("".join(traceback.format_exception(error)))
                logging.getLogger("anybody").exception("it failed at %s", account.client.base_url)
    told += [str(state) for state in health.accounts.values()]
    everything_told = "\n".join([everything.getvalue(), *told, *capsys.readouterr()])
    assert "HTTP Request: POST" in everything.getvalue()
    assert HIDDEN in everything.getvalue()
    assert "Traceback" in everything.getvalue()
    assert SECRET_PART not in everything_told


def test_without_the_guard_the_token_would_be_seen(telegram: TelegramEmulator, everything: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert SECRET_PART in everything.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"https://api.telegram.org/file/bot{STRANGER}/voice/1.oga",
        f"the token `{TOKEN}` was rejected",
        f"bot100%3A{SECRET_PART}/getMe",
        f"{TOKEN}{TOKEN}",
    ],
)
def test_a_token_is_hidden_in_whatever_it_stands(text: str) -> None:
    cleaned = Redactor([TOKEN]).clean(text)
    assert HIDDEN in cleaned
    assert SECRET_PART not in cleaned
    assert STRANGER not in cleaned


@pytest.mark.parametrize("text", ["10:30 зустріч", "замовлення 123456789: два насоси", "12:00:00", "ціна 100:1"])
def test_what_people_write_is_left_alone(text: str) -> None:
    assert Redactor([TOKEN]).clean(text) == text


def test_a_record_that_cannot_be_formatted_is_hidden_too(everything: io.StringIO) -> None:
    hide_tokens(TOKEN)
    logging.getLogger("clumsy").warning("%d of %s", TOKEN)
    assert SECRET_PART not in everything.getvalue()


def test_every_token_that_was_named_is_hidden(everything: io.StringIO) -> None:
    hide_tokens("short-secret-1")
    hide_tokens("short-secret-2")
    logging.getLogger("any").warning("short-secret-1 and short-secret-2")
    assert "short-secret" not in everything.getvalue()


def test_our_own_events_are_cleaned_by_the_same_rule() -> None:
    redactor = Redactor([TOKEN])
    with structlog.testing.capture_logs(processors=[redactor]) as events:
        structlog.get_logger().info("x", url=f"https://api/bot{TOKEN}/getMe", number=7)
    assert events[0]["url"] == f"https://api/bot{HIDDEN}/getMe"
    assert events[0]["number"] == 7


@pytest.mark.parametrize("token", ["", "abc", "123:", "123456:short", TOKEN + " ", "bot" + TOKEN])
def test_what_is_no_token_is_refused_with_the_way_to_mend_it(token: str) -> None:
    with pytest.raises(InvalidSettings, match="BotFather") as refusal:
        build_telegram(TelegramSettings(token=token), clock=SystemClock())
    assert SECRET_PART not in str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (TelegramSettings(token=TOKEN, public_url="http://shop.example"), "https"),
        (TelegramSettings(token=TOKEN, secret="with space"), "A-Z"),
        (TelegramSettings(token=TOKEN, secret=""), "A-Z"),
    ],
)
def test_settings_that_telegram_would_refuse_are_refused_first(settings: TelegramSettings, words: str) -> None:
    with pytest.raises(InvalidSettings, match=words):
        check(settings)
