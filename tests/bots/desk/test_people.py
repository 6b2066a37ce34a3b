import re
from typing import Any

import pytest

from core.storage import users
from core.storage.users import User
from tests.bots.desk.browser import Visitor, text
from tests.bots.desk.demo import PASSWORD, Demo


async def user(demo: Demo, name: str) -> User:
    found = await demo.database.read(lambda conn: users.find_user(conn, name))
    assert found
    return found


async def test_an_admin_adds_a_user_whose_password_is_shown_once(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("boss")
    page = await visitor.send("/desk/users", name=" Нова  Людина ", role="operator", language="uk")
    password = re.findall(r'<code class="password">([^<]+)</code>', page.text)[0]
    assert password not in (await visitor.get("/desk/users")).text
    visitor.client.cookies.clear()
    assert (await visitor.sign_in("Нова Людина", password)).status_code == 303
    assert "Ліди" in text(await visitor.get("/desk"))


@pytest.mark.parametrize(
    ("name", "advice"), [("olena", "The name olena is taken."), (" ", "A name needs"), ("a:b", "colon")]
)
async def test_a_bad_name_is_refused(visitor: Visitor, name: str, advice: str) -> None:
    await visitor.sign_in("boss")
    assert advice in text(await visitor.send("/desk/users", name=name, role="operator"))


async def test_a_role_that_does_not_exist_is_refused(visitor: Visitor) -> None:
    await visitor.sign_in("boss")
    assert (await visitor.send("/desk/users", name="x", role="king")).status_code == 422


async def test_a_changed_role_holds_at_once(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("boss")
    await visitor.send(f"/desk/users/{(await user(demo, 'petro')).id}/role", role="lead")
    visitor.client.cookies.clear()
    await visitor.sign_in("petro")
    assert (await visitor.get("/desk/leads/import")).status_code == 200


@pytest.mark.parametrize(("action", "fields"), [("role", {"role": "lead"}), ("active", {"active": "false"})])
async def test_the_last_admin_cannot_go(demo: Demo, visitor: Visitor, action: str, fields: dict[str, Any]) -> None:
    await visitor.sign_in("boss")
    answer = await visitor.send(f"/desk/users/{(await user(demo, 'boss')).id}/{action}", **fields)
    assert "This is the last admin." in text(answer)


async def test_a_user_is_switched_off_and_on(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("boss")
    petro = await user(demo, "petro")
    await visitor.send(f"/desk/users/{petro.id}/active", active="false")
    assert not (await user(demo, "petro")).active
    await visitor.send(f"/desk/users/{petro.id}/active", active="true")
    assert (await user(demo, "petro")).active


async def test_a_new_password_by_the_admin_replaces_the_lost_one(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("boss")
    page = await visitor.send(f"/desk/users/{(await user(demo, 'petro')).id}/password")
    password = re.findall(r'<code class="password">([^<]+)</code>', page.text)[0]
    visitor.client.cookies.clear()
    assert (await visitor.sign_in("petro")).status_code == 401
    assert (await visitor.sign_in("petro", password)).status_code == 303


async def test_the_chosen_language_stays_with_the_user(demo: Demo, visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/account/language", language="uk", back="/desk/knowledge")
    assert str(page.url).endswith("/desk/knowledge")
    assert '<html lang="uk">' in page.text
    visitor.client.cookies.clear()
    await visitor.sign_in("olena")
    assert '<html lang="uk">' in (await visitor.get("/desk")).text


async def test_until_a_language_is_chosen_the_desk_speaks_the_browsers(demo: Demo, visitor: Visitor) -> None:
    hashed = await demo.parts.passwords.hash(PASSWORD)
    await demo.database.write(lambda conn: users.create_user(conn, "new", hashed, "operator", demo.clock.now(), ""))
    await visitor.sign_in("new")
    assert "<h1>Ліди</h1>" in (await visitor.get("/desk", headers={"Accept-Language": "uk-UA"})).text
    assert "<h1>Leads</h1>" in (await visitor.get("/desk", headers={"Accept-Language": "en-GB"})).text


async def test_a_switch_of_language_leads_nowhere_else(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/account/language", language="uk", back="https://evil.example/desk")
    assert page.url.path == "/desk"
    assert (await visitor.send("/desk/account/language", language="xx")).status_code == 422


async def test_a_person_changes_the_own_password_and_signs_in_anew(visitor: Visitor) -> None:
    await visitor.sign_in("olena")
    page = await visitor.send("/desk/account/password", present=PASSWORD, new="a longer secret")
    assert page.url.path == "/desk/signin"
    assert (await visitor.sign_in("olena", "a longer secret")).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "advice"),
    [("wrong", "a longer secret", "The present password is wrong."), (PASSWORD, "short", "at least 10 characters")],
)
async def test_a_password_is_not_changed_carelessly(visitor: Visitor, present: str, new: str, advice: str) -> None:
    await visitor.sign_in("olena")
    assert advice in text(await visitor.send("/desk/account/password", present=present, new=new))


async def test_the_admin_sees_who_did_what(visitor: Visitor) -> None:
    await visitor.sign_in("olena", "wrong")
    await visitor.sign_in("boss")
    page = text(await visitor.get("/desk/users"))
    assert "boss signed in" in page
    assert "olena sign-in refused" in page
