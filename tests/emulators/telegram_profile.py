"""What a bot shows before anybody writes: description, a line about it, commands; each in many languages."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.emulators.telegram_state import TelegramState
from tests.emulators.telegram_updates import Json

_LONGEST = {"description": 512, "short_description": 120}


class TooLong(ValueError):
    """Refused with 400."""


def _get(name: str, state: TelegramState, params: Json) -> Json:
    return {name: state.profile.get((name, params.get("language_code", "")), "")}


def _set(name: str, state: TelegramState, params: Json) -> bool:
    text = params.get(name, "")
    if len(text) > _LONGEST[name]:
        raise TooLong(f"{name.upper()}_INVALID")
    state.profile[(name, params.get("language_code", ""))] = text
    return True


def _get_commands(state: TelegramState, params: Json) -> Any:
    return state.profile.get(("commands", params.get("language_code", "")), [])


def _set_commands(state: TelegramState, params: Json) -> bool:
    commands = json.loads(params.get("commands", "[]"))
    for told in commands:
        if not 1 <= len(told["command"]) <= 32 or not 1 <= len(told["description"]) <= 256 or len(commands) > 100:
            raise TooLong("BOT_COMMAND_INVALID")
    state.profile[("commands", params.get("language_code", ""))] = commands
    return True


PROFILE: dict[str, Callable[[TelegramState, Json], Any]] = {
    "getmydescription": partial(_get, "description"),
    "setmydescription": partial(_set, "description"),
    "getmyshortdescription": partial(_get, "short_description"),
    "setmyshortdescription": partial(_set, "short_description"),
    "getmycommands": _get_commands,
    "setmycommands": _set_commands,
}
