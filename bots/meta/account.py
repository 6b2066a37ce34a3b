"""The pages and Instagram accounts of one application, ready to be wired."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bots.arrival import Ban, Receiver
from bots.caretaker import Finding
from bots.channel import AccountHealth, AccountState, Capabilities, Channel, HealthBoard
from bots.meta.channel import Compose, MetaChannel, WayIn
from bots.meta.flavour import Flavour
from bots.meta.graph import Endpoint, GraphApi
from bots.meta.messages import parse_event
from bots.meta.pace import Rates
from bots.meta.pulse import Listened, Pulse
from bots.meta.reception import Desk, Reception
from bots.meta.renewal import Renewal
from bots.meta.webhook import WEBHOOK_PATH, Webhook, build_router
from bots.net import stop
from bots.redact import hide_tokens
from bots.token_file import TokenFile, fingerprint
from core.domain.ids import AccountId
from core.errors import InvalidSettings
from core.ports import Clock

if TYPE_CHECKING:
    from fastapi import APIRouter

    from bots.meta.caretaker import MetaCaretaker

log = structlog.get_logger()

RENEWALS_EVERY: Final = timedelta(hours=1)
_BAN_HINT: Final = "look at the account's support inbox and appeal there; sending goes on by itself when it is allowed"


@dataclass(frozen=True, slots=True)
class Platform:
    """What a channel's folder brings: its webhook's `object`, what it can show, and how it says it."""

    name: str
    kind: str
    flavour: Flavour
    capabilities: Capabilities
    compose: Compose
    rates: Rates
    way_in: WayIn = field(default_factory=WayIn)


@dataclass(frozen=True, slots=True)
class AppSettings:
    """Of the Meta application: each secret that may sign its webhooks, the first of them its own."""

    secrets: Sequence[str] = field(repr=False)
    verify_token: str = field(repr=False)
    public_url: str | None = None
    """Where the world reaches us; None while it cannot."""
    tokens: Path | None = None
    """Where renewed tokens are kept; None = none is renewed."""


@dataclass
class MetaAccount:
    account: AccountId
    platform: Platform
    own_id: str
    """The page's or Instagram account's id, as its webhooks name it."""
    graph: GraphApi
    channel: MetaChannel
    mark: str
    """The fingerprint of the token in the settings."""
    renewal: Renewal | None = None
    noticing: list[Callable[[], Finding | None]] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk(self.platform.kind, self.own_id, self.account, parse_event)


def build_account(platform: Platform, own_id: str, endpoint: Endpoint) -> MetaAccount:
    """Nothing is asked of the platform yet. Raises InvalidSettings."""
    if not (own_id.isascii() and own_id.isdigit()):
        hint = "it is the long number that the platform shows as the page's or account's ID"
        raise InvalidSettings("not an id", where=f"{platform.name.upper()}_ID", hint=hint)
    hide_tokens(endpoint.token, endpoint.app_secret or "")
    graph = GraphApi(endpoint)
    channel = MetaChannel(
        name=platform.name,
        capabilities=platform.capabilities,
        graph=graph,
        compose=platform.compose,
        rates=platform.rates,
        way_in=replace(platform.way_in, address=platform.way_in.address.format(own_id)),
    )
    return MetaAccount(AccountId(platform.name), platform, own_id, graph, channel, fingerprint(endpoint.token))


class MetaAccounts:
    """In this order: channels into the wiring, `connect` with what was wired, `start`, `stop`."""

    def __init__(self, *, app: AppSettings, accounts: Sequence[MetaAccount], clock: Clock) -> None:
        if not app.secrets or not app.verify_token:
            hint = "set META_APP_SECRETS and META_VERIFY_TOKEN to what the application's settings page shows"
            raise InvalidSettings("Meta's webhooks cannot be proved", where="META_APP_SECRETS", hint=hint)
        self.accounts = tuple(accounts)
        self.router: APIRouter | None = None
        self._app = app
        self._clock = clock
        self._health: HealthBoard | None = None
        self._banned: dict[str, AccountHealth] = {}
        self._renewing: list[asyncio.Task[None]] = []
        self._pulse = Pulse(clock)
        for account in accounts:
            self._equip(account)

    def _equip(self, account: MetaAccount) -> None:
        """With what looks after it while the program runs."""
        account.noticing = [lambda: self._find_ban(account.account), self._pulse.find]
        if account.platform.flavour is Flavour.LOGIN and self._app.tokens:
            file = TokenFile(self._app.tokens, account.account)
            account.renewal = Renewal(graph=account.graph, file=file, clock=self._clock)
            account.noticing.append(account.renewal.find)

    @property
    def channels(self) -> list[tuple[str, Channel]]:
        return [(account.account, account.channel) for account in self.accounts]

    @property
    def caretakers(self) -> "Sequence[MetaCaretaker]":
        from bots.meta.caretaker import MetaCaretaker

        callback = f"{self._app.public_url}{WEBHOOK_PATH}" if self._app.public_url else None
        return [
            MetaCaretaker(account, clock=self._clock, verify_token=self._app.verify_token, callback=callback)
            for account in self.accounts
        ]

    def connect(self, *, intake: Receiver, health: HealthBoard) -> None:
        desks = [account.desk for account in self.accounts]
        reception = Reception(desks=desks, intake=intake, clock=self._clock, report_ban=self.report_ban)
        webhook = Webhook(reception=reception, secrets=self._app.secrets, verify_token=self._app.verify_token)
        self.router = build_router(Listened(webhook, self._pulse, webhook.rule))
        self._health = health
        for account in self.accounts:
            health.usage[account.account] = lambda graph=account.graph: graph.usage  # type: ignore[misc]
            if account.renewal:
                health.token_ends[account.account] = lambda renewal=account.renewal: renewal.ends_at  # type: ignore[misc]

    async def start(self) -> None:
        """Returns at once; how the accounts are stands on the health board."""
        self._renewing = [
            asyncio.create_task(_keep_renewing(account.renewal), name=f"renew:{account.account}")
            for account in self.accounts
            if account.renewal
        ]

    async def stop(self) -> None:
        await stop(self._renewing)
        for account in self.accounts:
            await account.graph.close()

    def report_ban(self, account: str, ban: Ban) -> None:
        """An account that may not write keeps its queue; that its token still opens it changes nothing."""
        now = self._clock.now()
        if ban.is_on:
            reason = f"the platform has blocked the account: {ban.reason or 'no reason told'}"
            self._banned[account] = AccountHealth(AccountState.RESTRICTED, reason, _BAN_HINT, now)
            log.error("meta.account_blocked", account=account)
        else:
            self._banned.pop(account, None)
            log.warning("meta.account_unblocked", account=account)
        if self._health:
            self._health.report(account, self._banned.get(account, AccountHealth(AccountState.OK, "", "", now)))

    def _find_ban(self, account: str) -> Finding | None:
        ban = self._banned.get(account)
        return Finding(ban.state, ban.reason, ban.hint) if ban else None


async def _keep_renewing(renewal: Renewal) -> None:
    while True:
        await renewal.look()
        await asyncio.sleep(RENEWALS_EVERY.total_seconds())
