"""What people type the way they speak it, or cut short: each word with the one that is meant."""

import re
from collections.abc import Mapping
from typing import Final

_MEANT: Final[Mapping[str, str]] = {
    "шо": "що", "шось": "щось", "шоб": "щоб", "скіки": "скільки", "скіко": "скільки", "чо": "чого",
    "скока": "сколько", "скок": "сколько", "скоко": "сколько", "чё": "что", "че": "что", "щас": "сейчас",
    "u": "you", "ur": "your", "whats": "what's", "hows": "how's", "pls": "please", "plz": "please",
    "ppl": "people", "smth": "something", "cod": "cash on delivery",
    "наложка": "наложенный платёж", "наложку": "наложенный платёж", "наложкой": "наложенным платежом",
}  # fmt: skip
_TYPED: Final = re.compile(rf"\b(?:{'|'.join(_MEANT)})\b", re.IGNORECASE)


def as_meant(text: str) -> str:
    return _TYPED.sub(lambda match: _MEANT[match.group().casefold()], text)
