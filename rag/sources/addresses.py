"""Which addresses a page may be read from: never one inside, whatever name leads there."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import SplitResult, urlsplit

from core.errors import SellerError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""(host, port) -> its addresses. Raises OSError when there are none."""

_SHARED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 one: it is the inner address that counts."""


class RefusedAddress(SellerError):
    """A page that must not be read."""


def check_url(url: str) -> SplitResult:
    """Raises RefusedAddress for what is no plain web address."""
    hint = "write it like https://example.com/delivery"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise RefusedAddress("this is no web address", where=url, hint=hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedAddress("this is no web address", where=url, hint=hint)
    if parts.username or parts.password:
        raise RefusedAddress("an address with a password in it is not read", where=parts.hostname, hint=hint)
    return parts


async def find_address(url: str, resolve: Resolve) -> str:
    """The address to connect to. Every address of the name must be a public one, since any may be chosen later.

    Raises RefusedAddress; the caller must connect to the address given and not look the name up again.
    """
    parts = check_url(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = await resolve(host, port)
    except (OSError, UnicodeError):
        raise RefusedAddress("this name leads nowhere", where=url, hint="check the spelling and the network") from None
    inner = [address for address in found if not is_public(address)]
    if inner or not found:
        hint = "only public pages are read; put the text into knowledge/ as a file instead"
        raise RefusedAddress("this address lies inside a private network", where=url, hint=hint)
    return found[0]


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast, reserved and unreadable addresses."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in _SHARED:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


async def resolve(host: str, port: int) -> Sequence[str]:
    """As the system does it, numbers in any notation included."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
