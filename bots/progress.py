"""How far a long step of ours is, on the terminal."""

import sys
from types import TracebackType


class Bar:
    """One line that fills up; on a pipe only the end is printed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = False

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\n")

    def show(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() and done < total:
            return
        width = 30
        filled = width * done // max(total, 1)
        sys.stderr.write(f"\r{self._what} [{'#' * filled}{'.' * (width - filled)}] {done}/{total}")
        sys.stderr.flush()
        self._shown = True
