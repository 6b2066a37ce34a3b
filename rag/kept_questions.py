"""Which questions have their answer kept: the memory itself knows them by their digests only."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.domain.turn import Found, Query

MOST: Final = 500
SEPARATOR: Final = "/"


@dataclass(frozen=True, slots=True)
class Kept:
    """`sources` may be quoted for it; none when it is kept that nothing was found."""

    text: str
    language: str
    sources: tuple[str, ...]


class KeptQuestions:
    """Of this process, the newest ones; none under another version of the firm or of the knowledge."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()

    def add(self, query: Query, revision: str, found: Found) -> None:
        quotable = (hit.passage.source for hit in found.hits if hit.score >= found.cutoff)
        kept = Kept(query.text, query.language, tuple(dict.fromkeys(quotable)))
        self._kept[(query.scope.rpartition(SEPARATOR)[2], revision, query.language, query.text)] = kept
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def list(self, firm_version: str, revision: str) -> Sequence[Kept]:
        """The newest first."""
        return [kept for key, kept in reversed(self._kept.items()) if key[:2] == (firm_version, revision)]
