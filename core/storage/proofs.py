"""What platforms vouch for: a number or an address that two doors share joins them by itself."""

from datetime import datetime

import sqlalchemy as sa

from core.domain.conversation import Conversation
from core.domain.identity import PHONE_PROOF_LIFE, Proof
from core.domain.likeness import key_of
from core.storage.linking import BOT, link, was_parted
from core.storage.people import members
from core.storage.tables import ChannelIdentityRow, table

_identities = table(ChannelIdentityRow)


def note_verified(conn: sa.Connection, conversation: Conversation, proof: Proof, said: str, now: datetime) -> bool:
    """Keep what the platform vouches for, and link with the one other door that has the same. Several doors of one
    account cannot be one person's, and whom people have parted stays apart: that is only shown at the desk. Gives
    whether somebody was linked."""
    name = "phone" if proof is Proof.PHONE else "email"
    value = key_of(name, said)
    if not value or (proof is Proof.PHONE and (not value.startswith("+") or len(value) < 9)):
        return False
    mine = sa.and_(
        _identities.c.contact_id == conversation.contact_id, _identities.c.account_id == conversation.account
    )
    conn.execute(sa.update(_identities).where(mine).values({name: value, f"{name}_at": now}))
    others = sa.select(_identities.c.contact_id, _identities.c.account_id).where(
        _identities.c[name] == value,
        _identities.c.contact_id != conversation.contact_id,
        _identities.c[f"{name}_at"] > now - PHONE_PROOF_LIFE,
    )
    found = conn.execute(others.order_by(_identities.c.id)).all()
    accounts = [conversation.account, *(row.account_id for row in found)]
    if not found or len(set(accounts)) < len(accounts):
        return False
    own = members(conn, conversation.contact_id)
    apart = {row.contact_id for row in found if was_parted(conn, own, members(conn, row.contact_id))}
    joined = [
        link(conn, conversation.contact_id, row.contact_id, proof=proof, by=BOT, now=now, inside=conversation.id)
        for row in found
        if row.contact_id not in apart
    ]
    return any(joined)
