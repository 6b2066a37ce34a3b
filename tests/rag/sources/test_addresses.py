from collections.abc import Sequence

import pytest

from rag.sources.addresses import RefusedAddress, check_url, find_address, is_public, resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_addresses_inside_are_never_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_net_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/a", "file:///etc/passwd", "example.com", "https://", "javascript:alert(1)", "gopher://x",
        "https://user:secret@example.com/", "http://[::1", "http://example.com:99999/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress) as refusal:
        check_url(url)
    assert refusal.value.hint
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("found", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], []])
async def test_one_inner_address_of_a_name_is_enough_to_refuse_it(found: list[str]) -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return found

    with pytest.raises(RefusedAddress):
        await find_address("https://shop.example/", resolve)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/"])
async def test_numbers_in_any_notation_are_seen_through(url: str) -> None:
    with pytest.raises(RefusedAddress):
        await find_address(url, resolve)


async def test_a_name_that_leads_nowhere_says_so() -> None:
    async def lost(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(RefusedAddress, match="leads nowhere"):
        await find_address("https://nowhere.example/", lost)
