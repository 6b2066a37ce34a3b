"""Who else may be the same person: found by what both told or are called, shown to people, never linked by itself."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from core.domain.identity import Door, Suggestion
from core.domain.ids import ContactId, ConversationId
from core.domain.likeness import LEAST, is_full_name, is_shared_mail, weigh
from core.storage.linking import was_parted
from core.storage.people import members
from core.storage.tables import ChannelIdentityRow, ContactRow, ConversationRow, FactRow, table

_contacts = table(ContactRow)
_conversations = table(ConversationRow)
_facts = table(FactRow)
_identities = table(ChannelIdentityRow)

MOST = 5
_MOST_ALIKE = 200
"""More than this share something that says nothing."""
_FINDING = ("phone", "email", "name")

Marks = Mapping[str, frozenset[str]]
"""What somebody can be recognised by: phone, email, username, name, city, company, and verified phones."""


def list_doors(conn: sa.Connection, contact_ids: Collection[int]) -> list[Door]:
    """In the order in which they came to us."""
    rows = conn.execute(
        sa.select(
            _identities, _contacts.c.erased_at, _conversations.c.id.label("talk"), _conversations.c.channel,
            _conversations.c.last_inbound_at,
        )
        .join(_contacts, _contacts.c.id == _identities.c.contact_id)
        .join(
            _conversations,
            sa.and_(
                _conversations.c.contact_id == _identities.c.contact_id,
                _conversations.c.account_id == _identities.c.account_id,
            ),
            isouter=True,
        )
        .where(_identities.c.contact_id.in_(contact_ids))
        .order_by(_identities.c.contact_id, _identities.c.id)
    )  # fmt: skip
    return [
        Door(
            ContactId(row.contact_id), ConversationId(row.talk) if row.talk else None,
            row.channel or row.account_id.partition(":")[0], row.account_id, row.name, row.username,
            row.last_inbound_at, row.erased_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def suggest(conn: sa.Connection, contact_id: int) -> list[Suggestion]:
    """The likeliest first. Nobody who is linked already, and nobody whom people called somebody else."""
    own = members(conn, contact_id)
    mine = _marks(conn, own)
    groups: dict[tuple[ContactId, ...], tuple[str, ...]] = {}
    for candidate in _candidates(conn, mine, own):
        group = members(conn, candidate)
        if group not in groups:
            groups[group] = find_reasons(mine, _marks(conn, group))
    likely = [(group, reasons) for group, reasons in groups.items() if weigh(reasons) >= LEAST]
    likely.sort(key=lambda pair: (-weigh(pair[1]), pair[0]))
    kept = [(group, reasons) for group, reasons in likely if not was_parted(conn, own, group)][:MOST]
    return [Suggestion(list_doors(conn, group)[0], reasons, weigh(reasons)) for group, reasons in kept]


def find_reasons(mine: Marks, theirs: Marks) -> tuple[str, ...]:
    """What two people share. A city or a company says something only beside a full name."""
    shared = {name: mine.get(name, frozenset()) & theirs.get(name, frozenset()) for name in {*mine, *theirs}}
    reasons = [name for name in ("verified_phone", "phone", "username") if shared.get(name)]
    if "verified_phone" in reasons and "phone" in reasons:
        reasons.remove("phone")
    mails = shared.get("email", frozenset())
    if mails:
        reasons.append("shared_email" if all(is_shared_mail(mail) for mail in mails) else "email")
    if shared.get("name"):
        reasons.append("name")
        if any(is_full_name(name) for name in shared["name"]) or len(reasons) > 1:
            reasons += [name for name in ("city", "company") if shared.get(name)]
    return tuple(reasons)


def _candidates(conn: sa.Connection, mine: Marks, own: Collection[int]) -> list[int]:
    """Whoever shares a number, an address or a name: the rest is only looked at beside these."""
    found: set[int] = set()
    for name in _FINDING:
        for key in mine.get(name, ()):
            same = sa.select(_facts.c.contact_id).where(
                _facts.c.name == name, _facts.c.key == key, _facts.c.superseded_by.is_(None)
            )
            found |= _few(conn, same)
    by_identity: Iterable[tuple[str, str]] = (
        ("name_key", "name"), ("username", "username"), ("phone", "verified_phone"), ("phone", "phone"),
        ("email", "email"),
    )  # fmt: skip
    for column, name in by_identity:
        for key in mine.get(name, ()):
            found |= _few(conn, sa.select(_identities.c.contact_id).where(_identities.c[column] == key))
    for key in mine.get("verified_phone", ()):
        found |= _few(conn, sa.select(_facts.c.contact_id).where(_facts.c.name == "phone", _facts.c.key == key))
    return sorted(found - set(own))


def _few(conn: sa.Connection, same: sa.Select[Any]) -> set[int]:
    ids: set[int] = set(conn.scalars(same.limit(_MOST_ALIKE + 1)))
    return ids if len(ids) <= _MOST_ALIKE else set()


def _marks(conn: sa.Connection, contact_ids: Collection[int]) -> Marks:
    found: dict[str, set[str]] = {}
    told = sa.select(_facts.c.name, _facts.c.key).where(
        _facts.c.contact_id.in_(contact_ids), _facts.c.superseded_by.is_(None), _facts.c.key.is_not(None)
    )
    for row in conn.execute(told):
        found.setdefault(row.name, set()).add(row.key)
    for row in conn.execute(sa.select(_identities).where(_identities.c.contact_id.in_(contact_ids))):
        marks = (
            ("name", row.name_key), ("username", row.username), ("verified_phone", row.phone), ("phone", row.phone),
            ("email", row.email),
        )  # fmt: skip
        for name, key in marks:
            if key:
                found.setdefault(name, set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}
