"""The wiring of the platforms: which accounts the settings name. A platform without an account loads nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bots.channel import Channel, HealthBoard
from bots.intake import Intake
from core.domain.reply_window import with_person_window
from core.errors import InvalidSettings
from core.ports import Clock
from core.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter
    from pydantic import SecretStr

    from bots.caretaker import Caretaker
    from bots.meta.account import MetaAccount, Platform


class Door(Protocol):
    """In this order: `channels` into the wiring, `connect` with what was wired, `start`, `stop`."""

    router: "APIRouter | None"

    @property
    def channels(self) -> Sequence[tuple[str, Channel]]: ...

    @property
    def caretakers(self) -> "Sequence[Caretaker]": ...

    def connect(self, *, intake: Intake, health: HealthBoard) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def build_doors(settings: Settings, clock: Clock) -> list[Door]:
    """Nothing is asked of any platform yet. Raises InvalidSettings."""
    doors: list[Door] = []
    if settings.telegram_token:
        from bots.telegram.account import TelegramSettings, build_telegram

        wanted = TelegramSettings(
            token=settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            public_url=settings.public_url,
        )
        doors.append(build_telegram(wanted, clock=clock))
    accounts = _meta_accounts(settings)
    if accounts:
        from bots.meta.account import AppSettings, MetaAccounts

        app = AppSettings(
            _signing_secrets(settings),
            _plain(settings.meta_verify_token),
            public_url=settings.public_url,
            tokens=settings.data_dir / "tokens",
        )
        doors.append(MetaAccounts(app=app, accounts=accounts, clock=clock))
    return doors


def _meta_accounts(settings: Settings) -> "list[MetaAccount]":
    accounts: list[MetaAccount] = []
    if settings.messenger_page_id or settings.messenger_token:
        from bots.messenger.platform import MESSENGER

        own_id, token = settings.messenger_page_id, settings.messenger_token
        accounts.append(_meta_account(settings, MESSENGER, own_id, token, settings.messenger_graph_url))
    if settings.instagram_id or settings.instagram_token:
        accounts.append(_instagram(settings))
    return accounts


def _instagram(settings: Settings) -> "MetaAccount":
    """The host tells the flavour to those who named only the host."""
    from bots.instagram.platform import INSTAGRAM, INSTAGRAM_LOGIN
    from bots.meta.graph import FACEBOOK
    from bots.meta.graph import INSTAGRAM as HOST

    own_id, token, url = settings.instagram_id, settings.instagram_token, settings.instagram_graph_url
    if settings.instagram_login or url.rstrip("/") == HOST:
        return _meta_account(settings, INSTAGRAM_LOGIN, own_id, token, url or HOST)
    return _meta_account(settings, INSTAGRAM, own_id, token, url or FACEBOOK)


def _meta_account(
    settings: Settings, platform: "Platform", own_id: str | None, token: "SecretStr | None", url: str
) -> "MetaAccount":
    from bots.meta.account import build_account
    from bots.meta.flavour import Flavour
    from bots.meta.graph import Endpoint

    if not own_id or token is None:
        hint = "an account needs both, its id and its access token; leave both empty to go without it"
        raise InvalidSettings("one half is missing", where=f"{platform.name.upper()}_*", hint=hint)
    by_login = platform.flavour is Flavour.LOGIN
    secret = _plain(settings.instagram_app_secret) if by_login else next(iter(_listed(settings.meta_app_secrets)), "")
    endpoint = Endpoint(
        _plain(token),
        secret or None,
        node=own_id if by_login else "me",
        base_url=url,
        version=settings.meta_graph_version,
    )
    if settings.meta_human_tag:
        reviewed = replace(platform.capabilities, window=with_person_window(platform.capabilities.window))
        platform = replace(platform, capabilities=reviewed)
    return build_account(platform, own_id, endpoint)


def _signing_secrets(settings: Settings) -> list[str]:
    """Each that may sign a webhook."""
    listed = [*_listed(settings.meta_app_secrets), _plain(settings.instagram_app_secret)]
    return list(dict.fromkeys(secret for secret in listed if secret))


def _plain(secret: "SecretStr | None") -> str:
    return secret.get_secret_value() if secret else ""


def _listed(secret: "SecretStr | None") -> list[str]:
    return [part.strip() for part in _plain(secret).split(",") if part.strip()]
