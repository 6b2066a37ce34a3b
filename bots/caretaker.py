"""What looks after one account: says what is wrong with it and how to mend it, and sets up what people see first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from bots.channel import AccountHealth, AccountState
from core.domain.channel_texts import ChannelTexts
from core.domain.ids import AccountId

_GRAVEST_FIRST: Final = (
    AccountState.UNAUTHORIZED,
    AccountState.RESTRICTED,
    AccountState.CONFLICT,
    AccountState.UNREACHABLE,
    AccountState.DEAF,
    AccountState.EXPIRING,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, and how a person mends it."""

    state: AccountState
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """Nothing found = well. `notes` are worth knowing and no harm."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        return not self.findings

    def health(self, now: datetime) -> AccountHealth:
        """The gravest state; what was found beside it is told too."""
        if not self.findings:
            return AccountHealth(AccountState.OK, "", "", now)
        ordered = sorted(self.findings, key=lambda finding: _GRAVEST_FIRST.index(finding.state))
        reasons = "; ".join(finding.what for finding in ordered)
        hints = "; ".join(dict.fromkeys(finding.hint for finding in ordered))
        return AccountHealth(ordered[0].state, reasons, hints, now)


class Outcome(StrEnum):
    """What became of one part of a setup."""

    SET = "set"
    SAME = "same"
    KEPT = "kept"
    """It was made by hand, and stays."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """`part` is for instance `persistent menu`; `told` says what was there and what is there now, or why not."""

    part: str
    outcome: Outcome
    told: str = ""


@dataclass(frozen=True, slots=True)
class SetUp:
    """`marks` are fingerprints of what we set, by part: what still has its mark next time was not made by hand."""

    changes: Sequence[Change]
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return all(change.outcome is not Outcome.REFUSED for change in self.changes)


class Caretaker(Protocol):
    @property
    def account(self) -> AccountId: ...

    @property
    def title(self) -> str:
        """What stands behind the account: `page 1002003, graph.facebook.com`."""
        ...

    @property
    def mark(self) -> str | None:
        """Tells the token in the settings from others; None = this account looks after itself while it runs."""
        ...

    def look(self) -> Sequence[Finding]:
        """What this process has noticed itself; nobody is asked."""
        ...

    async def check(self) -> Checkup:
        """Never raises for what the platform or the net does."""
        ...

    async def set_up(self, texts: ChannelTexts, marks: Mapping[str, str], *, force: bool) -> SetUp:
        """What was made by hand stays, unless `force`. Twice is as good as once. Raises nothing either."""
        ...

    async def mend(self) -> bool:
        """Make the platform send to us again, where that is all that is wrong; True when something was done."""
        ...

    async def close(self) -> None: ...
