"""What customers want to know, as the files in asked/ list it: who answers says these words, who asks says those."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_PLACE: Final = "rag.wants"
_FOLDER: Final = "asked"


@dataclass(frozen=True, slots=True)
class Want:
    """`says`: an answer mentions of each group one, each the beginning of a word or of several. `asks`: questions."""

    name: str
    says: tuple[tuple[str, ...], ...]
    asks: tuple[str, ...]


def read_wants(text: str) -> tuple[Want, ...]:
    """A heading names a want, a quote holds its groups between `+` (`_` is a blank), a list its questions."""
    wants: list[Want] = []
    for block in text.split("\n## ")[1:]:
        name, *lines = block.splitlines()
        says = [line.removeprefix("> ").split(" + ") for line in lines if line.startswith("> ")]
        groups = (tuple(stem.replace("_", " ") for stem in group.split()) for group in says[0])
        asks = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
        wants.append(Want(name.strip(), tuple(groups), asks))
    return tuple(wants)


@cache
def list_wants() -> tuple[Want, ...]:
    return read_wants(_read_text())


def bank_digest() -> str:
    """What a head was trained on."""
    return hashlib.sha256(_read_text().encode()).hexdigest()


def _read_text() -> str:
    files = sorted(resources.files(_PLACE).joinpath(_FOLDER).iterdir(), key=lambda file: file.name)
    return "\n".join(file.read_text("utf-8") for file in files)
