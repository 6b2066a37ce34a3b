"""Which of the firm's materials somebody gets who asks for them."""

from collections.abc import Sequence
from typing import Final

from core.domain.firm import Firm, Material
from core.engine.shelf_words import same_stem, words_of

LISTED_MATERIALS: Final = 3


def pick_materials(firm: Firm, language: str, audience: str = "", asked: str = "") -> Sequence[Material]:
    """For the audience, in the customer's language, else in the firm's: those whose titles were asked for, else those
    made for nobody else first."""
    fitting = [material for material in firm.materials if material.audience in ("", audience)]
    fitting.sort(key=lambda material: not material.audience)
    own = [material for material in fitting if material.language == language]
    own = own or [material for material in fitting if material.language == firm.default_language]
    words = words_of(asked)
    named = [material for material in own if _is_named(material, words)]
    return (named or own)[:LISTED_MATERIALS]


def _is_named(material: Material, words: Sequence[str]) -> bool:
    """By what it is, which its title begins with."""
    what = words_of(material.title)[:1]
    return any(same_stem(word, title) for word in words for title in what)


def list_materials(materials: Sequence[Material]) -> str:
    return "\n".join(f"{material.title}: {material.url}" for material in materials)
