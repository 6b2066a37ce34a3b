"""Whether a webhook body is Meta's: HMAC-SHA256 over the raw bytes, against each secret that may have signed it."""

import hashlib
import hmac
from collections.abc import Sequence

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="


def find_signer(body: bytes, header: str | None, secrets: Sequence[str]) -> int | None:
    """The index of the secret that signed `body`; None when none did. Every secret is tried, in constant time."""
    given = (header or "").strip().lower()
    if not given.startswith(_PREFIX) or not given.isascii():
        return None
    signer = None
    for index, secret in enumerate(secrets):
        if hmac.compare_digest(sign(body, secret), given) and signer is None:
            signer = index
    return signer


def sign(body: bytes, secret: str) -> str:
    """What the platform writes into the header."""
    return _PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def prove(token: str, app_secret: str) -> str:
    """`appsecret_proof`: shows that a call with this token comes from the app itself."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
