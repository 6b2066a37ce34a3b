"""One-time links: issued in one conversation, opened once in another."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.identity import Arrived, Proof
from core.domain.invitation_code import expiry_of
from core.storage.linking import link
from core.storage.tables import InvitationRow, table

_invitations = table(InvitationRow)


def issue(conn: sa.Connection, conversation: Conversation, code: str, *, issued_by: str, now: datetime) -> None:
    """Only the code's digest is kept: a stolen database opens nothing."""
    conn.execute(
        sa.insert(_invitations).values(
            digest=_digest(code), contact_id=conversation.contact_id, conversation_id=conversation.id,
            account_id=conversation.account, issued_by=issued_by, created_at=now, expires_at=expiry_of(code),
        )
    )  # fmt: skip


def redeem(conn: sa.Connection, conversation: Conversation, code: str, now: datetime) -> Arrived:
    """Link whoever opened it with whoever asked for it. The same person opening it again is told the same again."""
    row = conn.execute(sa.select(_invitations).where(_invitations.c.digest == _digest(code)).with_for_update()).first()
    if row is None:
        return Arrived.UNKNOWN
    mine = conversation.contact_id
    if row.used_at is not None:
        return Arrived.LINKED if row.used_by == mine and row.contact_id in conversation.linked else Arrived.USED
    if row.contact_id == mine:
        return Arrived.SAME_DOOR
    if now > row.expires_at:
        return Arrived.EXPIRED
    used = sa.update(_invitations).where(_invitations.c.id == row.id, _invitations.c.used_at.is_(None))
    if not conn.execute(used.values(used_at=now, used_by=mine)).rowcount:
        return Arrived.USED
    made = link(
        conn, row.contact_id, mine, proof=Proof.INVITATION, by=row.issued_by, now=now,
        inside=conversation.id,
    )  # fmt: skip
    return Arrived.LINKED if made else Arrived.ALREADY


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
