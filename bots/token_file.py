"""A token that was renewed, kept for the next start: one file an account, readable by its owner only."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from core.errors import Unavailable

_SHOWN: Final = 16


def fingerprint(token: str) -> str:
    """Tells two tokens apart, and nothing of either."""
    return hashlib.sha256(token.encode()).hexdigest()[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Kept:
    """`grown_from` is the fingerprint of the token in the settings: another one there makes this one worthless."""

    token: str = field(repr=False)
    grown_from: str
    renewed_at: datetime
    ends_at: datetime


class TokenFile:
    def __init__(self, folder: Path, account: str) -> None:
        self.folder = folder
        self._file = folder / f"{account}.json"

    def read(self, token: str) -> Kept | None:
        """What grew from this token of the settings; None when nothing did, or when the file cannot be understood."""
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
            moments = (datetime.fromisoformat(told["renewed_at"]), datetime.fromisoformat(told["ends_at"]))
            kept = Kept(str(told["token"]), str(told["grown_from"]), *moments)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return kept if kept.grown_from == fingerprint(token) else None

    def keep(self, kept: Kept) -> None:
        """Whole or not at all. Raises Unavailable."""
        told = {"token": kept.token, "grown_from": kept.grown_from}
        told |= {"renewed_at": kept.renewed_at.isoformat(), "ends_at": kept.ends_at.isoformat()}
        with self._explained():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.folder / f".{secrets.token_hex(8)}"
            try:
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                    handle.write(json.dumps(told))
                    handle.flush()
                    os.fsync(handle.fileno())
                draft.replace(self._file)
            finally:
                draft.unlink(missing_ok=True)

    @contextlib.contextmanager
    def alone(self) -> Iterator[bool]:
        """False while another process that shares the folder is renewing. Raises Unavailable."""
        with self._explained():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.folder / "lock").open("a+")
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True
        finally:
            lock.close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"a renewed token cannot be kept: {error.strerror or error}: {error.filename or self.folder}"
            raise Unavailable(what, where="DATA_DIR", hint="make the folder writable, on a disk with space") from error
