import re

import pytest

from bots.desk.lead_view import LeadView, read_view
from core.storage.lead_table import LeadFilter, LeadOrder, get_lead
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import Demo
from tests.bots.desk.talks import fill


@pytest.fixture
async def olena(demo: Demo, visitor: Visitor) -> Visitor:
    """The sales lead, signed in, with four talks on her desk."""
    await fill(demo)
    await visitor.sign_in("olena")
    return visitor


async def contacts(visitor: Visitor, query: str = "") -> list[str]:
    page = await visitor.get(f"/desk?{query}")
    return re.findall(r'<a href="/desk/conversations/\d+"><strong>([^<]+)</strong>', page.text)


async def test_the_table_shows_every_lead_the_latest_first(olena: Visitor) -> None:
    assert await contacts(olena) == ["Андрій", "Ірина Коваль", "Emma Nowak", "Дмитро Бондар"]


async def test_a_cell_leads_to_the_words_that_prove_it(demo: Demo, olena: Visitor) -> None:
    page = await olena.get("/desk?text=Ірина")
    lead = await demo.database.read(lambda conn: get_lead(conn, 1))
    city = lead.facts["city"]
    address = f"/desk/conversations/{lead.conversation_id}#w-{city.id}"
    assert f'<a class="fact" href="{address}" title="Said: “Львова”">Львів</a>' in page.text
    talk = await olena.get(f"/desk/conversations/{lead.conversation_id}")
    assert f'id="w-{city.id}"' in talk.text


async def test_the_score_tells_its_reasons(olena: Visitor) -> None:
    page = text(await olena.get("/desk?text=Ірина"))
    assert "Phone +20" in page
    assert "Closing +15" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=ірина", ["Ірина Коваль"]),
        ("text=0671234567", ["Ірина Коваль"]),
        ("stage=won", ["Дмитро Бондар"]),
        ("holder=waiting", ["Андрій"]),
        ("outcome=lead_won", ["Дмитро Бондар"]),
        ("outcome=none&language=uk", ["Андрій", "Ірина Коваль"]),
        ("owner=olena", ["Дмитро Бондар"]),
        ("language=en", ["Emma Nowak"]),
        ("text=nobody", []),
        ("sort=score&dir=asc", ["Emma Nowak", "Андрій", "Ірина Коваль", "Дмитро Бондар"]),
        ("sort=quantity&dir=desc&outcome=none&language=uk", ["Ірина Коваль", "Андрій"]),
    ],
)
async def test_filters_and_order_go_by_the_address(olena: Visitor, query: str, found: list[str]) -> None:
    assert await contacts(olena, query) == found


@pytest.mark.parametrize("query", ["page=-1", "page=x", "page=99999999999", "sort=nonsense&dir=up", "stage=%00"])
async def test_an_address_that_makes_no_sense_still_shows_a_page(olena: Visitor, query: str) -> None:
    assert (await olena.get(f"/desk?{query}")).status_code == 200


async def test_an_empty_table_says_what_to_do(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    assert "Nobody has written yet" in text(await visitor.get("/desk"))
    assert "No lead fits these filters" in text(await visitor.get("/desk?text=x"))


async def test_htmx_is_given_the_table_alone(olena: Visitor) -> None:
    part = await olena.get("/desk", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert part.text.lstrip().startswith('<div id="leads"')


async def test_the_leads_words_are_shown_never_run(demo: Demo, olena: Visitor) -> None:
    await olena.send("/desk/leads/1/facts/city", value='<script>alert("x")</script>')
    page = await olena.get("/desk")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


class TestCells:
    """A person's word in a cell wins over the bot's."""

    async def test_a_corrected_cell_shows_who_corrected_it(self, demo: Demo, olena: Visitor) -> None:
        cell = await olena.send("/desk/leads/1/facts/city", htmx=True, value="Стрий")
        assert "Written in by olena" in cell.text
        lead = await demo.database.read(lambda conn: get_lead(conn, 1))
        assert (lead.facts["city"].value, lead.facts["city"].written_by) == ("Стрий", "olena")

    async def test_an_emptied_cell_takes_the_fact_away(self, demo: Demo, olena: Visitor) -> None:
        await olena.send("/desk/leads/1/facts/city", value=" ")
        lead = await demo.database.read(lambda conn: get_lead(conn, 1))
        assert "city" not in lead.facts

    async def test_without_scripts_the_form_is_a_page_of_its_own(self, olena: Visitor) -> None:
        page = await olena.get("/desk/leads/1/facts/budget")
        assert 'value="45000 UAH"' in page.text
        assert "Said: “45 тисяч”" in text(page)
        back = await olena.send("/desk/leads/1/facts/budget", value="50 000 грн")
        assert "Saved." in text(back)

    async def test_what_cannot_be_the_fact_is_refused_with_advice(self, demo: Demo, olena: Visitor) -> None:
        answer = await olena.send("/desk/leads/1/facts/phone", htmx=True, value="soon")
        assert answer.status_code == 422
        assert "“soon” is no phone number" in text(answer)
        assert answer.headers["hx-retarget"] == "#notices"
        lead = await demo.database.read(lambda conn: get_lead(conn, 1))
        assert lead.facts["phone"].value == "+380671234567"

    @pytest.mark.parametrize(
        "address",
        ["/desk/leads/99/facts/city", "/desk/leads/1/facts/shoe_size", "/desk/leads/x/owner", "/desk/nowhere"],
    )
    async def test_what_does_not_exist_is_told_as_a_page(self, olena: Visitor, address: str) -> None:
        page = await olena.get(address)
        assert page.status_code == 404
        assert "There is nothing here." in text(page)


class TestOwnersAndOutcomes:
    async def test_a_lead_is_given_to_a_colleague(self, demo: Demo, olena: Visitor) -> None:
        cell = await olena.send("/desk/leads/1/owner", htmx=True, owner="petro", cell="true")
        assert "petro" in text(cell)
        assert (await demo.database.read(lambda conn: get_lead(conn, 1))).owner == "petro"
        await olena.send("/desk/leads/1/owner", owner="")
        assert (await demo.database.read(lambda conn: get_lead(conn, 1))).owner is None

    async def test_a_lead_is_not_given_to_a_stranger(self, olena: Visitor) -> None:
        answer = await olena.send("/desk/leads/1/owner", owner="stranger")
        assert (answer.status_code, "There is no user named stranger." in text(answer)) == (422, True)

    async def test_how_it_ended_is_recorded_by_name(self, demo: Demo, olena: Visitor) -> None:
        page = await olena.send("/desk/leads/1/outcome", outcome="meeting")
        assert "Saved." in text(page)
        lead = await demo.database.read(lambda conn: get_lead(conn, 1))
        assert (lead.outcome, lead.outcome_by) == ("meeting", "desk:olena")

    async def test_an_outcome_that_does_not_exist_is_refused(self, olena: Visitor) -> None:
        assert (await olena.send("/desk/leads/1/outcome", outcome="glory")).status_code == 422


class TestView:
    """The address says all that the table shows."""

    def test_what_is_read_is_written_again(self) -> None:
        query = {"text": "Київ", "stage": "closing", "sort": "budget", "dir": "asc", "page": "3"}
        view = read_view(query)
        assert view == LeadView(LeadFilter(text="Київ", stage="closing"), LeadOrder("budget", descending=False), 3)
        assert view.query() == "text=%D0%9A%D0%B8%D1%97%D0%B2&stage=closing&sort=budget&dir=asc&page=3"

    def test_the_plain_view_has_a_plain_address(self) -> None:
        assert read_view({}).query() == ""

    def test_a_changed_filter_begins_at_the_first_page(self) -> None:
        assert read_view({"page": "3"}).query(stage="won") == "stage=won"

    def test_a_second_click_on_a_head_turns_the_order_round(self) -> None:
        view = read_view({"sort": "city", "dir": "asc"})
        assert view.sorted_by("city") == "sort=city"
        assert view.sorted_by("company") == "sort=company&dir=asc"
        assert view.sorted_by("score") == "sort=score"
