"""The folder of one installation: its lock against a second process, and its generated secret."""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.errors import SellerError, Unavailable


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        with self._explained():
            path.mkdir(parents=True, exist_ok=True)

    def claim(self) -> None:
        """One process owns an embedded database and its index. Raises when another one has it."""
        with self._explained():
            lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            hint = "stop the other process, or set DATA_DIR to another folder"
            raise SellerError("another process works in this folder", where=str(self.path), hint=hint) from error
        self._lock = lock

    def release(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def secret(self) -> bytes:
        """Made once, readable by the owner only."""
        file = self.path / "secret"
        with self._explained():
            if not file.exists():
                self._make_secret(file)
            return file.read_text().strip().encode()

    def _make_secret(self, file: Path) -> None:
        """Whole or not at all, and the first of several processes that share the folder makes it for all."""
        draft = self.path / f"secret.{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_hex(32))
            with contextlib.suppress(FileExistsError):
                os.link(draft, file)
        finally:
            draft.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"{error.strerror or error}: {error.filename or self.path}"
            hint = "name a folder that can be written, on a disk with free space"
            raise Unavailable(what, where="DATA_DIR", hint=hint) from error
