"""The Graph API's error codes, as data: what each means for one send.

Source: Messenger Platform and Instagram error code pages, editions of March and June 2026.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    RETRY = "retry"
    """Did not happen, may be tried again soon."""
    RATE = "rate"
    """Did not happen, slow down."""
    MESSAGE = "message"
    """This message will never go."""
    WINDOW = "window"
    """Only a person, a template or nobody may write now."""
    CHAT = "chat"
    """Nothing will go to this person until they write."""
    THREAD = "thread"
    """Another application holds the thread."""
    TOKEN = "token"
    """The account cannot send until somebody signs in again."""
    RESTRICTED = "restricted"
    """The account may not send until somebody mends its settings or review."""
    DELIVERED = "delivered"
    """An error that stands for a message that did arrive."""


@dataclass(frozen=True, slots=True)
class Row:
    """`subcode` None = every subcode without a row of its own."""

    code: int
    subcode: int | None
    verdict: Verdict
    reason: str


ROWS: Final = (
    Row(1, 1357046, Verdict.DELIVERED, "answer_unreadable"),
    Row(1, None, Verdict.RETRY, "temporary"),
    Row(2, None, Verdict.RETRY, "temporary"),
    Row(1200, None, Verdict.RETRY, "temporary"),
    Row(4, None, Verdict.RATE, "too_many_requests"),
    Row(17, None, Verdict.RATE, "too_many_requests"),
    Row(32, None, Verdict.RATE, "too_many_requests"),
    Row(613, 2018338, Verdict.CHAT, "abuse_warning"),
    Row(613, None, Verdict.RATE, "too_many_requests"),
    Row(10, 2018278, Verdict.WINDOW, "window"),
    Row(10, 2534022, Verdict.WINDOW, "window"),
    Row(10, 2018065, Verdict.WINDOW, "window"),
    Row(10, 2018108, Verdict.CHAT, "not_reachable"),
    Row(10, 1893063, Verdict.RESTRICTED, "page_restricted"),
    Row(10, None, Verdict.RESTRICTED, "no_permission"),
    Row(551, None, Verdict.CHAT, "not_reachable"),
    Row(200, 1545041, Verdict.CHAT, "not_reachable"),
    Row(200, 2018028, Verdict.RESTRICTED, "not_reviewed"),
    Row(200, 2534041, Verdict.RESTRICTED, "message_access_is_off"),
    Row(200, None, Verdict.RESTRICTED, "no_permission"),
    Row(100, 2018001, Verdict.MESSAGE, "no_such_person"),
    Row(100, 2018008, Verdict.MESSAGE, "wrong_file"),
    Row(100, 2018047, Verdict.MESSAGE, "wrong_file"),
    Row(100, 2018109, Verdict.MESSAGE, "file_too_big"),
    Row(100, 2534029, Verdict.CHAT, "blocked"),
    Row(100, 2534037, Verdict.THREAD, "another_app_holds_the_thread"),
    Row(2018300, None, Verdict.THREAD, "another_app_holds_the_thread"),
    Row(100, None, Verdict.MESSAGE, "bad_request"),
    Row(190, None, Verdict.TOKEN, "token_rejected"),
    Row(368, None, Verdict.RESTRICTED, "blocked_for_policy"),
    Row(230, None, Verdict.MESSAGE, "consent_missing"),
    Row(2022, None, Verdict.MESSAGE, "send_limit"),
    Row(2018321, None, Verdict.MESSAGE, "not_allowed_here"),
    Row(2018218, None, Verdict.MESSAGE, "no_profile"),
    Row(2018247, None, Verdict.MESSAGE, "no_profile"),
    Row(9000001, None, Verdict.MESSAGE, "deleted"),
    Row(10900, None, Verdict.MESSAGE, "already_replied_privately"),
    Row(10903, None, Verdict.MESSAGE, "already_replied_privately"),
    Row(9010, None, Verdict.MESSAGE, "no_such_person"),
)

_BY_CODE: Final = {(row.code, row.subcode): row for row in ROWS}


def find_row(code: int, subcode: int | None) -> Row | None:
    return _BY_CODE.get((code, subcode)) or _BY_CODE.get((code, None))
