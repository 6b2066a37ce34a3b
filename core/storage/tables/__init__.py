"""The tables. Rows never leave this package as such: repositories turn them into the plain records of the domain."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.storage.tables.accounts import AccountCareRow
from core.storage.tables.contacts import AccountRow, ChannelIdentityRow, ContactLinkRow, ContactRow, InvitationRow
from core.storage.tables.desk import AuditRow, SessionRow, UserRow
from core.storage.tables.knowledge import DocumentRow, PassageRow, PlaybookVersionRow
from core.storage.tables.leads import FactRow, LeadRow, OutcomeRow
from core.storage.tables.models import ModelCallRow, SpendingRow
from core.storage.tables.platform import KeptEventRow, UploadRow
from core.storage.tables.promises import PromiseRow
from core.storage.tables.talks import CommentRow, ConversationRow, InboxRow, MessageRow, OutboxRow, TurnRow
from core.storage.tables.work import EventRow, HeartbeatRow, JobRequestRow

__all__ = [
    "AccountCareRow",
    "AccountRow",
    "AuditRow",
    "ChannelIdentityRow",
    "CommentRow",
    "ContactLinkRow",
    "ContactRow",
    "ConversationRow",
    "DocumentRow",
    "EventRow",
    "FactRow",
    "HeartbeatRow",
    "InboxRow",
    "InvitationRow",
    "JobRequestRow",
    "KeptEventRow",
    "LeadRow",
    "MessageRow",
    "ModelCallRow",
    "OutboxRow",
    "OutcomeRow",
    "PassageRow",
    "PlaybookVersionRow",
    "PromiseRow",
    "SessionRow",
    "SpendingRow",
    "TurnRow",
    "UploadRow",
    "UserRow",
    "metadata",
    "table",
]

metadata = SQLModel.metadata


def table(row: type[SQLModel]) -> sa.Table:
    """The Core table of a row class: statements on the hot path are plain Core."""
    found: sa.Table = row.__table__  # type: ignore[attr-defined]
    return found
