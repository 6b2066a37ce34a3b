import pytest
import sqlalchemy as sa

from core.domain.conversation import Holder
from core.storage.conversations import set_holder
from core.storage.outbox import next_entry
from core.storage.talks import find_holder
from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, hidden, text
from tests.bots.desk.demo import Demo
from tests.bots.desk.talks import fill


@pytest.fixture
async def petro(demo: Demo, visitor: Visitor) -> Visitor:
    """An operator, signed in, with four talks on his desk."""
    await fill(demo)
    await visitor.sign_in("petro")
    return visitor


def talk(demo: Demo, who: str = "andrii") -> str:
    return f"/desk/conversations/{demo.talks[who]}"


async def holder(demo: Demo, who: str = "andrii") -> tuple[str, str | None]:
    held = await demo.database.read(lambda conn: find_holder(conn, demo.talks[who]))
    assert held
    return held.holder.value, held.operator


async def test_the_page_reads_from_top_to_bottom(demo: Demo, petro: Visitor) -> None:
    page = text(await petro.get(talk(demo, "iryna_k")))
    words = ["Скільки коштує доставка", "Доставка по Україні коштує 120 грн", "Бюджет десь", "раджу Kavomir Office 2"]
    places = [page.index(word) for word in words]
    assert places == sorted(places)


async def test_the_words_that_prove_a_fact_are_marked(demo: Demo, petro: Visitor) -> None:
    page = await petro.get(talk(demo, "iryna_k"))
    assert 'title="Budget: 45 000 UAH">45 тисяч</mark>' in page.text
    assert 'title="Phone: +380671234567">067 123 45 67</mark>' in page.text


async def test_the_decision_is_told_in_plain_words(demo: Demo, petro: Visitor) -> None:
    page = text(await petro.get(talk(demo, "iryna_k")))
    for words in (
        "asks about terms, greets (94% sure)",
        "a question is answered first: asks about terms",
        "Move: answer. Then: ask about the situation.",
        "Stage: Opening → Discovery",
        "sure enough (cut-off 0.45)",
        "0.83 delivery.uk.md — Вартість доставки by meaning: place 1 by words: place 2",
        "approved texts in 38 ms",
        "Зробимо знижку 2000 грн. an amount that neither the price list nor a policy vouches for",
    ):
        assert words in page


async def test_a_turn_in_which_the_bot_kept_silent_says_why(demo: Demo, petro: Visitor) -> None:
    page = text(await petro.get(talk(demo)))
    assert "The bot kept silent a person was called: told so once already" in page


async def test_an_operator_takes_over_replies_and_hands_back(demo: Demo, petro: Visitor) -> None:
    page = await petro.send(f"{talk(demo)}/take_over")
    assert "You hold the conversation now." in text(page)
    assert await holder(demo) == ("operator", "petro")
    page = await petro.send(f"{talk(demo)}/reply", text="Вітаю, я Петро. Зробимо 5%.")
    assert "Зробимо 5%." in text(page)
    assert "waits to be sent" in text(page)
    queued = await demo.database.read(lambda conn: next_entry(conn, demo.talks["andrii"]))
    assert queued
    assert (queued.origin, queued.message.text) == ("operator:petro", "Вітаю, я Петро. Зробимо 5%.")
    await petro.send(f"{talk(demo)}/hand_back")
    assert await holder(demo) == ("bot", None)


async def test_every_action_is_written_down(demo: Demo, petro: Visitor) -> None:
    await petro.send(f"{talk(demo)}/take_over")
    await petro.send(f"{talk(demo)}/reply", text="Вітаю")
    await petro.send(f"{talk(demo)}/hand_back")
    entries = await demo.database.read(lambda conn: list_audit(conn, 3))
    subject = f"conversation:{demo.talks['andrii']}"
    assert [(entry.action, entry.object) for entry in entries] == [
        ("hand_back", subject), ("reply", subject), ("take_over", subject),
    ]  # fmt: skip
    assert "Вітаю" not in repr(entries)


@pytest.mark.parametrize(("reply", "advice"), [(" ", "Write something first."), ("x" * 8001, "longer than 8000")])
async def test_a_reply_that_cannot_be_sent_is_refused(demo: Demo, petro: Visitor, reply: str, advice: str) -> None:
    answer = await petro.send(f"{talk(demo)}/reply", htmx=True, text=reply)
    assert answer.status_code == 422
    assert advice in text(answer)


async def test_a_colleagues_conversation_is_read_only_for_an_operator(demo: Demo, petro: Visitor) -> None:
    await demo.database.write(lambda conn: set_holder(conn, demo.talks["andrii"], Holder.OPERATOR, operator="ivan"))
    page = await petro.get(talk(demo))
    assert "ivan holds this conversation." in text(page)
    assert "take_over" not in page.text
    refused = await petro.send(f"{talk(demo)}/reply", text="Вітаю")
    assert refused.status_code == 403
    assert "Somebody else holds this conversation." in text(refused)


async def test_a_lead_may_step_in(demo: Demo, visitor: Visitor) -> None:
    await fill(demo)
    await demo.database.write(lambda conn: set_holder(conn, demo.talks["andrii"], Holder.OPERATOR, operator="ivan"))
    await visitor.sign_in("olena")
    await visitor.send(f"{talk(demo)}/take_over")
    assert await holder(demo) == ("operator", "olena")


async def test_who_takes_over_from_a_page_that_is_out_of_date_is_told_who_was_quicker(
    demo: Demo, visitor: Visitor
) -> None:
    await fill(demo)
    await visitor.sign_in("olena")
    await demo.database.write(lambda conn: set_holder(conn, demo.talks["andrii"], Holder.OPERATOR, operator="ivan"))
    refused = await visitor.send(f"{talk(demo)}/take_over", held_by=":nobody")
    assert (refused.status_code, await holder(demo)) == (422, ("operator", "ivan"))
    assert "ivan took this conversation over a moment ago." in text(refused)
    shown = hidden(await visitor.get(talk(demo)))["held_by"]
    await visitor.send(f"{talk(demo)}/take_over", held_by=shown)
    assert (shown, await holder(demo)) == ("ivan", ("operator", "olena"))


async def test_htmx_is_given_the_conversation_alone(demo: Demo, petro: Visitor) -> None:
    part = await petro.send(f"{talk(demo)}/take_over", htmx=True)
    assert part.text.lstrip().startswith('<div id="talk"')


async def test_what_customers_write_is_shown_never_run(demo: Demo, petro: Visitor) -> None:
    def spoil(conn: sa.Connection) -> None:
        conn.execute(sa.text("update messages set text = :t where id = 1"), {"t": "<img src=x onerror=alert(1)>"})

    await demo.database.write(spoil)
    page = await petro.get(talk(demo, "iryna_k"))
    assert "<img src=x" not in page.text


async def test_earlier_messages_are_a_page_of_their_own(demo: Demo, petro: Visitor) -> None:
    page = await petro.get(f"{talk(demo, 'iryna_k')}?before=3")
    assert "Newest messages" in text(page)
    assert "раджу Kavomir Office 2" not in text(page)
    assert 'id="reply"' not in page.text


@pytest.mark.parametrize("address", ["/desk/conversations/99", "/desk/conversations/x"])
async def test_a_conversation_that_does_not_exist_is_told_as_a_page(petro: Visitor, address: str) -> None:
    page = await petro.get(address)
    assert (page.status_code, "There is nothing here." in text(page)) == (404, True)
