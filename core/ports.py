"""What the core needs from outside, as small contracts. Implementations live one folder each, fakes among them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.domain.ids import ConversationId
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
    """The stable part first, so that a provider can cache it."""

    system: str
    user: str
    max_tokens: int = 400


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    model: str
    tokens: int
    cost: float = 0.0


class LanguageModelFailed(Exception):
    """The model gave no usable text in time; the next rung answers."""


class LanguageModel(Protocol):
    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed."""
        ...


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

    async def status(self, key: str) -> str:
        """unknown, waiting, running, done, failed or cancelled."""
        ...
