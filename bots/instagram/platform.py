"""Instagram, as the wiring takes it: linked to a page, or by Instagram's own login at its own host."""

from dataclasses import replace
from typing import Final

from bots.instagram.channel import BUCKET, CAPABILITIES, NAME, compose
from bots.meta.account import Flavour, Platform

INSTAGRAM: Final = Platform(
    name=NAME, kind="instagram", flavour=Flavour.LINKED, capabilities=CAPABILITIES, compose=compose, bucket=BUCKET
)
INSTAGRAM_LOGIN: Final = replace(INSTAGRAM, flavour=Flavour.LOGIN)
