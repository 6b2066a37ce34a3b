from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from bots.access import SESSION_COOKIE, SESSION_LIFE
from bots.desk.router import build_desk
from core.storage import users
from tests.bots.desk.browser import Visitor, hidden, text
from tests.bots.desk.demo import PASSWORD, Demo, build_demo


async def test_a_right_password_opens_the_desk(visitor: Visitor) -> None:
    answer = await visitor.sign_in("olena")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert (await visitor.get("/desk")).status_code == 200


async def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = (await visitor.sign_in("olena")).headers.get_list("set-cookie")[0]
    assert cookie.startswith(SESSION_COOKIE)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_the_cookie_travels_over_https_only_when_the_public_address_is_https(demo: Demo) -> None:
    app = FastAPI()
    app.include_router(build_desk(build_demo(demo.database, secure=True).parts))
    async with Visitor(app) as visitor:
        visitor.client.base_url = httpx.URL("https://desk.test")
        cookie = (await visitor.sign_in("olena")).headers.get_list("set-cookie")[0]
    assert "Secure" in cookie


@pytest.mark.parametrize(("name", "password"), [("olena", "wrong"), ("nobody", PASSWORD), ("", "")])
async def test_a_wrong_name_and_a_wrong_password_look_the_same(visitor: Visitor, name: str, password: str) -> None:
    answer = await visitor.sign_in(name, password)
    if not name:
        assert answer.status_code == 422
        return
    assert answer.status_code == 401
    assert "The name or the password is wrong." in text(answer)
    assert SESSION_COOKIE not in answer.headers.get("set-cookie", "")


async def test_a_user_who_is_switched_off_does_not_get_in(demo: Demo, visitor: Visitor) -> None:
    def switch_off(conn: object) -> None:
        found = users.find_user(conn, "olena")  # type: ignore[arg-type]
        assert found
        users.set_active(conn, found.id, False)  # type: ignore[arg-type]

    await demo.database.write(switch_off)
    assert (await visitor.sign_in("olena")).status_code == 401


async def test_guessing_is_stopped_after_five_tries_and_let_go_on_later(demo: Demo, visitor: Visitor) -> None:
    for _ in range(4):
        assert (await visitor.sign_in("olena", "wrong")).status_code == 401
    assert (await visitor.sign_in("olena", "wrong")).status_code == 429
    refused = await visitor.sign_in("olena")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert "Try again in 15 minutes." in text(refused)
    demo.clock.advance(timedelta(minutes=15, seconds=1))
    assert (await visitor.sign_in("olena")).status_code == 303


async def test_a_form_of_another_site_signs_nobody_in(visitor: Visitor) -> None:
    form = hidden(await visitor.get("/desk/signin"))
    visitor.client.cookies.clear()
    answer = await visitor.client.post("/desk/signin", data={**form, "name": "olena", "password": PASSWORD})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk/knowledge?q=1", "/desk/knowledge?q=1"),
        ("https://evil.example", "/desk"),
        ("//evil.example", "/desk"),
        ("/desk\\evil", "/desk"),
        ("/deskevil.example", "/desk"),
        ("/desk/signin?next=/desk", "/desk"),
    ],
)
async def test_signing_in_leads_only_to_pages_of_the_desk(visitor: Visitor, wanted: str, reached: str) -> None:
    assert (await visitor.sign_in("olena", next=wanted)).headers["location"] == reached


async def test_a_page_sends_a_stranger_to_sign_in_and_back(visitor: Visitor) -> None:
    answer = await visitor.get("/desk/knowledge?q=price")
    assert answer.headers["location"] == "/desk/signin?next=%2Fdesk%2Fknowledge%3Fq%3Dprice"
    part = await visitor.get("/desk", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/desk/signin")


async def test_a_signed_in_person_does_not_see_the_form_again(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    assert (await visitor.get("/desk/signin")).headers["location"] == "/desk"


async def test_signing_out_ends_the_session_on_the_server(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    token = visitor.client.cookies[SESSION_COOKIE]
    await visitor.send("/desk/signout")
    visitor.client.cookies.set(SESSION_COOKIE, token)
    assert (await visitor.get("/desk")).status_code == 303


async def test_a_session_ends_by_itself(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    demo.clock.advance(SESSION_LIFE)
    assert (await visitor.get("/desk")).status_code == 303


async def test_the_form_speaks_the_browsers_language(visitor: Visitor) -> None:
    answer = await visitor.get("/desk/signin", headers={"Accept-Language": "ru, uk;q=0.8, en;q=0.1"})
    assert "Увійти" in text(answer)
    assert '<html lang="uk">' in answer.text
    chosen = await visitor.get("/desk/signin?language=en", headers={"Accept-Language": "uk"})
    assert "Password" in text(chosen)


async def test_every_try_is_written_down(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena", "wrong")
    await visitor.sign_in("olena")
    entries = await demo.database.read(lambda conn: users.list_audit(conn, 10))
    assert [(entry.user_name, entry.action) for entry in entries] == [
        ("olena", "sign_in"),
        ("olena", "sign_in_refused"),
    ]


class TestPrograms:
    """Programs send a token instead of a cookie."""

    async def sign_in(self, visitor: Visitor, password: str = PASSWORD) -> httpx.Response:
        return await visitor.client.post("/signin", json={"name": "olena", "password": password})

    async def test_a_token_opens_what_the_users_role_opens(self, visitor: Visitor) -> None:
        answer = (await self.sign_in(visitor)).json()
        assert answer["name"] == "olena"
        headers = {"Authorization": f"Bearer {answer['token']}"}
        assert (await visitor.get("/desk/leads.csv", headers=headers)).status_code == 200
        assert (await visitor.get("/desk/users", headers=headers)).status_code == 403

    async def test_a_token_lives_for_an_hour_and_is_renewed(self, demo: Demo, visitor: Visitor) -> None:
        answer = (await self.sign_in(visitor)).json()
        demo.clock.advance(timedelta(hours=1))
        headers = {"Authorization": f"Bearer {answer['token']}"}
        assert (await visitor.get("/desk/leads.csv", headers=headers)).status_code == 303
        renewed = await visitor.client.post("/signin/refresh", json={"refresh_token": answer["refresh_token"]})
        headers = {"Authorization": f"Bearer {renewed.json()['token']}"}
        assert (await visitor.get("/desk/leads.csv", headers=headers)).status_code == 200

    async def test_a_refresh_token_opens_nothing_by_itself(self, visitor: Visitor) -> None:
        answer = (await self.sign_in(visitor)).json()
        headers = {"Authorization": f"Bearer {answer['refresh_token']}"}
        assert (await visitor.get("/desk/leads.csv", headers=headers)).status_code == 303
        swapped = await visitor.client.post("/signin/refresh", json={"refresh_token": answer["token"]})
        assert swapped.status_code == 401

    async def test_a_new_password_ends_the_old_tokens(self, demo: Demo, visitor: Visitor) -> None:
        answer = (await self.sign_in(visitor)).json()
        user = await demo.database.read(lambda conn: users.find_user(conn, "olena"))
        assert user
        await demo.database.write(lambda conn: users.set_password(conn, user.id, "cheap:another"))
        refused = await visitor.client.post("/signin/refresh", json={"refresh_token": answer["refresh_token"]})
        assert refused.status_code == 401

    @pytest.mark.parametrize("token", ["", "nonsense", "e30.e30.e30", "ы"])
    async def test_a_forged_token_is_refused(self, visitor: Visitor, token: str) -> None:
        refused = await visitor.client.post("/signin/refresh", json={"refresh_token": token})
        assert refused.status_code == 401

    async def test_guessing_is_stopped_here_too(self, visitor: Visitor) -> None:
        codes = [(await self.sign_in(visitor, "wrong")).status_code for _ in range(6)]
        assert codes == [401, 401, 401, 401, 429, 429]
        assert (await self.sign_in(visitor)).headers["retry-after"] == "900"


async def test_a_form_of_an_ended_session_comes_back_to_its_page_after_signing_in(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    csrf = await visitor.csrf()
    visitor.client.cookies.set(SESSION_COOKIE, "ended", domain="desk.test")
    came_from = {"HX-Request": "true", "HX-Current-URL": "http://desk.test/desk/conversations/1"}
    answer = await visitor.client.post("/desk/conversations/1/take_over", data={"csrf": csrf}, headers=came_from)
    target = answer.headers["HX-Redirect"]
    assert (answer.status_code, target) == (401, "/desk/signin?next=%2Fdesk%2Fconversations%2F1&ended=1")
    page = await visitor.get(target)
    assert "You were signed out." in text(page)
    assert hidden(page)["next"] == "/desk/conversations/1"


async def test_whoever_comes_for_the_first_time_was_not_signed_out(visitor: Visitor) -> None:
    answer = await visitor.get("/desk/knowledge?q=1")
    assert answer.headers["location"] == "/desk/signin?next=%2Fdesk%2Fknowledge%3Fq%3D1"
    assert "signed out" not in text(await visitor.get(answer.headers["location"]))
