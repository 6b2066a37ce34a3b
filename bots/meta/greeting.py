"""What a page or Instagram account shows before anybody has written: get-started, greeting, menu, questions to tap."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from bots.caretaker import Change, Outcome, SetUp
from bots.meta.answer import Answer
from bots.meta.flavour import Flavour
from bots.meta.graph import GraphApi
from bots.meta.messages import GET_STARTED
from core.domain.channel_texts import ChannelTexts, Tap

LOCALES: Final[Mapping[str, str]] = {"uk": "uk_UA", "ru": "ru_RU", "en": "en_US"}
ON_INSTAGRAM: Final = 4
"""Items that Instagram shows of a menu."""

_PARTS: Final = {
    "get_started": "get-started button",
    "greeting": "greeting",
    "persistent_menu": "persistent menu",
    "ice_breakers": "questions to tap",
}
_RATE: Final = frozenset({4, 17, 32, 613})
_SHOWN: Final = 60


def compose_profile(texts: ChannelTexts, flavour: Flavour) -> dict[str, Any]:
    """The parts that the firm has texts for. Instagram has no get-started button and no greeting."""
    on_page = flavour is Flavour.PAGE
    profile: dict[str, Any] = {"get_started": {"payload": GET_STARTED}} if on_page else {}
    if on_page and texts.greeting:
        profile["greeting"] = [{"locale": locale, "text": texts.pick(texts.greeting, language)}
                               for locale, language in _locales(texts, texts.greeting)]  # fmt: skip
    if menu := texts.menu if on_page else texts.menu[:ON_INSTAGRAM]:
        profile["persistent_menu"] = [
            {
                "locale": locale,
                "composer_input_disabled": False,
                "call_to_actions": [_menu_item(tap, texts, language) for tap in menu],
            }
            for locale, language in _locales(texts, menu[0].title)
        ]
    if texts.questions:
        profile["ice_breakers"] = [
            {
                "locale": locale,
                "call_to_actions": [
                    {"question": texts.pick(tap.title, language), "payload": tap.payload} for tap in texts.questions
                ],
            }
            for locale, language in _locales(texts, texts.questions[0].title)
        ]
    return profile


def _locales(texts: ChannelTexts, written: Mapping[str, str]) -> list[tuple[str, str]]:
    """`default` is for everybody whose language the firm does not speak."""
    return [("default", texts.default_language), *((LOCALES[name], name) for name in LOCALES if name in written)]


def _menu_item(tap: Tap, texts: ChannelTexts, language: str) -> dict[str, Any]:
    title = texts.pick(tap.title, language)
    if tap.url:
        return {"type": "web_url", "title": title, "url": tap.url}
    return {"type": "postback", "title": title, "payload": tap.payload}


class Greeter:
    def __init__(self, graph: GraphApi, flavour: Flavour) -> None:
        self._graph = graph
        self._flavour = flavour
        self._where = {} if flavour is Flavour.PAGE else {"platform": "instagram"}

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        """One write for everything: the platform takes ten in ten minutes."""
        wanted = compose_profile(texts, self._flavour)
        try:
            there = await self._read()
        except httpx.HTTPError as error:
            return SetUp([Change("profile", Outcome.REFUSED, f"no answer ({type(error).__name__})")], marks)
        if isinstance(there, Answer):
            return SetUp([Change("profile", Outcome.REFUSED, _refusal(there))], marks)
        changes = [_compare(part, there.get(part), wanted[part], marks, force=force) for part in wanted]
        pending = {part: wanted[part] for part, change in zip(wanted, changes, strict=True) if _is_new(change)}
        if not pending:
            return SetUp([*changes, *self._told(texts)], marks)
        try:
            taken = await self._graph.ask("{own}/messenger_profile", {**pending, **self._where}, method="POST")
            after = await self._read() if taken.is_good else taken
        except httpx.HTTPError as error:
            return SetUp([Change("profile", Outcome.REFUSED, f"no answer ({type(error).__name__})")], marks)
        if isinstance(after, Answer):
            kept = [change for change in changes if not _is_new(change)]
            refused = [Change(_PARTS[part], Outcome.REFUSED, _refusal(after)) for part in pending]
            return SetUp([*kept, *refused], marks)
        ours = {part: f"{_mark(after.get(part))}/{_mark(wanted[part])}" for part in pending}
        return SetUp([*changes, *self._told(texts)], {**marks, **ours})

    async def _read(self) -> Mapping[str, Any] | Answer:
        """What stands there; the answer itself when it is a refusal."""
        asked = {"fields": ",".join(self._fields()), **self._where}
        answer = await self._graph.ask("{own}/messenger_profile", asked)
        return answer if not answer.is_good else {name: v for item in answer.items for name, v in item.items()}

    def _fields(self) -> Sequence[str]:
        return list(_PARTS) if self._flavour is Flavour.PAGE else ["persistent_menu", "ice_breakers"]

    def _told(self, texts: ChannelTexts) -> list[Change]:
        left = [texts.pick(tap.title) for tap in texts.menu[ON_INSTAGRAM:]]
        if self._flavour is Flavour.PAGE or not left:
            return []
        return [Change("persistent menu", Outcome.SAME, f"Instagram shows {ON_INSTAGRAM}: left out {', '.join(left)}")]


def _is_new(change: Change) -> bool:
    return change.outcome is Outcome.SET


def _compare(part: str, there: Any, wanted: Any, marks: Mapping[str, str], *, force: bool) -> Change:
    """What is to be done with one part. The platform may give back more than it was given: then its mark tells."""
    name, mark = _PARTS[part], marks.get(part, "")
    if there is None or there in ([], {}):
        return Change(name, Outcome.SET, _show(wanted))
    if _mark(there) == _mark(wanted) or mark == f"{_mark(there)}/{_mark(wanted)}":
        return Change(name, Outcome.SAME)
    told = f"{_show(there)} -> {_show(wanted)}"
    if force or mark.partition("/")[0] == _mark(there):
        return Change(name, Outcome.SET, told)
    return Change(name, Outcome.KEPT, f"made by hand: {_show(there)}; --force makes it {_show(wanted)}")


def _mark(value: Any) -> str:
    """The same for the same content, in whatever order its languages stand."""
    if isinstance(value, list):
        value = sorted(value, key=lambda item: str(item.get("locale")) if isinstance(item, Mapping) else str(item))
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _show(value: Any) -> str:
    """The words in it, of the first language."""
    if isinstance(value, Mapping):
        return str(value.get("payload") or value)[:_SHOWN]
    first = next((part for part in value if part.get("locale") == "default"), value[0]) if value else {}
    taps = first.get("call_to_actions") or ()
    words = [str(tap.get("title") or tap.get("question")) for tap in taps] or [str(first.get("text") or "")]
    shown = " | ".join(words)
    return f'"{shown[:_SHOWN]}…"' if len(shown) > _SHOWN else f'"{shown}"'


def _refusal(answer: Answer) -> str:
    code, subcode = answer.codes
    if code in _RATE:
        return "the platform takes ten changes in ten minutes: try again in ten minutes"
    shown = "/".join(str(part) for part in (code, subcode) if part is not None)
    return f"{answer.words or 'no reason given'} ({shown or answer.status})"
