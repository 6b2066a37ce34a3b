"""The desk's and the programs' way to say who is one person."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from bots.api.answers import install_error_answers
from bots.api.identities import build_identities_api
from bots.desk.signin import build_program_sign_in
from core.storage.users import list_audit
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import NOON, PASSWORD, Demo
from tests.bots.desk.talks import answer, say

PHONE = {"phone": ("0671112233", "+380671112233")}


@pytest.fixture
async def alike(demo: Demo) -> Demo:
    """Two talks in which the same number was told."""
    for who, name in (("iryna", "Ірина Коваль"), ("ira", "Ira")):
        await say(demo, who, "мій номер 0671112233", at=NOON - timedelta(hours=1), name=name)
        await answer(demo, who, "Дякую!", at=NOON, stage="discovery", move="answer", facts=PHONE)
    return demo


async def contact(demo: Demo, who: str) -> int:
    return await demo.parts.people.find_contact(demo.talks[who])


def page_of(demo: Demo, who: str) -> str:
    return f"/desk/conversations/{demo.talks[who]}"


async def test_the_page_says_who_it_may_be_and_why(alike: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = text(await visitor.get(page_of(alike, "iryna")))
    assert "This may be the same person as Ira" in page
    assert "the same phone was told" in page


async def test_link_shows_both_doors_and_split_parts_them(alike: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    here = page_of(alike, "iryna")
    other = await contact(alike, "ira")
    page = text(await visitor.send(f"{here}/identities", contact_id=str(other)))
    assert "Linked." in page
    assert "Linked by olena" in page
    assert "may be the same" not in page
    table = text(await visitor.get("/desk"))
    assert table.count("+380671112233") == 1, "one row for one person"
    page = text(await visitor.send(f"{here}/identities/split", contact_id=str(other)))
    assert "Split." in page
    assert "may be the same" not in page, "whom people parted is not suggested again"
    told = [entry.action for entry in await alike.database.read(lambda conn: list_audit(conn, 9))]
    assert {"link_identities", "split_identities"} <= set(told)


async def test_not_the_same_is_remembered(alike: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    other = await contact(alike, "ira")
    await visitor.send(f"{page_of(alike, 'iryna')}/identities/reject", contact_id=str(other))
    for who in ("iryna", "ira"):
        assert "may be the same" not in text(await visitor.get(page_of(alike, who)))


async def test_a_link_to_another_channel_is_shown_once(alike: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("petro")
    page = await visitor.send(f"{page_of(alike, 'iryna')}/invitation", account="webchat")
    assert "https://shop.example/?ref=go-" in page.text
    gone = await visitor.send(f"{page_of(alike, 'iryna')}/invitation", account="pigeons")
    assert gone.status_code == 404


@pytest.fixture
async def program(alike: Demo) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(build_program_sign_in(alike.parts))
    app.include_router(build_identities_api(access=alike.parts.access, people=alike.parts.people))
    install_error_answers(app)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://programs.test")
    answer = await client.post("/signin", json={"name": "olena", "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


async def test_a_program_sees_links_and_parts(alike: Demo, program: httpx.AsyncClient) -> None:
    one, other = await contact(alike, "iryna"), await contact(alike, "ira")
    shown = (await program.get(f"/api/v1/contacts/{one}/identities")).json()
    assert [(hint["contact_id"], hint["reasons"]) for hint in shown["suggestions"]] == [(other, ["phone"])]
    linked = (await program.post(f"/api/v1/contacts/{one}/identities", json={"contact_id": other})).json()
    assert [door["contact_id"] for door in linked["doors"]] == [one, other]
    assert linked["links"][0]["proof"] == "desk"
    parted = (await program.post(f"/api/v1/contacts/{one}/identities/split")).json()
    assert [door["contact_id"] for door in parted["doors"]] == [one]
    again = await program.post(f"/api/v1/contacts/{one}/identities/split")
    assert (again.status_code, again.json()["detail"]) == (422, "this contact is linked with nobody")
    itself = await program.post(f"/api/v1/contacts/{one}/identities", json={"contact_id": one})
    assert itself.status_code == 422
    assert (await program.get("/api/v1/contacts/999/identities")).status_code == 404
