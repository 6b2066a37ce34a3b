"""The desk says what may still be sent, by whom and until when, and closes the composer when nothing may."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.delivery import call_person
from bots.desk.reach import Reach, read_reach
from bots.messenger.window import WINDOW
from core.domain.conversation import Holder
from core.domain.quiet_hours import QuietHours
from core.domain.reply_window import NO_LIMIT, Standing, WindowRules, with_person_window
from core.storage.database import Database, build_engine
from core.storage.standing import note_opener
from core.storage.turns import load_conversation
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import NOON, Demo, add_users, build_demo
from tests.bots.desk.talks import answer, say
from tests.servers import migrated_sqlite

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REVIEWED = with_person_window(WINDOW)
NIGHT = QuietHours(NOON.time().replace(hour=21), NOON.time().replace(hour=8), "Europe/Kyiv")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """A desk on a channel whose application the platform has reviewed."""
    database = Database(build_engine(f"sqlite:///{shutil.copy(migrated_sqlite(), tmp_path / 'seller.db')}"))
    demo = build_demo(database)
    demo.parts = replace(demo.parts, rules_for=lambda account, chat: REVIEWED)
    await add_users(demo)
    await say(demo, "anna", "Добрий день", at=NOON, name="Анна")
    await answer(demo, "anna", "Вітаю!", at=NOON)
    yield demo
    database.close()


@pytest.mark.parametrize(
    ("rules", "standing", "later", "reach"),
    [
        (NO_LIMIT, Standing(NOON), HOUR, Reach("open")),
        (WINDOW, Standing(NOON), HOUR, Reach("both", NOON + DAY)),
        (REVIEWED, Standing(NOON), HOUR, Reach("both", NOON + DAY, NOON + 7 * DAY)),
        (REVIEWED, Standing(NOON), 2 * DAY, Reach("person", NOON + 7 * DAY)),
        (WINDOW, Standing(NOON), 2 * DAY, Reach("closed", rule="tag_not_granted")),
        (REVIEWED, Standing(NOON), 7 * DAY, Reach("closed", rule="window")),
        (REVIEWED, Standing(None, comment_at=NOON, comment_id="c"), HOUR, Reach("private", NOON + 7 * DAY)),
        (REVIEWED, Standing(NOON, opted_out=True), HOUR, Reach("closed", rule="opted_out")),
        (NO_LIMIT, Standing(NOON, reachable=False), HOUR, Reach("closed", rule="unreachable")),
        (
            REVIEWED,
            Standing(NOON),
            DAY + 10 * HOUR,
            Reach("person", NOON + 7 * DAY, waits_until=NOON + DAY + 20 * HOUR),
        ),
    ],
)
def test_what_may_be_sent_is_said_in_one_word(
    rules: WindowRules, standing: Standing, later: timedelta, reach: Reach
) -> None:
    assert read_reach(rules, standing, name="petro", now=NOON + later, quiet=NIGHT) == reach


async def talk(demo: Demo, visitor: Visitor) -> str:
    return text(await visitor.get(f"/desk/conversations/{demo.talks['anna']}"))


@pytest.mark.parametrize(
    ("rule", "why"),
    [("window", "the reply window is over"), ("wrong_file", "the platform could not take the file")],
)
async def test_what_delivery_refused_waits_with_its_reason_and_its_countdown(
    rule: str, why: str, demo: Demo, visitor: Visitor
) -> None:
    demo.clock.advance(DAY + HOUR)
    now, of = demo.clock.now(), demo.talks["anna"]
    await demo.database.write(lambda conn: call_person(conn, load_conversation(conn, of), rule, now))
    await visitor.sign_in("petro")
    listed = await visitor.get("/desk?holder=waiting")
    assert "only a person 5 d 23 h" in text(listed)
    assert f'title="{why}"' in listed.text
    assert why in await talk(demo, visitor)


async def test_the_talk_and_the_lead_table_count_down(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    demo.clock.advance(18 * HOUR + timedelta(minutes=48))
    assert "bot and people 5 h 12 min · then only a person, until 30 November 2026" in await talk(demo, visitor)
    table = await visitor.get("/desk")
    assert "bot and people 5 h 12 min" in text(table)
    assert f'<time class="left" datetime="{(NOON + DAY).isoformat()}"' in table.text
    demo.clock.advance(DAY)
    assert "only a person 5 d 5 h · then nobody, until the contact writes" in await talk(demo, visitor)


async def test_the_composer_is_closed_with_the_reason_when_nothing_may_be_sent(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    here = f"/desk/conversations/{demo.talks['anna']}"
    await visitor.send(f"{here}/take_over")
    assert "reply-text" in (await visitor.get(here)).text
    demo.clock.advance(8 * DAY)
    await visitor.sign_in("petro")
    page = await visitor.get(here)
    assert "reply-text" not in page.text
    assert "Nothing can be sent. The platform’s reply window is over." in text(page)
    assert "Nothing can be sent" in text(await visitor.get("/desk"))
    await say(demo, "anna", "Ще тут?", at=demo.clock.now())
    await answer(demo, "anna", "", at=demo.clock.now(), action="wait", holder=Holder.OPERATOR)
    assert "reply-text" in (await visitor.get(here)).text


async def test_a_missing_permission_is_told_before_anybody_types(demo: Demo, visitor: Visitor) -> None:
    object.__setattr__(demo.parts, "rules_for", lambda account, chat: WINDOW)
    await visitor.sign_in("petro")
    await visitor.send(f"/desk/conversations/{demo.talks['anna']}/take_over")
    demo.clock.advance(2 * DAY)
    page = await visitor.get(f"/desk/conversations/{demo.talks['anna']}")
    assert "META_HUMAN_TAG" in page.text
    assert "reply-text" not in page.text


async def test_a_reaction_opens_the_composer_again(demo: Demo, visitor: Visitor) -> None:
    demo.clock.advance(8 * DAY)
    await visitor.sign_in("petro")
    now = demo.clock.now()
    await demo.database.write(lambda conn: note_opener(conn, demo.talks["anna"], now))
    assert "bot and people 1 d" in await talk(demo, visitor)


async def test_leads_are_sorted_by_whose_window_closes_first(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    await say(demo, "bohdan", "Ціна?", at=NOON + HOUR, name="Богдан")
    await answer(demo, "bohdan", "100 грн", at=NOON + HOUR)
    page = text(await visitor.get("/desk?sort=reach&dir=asc"))
    assert page.index("Анна") < page.index("Богдан")


async def test_it_is_said_in_ukrainian_too(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    await visitor.send("/desk/account/language", language="uk", back="/desk")
    demo.clock.advance(18 * HOUR + timedelta(minutes=48))
    assert "бот і люди 5 год 12 хв · потім лише людина" in await talk(demo, visitor)
