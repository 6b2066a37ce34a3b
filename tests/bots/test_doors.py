"""Which platforms the settings open, and what is said of settings that open none."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bots.channel import HealthBoard
from bots.doors import build_doors
from bots.meta.account import MetaAccounts
from bots.meta.webhook import WEBHOOK_PATH
from core.clock import ManualClock
from core.errors import InvalidSettings
from core.settings import Settings
from tests.bots.telegram.kit import MemoryIntake
from tests.emulators.meta_push import sign

SECRET, TOKEN = "app-secret-1234567890", "page-token-1234567890"
APP: dict[str, Any] = {"meta_app_secrets": f"{SECRET}, other-secret", "meta_verify_token": "any-word"}
PAGE: dict[str, Any] = {"messenger_page_id": "100200300", "messenger_token": TOKEN}
INSTAGRAM: dict[str, Any] = {"instagram_id": "17841400", "instagram_token": TOKEN}
TELEGRAM: dict[str, Any] = {"telegram_token": "123456789:" + "A" * 35}


def opened(folder: Path, **settings: Any) -> list[str]:
    doors = build_doors(Settings(data_dir=folder, **settings), ManualClock())
    return [account for door in doors for account, _ in door.channels]


@pytest.mark.parametrize(
    ("settings", "accounts"),
    [
        ({}, []),
        (TELEGRAM, ["telegram"]),
        (APP, []),
        ({**APP, **PAGE}, ["messenger"]),
        ({**APP, **INSTAGRAM}, ["instagram"]),
        ({**TELEGRAM, **APP, **PAGE, **INSTAGRAM}, ["telegram", "messenger", "instagram"]),
    ],
)
def test_an_account_that_is_named_gets_a_channel(settings: dict[str, Any], accounts: list[str], tmp_path: Path) -> None:
    assert opened(tmp_path, **settings) == accounts


@pytest.mark.parametrize("is_reviewed", [False, True])
def test_people_get_their_longer_window_only_when_the_settings_say_that_it_was_granted(
    is_reviewed: bool, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, **APP, **PAGE, **INSTAGRAM, meta_human_tag=is_reviewed)
    windows = [
        channel.capabilities.window for door in build_doors(settings, ManualClock()) for _, channel in door.channels
    ]
    assert [window.person and window.person.is_granted for window in windows] == [is_reviewed] * 2


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({**APP, "messenger_page_id": "100200300"}, "MESSENGER"),
        ({**APP, "messenger_token": TOKEN}, "MESSENGER"),
        ({**APP, "instagram_id": "17841400"}, "INSTAGRAM"),
        ({**APP, **PAGE, "messenger_page_id": "my.page"}, "MESSENGER"),
        (PAGE, "META_APP_SECRETS"),
        ({**PAGE, "meta_app_secrets": " , ", "meta_verify_token": "w"}, "META_APP_SECRETS"),
        ({**PAGE, "meta_app_secrets": SECRET}, "META_APP_SECRETS"),
    ],
)
def test_half_an_account_is_refused_with_the_way_to_mend_it(
    settings: dict[str, Any], word: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        opened(tmp_path, **settings)
    assert word in refusal.value.where
    assert refusal.value.hint
    assert TOKEN not in str(refusal.value)


def test_no_secret_shows_in_what_is_built(tmp_path: Path) -> None:
    (door,) = build_doors(Settings(data_dir=tmp_path, **APP, **PAGE), ManualClock())
    told = repr(door) + repr(vars(door))
    assert SECRET not in told
    assert TOKEN not in told


@pytest.mark.parametrize(
    ("settings", "host", "node", "proves"),
    [
        ({}, "https://graph.facebook.com", "me", True),
        ({"instagram_login": True}, "https://graph.instagram.com", "17841400", False),
        ({"instagram_graph_url": "https://graph.instagram.com/"}, "https://graph.instagram.com/", "17841400", False),
        ({"instagram_login": True, "instagram_app_secret": "i" * 20}, "https://graph.instagram.com", "17841400", True),
    ],
)
def test_instagrams_own_login_has_its_own_host_way_and_secret(
    settings: dict[str, Any], host: str, node: str, proves: bool, tmp_path: Path
) -> None:
    (door,) = build_doors(Settings(data_dir=tmp_path, **APP, **INSTAGRAM, **settings), ManualClock())
    assert isinstance(door, MetaAccounts)
    (account,) = door.accounts
    endpoint = account.graph.endpoint
    assert (endpoint.base_url, endpoint.node, endpoint.app_secret is not None) == (host, node, proves)


async def test_instagrams_own_secret_may_sign_webhooks(tmp_path: Path) -> None:
    own = "instagram-secret-1234567890"
    settings = Settings(data_dir=tmp_path, **APP, **INSTAGRAM, instagram_login=True, instagram_app_secret=own)
    (door,) = build_doors(settings, ManualClock())
    door.connect(intake=MemoryIntake(), health=HealthBoard())  # type: ignore[arg-type]
    assert door.router
    app = FastAPI()
    app.include_router(door.router)
    raw = b'{"object":"instagram","entry":[]}'
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        answers = [await http.post(WEBHOOK_PATH, content=raw, headers=sign(raw, secret)) for secret in (own, "wrong")]
    assert [answer.status_code for answer in answers] == [200, 403]
    await door.stop()
