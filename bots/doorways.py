"""The ways from one channel into another, and who turns out to be whom."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

import sqlalchemy as sa
import structlog

from bots.channel import Channel
from core.domain.conversation import Conversation
from core.domain.identity import Arrived, Proof
from core.domain.ids import ConversationId
from core.domain.invitation_code import INVITATION_LIFE, expiry_of, find_code, is_genuine, seal_code
from core.domain.turn import Doorway
from core.ports import Clock
from core.storage.database import Database
from core.storage.invitations import issue, redeem
from core.storage.proofs import note_verified
from core.storage.turns import Loaded, load_conversation

log = structlog.get_logger()


@runtime_checkable
class Entrance(Protocol):
    """A channel that can be entered by a link of its own."""

    title: str
    """As people read it."""
    spoken: str
    """As people call it: a pattern."""

    def link_to(self, code: str) -> str | None:
        """None while the platform has not told the account's name."""
        ...


@dataclass(frozen=True, slots=True)
class Invited:
    url: str
    title: str
    expires_at: datetime


class Doorways:
    def __init__(self, *, database: Database, clock: Clock, secret: bytes, channels: Mapping[str, Channel]) -> None:
        self._database = database
        self._clock = clock
        self._secret = secret
        self._channels = channels

    def named_in(self, conversation: Conversation, text: str) -> tuple[Doorway, ...]:
        """Other channels that a text names, each with a link that nobody has yet."""
        return tuple(
            doorway
            for account, entrance in self._others(conversation.account).items()
            if re.search(entrance.spoken, text, re.IGNORECASE) and (doorway := self._doorway(entrance))
        )

    def open_from(self, account: str) -> dict[str, str]:
        """The accounts that can be entered from this one, with their titles."""
        others = self._others(account).items()
        return {name: entrance.title for name, entrance in others if entrance.link_to("go-" + "0" * 38)}

    async def invite(self, conversation_id: ConversationId, account: str, user_name: str) -> Invited:
        """A link that somebody of the firm gives to the customer. Raises LookupError."""
        now = self._clock.now()

        def write(conn: sa.Connection) -> Invited:
            talk = load_conversation(conn, conversation_id)
            entrance = self._others(talk.account).get(account)
            doorway = self._doorway(entrance) if entrance else None
            if doorway is None:
                raise LookupError(f"no way to {account}")
            issue(conn, talk, doorway.code, issued_by=user_name, now=now)
            return Invited(doorway.url, doorway.title, expiry_of(doorway.code))

        return await self._database.write(write)

    async def recognise(self, loaded: Loaded) -> Arrived | None:
        """What the messages prove is written down before they are answered. Gives what became of a link."""
        talk, now = loaded.conversation, self._clock.now()
        codes = [code for message in loaded.messages if (code := find_code(message.source))]
        proofs = [
            (proof, said)
            for message in loaded.messages
            for card in message.attachments
            if card.trusted
            for proof, said in ((Proof.PHONE, card.phone), (Proof.EMAIL, card.email))
            if said
        ]
        if not codes and not proofs:
            return None

        def write(conn: sa.Connection) -> Arrived | None:
            for proof, said in proofs:
                note_verified(conn, talk, proof, said, now)
            if not codes:
                return None
            return redeem(conn, talk, codes[-1], now) if is_genuine(self._secret, codes[-1]) else Arrived.UNKNOWN

        arrived = await self._database.write(write)
        log.info("identity.recognised", conversation_id=talk.id, arrived=arrived, proofs=len(proofs))
        return arrived

    def _others(self, account: str) -> dict[str, Entrance]:
        found = ((name, channel) for name, channel in self._channels.items() if name != account)
        return {name: channel for name, channel in found if isinstance(channel, Entrance)}

    def _doorway(self, entrance: Entrance) -> Doorway | None:
        code = seal_code(self._secret, secrets.token_bytes(12), self._clock.now() + INVITATION_LIFE)
        url = entrance.link_to(code)
        return Doorway(entrance.title, entrance.spoken, url, code) if url else None
