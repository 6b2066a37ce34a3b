"""`channel_texts` of firm.yaml: what channels show before anybody has written."""

import re
from dataclasses import dataclass
from typing import Final

from core.domain.channel_texts import ChannelTexts, Tap
from core.domain.vocabulary import ACTS
from core.strategy.fields import Fields
from core.strategy.languages import check_languages
from core.strategy.problems import Place, Problems, name_hint
from core.strategy.yaml_lines import Node

# Of the narrowest channel that shows each of them.
GREETING: Final = 160
ABOUT: Final = 120
MENU_TITLE: Final = 30
MENU_ITEMS: Final = 20
QUESTION: Final = 80
QUESTIONS: Final = 4

_COMMAND: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BUILT_IN: Final = frozenset({"start", "stop", "help", "about", "data", "delete"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """`of` names one item in messages."""

    of: str
    longest: int
    has_more: bool


_MENU: Final = _Kind("the menu's item", MENU_TITLE, has_more=True)
_QUESTION: Final = _Kind("the question", QUESTION, has_more=False)


def read_channel_texts(fields: Fields, languages: tuple[str, ...], problems: Problems) -> ChannelTexts:
    group = fields.group("channel_texts")
    if group is None:
        return ChannelTexts()
    named = Fields(group, problems, of="channel_texts")
    reader = _Reader(languages, problems)
    texts = ChannelTexts(
        greeting=reader.read_texts(named, "greeting", "the greeting", GREETING),
        about=reader.read_texts(named, "about", "the line about the bot", ABOUT),
        menu=reader.read_taps(named, "menu", _MENU, MENU_ITEMS),
        questions=reader.read_taps(named, "questions", _QUESTION, QUESTIONS),
    )
    named.refuse_rest()
    return texts


@dataclass(frozen=True, slots=True)
class _Reader:
    languages: tuple[str, ...]
    problems: Problems

    def read_texts(self, fields: Fields, key: str, of: str, longest: int, *, required: bool = False) -> dict[str, str]:
        given = fields.by_language(key, required=required)
        check_languages(given.keys(), of, fields.place_of(key), self.languages, self.problems)
        for texts in given.values():
            length = len(" ".join(text.value for text in texts))
            if length > longest:
                what = f"{of} is {length} characters long"
                self.problems.add(texts[0].place, what, f"shorten it to {longest}: channels show no more")
        return {language: " ".join(text.value for text in texts) for language, texts in given.items() if texts}

    def read_taps(self, fields: Fields, key: str, kind: _Kind, most: int) -> tuple[Tap, ...]:
        nodes = fields.items(key)
        if len(nodes) > most:
            what = f"{key} of channel_texts has {len(nodes)} items"
            self.problems.add(nodes[most].place, what, f"keep {most}: channels show no more")
        taps = tuple(tap for node in nodes if (tap := self._read_tap(node, kind)))
        self._check_twice([tap.command for tap in taps if tap.command], fields.place_of(key))
        return taps

    def _read_tap(self, node: Node, kind: _Kind) -> Tap | None:
        fields = Fields(node, self.problems, of=kind.of)
        title = self.read_texts(fields, "title", f"the title of {kind.of}", kind.longest, required=True)
        act = fields.text("act")
        if act and act.value not in ACTS:
            self.problems.add(act.place, f"unknown act {act.value!r}", name_hint(act.value, ACTS))
        url = fields.text("url") if kind.has_more else None
        if url and not url.value.startswith("https://"):
            self.problems.add(url.place, f"{url.value!r} is no https address", "begin it with https://")
        if url and act:
            self.problems.add(url.place, f"{kind.of} has both act and url", "keep one of them")
        command = fields.text("command") if kind.has_more else None
        if command and (not _COMMAND.fullmatch(command.value) or command.value in _BUILT_IN):
            hint = "use a-z, 0-9 and _, 32 signs at most, beginning with a letter"
            taken = f"; {', '.join(sorted(_BUILT_IN))} mean something already"
            self.problems.add(command.place, f"{command.value!r} cannot be a command", hint + taken)
        fields.refuse_rest()
        if not title:
            return None
        return Tap(title, *(found.value if found else None for found in (act, url, command)))

    def _check_twice(self, commands: list[str], place: Place) -> None:
        for command in sorted({command for command in commands if commands.count(command) > 1}):
            self.problems.add(place, f"the command {command!r} stands twice", "rename or delete one of them")
