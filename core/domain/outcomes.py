"""How a conversation ended, as people, rules, programs and imports say it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutcomeKind(StrEnum):
    LEAD_WON = "lead_won"
    PARTNER_SIGNED = "partner_signed"
    MEETING = "meeting"
    HANDED_OFF = "handed_off"
    DECLINED = "declined"
    OPTED_OUT = "opted_out"
    LOST_SILENT = "lost_silent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`by` is `rule`, `desk:<user>`, `api:<user>` or `csv`; a later outcome supersedes an earlier one."""

    kind: OutcomeKind
    by: str
    at: datetime
