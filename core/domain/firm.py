"""One firm as its folder describes it: words, catalogue, policies, materials."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.domain.channel_texts import ChannelTexts
from core.domain.hand_over import HandOver
from core.domain.quiet_hours import QuietHours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    names: Mapping[str, str]
    price: Decimal
    currency: str
    unit: str
    valid_until: date | None
    in_stock: int | None
    """Pieces; 0 = none, None = not counted."""
    suits: Mapping[str, str] = field(default_factory=dict)
    """For whom or what it is, in each language, in a few words: the reason when it is recommended."""

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()))

    def is_priced_on(self, day: date) -> bool:
        """A price past its date is not quoted as valid."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Policy:
    """A line the firm stands by (delivery fee, guarantee, discount), in each language."""

    id: str
    text: Mapping[str, str]
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Material:
    title: str
    kind: str
    url: str
    language: str
    audience: str = ""
    """buyers or partners; empty = for both."""


@dataclass(frozen=True, slots=True)
class Firm:
    """All that the firm vouches for, as one unchanging snapshot; `version` is a hash of its sources."""

    name: str
    languages: tuple[str, ...]
    default_language: str
    region: str
    timezone: str
    currency: str
    on_duty: Mapping[str, tuple[time, time]]
    disclosure: Mapping[str, str]
    contacts: Mapping[str, str]
    policies: tuple[Policy, ...]
    products: tuple[Product, ...]
    materials: tuple[Material, ...]
    version: str
    audiences: Mapping[str, str] = field(default_factory=dict)
    """Whom we expect on which channel, where it is not buyers: channel -> audience."""
    channel_texts: ChannelTexts = field(default_factory=ChannelTexts)
    holidays: frozenset[date] = frozenset()
    """Days on which nobody is there, whatever the day of the week."""
    hand_over: HandOver = field(default_factory=HandOver)
    quiet_hours: QuietHours | None = None
    """When nothing goes out that we start."""

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def product(self, sku: str | None) -> Product | None:
        return next((p for p in self.products if p.sku == sku), None) if sku else None

    def is_on_duty(self, now: datetime) -> bool:
        local = now.astimezone(ZoneInfo(self.timezone))
        if local.date() in self.holidays:
            return False
        hours = self.on_duty.get(WEEKDAYS[local.weekday()])
        return hours is not None and hours[0] <= local.time() < hours[1]
