"""A page on which one writes as a customer, on each platform, and sees what a customer would see."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.emulators.meta import MetaEmulator
from tests.emulators.meta_errors import FAULTS
from tests.emulators.screens import Bubble
from tests.emulators.telegram import TelegramEmulator
from tests.emulators.trio import Trio

_PAGE = Path(__file__).with_name("phones.html")


class Phones:
    """Implements Platform, as far as it needs no platform's own API: its people have numbers, the same everywhere."""

    name = "phones"

    def __init__(self, trio: Trio) -> None:
        self._trio = trio
        self._emulators = {emulator.name: emulator for emulator in trio.all}

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/", self._show_page),
            Route("/phones/{platform}/{person:int}", self._show),
            Route("/phones/{platform}/{person:int}/{action}", self._act, methods=["POST"]),
        ]

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return []

    def actions(self) -> Mapping[str, Callable[..., Any]]:
        return {"advance": self._trio.advance}

    def describe(self) -> Mapping[str, Any]:
        return {"platforms": list(self._emulators)}

    def write(self, platform: str, person: int, text: str) -> None:
        emulator = self._emulators[platform]
        if isinstance(emulator, TelegramEmulator):
            emulator.say(text, user_id=person)
        else:
            emulator.say(text, person=_scoped(person))

    def tap(self, platform: str, person: int, title: str) -> None:
        """Raises LookupError when the person sees no such button."""
        emulator = self._emulators[platform]
        if isinstance(emulator, TelegramEmulator):
            emulator.tap(title, user_id=person)
        else:
            emulator.tap(title, person=_scoped(person))

    def screen(self, platform: str, person: int) -> list[Bubble]:
        emulator = self._emulators[platform]
        number = str(person) if isinstance(emulator, TelegramEmulator) else _scoped(person)
        return emulator.state.screens.read(number)

    def _answer_by_hand(self, platform: str, person: int, text: str) -> None:
        """Raises LookupError for a platform without an inbox of its own."""
        emulator = self._emulators[platform]
        if not isinstance(emulator, MetaEmulator):
            raise LookupError(f"{platform} has no inbox for people of the firm")
        emulator.answer_by_hand(text, to=_scoped(person))

    def _fail(self, platform: str, person: int, name: str) -> None:
        emulator = self._emulators[platform]
        if isinstance(emulator, MetaEmulator):
            emulator.fail(name)

    async def _show_page(self, request: Request) -> Response:
        return HTMLResponse(_PAGE.read_text(encoding="utf-8"))

    async def _show(self, request: Request) -> Response:
        platform = request.path_params["platform"]
        if platform not in self._emulators:
            return JSONResponse({"error": f"known platforms: {sorted(self._emulators)}"}, 404)
        bubbles = self.screen(platform, request.path_params["person"])
        faults = sorted(FAULTS) if platform != "telegram" else []
        return JSONResponse({"bubbles": [bubble.as_json() for bubble in bubbles], "faults": faults})

    async def _act(self, request: Request) -> Response:
        told = request.path_params
        acts = {"write": self.write, "tap": self.tap, "by_hand": self._answer_by_hand, "fail": self._fail}
        try:
            acts[told["action"]](told["platform"], told["person"], str((await request.json())["text"]))
        except (KeyError, LookupError, TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({}, 202)


def _scoped(person: int) -> str:
    """Ids of people are the page's own."""
    return str(7_000_000_000_000_000 + person)
