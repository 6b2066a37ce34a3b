"""Acts that must never be missed or imagined: stop, a person, erasure, "are you a bot?". Wordings beside the head."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import SellerError
from core.understanding.text import fold

WORDINGS_FILE = Path(__file__).with_name("guarded.tsv")

_PIECE = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Wording:
    """An act is said by `says` unless `unless` is in the text too."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None


def read_wordings(file: Path = WORDINGS_FILE) -> dict[str, Wording]:
    """By act. Raises SellerError with the line of an expression that does not compile."""
    pieces: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        name, _, expression = line.partition("\t")
        try:
            whole = _PIECE.sub(lambda piece: pieces[piece.group(1)], expression)
            re.compile(whole)
        except (re.error, KeyError) as error:
            raise SellerError(
                f"This wording is no regular expression: {error}",
                where=f"{file}:{number}",
                hint="mend the expression, or name its <piece> above it",
            ) from error
        if name.startswith("@"):
            pieces[name[1:]] = f"(?:{whole})"
        else:
            found.setdefault(name, []).append(whole)
    return {
        act: Wording(_either(says), _either(found[f"-{act}"]) if f"-{act}" in found else None)
        for act, says in found.items()
        if not act.startswith("-")
    }


def find_denied_acts(text: str, wordings: Mapping[str, Wording]) -> tuple[str, ...]:
    """Acts that a text looks like and does not do, whatever else believes it."""
    folded = fold(text)
    return tuple(act for act, wording in wordings.items() if wording.unless and wording.unless.search(folded))


def find_guarded_acts(text: str, wordings: Mapping[str, Wording]) -> tuple[str, ...]:
    folded = fold(text)
    return tuple(
        act
        for act, wording in wordings.items()
        if wording.says.search(folded) and not (wording.unless and wording.unless.search(folded))
    )


def _either(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:" + "|".join(f"(?:{expression})" for expression in expressions) + ")")
