"""Messenger, as the wiring takes it."""

from typing import Final

from bots.messenger.channel import CAPABILITIES, NAME, RATES, compose
from bots.meta.account import Platform
from bots.meta.channel import WayIn
from bots.meta.flavour import Flavour

MESSENGER: Final = Platform(
    name=NAME,
    kind="page",
    flavour=Flavour.PAGE,
    capabilities=CAPABILITIES,
    compose=compose,
    rates=RATES,
    way_in=WayIn(
        title="Messenger",
        spoken=r"messenger|мес+енджер\w*|facebook|фейсбук\w*|\bfb\b|\bфб\b",
        address="https://m.me/{}",
    ),
)
