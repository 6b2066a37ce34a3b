"""Whole talks as data, through the real brain: local understanding, real search, the example firm."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.scripts.lines import CHANNELS, Platforms, connect, plays_on
from bots.evaluation.dialogues import play
from bots.evaluation.request import Request
from bots.evaluation.stand import Stand, open_stand
from bots.evaluation.talk_rules import find_failures

FOLDER = Path(__file__).parent
FIRM = FOLDER.parents[1] / "examples" / "kavomir"
Talk = dict[str, Any]
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TALKS = [talk for file in sorted(FOLDER.glob("*.yaml")) for talk in yaml.safe_load(file.read_text())]


@pytest.fixture(scope="module")
async def stand() -> AsyncIterator[Stand]:
    async with open_stand(Request(FIRM, NOON)) as stand:
        yield stand


AT_A_TERMINAL = [talk for talk in TALKS if plays_on(talk, "console")]


@pytest.mark.parametrize("talk", AT_A_TERMINAL, ids=[talk["id"] for talk in AT_A_TERMINAL])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_talk_goes_as_a_salesperson_would_want(talk: dict[str, Any], stand: Stand) -> None:
    stand.clock.advance(NOON - stand.clock.now())
    played = await play(stand, talk)
    assert find_failures(talk["expected"], played) == [], [reply.text for reply in played.replies]
    asked = [reply.text for reply in played.replies if reply.text.count("?") > 1]
    assert asked == [], "more than one question in a reply"


def choose(talks: list[Talk], channel: str) -> list[Talk]:
    """One buyer and one partner of each language, others on each channel; `benchmarks.scripts` has all of them."""
    strata: dict[tuple[str, str], list[Talk]] = {}
    for talk in (each for each in talks if "expects" not in each and plays_on(each, channel)):
        strata.setdefault((talk["language"], talk.get("role", "buyer")), []).append(talk)
    place = CHANNELS.index(channel)
    return [each[(place * len(each) // len(CHANNELS) + 1) % len(each)] for each in strata.values()]


CHOSEN = [(channel, talk) for channel in CHANNELS for talk in choose(TALKS, channel)]


@pytest.fixture(scope="module")
async def platforms(stand: Stand) -> AsyncIterator[Platforms]:
    factory = logging.getLogRecordFactory()
    async with connect(stand) as platforms:
        yield platforms
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize(("channel", "talk"), CHOSEN, ids=[f"{channel}-{talk['id']}" for channel, talk in CHOSEN])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_talk_brings_the_same_facts_and_outcome_on_every_platform(
    channel: str, talk: Talk, platforms: Platforms
) -> None:
    platforms.stand.clock.advance(NOON - platforms.stand.clock.now())
    line = platforms.line(channel, talk)
    played = await play(platforms.stand, talk, line)
    assert find_failures(talk["expected"], played) == [], line.seen()
    assert line.seen()


@pytest.mark.asyncio(loop_scope="module")
async def test_the_number_is_the_same_fact_where_no_button_can_share_it(platforms: Platforms) -> None:
    said = [{"text": "Хочу кавомашину для дому, бюджет 25000"}, {"text": "Олег, 067 555 44 33"}]
    found = []
    for channel in CHANNELS:
        platforms.stand.clock.advance(NOON - platforms.stand.clock.now())
        talk = {"id": "phone", "language": "uk", "messages": said}
        found.append(dict((await play(platforms.stand, talk, platforms.line(channel, talk))).facts))
    assert found[0]["phone"] == "+380675554433"
    assert found == [found[0]] * len(CHANNELS)
