"""The folder of one installation: its lock against a second process, and its generated secret."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import IO

from core.errors import SellerError, Unavailable


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(str(error), where="DATA_DIR", hint="name a folder that can be written") from error

    def claim(self) -> None:
        """One process owns an embedded database and its index. Raises when another one has it."""
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
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_hex(32))
        return file.read_text().strip().encode()
