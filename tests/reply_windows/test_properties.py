"""What holds for any rules, any history and any hour."""

from datetime import UTC, datetime, time, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import (
    Answer,
    BotAnswer,
    BotMessage,
    MayGo,
    MayGoFrom,
    MayGoTagged,
    MayNot,
    OperatorMessage,
    PersonWindow,
    Standing,
    Window,
    WindowRules,
    may_bot_send,
    may_operator_send,
)
from core.domain.send_time import plan_send

START = datetime(2026, 3, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PERSON = OperatorMessage("olena")

moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)
spans = st.integers(1, 10 * 24 * 60).map(lambda minutes: minutes * MINUTE)
windows = st.builds(Window, lasts=spans, source=st.just("a page"), as_of=st.just("2026"), is_granted=st.booleans())
people = st.builds(
    PersonWindow, lasts=spans, tag=st.just("TAG"), source=st.just("a page"), as_of=st.just("2026"),
    is_granted=st.booleans(),
)  # fmt: skip
rules_of_any_channel = st.builds(
    WindowRules, bot_window=st.none() | spans, source=st.just("a page"), as_of=st.just("2026"),
    ad=st.none() | windows, person=st.none() | people, comment=st.none() | windows,
)  # fmt: skip
standings = st.builds(
    Standing, opened_at=st.none() | moments, reachable=st.sampled_from([True, True, True, False]),
    opted_out=st.sampled_from([False, False, False, True]), ad_entry_at=st.none() | moments,
    comment_at=st.none() | moments, comment_id=st.none() | st.just("c"), comment_answered=st.booleans(),
    held_elsewhere=st.sampled_from([False, False, False, True]),
)  # fmt: skip
clocks = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))
nights = st.none() | st.builds(
    QuietHours, begin=clocks, end=clocks, zone=st.sampled_from(["Europe/Kyiv", "America/New_York", "Asia/Kathmandu"])
).filter(lambda night: night.begin != night.end)


def test_no_answer_to_a_bot_can_hold_a_tag() -> None:
    assert MayGoTagged not in get_args(BotAnswer)


@given(rules_of_any_channel, standings, st.booleans(), moments, nights)
def test_a_bots_message_never_goes_under_the_human_tag(
    rules: WindowRules, standing: Standing, is_reply: bool, now: datetime, quiet: QuietHours | None
) -> None:
    answer = may_bot_send(rules, standing, BotMessage(is_reply), now=now, quiet=quiet)
    assert isinstance(answer, get_args(BotAnswer))
    assert not hasattr(answer, "tag")


@given(rules_of_any_channel, standings, st.booleans(), moments)
def test_a_permission_holds_until_its_end_and_no_longer(
    rules: WindowRules, standing: Standing, is_reply: bool, now: datetime
) -> None:
    def ask_for_bot(at: datetime) -> Answer:
        return may_bot_send(rules, standing, BotMessage(is_reply), now=at)

    def ask_for_person(at: datetime) -> Answer:
        return may_operator_send(rules, standing, PERSON, now=at)

    for ask in (ask_for_bot, ask_for_person):
        answer = ask(now)
        if isinstance(answer, MayGoFrom | MayNot) or answer.until is None:
            continue
        assert now < answer.until
        assert type(ask(answer.until - timedelta(microseconds=1))) is type(answer) or standing.opted_out
        ended = ask(answer.until)
        assert isinstance(ended, MayNot) or ended.until != answer.until


@given(rules_of_any_channel, standings, moments, nights)
def test_what_is_held_may_go_when_its_time_has_come(
    rules: WindowRules, standing: Standing, now: datetime, quiet: QuietHours | None
) -> None:
    bot = may_bot_send(rules, standing, BotMessage(is_reply=False), now=now, quiet=quiet)
    if isinstance(bot, MayGoFrom):
        assert bot.at > now
        assert isinstance(may_bot_send(rules, standing, BotMessage(is_reply=False), now=bot.at, quiet=quiet), MayGo)
    person = may_operator_send(rules, standing, PERSON, now=now, quiet=quiet)
    if isinstance(person, MayGoFrom):
        then = may_operator_send(rules, standing, PERSON, now=person.at, quiet=quiet)
        assert not isinstance(then, MayGoFrom | MayNot)


@given(rules_of_any_channel, standings, moments, nights)
def test_quiet_hours_make_nothing_impossible_for_a_person(
    rules: WindowRules, standing: Standing, now: datetime, quiet: QuietHours | None
) -> None:
    by_day, by_night = (may_operator_send(rules, standing, PERSON, now=now, quiet=hours) for hours in (None, quiet))
    assert isinstance(by_day, MayNot) == isinstance(by_night, MayNot)


@given(rules_of_any_channel, standings, st.booleans(), moments, nights)
def test_a_refusal_that_names_a_person_is_right(
    rules: WindowRules, standing: Standing, is_reply: bool, now: datetime, quiet: QuietHours | None
) -> None:
    answer = may_bot_send(rules, standing, BotMessage(is_reply), now=now, quiet=quiet)
    if isinstance(answer, MayNot):
        theirs = may_operator_send(rules, standing, PERSON, now=now, quiet=quiet)
        assert isinstance(theirs, MayNot) == (answer.person_until is None)


@given(rules_of_any_channel, standings, moments, moments, nights)
def test_what_is_planned_may_go_then(
    rules: WindowRules, standing: Standing, now: datetime, wished: datetime, quiet: QuietHours | None
) -> None:
    at = plan_send(rules, standing, wished, now=now, quiet=quiet)
    if at is not None:
        assert at >= now
        assert isinstance(may_bot_send(rules, standing, BotMessage(is_reply=False), now=at, quiet=quiet), MayGo)
