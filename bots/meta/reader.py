"""What every event of Messenger and Instagram has, and the messages built around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bots.meta.clean import read_text
from core.domain.attribution import Attribution
from core.domain.ids import AccountId
from core.domain.messages import InboundKind, InboundMessage

METADATA: Final = "seller:"
"""Begins the metadata of what we send; the outbox row's number follows, and the echo brings it back."""

_MILLISECONDS_FROM: Final = 10**11
_SKEW: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom events are read. `own_id` is the page's or the Instagram account's."""

    account: AccountId
    own_id: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    reader: Reader
    sender: str
    recipient: str
    at: datetime
    stamp: str
    """The time as the platform wrote it: part of the key of events that have no id of their own."""

    @property
    def is_own(self) -> bool:
        return self.sender == self.reader.own_id

    def message(
        self, kind: InboundKind, event_id: str, text: str = "", external_id: str | None = None
    ) -> InboundMessage:
        """In the conversation with the person, whoever of the two wrote."""
        person = self.recipient if self.is_own else self.sender
        return InboundMessage(
            account=self.reader.account,
            event_id=event_id[:200],
            chat=person,
            sender=person,
            kind=kind,
            at=self.at,
            text=text,
            external_id=external_id,
        )


def read_envelope(event: Mapping[str, Any], reader: Reader) -> Envelope:
    """Raises ValueError when it is not said who wrote."""
    sender = read_id(event.get("sender"))
    if sender is None:
        raise ValueError("no sender")
    stamp = event.get("timestamp")
    recipient = read_id(event.get("recipient")) or reader.own_id
    return Envelope(reader, sender, recipient, read_time(stamp, reader.now), str(stamp or ""))


def read_time(stamp: Any, now: datetime) -> datetime:
    """Milliseconds, or seconds where they occur; the present for a stamp that is none or far off."""
    try:
        number = int(stamp)
        at = datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
    return at if abs(at - now) < _SKEW or at < now else now


def read_source(*referrals: Any) -> str | None:
    """Where the person came from, from the first referral that says it: `ref=spring ad=120 post=7`."""
    for referral in referrals:
        if not isinstance(referral, Mapping):
            continue
        product = referral.get("product") if isinstance(referral.get("product"), Mapping) else {}
        ads = referral.get("ads_context_data") if isinstance(referral.get("ads_context_data"), Mapping) else {}
        told = Attribution.of(
            ref=_word(referral.get("ref")),
            ad=_word(referral.get("ad_id")),
            post=_word((ads or {}).get("post_id")),
            product=_word((product or {}).get("id")),
            entry=_word(referral.get("source")),
        ).as_text()
        if told:
            return told
    return None


def _word(value: Any) -> str:
    return read_text(str(value), 200) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def read_id(party: Any) -> str | None:
    """Ids are texts, but numbers occur."""
    given = party.get("id") if isinstance(party, Mapping) else None
    return str(given)[:100] if isinstance(given, str | int) and given not in ("", True, False) else None
