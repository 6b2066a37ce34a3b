"""Looks after one page or Instagram account: asks the Graph all that can be wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import httpx

from bots.caretaker import Checkup, Finding, Outcome, SetUp
from bots.meta import judge
from bots.meta.account import MetaAccount
from bots.meta.answer import Answer
from bots.meta.fields import WANTED
from bots.meta.flavour import Flavour
from bots.meta.greeting import Greeter
from bots.meta.subscriber import Subscriber
from core.domain.channel_texts import ChannelTexts
from core.ports import Clock

_CALLED: Final = {
    Flavour.PAGE: "page",
    Flavour.LINKED: "Instagram account behind a page",
    Flavour.LOGIN: "Instagram account by its own login",
}
_LOOK: Final = {
    Flavour.PAGE: "id,name",
    Flavour.LINKED: "id,name,instagram_business_account",
    Flavour.LOGIN: "id,user_id,username",
}


@dataclass
class MetaCaretaker:
    """Implements Caretaker. `callback` is where webhooks should come to; None while the world cannot reach us."""

    meta: MetaAccount
    clock: Clock
    verify_token: str = field(repr=False)
    callback: str | None = None

    def __post_init__(self) -> None:
        platform, endpoint = self.meta.platform, self.meta.graph.endpoint
        self.account = self.meta.account
        host = endpoint.base_url.partition("://")[2]
        self.title = f"{_CALLED[platform.flavour]} {self.meta.own_id}, {host} {endpoint.version}"
        self._name = platform.name.upper()
        self._flavour = platform.flavour
        self.subscriber = Subscriber(self.meta, verify_token=self.verify_token, callback=self.callback)

    @property
    def mark(self) -> str | None:
        return self.meta.mark

    def look(self) -> Sequence[Finding]:
        return [finding for find in self.meta.noticing if (finding := find())]

    async def check(self) -> Checkup:
        try:
            checkup = await self._check()
        except httpx.HTTPError as error:
            return Checkup((judge.judge_failure(error),))
        life = self.meta.renewal.find() if self.meta.renewal else None
        return replace(checkup, findings=(*checkup.findings, life)) if life else checkup

    async def mend(self) -> bool:
        """The platform unsubscribes an application whose webhook failed for an hour."""
        try:
            change = await self.subscriber.subscribe(await self.subscriber.find_app())
        except httpx.HTTPError:
            return False
        return change.outcome is Outcome.SET

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        greeter = Greeter(self.meta.graph, self._flavour)
        greeted = await greeter.set_up(texts, marks, force=force)
        return SetUp([*await self.subscriber.set_up(force=force), *greeted.changes], greeted.marks)

    async def close(self) -> None:
        await self.meta.graph.close()

    async def _check(self) -> Checkup:
        who = await self._ask("me", fields=_LOOK[self._flavour])
        if wrong := judge.judge_error(who, self._name):
            return Checkup((wrong,))
        now, version = self.clock.now(), self.meta.graph.endpoint.version
        found = [
            judge.judge_identity(who, self._flavour, self.meta.own_id),
            judge.judge_version(who, version, now.date()),
            judge.judge_clock(who, now),
        ]
        notes = [str(who.get("name") or who.get("username") or self.meta.own_id)]
        if tag := judge.tell_tag(self.meta.platform.capabilities.window):
            notes.append(tag)
        if self.meta.renewal:
            notes.append(judge.tell_token_file(self.meta.renewal.folder, self.meta.renewal.ends_at))
        if self._flavour is not Flavour.PAGE:
            found.append(await self._check_messages())
        if self._flavour is Flavour.LOGIN:
            found.append(await self._check_subscribed(None, notes))
        else:
            found += await self._check_application(notes)
        return Checkup(tuple(finding for finding in found if finding), tuple(notes))

    async def _check_messages(self) -> Finding | None:
        """The owner may have switched the access to messages off; only a look at the talks tells."""
        talks = await self._ask("{own}/conversations", platform="instagram", limit="1", fields="id")
        return judge.soften(judge.judge_error(talks, self._name))

    async def _check_application(self, notes: list[str]) -> list[Finding | None]:
        """What only the application may ask: it proves itself by its secret."""
        app = await self.subscriber.find_app()
        if app is None:
            return [await self._check_subscribed(None, notes)]
        found = [await self._check_subscribed(app, notes)]
        seen = await self.meta.graph.ask("debug_token", {"input_token": self.meta.graph.endpoint.token}, app=app)
        if not seen.is_good:
            hint = "the first of META_APP_SECRETS must be the secret of the application that made the token"
            wrong = judge.judge_error(seen, self._name)
            return [*found, Finding(wrong.state, "the app secret is refused", hint) if wrong else None]
        found += judge.judge_token(seen, self._flavour, self._name, self.clock.now())
        hooks = await self.meta.graph.ask(f"{app}/subscriptions", app=app)
        if hooks.is_good:
            kind = self.meta.platform.kind
            found.append(judge.judge_webhook(hooks, self._flavour, kind, self.callback))
            unheard = judge.list_unheard(hooks, self._flavour, kind)
            if unheard and found[-1] is None:
                notes.append(f"the application does not hear: {', '.join(unheard)}")
        return found

    async def _check_subscribed(self, app: str | None, notes: list[str]) -> Finding | None:
        answer = await self._ask("{own}/subscribed_apps")
        if not answer.is_good:
            return judge.soften(judge.judge_error(answer, self._name))
        fields = judge.read_subscribed(answer, app)
        missing = [name for name in WANTED[self._flavour] if fields is not None and name not in fields]
        if missing:
            notes.append(f"not sent to us: {', '.join(missing)}")
        return judge.judge_subscribed(fields, self._flavour)

    async def _ask(self, path: str, **given: str) -> Answer:
        return await self.meta.graph.ask(path, given)
