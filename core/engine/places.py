"""Where goods will stand, as customers and price lists say it in the three languages."""

import re
from collections.abc import Mapping
from typing import Final

_SAID: Final[Mapping[str, re.Pattern[str]]] = {
    place: re.compile(said, re.IGNORECASE)
    for place, said in {
        "@home": (
            r"\b(?:дім|дом(?:у|а|ой|ашн\w+)?|вдома|додому|квартир\w+|кухн\w+|home|house|kitchen|flat|apartment)\b"
        ),
        "@office": r"\b(?:офіс\w*|офис\w*|offices?)\b",
        "@café": (
            r"\b(?:кав['’ʼ]?ярн\w*|кофейн\w*|кафе|ресторан\w*|бар(?:у|а|і|е)?|заклад\w*|заведен\w*|caf[eé]s?|bistro|"
            r"coffee (?:shop|house|bar)s?|restaurants?|bar)\b"
        ),
    }.items()
}
PLACES: Final = frozenset(_SAID)


def find_places(text: str) -> frozenset[str]:
    """Which of the places a text speaks of."""
    return frozenset(place for place, said in _SAID.items() if said.search(text))
