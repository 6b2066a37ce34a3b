"""Instagram, as the wiring takes it: linked to a page, or by Instagram's own login at its own host."""

from dataclasses import replace
from typing import Final

from bots.instagram.channel import CAPABILITIES, NAME, RATES, compose
from bots.meta.account import Platform
from bots.meta.flavour import Flavour

INSTAGRAM: Final = Platform(
    name=NAME, kind="instagram", flavour=Flavour.LINKED, capabilities=CAPABILITIES, compose=compose, rates=RATES
)
INSTAGRAM_LOGIN: Final = replace(INSTAGRAM, flavour=Flavour.LOGIN)
