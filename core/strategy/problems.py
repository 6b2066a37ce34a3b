"""Everything that is wrong with the firm's files, gathered first and told at once."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.errors import InvalidFirm


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, from 1; line 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    place: Place
    what: str
    hint: str


@dataclass(slots=True)
class Problems:
    """Add what is found; `raise_if_any` tells all of it in one InvalidFirm."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, what: str, hint: str) -> None:
        problem = Problem(place, what, hint)
        if problem not in self.found:
            self.found.append(problem)

    def raise_if_any(self) -> None:
        if not self.found:
            return
        ordered = sorted(self.found, key=lambda problem: (problem.place.file, problem.place.line))
        if len(ordered) == 1:
            only = ordered[0]
            raise InvalidFirm(only.what, where=str(only.place), hint=only.hint)
        lines = [f"\n- {problem.place}: {problem.what}\n  how to mend: {problem.hint}" for problem in ordered]
        raise InvalidFirm(f"{len(ordered)} problems in the firm's files{''.join(lines)}")


def name_hint(wrong: str, allowed: Iterable[str]) -> str:
    """Tell the nearest allowed spelling, when there is one, and all allowed names."""
    names = list(dict.fromkeys(allowed))
    nearest = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    suggestion = f"did you mean {nearest[0]!r}? " if nearest else ""
    return f"{suggestion}allowed: {', '.join(names) or 'none'}"
