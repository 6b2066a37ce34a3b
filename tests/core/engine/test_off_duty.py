"""Nobody is there: the customer learns honestly when somebody will be, in three languages, and the talk goes on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.domain.conversation import RESUMED, Holder, Line, Memory
from core.domain.ids import MessageId
from core.domain.turn import Turn, TurnResult, Understood
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.strategy.firm_folder import load_firm
from tests.core.engine.situations import build_turn
from tests.core.engine.test_engine import Library, Meant, quote

LOADED = load_firm(Path(__file__).parents[3] / "examples" / "kavomir")
SATURDAY_NIGHT = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


COMPLAINTS = {
    "uk": "Кавомашина зламалася за тиждень, це жах!",
    "ru": "Кофемашина сломалась через неделю, это ужас!",
    "en": "The machine broke after a week, this is outrageous!",
}


def turn(language: str, **more: object) -> Turn:
    found = build_turn(str(more.pop("text", "words")), playbook=LOADED.playbooks["buyers"], firm=LOADED.firm, **more)
    return replace(found, conversation=replace(found.conversation, language=language))


async def take(language: str, *acts: str, **more: object) -> TurnResult:
    meant = Understood(language=language, act=acts[0], acts=acts, probability=0.9)
    composer = TemplateComposer(quote=quote)
    engine = Engine(understanding=Meant(meant), knowledge=Library(), composer=composer)
    return await engine.take_turn(turn(language, **more))


@pytest.mark.parametrize(
    ("language", "monday", "tuesday"),
    [
        ("uk", "у понеділок о 9:00", "завтра о 9:00"),
        ("ru", "в понедельник в 9:00", "завтра в 9:00"),
        ("en", "on Monday at 9:00", "tomorrow at 9:00"),
    ],
)
async def test_who_wants_a_person_is_told_when_people_are_back(language: str, monday: str, tuesday: str) -> None:
    for now, back in ((SATURDAY_NIGHT, monday), (MONDAY_NIGHT, tuesday)):
        for act, text in (("ask_human", "a person, please"), ("other", COMPLAINTS[language])):
            result = await take(language, act, now=now, text=text)
            assert back in result.replies[0].text
            assert result.holder is Holder.WAITING


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
async def test_a_second_call_at_night_is_answered_and_stays_in_the_waiting_list(language: str) -> None:
    result = await take(language, "ask_human", now=MONDAY_NIGHT, holder=Holder.WAITING)
    assert "9:00" in result.replies[0].text
    assert result.holder is Holder.WAITING
    assert not [event for event in result.events if event.kind == "handed_off"]


async def test_a_question_at_night_is_answered_and_the_person_stays_called() -> None:
    result = await take("uk", "ask_price", now=MONDAY_NIGHT, holder=Holder.WAITING)
    assert result.replies
    assert result.holder is Holder.WAITING


@pytest.mark.parametrize(
    ("language", "words"),
    [("uk", "знову автоматичний помічник"), ("ru", "снова автоматический помощник"), ("en", "automated assistant")],
)
async def test_a_bot_that_comes_back_because_nobody_answered_says_so(language: str, words: str) -> None:
    said = (Line(MessageId(3), "operator", "Hello, I am Petro.", MONDAY_NIGHT),)
    memory = Memory(turns=3)
    result = await take(language, "greeting", history=said, memory=memory, holder_reason=RESUMED)
    assert words in result.replies[0].text
