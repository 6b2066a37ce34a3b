"""Each row of the error table has its class, and what nobody can know stays unknown."""

from typing import Any

import httpx
import pytest

from bots.meta.error_table import ROWS, Row, Verdict, find_row
from bots.meta.refusals import judge_answer, judge_failure
from core.domain.sending import Refused, Scope, Sent, Unknown


def error(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "error_subcode": subcode, "message": "x", **more}}


def test_an_answer_with_a_message_id_is_sent_and_tells_to_whom() -> None:
    assert judge_answer(200, {"recipient_id": "1", "message_id": "m1"}) == Sent("m1", "1")
    assert judge_answer(200, {"message_id": "m1"}) == Sent("m1")


def test_no_code_stands_in_the_table_twice() -> None:
    assert len({(row.code, row.subcode) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code}-{row.subcode}")
def test_every_row_gives_what_its_verdict_says(row: Row) -> None:
    result = judge_answer(400, error(row.code, row.subcode))
    assert not isinstance(result, Sent)
    assert result.reason == row.reason
    if row.verdict is Verdict.DELIVERED:
        assert isinstance(result, Unknown)
        return
    assert isinstance(result, Refused)
    again = {Verdict.RETRY, Verdict.RATE, Verdict.TOKEN, Verdict.RESTRICTED}
    assert (result.retry_after is not None) == (row.verdict in again)
    scopes = {
        Verdict.CHAT: Scope.CHAT, Verdict.THREAD: Scope.CHAT, Verdict.RATE: Scope.CHAT,
        Verdict.TOKEN: Scope.CHANNEL, Verdict.RESTRICTED: Scope.CHANNEL,
    }  # fmt: skip
    assert result.scope is scopes.get(row.verdict, Scope.MESSAGE)


@pytest.mark.parametrize("subcode", [460, 463, 467, None, 99])
def test_a_dead_token_stops_the_account_and_calls_somebody(subcode: int | None) -> None:
    result = judge_answer(401, error(190, subcode))
    assert isinstance(result, Refused)
    assert (result.scope, result.alert) == (Scope.CHANNEL, True)


def test_a_subcode_without_a_row_has_its_codes_class() -> None:
    assert find_row(551, 424242) == find_row(551, None)


def test_a_code_of_next_year_is_tried_again_only_when_it_says_that_it_will_pass() -> None:
    passing, final = judge_answer(500, error(7777, is_transient=True)), judge_answer(400, error(7777))
    assert isinstance(passing, Refused)
    assert passing.retry_after is not None
    assert isinstance(final, Refused)
    assert (final.retry_after, final.alert) == (None, True)


@pytest.mark.parametrize(("status", "kind"), [(502, Unknown), (500, Unknown), (403, Refused), (413, Refused)])
def test_a_page_that_is_not_the_platforms_word_is_certain_only_before_it(status: int, kind: type) -> None:
    assert isinstance(judge_answer(status, None), kind)


@pytest.mark.parametrize("body", [[], {}, {"message_id": ""}, {"error": "x"}, {"error": {"code": "x"}}, "text"])
def test_an_odd_answer_never_raises_and_is_never_sent(body: Any) -> None:
    assert not isinstance(judge_answer(200, body), Sent)


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")])
def test_what_was_never_written_may_be_sent_again(failure: httpx.HTTPError) -> None:
    result = judge_failure(failure)
    assert isinstance(result, Refused)
    assert result.retry_after is not None


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")])
def test_what_was_written_and_not_answered_is_unknown(failure: httpx.HTTPError) -> None:
    assert isinstance(judge_failure(failure), Unknown)
