from datetime import timedelta

import pytest

from core.jobs.retry import Retry, as_json


def test_pauses_grow_until_the_last_attempt() -> None:
    retry = Retry(attempts=4, pause=timedelta(seconds=2), growth=5)
    assert [retry.pause_after(failures) for failures in (1, 2, 3, 4)] == [
        timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=50), None,
    ]  # fmt: skip


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", float("nan")])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        as_json(value)
