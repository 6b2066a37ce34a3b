"""A month of random schedules on every channel, judged minute by minute by a rule book of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.reply_window import WindowRules
from tests.reply_windows.month import CHANNELS, Player, Tally, build_schedule, with_ads

MUTANTS = 60
SCHEDULES = 500
"""The benchmark `benchmarks.windows` plays a hundred thousand."""


def played(seeds: range, rules: WindowRules | None = None, channel: str | None = None) -> Tally:
    tally = Tally()
    for seed in seeds:
        schedule = build_schedule(seed)
        if channel:
            schedule = replace(schedule, channel=channel)
        tally.add(Player(schedule, rules).play())
    return tally


def test_nothing_illegal_is_sent_and_nothing_legal_is_dropped() -> None:
    tally = played(range(SCHEDULES))
    assert tally.examples == []
    assert (tally.illegal, tally.dropped, tally.wrong_time, tally.bot_tagged, tally.badly_planned) == (0, 0, 0, 0, 0)
    assert min(tally.sent, tally.tagged, tally.private, tally.held, tally.refused) > 20
    assert tally.taken_back > 0
    assert min(tally.planned, tally.not_planned) > 20


MESSENGER = CHANNELS["messenger_reviewed"][0]


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        (replace(MESSENGER, bot_window=timedelta(hours=24, minutes=1)), "illegal"),
        (replace(MESSENGER, bot_window=timedelta(hours=23, minutes=59)), "illegal"),  # too early under the tag
        (replace(MESSENGER, comment=None), "dropped"),
        (replace(MESSENGER, person=None), "dropped"),
        (with_ads(MESSENGER), "illegal"),
        (replace(CHANNELS["webchat"][0], bot_window=timedelta(days=3)), "dropped"),
    ],
)
def test_the_rule_book_notices_a_rule_that_is_wrong(rules: WindowRules, fault: str) -> None:
    channel = "webchat" if rules.bot_window == timedelta(days=3) else "messenger_reviewed"
    assert getattr(played(range(MUTANTS), rules, channel), fault) > 0
