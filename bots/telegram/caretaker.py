"""Looks after one bot: whether its token and its way in work, and what people see before they write."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

from telegram import BotCommand, User
from telegram.error import RetryAfter, TelegramError

from bots.caretaker import Change, Checkup, Finding, Outcome, SetUp
from bots.channel import AccountState
from bots.telegram.client import TelegramClient
from bots.telegram.health import diagnose
from bots.telegram.inbound import ALLOWED_UPDATES
from bots.telegram.refusals import wait_of
from bots.telegram.registration import inspect
from core.domain.channel_texts import ByLanguage, ChannelTexts
from core.domain.ids import AccountId
from core.ports import Clock

_LATE: Final = timedelta(hours=1)
"""Errors of deliveries older than this are over."""
_MANY: Final = 100
_COMMANDS: Final = 100
_STARTED: Final = "start the program, which does it by itself, or run `seller channels setup`"


@dataclass(frozen=True, slots=True)
class _Part:
    """A text with a place of its own for each language; "" is for everybody else."""

    name: str
    wanted: Mapping[str, Any]
    read: Callable[[str], Awaitable[Any]]
    write: Callable[[Any, str], Awaitable[Any]]


@dataclass
class TelegramCaretaker:
    """Implements Caretaker. `url` is where Telegram should call us; None while we ask it for messages."""

    account: AccountId
    client: TelegramClient
    clock: Clock
    url: str | None
    secret: str = field(repr=False)

    @property
    def title(self) -> str:
        return f"bot, webhook {self.url}" if self.url else "bot, long polling"

    @property
    def mark(self) -> None:
        return None

    def look(self) -> Sequence[Finding]:
        return ()

    async def check(self) -> Checkup:
        try:
            me = await self.client.get_me()
            found = await self._check_way()
        except TelegramError as error:
            health = diagnose(error, self.clock.now())
            return Checkup((Finding(health.state, health.reason, health.hint),))
        return Checkup((found,) if found else (), self._notes(me))

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        changes, kept = [], dict(marks)
        try:
            changes += await self._set_webhook(force=force)
            for part in self._parts(texts):
                changes.append(await self._set_part(part, kept, force=force))
        except RetryAfter as error:
            wait = round(wait_of(error).total_seconds())
            changes.append(Change("profile", Outcome.REFUSED, f"Telegram says: try again in {wait} seconds"))
        except TelegramError as error:
            health = diagnose(error, self.clock.now())
            changes.append(Change("profile", Outcome.REFUSED, f"{health.reason}: {health.hint}"))
        return SetUp(changes, kept)

    async def mend(self) -> bool:
        return False

    async def close(self) -> None:
        await self.client.close_connections()

    def _notes(self, me: User) -> tuple[str, ...]:
        notes = [f"@{me.username}"]
        if me.can_join_groups:
            notes.append("it may be added to groups, where it says nothing")
        return tuple(notes)

    async def _check_way(self) -> Finding | None:
        info, now = await self.client.get_webhook_info(), self.clock.now()
        if self.url is None:
            if not info.url:
                return None
            hint = "is it another program's? Otherwise start this one: it takes the webhook away"
            return Finding(AccountState.CONFLICT, "a webhook takes the messages, which are asked for here", hint)
        if not info.url:
            return Finding(AccountState.DEAF, "no webhook is registered", _STARTED)
        if wrong := inspect(info, self.url, since=now - _LATE, now=now):
            return Finding(wrong.state, wrong.reason, wrong.hint)
        if info.pending_update_count > _MANY:
            what = f"{info.pending_update_count} messages wait at Telegram"
            return Finding(AccountState.DEAF, what, "is the program running, and reachable at PUBLIC_URL?")
        return None

    async def _set_webhook(self, *, force: bool) -> list[Change]:
        """The same as the program does at its start, except that another program's stays."""
        if self.url is None:
            return []
        info = await self.client.get_webhook_info()
        if info.url == self.url:
            return [Change("webhook", Outcome.SAME)]
        if info.url and not force:
            return [Change("webhook", Outcome.KEPT, f"it goes to {info.url}; --force sends it to {self.url}")]
        await self.client.set_webhook(
            self.url, secret_token=self.secret, allowed_updates=ALLOWED_UPDATES, drop_pending_updates=False
        )
        return [Change("webhook", Outcome.SET, f"{info.url or 'none'} -> {self.url}")]

    def _parts(self, texts: ChannelTexts) -> list[_Part]:
        bot, parts = self.client, []
        if texts.greeting:
            read = partial(_read_text, bot.get_my_description, "description")
            wanted = _by_language(texts, texts.greeting)
            parts.append(_Part("description", wanted, read, partial(_write_text, bot.set_my_description)))
        if texts.about:
            read = partial(_read_text, bot.get_my_short_description, "short_description")
            wanted = _by_language(texts, texts.about)
            parts.append(_Part("line about the bot", wanted, read, partial(_write_text, bot.set_my_short_description)))
        if any(tap.command for tap in texts.menu):
            parts.append(_Part("commands", _commands(texts), self._read_commands, self._write_commands))
        return parts

    async def _read_commands(self, language: str) -> Any:
        return [[told.command, told.description] for told in await self.client.get_my_commands(language_code=language)]

    async def _write_commands(self, commands: Any, language: str) -> None:
        await self.client.set_my_commands([BotCommand(*pair) for pair in commands], language_code=language)

    async def _set_part(self, part: _Part, marks: dict[str, str], *, force: bool) -> Change:
        there = {language: await part.read(language) for language in part.wanted}
        if there == part.wanted:
            return Change(part.name, Outcome.SAME)
        shown = f"{_show(there[''])} -> {_show(part.wanted[''])}"
        is_empty = not any(there.values())
        if not (is_empty or force or marks.get(part.name) == _mark(there)):
            told = f"made by hand: {_show(there[''])}; --force makes it {_show(part.wanted[''])}"
            return Change(part.name, Outcome.KEPT, told)
        for language, value in part.wanted.items():
            if there[language] != value:
                await part.write(value, language)
        marks[part.name] = _mark(part.wanted)
        return Change(part.name, Outcome.SET, _show(part.wanted[""]) if is_empty else shown)


async def _read_text(ask: Callable[..., Awaitable[Any]], name: str, language: str) -> str:
    return str(getattr(await ask(language_code=language), name))


async def _write_text(tell: Callable[..., Awaitable[Any]], text: str, language: str) -> None:
    await tell(text, language_code=language)


def _by_language(texts: ChannelTexts, written: ByLanguage) -> dict[str, str]:
    return {"": texts.pick(written), **written}


def _commands(texts: ChannelTexts) -> dict[str, list[list[str]]]:
    taps = [tap for tap in texts.menu if tap.command][:_COMMANDS]
    languages = ["", *taps[0].title]
    return {
        language: [[tap.command or "", texts.pick(tap.title, language or None)] for tap in taps]
        for language in languages
    }


def _mark(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _show(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else ", ".join(f"/{name}" for name, _ in value) or "none"
