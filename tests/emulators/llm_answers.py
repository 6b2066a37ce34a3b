"""What a stand-in of a model's house can be told to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
Text = str | None | Callable[[Body], str]


@dataclass(frozen=True, slots=True)
class Say:
    """An answer as the interface gives it: `finish` in its own words, `counts` = whether it tells the tokens."""

    text: Text
    finish: str | None = None
    counts: bool = True
    usage: tuple[int, int] | None = None
    after: float = 0.0
    """Seconds of thinking."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """An error of the interface. `echo` is what a careless server repeats of the request."""

    status: int
    blames: str | None = None
    echo: str = ""
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection breaks in the middle of the body."""


@dataclass(frozen=True, slots=True)
class Hang:
    seconds: float


@dataclass(frozen=True, slots=True)
class Send:
    """Anything at all, with status 200."""

    content: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Flood:
    """A body without an end."""

    megabytes: int


@dataclass(frozen=True, slots=True)
class Redirect:
    """Points to another address."""

    to: str


Answer = Say | Refuse | Cut | Hang | Send | Flood | Redirect
