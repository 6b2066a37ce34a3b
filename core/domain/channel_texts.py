"""What a channel shows before anybody has written, and beside the talk: greeting, menu, questions to tap, commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ByLanguage = Mapping[str, str]

SAY = "say:"
"""Begins the payload of a tap whose own words are read as if they had been typed."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Something to tap. `act` is what it says to us; without one its title is read as if it had been typed.

    `url` opens a page instead. `command` is the same as a word behind a slash, where a channel has those."""

    title: ByLanguage
    act: str | None = None
    url: str | None = None
    command: str | None = None

    @property
    def payload(self) -> str:
        return f"act:{self.act}" if self.act else SAY


@dataclass(frozen=True, slots=True)
class ChannelTexts:
    """Every part may be missing: what is missing is not touched."""

    greeting: ByLanguage = field(default_factory=dict)
    about: ByLanguage = field(default_factory=dict)
    """A line in the profile of a bot."""
    menu: tuple[Tap, ...] = ()
    questions: tuple[Tap, ...] = ()
    """Offered to whoever opens an empty talk."""
    default_language: str = "uk"

    def find_command(self, name: str) -> Tap | None:
        """`name` without its slash."""
        return next((tap for tap in self.menu if tap.command == name), None)

    def pick(self, texts: ByLanguage, language: str | None = None) -> str:
        """In that language, else in the firm's own, else in any; "" when there is none."""
        found = texts.get(language or self.default_language) or texts.get(self.default_language)
        return found or next(iter(texts.values()), "")
