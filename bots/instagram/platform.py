"""Instagram, as the wiring takes it: linked to a page, or by Instagram's own login at its own host."""

from typing import Final

from bots.instagram.channel import BUCKET, CAPABILITIES, NAME, compose
from bots.meta.account import Platform

INSTAGRAM: Final = Platform(name=NAME, kind="instagram", capabilities=CAPABILITIES, compose=compose, bucket=BUCKET)
