"""The conformance table: `cases.yaml` says what each platform's page allows, this reads it to the engine."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.domain.messages import OPENERS, InboundKind
from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import (
    Answer,
    BotMessage,
    MayGo,
    MayGoFrom,
    MayGoPrivately,
    MayGoTagged,
    MayNot,
    OperatorMessage,
    Standing,
    may_bot_send,
    may_operator_send,
)
from tests.reply_windows.month import CHANNELS

NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
PERSON = OperatorMessage("olena")
GROUPS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
KINDS = {
    "message": InboundKind.TEXT, "stop": InboundKind.TEXT, "ad": InboundKind.TEXT, "link": InboundKind.COMMAND,
    "read": InboundKind.RECEIPT, "timer": InboundKind.FOLLOW_UP,
}  # fmt: skip
"""Events that are called something else at the door; the others bear the name of their kind."""
BARE = frozenset({"ad_click", "comment", "answered", "taken", "given"})


def moment(text: str) -> timedelta:
    """`1d2h30m`."""
    found = re.fullmatch(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?", text)
    assert found, text
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def stand(history: str) -> Standing:
    standing, comments = Standing(None), 0
    for line in filter(None, history.split(", ")):
        event, _, when = line.partition(" ")
        at = NOON + moment(when)
        kind = None if event in BARE else KINDS.get(event) or InboundKind(event)
        if kind in OPENERS:
            standing = replace(standing, opened_at=max(at, standing.opened_at or at))
        if kind in OPENERS - {InboundKind.REACTION}:
            standing = replace(standing, reachable=True, opted_out=event == "stop")
        comments += event == "comment"
        changes: dict[str, dict[str, Any]] = {
            "ad": {"ad_entry_at": at},
            "comment": {"comment_at": at, "comment_id": f"c{comments}", "comment_answered": False},
            "answered": {"comment_answered": True},
            "blocked": {"reachable": False},
            "unblocked": {"reachable": True},
            "taken": {"held_elsewhere": True},
            "given": {"held_elsewhere": False},
        }
        standing = replace(standing, **changes.get(event, {}))
    return standing


def read_answer(text: str) -> Answer:
    found = re.fullmatch(
        r"(go|tagged|private|from|not)(?: (?!until|by)(\S+))?(?: until (\S+))? by (\w+)(?:, person until (\S+))?", text
    )
    assert found, text
    word, detail, until, rule, person = found.groups()
    end = NOON + moment(until) if until else None
    match word:
        case "go":
            return MayGo(rule, end)
        case "from":
            return MayGoFrom(NOON + moment(detail), rule, end)
        case "not":
            return MayNot(rule, NOON + moment(person) if person else None)
    assert end
    return MayGoTagged(rule, end, detail, PERSON) if word == "tagged" else MayGoPrivately(rule, end, detail)


def quiet_hours(text: str | None) -> QuietHours | None:
    begin, _, end = (text or "").partition("-")
    return QuietHours(time.fromisoformat(begin), time.fromisoformat(end), "Europe/Kyiv") if text else None


def cases() -> Iterator[Any]:
    for group in GROUPS:
        for case in group["cases"]:
            name = f"{group['channel']}: {case['history']} | {case['who']} at {case['at']}"
            yield pytest.param(group["channel"], group.get("quiet"), case, id=f"{name} {group.get('quiet', '')}")


@pytest.mark.parametrize(("channel", "quiet", "case"), cases())
def test_the_engine_answers_as_the_platforms_page(channel: str, quiet: str | None, case: dict[str, str]) -> None:
    rules, now, standing = CHANNELS[channel][0], NOON + moment(case["at"]), stand(case["history"])
    hours = quiet_hours(quiet)
    if case["who"] == "person":
        answer: Answer = may_operator_send(rules, standing, PERSON, now=now, quiet=hours)
    else:
        answer = may_bot_send(rules, standing, BotMessage(case["who"] == "reply"), now=now, quiet=hours)
    assert answer == read_answer(case["answer"])


def test_the_table_is_as_long_as_it_was_promised() -> None:
    assert len(list(cases())) >= 80
