"""Messenger, as the wiring takes it."""

from typing import Final

from bots.messenger.channel import CAPABILITIES, NAME, RATES, compose
from bots.meta.account import Platform
from bots.meta.flavour import Flavour

MESSENGER: Final = Platform(
    name=NAME, kind="page", flavour=Flavour.PAGE, capabilities=CAPABILITIES, compose=compose, rates=RATES
)
