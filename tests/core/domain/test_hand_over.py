"""How long a customer waits for a person before the bot comes back."""

from datetime import timedelta

import pytest

from core.domain.conversation import ANOTHER_APP, NATIVE_APP
from core.domain.hand_over import HandOver, resume_limit

APP, DESK = timedelta(minutes=30), timedelta(hours=4)


@pytest.mark.parametrize(
    ("reason", "limit"), [(NATIVE_APP, APP), ("taken_over", DESK), (None, DESK), (ANOTHER_APP, None)]
)
def test_each_kind_of_holder_has_its_own_patience_and_another_application_has_all_of_it(
    reason: str | None, limit: timedelta | None
) -> None:
    assert resume_limit(HandOver(resume_app=APP, resume_desk=DESK), reason) == limit
