"""Who a visitor is: an id the server made, proven by a signed cookie."""

import hashlib
import hmac
import ipaddress
import secrets

COOKIE = "seller_visitor"
COOKIE_LIFE_S = 30 * 24 * 3600


class Visitors:
    def __init__(self, *, secret: bytes, secure: bool) -> None:
        self._secret = secret
        self.secure = secure

    def issue(self) -> str:
        return secrets.token_urlsafe(16)

    def sign(self, visitor: str) -> str:
        return f"{visitor}.{self._signature(visitor)}"

    def find(self, cookie: str | None) -> str | None:
        """The visitor of a genuine cookie."""
        visitor, _, signature = (cookie or "").rpartition(".")
        genuine = visitor and hmac.compare_digest(signature.encode(), self._signature(visitor).encode())
        return visitor if genuine else None

    def may_speak_as(self, visitor: str, cookie: str | None, address: str | None) -> bool:
        """On loopback any id will do: programs and tests need no cookie there."""
        return is_loopback(address) or self.find(cookie) == visitor

    def _signature(self, visitor: str) -> str:
        return hmac.new(self._secret, visitor.encode(), hashlib.sha256).hexdigest()[:32]


def is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
