"""Promises and the waiting list, as people at the desk see and change them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.domain.ids import ConversationId
from core.domain.messages import InboundKind, InboundMessage
from core.domain.promises import PromiseState
from core.storage.arrivals import store_arrivals
from core.storage.promises import PromiseEntry, list_promises, mark_overdue
from core.storage.talks import find_holder
from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import ACCOUNT, NOON, Demo
from tests.bots.desk.talks import fill


@pytest.fixture
async def petro(demo: Demo, visitor: Visitor) -> Visitor:
    """An operator who has promised Andrii a call and a price."""
    await fill(demo)
    await visitor.sign_in("petro")
    await visitor.send(f"{talk(demo)}/reply", text="Надішлю рахунок за годину. Зателефоную завтра о 10:00.")
    return visitor


def talk(demo: Demo, who: str = "andrii") -> str:
    return f"/desk/conversations/{demo.talks[who]}"


async def promises(demo: Demo) -> dict[str, PromiseEntry]:
    found = await demo.database.read(lambda conn: list_promises(conn, demo.talks["andrii"]))
    return {entry.kind.value: entry for entry in found}


async def pass_time(demo: Demo, by: timedelta) -> None:
    demo.clock.advance(by)
    for entry in (await promises(demo)).values():
        await demo.database.write(lambda conn, entry=entry: mark_overdue(conn, entry.id, demo.clock.now()))  # type: ignore[misc]


async def test_an_operators_promise_stands_beside_the_talk_with_its_words(demo: Demo, petro: Visitor) -> None:
    page = await petro.get(talk(demo))
    assert "Promises a price open 13:00 · petro" in text(page)
    assert "«Надішлю рахунок за годину.»" in text(page)
    assert "to call open 24 Nov, 10:00 · petro" in text(page)


async def test_what_is_overdue_stands_out_in_the_lead_table(demo: Demo, petro: Visitor) -> None:
    assert "overdue promise" not in text(await petro.get("/desk"))
    await pass_time(demo, timedelta(hours=2))
    page = await petro.get("/desk")
    assert "1 lead with an overdue promise" in text(page)
    assert 'class="promise-cell late"' in page.text
    late = text(await petro.get("/desk?promise=overdue&sort=promise&dir=asc"))
    assert "Андрій" in late
    assert "Emma Nowak" not in late
    assert "overdue" in text(await petro.get(talk(demo)))


@pytest.mark.parametrize(("act", "state"), [("kept", PromiseState.KEPT), ("dropped", PromiseState.DROPPED)])
async def test_a_person_closes_a_promise(demo: Demo, petro: Visitor, act: str, state: PromiseState) -> None:
    call = (await promises(demo))["call"]
    page = await petro.send(f"/desk/promises/{call.id}/{act}")
    assert "closed by petro" in text(page)
    assert (await promises(demo))["call"].state is state
    (entry,) = await demo.database.read(lambda conn: list_audit(conn, 1))
    assert (entry.user_name, entry.object) == ("petro", f"promise:{call.id}")


async def test_a_promise_is_given_another_time_of_the_firms_day(demo: Demo, petro: Visitor) -> None:
    await pass_time(demo, timedelta(hours=2))
    price = (await promises(demo))["price"]
    await petro.send(f"/desk/promises/{price.id}/due", due="2026-11-25T09:30")
    again = (await promises(demo))["price"]
    assert (again.state, again.due_at.isoformat()) == (PromiseState.OPEN, "2026-11-25T07:30:00+00:00")


@pytest.mark.parametrize("due", ["", "soon", "2026-11-23T11:00", "9999-99-99T00:00", "0001-01-01T00:00"])
async def test_a_time_that_cannot_be_is_refused(demo: Demo, petro: Visitor, due: str) -> None:
    price = (await promises(demo))["price"]
    answer = await petro.send(f"/desk/promises/{price.id}/due", due=due)
    assert answer.status_code == 422
    assert "Choose a day and a time that are still to come." in text(answer)


async def test_a_promise_that_does_not_exist_is_told_as_a_page(petro: Visitor) -> None:
    assert (await petro.send("/desk/promises/999/kept")).status_code == 404


async def test_the_page_speaks_ukrainian(demo: Demo, petro: Visitor) -> None:
    await petro.send("/desk/account/language", language="uk")
    page = text(await petro.get(talk(demo)))
    assert "Обіцянки ціна чекає 13:00" in page
    assert "petro веде розмову" in page


async def test_the_waiting_list_says_how_long_each_waits_and_the_longest_first(demo: Demo, visitor: Visitor) -> None:
    await fill(demo)
    demo.clock.advance(timedelta(hours=14))
    await visitor.sign_in("petro")
    page = text(await visitor.get("/desk"))
    assert "Somebody has been waiting for a person for 14 hours" in page
    listed = await visitor.get("/desk?holder=waiting&sort=waits&dir=asc")
    assert "Waits for a person 14 hours" in text(listed)


async def test_who_is_away_says_so(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = await visitor.send("/desk/account/away", away="true")
    assert "You are away" in text(page)
    assert "You are given leads" in text(await visitor.send("/desk/account/away", away="false"))


async def test_a_takeover_in_the_application_looks_like_one_at_the_desk_and_any_operator_may_go_on(
    demo: Demo, visitor: Visitor
) -> None:
    await fill(demo)
    echo = InboundMessage(
        account=ACCOUNT, event_id="echo:1", chat="andrii", sender="andrii", kind=InboundKind.ECHO, at=NOON,
        text="Вітаю, це Оля", external_id="m1",
    )  # fmt: skip
    await demo.database.write(lambda conn: store_arrivals(conn, [(echo, "telegram")], NOON))
    await visitor.sign_in("petro")
    page = text(await visitor.get(talk(demo)))
    assert "A person took over in the platform's application" in page
    assert "Вітаю, це Оля" in page
    assert "Take over" in page
    await visitor.send(f"{talk(demo)}/take_over")
    held = await demo.database.read(lambda conn: find_holder(conn, ConversationId(demo.talks["andrii"])))
    assert held
    assert (held.holder, held.operator) == (Holder.OPERATOR, "petro")


async def test_who_takes_over_a_lead_of_nobody_owns_it(demo: Demo, petro: Visitor) -> None:
    owner = sa.text("select owner from leads where conversation_id = :c")
    found = await demo.database.read(lambda conn: conn.execute(owner, {"c": demo.talks["andrii"]}).scalar())
    assert found == "petro"
