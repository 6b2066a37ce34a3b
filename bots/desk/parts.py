"""What the desk is given: the one list that the wiring fills."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bots.access import Access
from bots.changes import Changes
from bots.channel import HealthBoard
from bots.desk.attempts import SignInAttempts
from bots.desk.pages import Pages
from bots.desk.passwords import Passwords
from bots.desk.reach import Reach, read_reach
from bots.desk.tokens import ProgramTokens
from bots.doorways import Doorways
from bots.firm_files import Change
from bots.identities import People
from bots.learned import Confirmed
from bots.rehearsal import Rehearsed
from core.domain.facts import FactValue
from core.domain.firm import Firm
from core.domain.ids import ConversationId, LeadId, MessageId
from core.domain.outcomes import OutcomeKind
from core.domain.reply_window import Standing, WindowRules
from core.domain.turn import Found
from core.errors import SellerError
from core.ports import Clock
from core.storage.database import Database
from rag.kept_questions import Kept
from rag.passages import Source


class Operators(Protocol):
    """What people do with a conversation. Every method raises LookupError for one that does not exist."""

    async def take_over(
        self, conversation_id: ConversationId, user_name: str, *, instead_of: str | None = None
    ) -> None:
        """Raises HeldByAnother when somebody other than `instead_of` holds it by now."""
        ...

    async def reply(self, conversation_id: ConversationId, user_name: str, text: str) -> MessageId: ...

    async def hand_back(self, conversation_id: ConversationId, user_name: str) -> None: ...

    async def edit_fact(
        self, conversation_id: ConversationId, name: str, value: FactValue | None, user_name: str
    ) -> None: ...

    async def record_outcome(self, lead_id: LeadId, kind: OutcomeKind, by: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Tried:
    """What the bot would find and say. Without an answer `refused_by` names the rule that kept it silent:
    `below_cutoff`, `no_sentence` or a rule of review."""

    found: Found
    answer: str = ""
    sources: tuple[str, ...] = ()
    refused_by: str = ""


class RefusedAnswer(SellerError):
    """Review would cut this sentence of an answer whenever the bot said it. `rule` says why, `source` where the firm
    would have had to say it."""

    def __init__(self, rule: str, sentence: str, source: str) -> None:
        super().__init__(f"the answer says what the firm's files do not: {sentence}", where=source, hint=rule)
        self.rule = rule
        self.sentence = sentence
        self.source = source


@dataclass(frozen=True, slots=True)
class Reindexed:
    added: int
    changed: int
    removed: int


class FirmFiles(Protocol):
    """The firm's files as the desk changes them. Raises InvalidFirm or ChangedMeanwhile, and then changes nothing."""

    async def seen(self, file: str) -> str:
        """What a form carries along, so that nobody overwrites what they have not seen."""
        ...

    async def change_price(self, sku: str, cells: Mapping[str, str], seen: str) -> Change: ...

    async def change_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change: ...

    async def add_price(self, cells: Mapping[str, str], seen: str) -> Change: ...

    async def add_policy(self, policy_id: str, texts: Mapping[str, str], valid_until: str, seen: str) -> Change: ...

    async def restore(self, file: str, digest: str, seen: str) -> Change: ...


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """A page that says an amount as well: it has to be changed by hand."""

    source: str
    heading: str
    amount: str


class KnowledgeDesk(Protocol):
    @property
    def files(self) -> FirmFiles: ...

    async def kept_answers(self) -> Sequence[Kept]:
        """The questions answered from memory at present; any change of the firm's files or pages empties them all."""
        ...

    async def said_elsewhere(self, text: str) -> Sequence[SaidElsewhere]:
        """The firm's pages that name one of this text's amounts too."""
        ...

    async def sources(self) -> Sequence[Source]: ...

    async def test(self, question: str, language: str) -> Tried: ...

    async def rehearse(self, question: str, language: str) -> Rehearsed:
        """The whole reply to somebody who begins with this question."""
        ...

    async def reindex(self) -> Reindexed:
        """Read the firm's folder again. Raises SellerError; what was known then stays."""
        ...

    async def confirmed(self) -> Sequence[Confirmed]: ...

    async def confirm(self, key: str, question: str, answer: str, language: str) -> str:
        """Let the bot answer this question so from now on; gives the source. Raises RefusedAnswer."""
        ...

    async def retract(self, source: str) -> None:
        """Take a confirmed answer back. Raises LookupError when there is none."""
        ...


@dataclass(frozen=True, kw_only=True)
class DeskParts:
    access: Access
    database: Database
    operators: Operators
    changes: Changes
    health: HealthBoard
    knowledge: KnowledgeDesk
    clock: Clock
    firm: Callable[[], Firm]
    pages: Pages
    passwords: Passwords
    attempts: SignInAttempts
    tokens: ProgramTokens
    people: People
    doorways: Doorways
    rules_for: Callable[[str, str], WindowRules]
    """(account, chat) -> when its channel lets us write."""

    def reach(self, account: str, chat: str, standing: Standing, name: str) -> Reach:
        """What a person of this name may still send there."""
        rules, quiet = self.rules_for(account, chat), self.firm().quiet_hours
        return read_reach(rules, standing, name=name, now=self.clock.now(), quiet=quiet)
