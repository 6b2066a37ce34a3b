"""Only what the application's secret signed is let in, byte for byte."""

import json

import pytest

from bots.meta.signature import find_signer, prove, sign

BODY = json.dumps({"text": "Привіт 😀 /?%@<"}).encode()


def test_what_a_secret_signed_is_found_with_its_index() -> None:
    assert find_signer(BODY, sign(BODY, "b"), ["a", "b"]) == 1


def test_the_header_may_be_in_capitals_and_have_blanks_around_it() -> None:
    assert find_signer(BODY, f" {sign(BODY, 'a').upper()} ", ["a"]) == 0


@pytest.mark.parametrize(
    "header",
    [None, "", "sha256=", "sha1=" + sign(BODY, "a")[7:], sign(BODY, "a")[7:], "sha256=ї", sign(BODY, "x")],
)
def test_everything_else_is_nobodys(header: str | None) -> None:
    assert find_signer(BODY, header, ["a", "b"]) is None


def test_a_body_written_anew_has_another_signature() -> None:
    anew = json.dumps(json.loads(BODY), ensure_ascii=False).encode()
    assert find_signer(anew, sign(BODY, "a"), ["a"]) is None


def test_without_a_secret_nothing_is_let_in() -> None:
    assert find_signer(BODY, sign(BODY, ""), []) is None


def test_the_proof_depends_on_token_and_secret() -> None:
    assert len({prove("t", "s"), prove("t2", "s"), prove("t", "s2")}) == 3
