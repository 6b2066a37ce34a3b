"""What the core needs from outside, as small contracts. Implementations live one folder each, fakes among them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from core.domain.allowance import WORDING, Allowance
from core.domain.commitments import Reading
from core.domain.ids import ContactId, ConversationId
from core.domain.turn import Found, Query, Turn, Understood, Vector


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...


class Embedder(Protocol):
    name: str
    """Goes into cache keys and index names: another model is another index."""
    dimensions: int

    async def embed_query(self, text: str) -> Vector: ...

    async def embed_passages(self, texts: Sequence[str]) -> Sequence[Vector]: ...


class Understanding(Protocol):
    async def understand(self, turn: Turn) -> Understood: ...


class CommitmentReader(Protocol):
    async def read(self, sentences: Sequence[str]) -> Sequence[Reading]:
        """One for each, in their order."""
        ...


class Knowledge(Protocol):
    async def search(self, query: Query) -> Found: ...


@dataclass(frozen=True, slots=True)
class Document:
    """`source` is the file's name and the document's identity; adding it again replaces it."""

    source: str
    topic: str
    language: str
    text: str


class KnowledgeWriter(Protocol):
    async def add(self, document: Document) -> int:
        """Passages written; 0 when nothing changed."""
        ...

    async def retract(self, source: str) -> int:
        """Passages removed."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """The stable part first, so that a model's house can cache it: `system` holds nothing of the turn."""

    system: str
    user: str
    max_tokens: int = 400
    purpose: str = WORDING
    lead: ContactId | None = None
    """Whom the money is spent on."""
    schema: Mapping[str, Any] | None = None
    """JSON schema of the text, when the text is to be one JSON object."""
    check: Callable[[str], str | None] | None = field(default=None, compare=False, repr=False)
    """Says what is wrong with a text, None when it can be used: a text with a fault is a failure."""
    allowance: Allowance | None = field(default=None, compare=False, repr=False)
    """What the turn may still ask; None = no turn is waiting."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. `cached` of the `read` ones came cheaper, `stored` of them went into a cache."""

    read: int = 0
    written: int = 0
    cached: int = 0
    stored: int = 0

    @property
    def tokens(self) -> int:
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    model: str
    tokens: int
    cost: float = 0.0
    usage: Usage = Usage()


class Failure(StrEnum):
    """Why there is no text, as far as whoever asked next must know it."""

    REFUSED = "refused"
    """The key or the model's name is wrong: a person has to mend it."""
    UNFIT = "unfit"
    """This request was not taken; another one may be."""
    BUSY = "busy"
    BROKEN = "broken"
    SLOW = "slow"
    UNUSABLE = "unusable"
    """A text came, and it cannot be used."""
    EXHAUSTED = "exhausted"
    """No money, no call or no time is left."""
    RESTING = "resting"


class LanguageModelFailed(Exception):
    """The model gave no usable text in time; the next rung answers. Holds neither keys nor what people wrote."""

    def __init__(
        self,
        what: str = "no usable text",
        *,
        kind: Failure = Failure.BROKEN,
        retry_after: float | None = None,
        usage: Usage | None = None,
        may_cost: bool = False,
    ) -> None:
        super().__init__(what)
        self.kind = kind
        self.retry_after = retry_after
        """Seconds."""
        self.usage = usage
        """What the call took, when the answer said so."""
        self.may_cost = may_cost
        """The request may have been answered although we do not know the answer."""


class LanguageModel(Protocol):
    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed."""
        ...


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call before it is made. `worst` is what it may cost at most, in millionths of a dollar."""

    lead: ContactId | None
    purpose: str
    rung: str
    model: str
    worst: int


@dataclass(frozen=True, slots=True)
class FinishedCall:
    """`cost` in millionths of a dollar; `outcome` is `answered`, `left` or a Failure."""

    outcome: str
    cost: int
    latency_ms: int
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Budget:
    """Of one day, in millionths of a dollar; a limit of None means no limit."""

    spent: int
    limit: int | None
    has_refused: bool = False
    """A call was not made today because it might have cost more than was left."""


class Spending(Protocol):
    """Money for models. What is reserved counts as spent until the call is settled."""

    async def reserve(self, call: PlannedCall) -> int | None:
        """The call's number; None when the day's or the lead's budget has not so much left."""
        ...

    async def settle(self, number: int, done: FinishedCall) -> None: ...

    async def today(self) -> Budget: ...


@dataclass(frozen=True, slots=True)
class Transcript:
    text: str
    language: str
    confidence: float


class SpeechToText(Protocol):
    async def transcribe(self, audio: bytes, mime: str, languages: Sequence[str]) -> Transcript: ...


class StrategyValues(Protocol):
    def value(self, audience: str, stage: str, move: str) -> float | None:
        """Learned chance of a win after this move; None = nothing learned yet."""
        ...


class Wakeups(Protocol):
    def wake(self, conversation_id: ConversationId) -> None:
        """Say that a conversation has something to do. Cheap, never raises, may be called twice."""
        ...


class Leases(Protocol):
    def hold(self, conversation_id: ConversationId) -> AbstractAsyncContextManager[int | None]:
        """Hold a conversation alone; gives its epoch, or None when somebody else has it."""
        ...


class JobContext(Protocol):
    async def step(self, name: str, fn: Callable[[], Awaitable[Any]]) -> Any:
        """Run once even if the job is run again after a crash; the result must be JSON."""
        ...


JobBody = Callable[[JobContext, Mapping[str, Any]], Awaitable[None]]


class Jobs(Protocol):
    """Long and late work. A key is used once: asking again with it does nothing."""

    def register(self, name: str, fn: JobBody) -> None:
        """Before launch only."""
        ...

    async def launch(self) -> None: ...

    async def close(self) -> None: ...

    async def submit(self, name: str, payload: Mapping[str, Any], key: str) -> None: ...

    async def delay(self, name: str, payload: Mapping[str, Any], key: str, until: datetime) -> None: ...

    async def cancel(self, key: str) -> None: ...

    async def take_up(self, names: Sequence[str]) -> None:
        """Go on with the jobs that processes of these names left."""
        ...

    async def status(self, key: str) -> str:
        """unknown, waiting, running, done, failed or cancelled."""
        ...
