"""Which platforms the settings open, and what is said of settings that open none."""

from pathlib import Path
from typing import Any

import pytest

from bots.doors import build_doors
from core.clock import ManualClock
from core.errors import InvalidSettings
from core.settings import Settings

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
