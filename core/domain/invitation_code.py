"""The code of a one-time link from one channel to another: fits every platform's deep link, signed, short-lived."""

import base64
import binascii
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final

INVITATION_LIFE: Final = timedelta(minutes=30)

_PREFIX: Final = "go-"
_NONCE: Final = 12
_EXPIRY: Final = 4
_SEAL: Final = 12
_SHAPE: Final = re.compile(r"(?<![A-Za-z0-9_-])go-[A-Za-z0-9_-]{38}(?![A-Za-z0-9_-])")
_SOURCE: Final = re.compile(rf"(?:ref=)?{_SHAPE.pattern}\s*")


def seal_code(secret: bytes, nonce: bytes, expires_at: datetime) -> str:
    """41 signs of the deep links' alphabet. `nonce` is 12 random bytes."""
    body = nonce[:_NONCE] + int(expires_at.timestamp()).to_bytes(_EXPIRY, "big")
    return _PREFIX + base64.urlsafe_b64encode(body + _seal(secret, body)).decode().rstrip("=")


def find_code(text: str | None) -> str | None:
    """The code in what a platform says of where a person came from."""
    found = _SHAPE.search(text or "")
    return found.group() if found else None


def without_code(source: str | None) -> str | None:
    """Where a person came from, without the code: it is a key and no attribution."""
    return _SOURCE.sub("", source).strip() or None if source else None


def is_genuine(secret: bytes, code: str) -> bool:
    """Whether it was made here; says nothing of its age."""
    try:
        sealed = base64.urlsafe_b64decode(code.removeprefix(_PREFIX) + "==")
    except (binascii.Error, ValueError):
        return False
    body, seal = sealed[: _NONCE + _EXPIRY], sealed[_NONCE + _EXPIRY :]
    return hmac.compare_digest(seal, _seal(secret, body))


def expiry_of(code: str) -> datetime:
    """Of a genuine code."""
    sealed = base64.urlsafe_b64decode(code.removeprefix(_PREFIX) + "==")
    return datetime.fromtimestamp(int.from_bytes(sealed[_NONCE : _NONCE + _EXPIRY], "big"), UTC)


def _seal(secret: bytes, body: bytes) -> bytes:
    return hmac.new(secret, b"invitation:" + body, hashlib.sha256).digest()[:_SEAL]
