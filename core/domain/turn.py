"""One turn: what the engine is given, what its verbs pass on, what it gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from core.domain.allowance import Allowance
from core.domain.basket import Item
from core.domain.conversation import Conversation, Holder, Line, Memory
from core.domain.events import Event
from core.domain.facts import Fact, FoundFact
from core.domain.firm import Firm
from core.domain.identity import Arrived
from core.domain.ids import InboxId, MessageId
from core.domain.messages import OPENERS, Attachment, InboundKind, OutboundMessage
from core.domain.outcomes import OutcomeKind
from core.domain.playbook import Playbook
from core.domain.promises import MadePromise
from core.domain.reply_window import NO_LIMIT, WindowRules

Vector = tuple[float, ...]

SILENCE: Final = "silence"
"""The move of a timer that means: the customer did not come back."""


class Action(StrEnum):
    REPLY = "reply"
    HAND_OFF = "hand_off"
    WAIT = "wait"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class TurnMessage:
    """One inbound message of this turn, with its id in the message table."""

    id: MessageId
    inbox_id: InboxId
    kind: InboundKind
    text: str
    at: datetime
    payload: str | None = None
    attachments: tuple[Attachment, ...] = ()
    source: str | None = None
    again: bool = False
    """Read before, while a person held the conversation, and answered by nobody."""


def last_opened(before: datetime | None, messages: Iterable[TurnMessage], now: datetime) -> datetime | None:
    """When the person last opened the reply window, these messages included. A platform's clock that is ahead of ours
    opens it for no longer."""
    at = [min(message.at, now) for message in messages if message.kind in OPENERS]
    return max([*at, *([before] if before else [])], default=None)


@dataclass(frozen=True, slots=True)
class Doorway:
    """A way into another channel. `url` holds the one-time code, which counts only once it was given out."""

    title: str
    spoken: str
    url: str
    code: str


@dataclass(frozen=True, slots=True)
class Turn:
    conversation: Conversation
    messages: tuple[TurnMessage, ...]
    history: tuple[Line, ...]
    """At most the last 20 lines before this turn, oldest first."""
    facts: Mapping[str, Fact]
    playbook: Playbook
    """The version that the conversation is pinned to."""
    firm: Firm
    now: datetime
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    """The newest of each audience, for a person who turns out to be of another one."""
    allowance: Allowance = field(default_factory=Allowance, compare=False, repr=False)
    """What this turn may still ask of language models."""
    window: WindowRules = NO_LIMIT
    """When the conversation's channel lets us write."""

    doorways: tuple[Doorway, ...] = ()
    """Other channels that the customer names."""
    arrived: Arrived | None = None
    """What became of the one-time link by which the customer came in."""
    all_away: bool = False
    """Everybody who works at the desk has said to be away."""

    @property
    def opened_at(self) -> datetime | None:
        return last_opened(self.conversation.opened_at, self.messages, self.now)

    @property
    def on_duty(self) -> bool:
        """People are there: it is their time, and not all of them are away."""
        return self.firm.is_on_duty(self.now) and not self.all_away

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages if message.text)

    @property
    def is_public(self) -> bool:
        """Nothing but comments, which everybody reads: the answer is private, and one message."""
        return bool(self.messages) and all(message.kind is InboundKind.COMMENT for message in self.messages)


@dataclass(frozen=True, slots=True)
class Understood:
    """What the messages of a turn mean. `act` is the first of `acts` by precedence."""

    language: str
    act: str
    acts: tuple[str, ...]
    probability: float
    facts: tuple[FoundFact, ...] = ()
    sku: str | None = None
    """The product that was named, when it is one of the catalogue."""
    query: str | None = None
    """What to search for, when the understanding could say it better than the text."""
    vector: Vector | None = None
    """The query vector of the turn's text, when one was made."""
    model: str = "local"
    tokens: int = 0
    wishes: frozenset[str] = frozenset()
    """What was asked of the talk itself (cheaper, compare, ...), as core.domain.wishes names it."""
    mentioned: tuple[str, ...] = ()
    """Every product (sku) that the text names."""
    basket: tuple[Item, ...] = ()
    """What is picked after these messages."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, chosen before any text exists."""

    action: Action
    move: str
    stage: str
    asks: str | None = None
    """The fact that the reply's one question is after."""
    follow_move: str | None = None
    """The move that leads on after an answer or an objection."""
    objection: str | None = None
    search: bool = False
    phrase: str | None = None
    """A fixed text of the playbook that is said instead of a move's template."""
    reason: str | None = None
    """Why a person is called."""
    outcome: OutcomeKind | None = None
    rules: tuple[str, ...] = ()
    """The rules that led here, in plain words, for the trace."""
    picks: tuple[str, ...] = ()
    """Products (sku) that the reply shows, best first."""
    also: tuple[str, ...] = ()
    """Moves said after `follow_move` in the same reply: a recap, a confirmation and one question can go together."""
    pending: str | None = None
    """What a plain yes in the next turn means: `person` or `erase`."""
    erases: bool = False
    """Everything that is known of this contact goes with this turn."""
    doorway: Doorway | None = None
    """The way into another channel that the reply shows."""


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    language: str
    vector: Vector | None = None
    sku: str | None = None
    """The product under discussion, when the text does not name it."""
    limit: int = 5
    topic: str | None = None
    """What was talked of last: its passages come a little easier."""
    scope: str = ""
    """What an answer depends on beside the knowledge: versions of the playbook and of the firm."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of knowledge small enough to quote. `source` is the file's name, `topic` its stem without language."""

    id: int
    source: str
    topic: str
    language: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    passage: Passage
    score: float
    """What the cut-off is compared with, in [0, 1]."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Place in each leg that found it (vector, keyword), from 1."""
    worth: float = 0.0
    """Closeness of meaning and words, by which hits of one search can be compared."""
    wanted: float = 0.0
    """How likely the question is after something that this passage says, in [0, 1]; 0 where nobody can tell."""
    sentences: tuple[float, ...] = ()
    """How much each of its sentences speaks for being quoted; empty where nobody looked."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits best first. `enough` says whether the best is above the cut-off: below it the bot does not know."""

    hits: tuple[Hit, ...] = ()
    enough: bool = False
    cutoff: float = 0.0
    floor: float = 1.0
    """From this score on the best is worth showing, with the word that it may not be the answer."""
    of_prices: float | None = None
    """How likely the question is after the price of goods, in [0, 1]; None where nobody can tell."""

    @property
    def is_near(self) -> bool:
        """Not sure enough to be an answer, near enough to be shown as what it is."""
        return not self.enough and bool(self.hits) and self.hits[0].score >= self.floor

    @property
    def nearest(self) -> "Found":
        """The best hit alone, to be quoted as what it is."""
        return Found(self.hits[:1], enough=True)


@dataclass(frozen=True, slots=True)
class Draft:
    """Text before review. `approved` marks words that people wrote (templates) with values the code filled in."""

    messages: tuple[OutboundMessage, ...]
    approved: bool
    sources: tuple[str, ...] = ()
    promises: tuple[MadePromise, ...] = ()
    model: str = "templates"
    tokens: int = 0
    cost: float = 0.0
    used: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    """Why a model's tries brought nothing, in plain words without anybody's text."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A sentence that review cut, the rule that it broke, and where it would have had to come from."""

    rule: str
    sentence: str
    source: str = ""
    """The row (`row KM-O2`), policy (`policy guarantee`) or list that did not say it."""
    version: str = ""
    """Of the firm, as it was when the sentence was judged."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    messages: tuple[OutboundMessage, ...]
    blocked: tuple[Blocked, ...] = ()


@dataclass(frozen=True, slots=True)
class JobRequest:
    """Work for later, written with the turn and relayed when it is due."""

    name: str
    key: str
    """One request a key: asking again moves it."""
    payload: Mapping[str, Any]
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class TurnResult:
    action: Action
    move: str
    stage: str
    language: str
    holder: Holder
    replies: tuple[OutboundMessage, ...]
    facts: tuple[FoundFact, ...]
    memory: Memory
    events: tuple[Event, ...]
    jobs: tuple[JobRequest, ...]
    trace: Mapping[str, Any]
    role: str
    audience: str
    outcome: OutcomeKind | None = None
    reason: str | None = None
    opted_out: bool = False
    opted_in: bool = False
    """Wrote again after having asked us to stop: writing is a new consent."""
    erases: bool = False
    sources: tuple[str, ...] = ()
    promises: tuple[MadePromise, ...] = ()
    invitation: str | None = None
    """The code of the one-time link in the reply."""
