"""Users: an admin adds them and gives them roles; everybody chooses a language and a password."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, Role, caller_of
from bots.desk.parts import DeskParts
from bots.desk.passwords import SHORTEST, is_acceptable, make_password
from bots.desk.routes import BadForm, build_page_router, go_back, record
from bots.desk.signin import check_password
from bots.desk.words import LANGUAGES
from core.storage import users
from core.storage.users import UserRefused

USERS = "/desk/users"
SHOWN_ACTIONS = 50

Secret = Annotated[str, Form(max_length=1000)]


def build_people(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, USERS)
    admin = [parts.access.allow(Role.ADMIN)]

    async def show(request: Request, made: tuple[str, str] | None = None) -> Response:
        people = await parts.database.read(users.list_users)
        actions = await parts.database.read(lambda conn: users.list_audit(conn, SHOWN_ACTIONS))
        values = {"people": people, "roles": [role.value for role in Role], "actions": actions, "made": made}
        return parts.pages.render(request, "users.html", values)

    @router.get("", dependencies=admin)
    async def show_users(request: Request) -> Response:
        return await show(request)

    @router.post("", dependencies=admin)
    async def add_user(
        request: Request,
        name: Annotated[str, Form(max_length=60)],
        role: Annotated[str, Form()],
        language: Annotated[str, Form()] = "",
    ) -> Response:
        """The first password is made here and shown once."""
        name = " ".join(name.split())
        if not name or ":" in name:
            raise BadForm("bad_name")
        password = make_password()
        hashed, now = await parts.passwords.hash(password), parts.clock.now()
        chosen = language if language in LANGUAGES else ""
        try:
            await parts.database.write(lambda conn: users.create_user(conn, name, hashed, read_role(role), now, chosen))
        except UserRefused as refused:
            raise BadForm(refused.what, name=name) from refused
        await record(parts, request, "add_user", f"user:{name}", {"role": role})
        return await show(request, (name, password))

    @router.post("/{user_id}/role", dependencies=admin)
    async def change_role(request: Request, user_id: int, role: Annotated[str, Form()]) -> Response:
        chosen = read_role(role)
        try:
            await parts.database.write(lambda conn: users.change_role(conn, user_id, chosen))
        except UserRefused as refused:
            raise BadForm(refused.what) from refused
        await record(parts, request, "change_role", f"user:{user_id}", {"role": role})
        return go_back(request, USERS, "saved")

    return router


def build_user_switches(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, USERS)
    admin = [parts.access.allow(Role.ADMIN)]

    @router.post("/{user_id}/active", dependencies=admin)
    async def set_active(request: Request, user_id: int, active: Annotated[bool, Form()]) -> Response:
        try:
            await parts.database.write(lambda conn: users.set_active(conn, user_id, active))
        except UserRefused as refused:
            raise BadForm(refused.what) from refused
        await record(parts, request, "switch_on" if active else "switch_off", f"user:{user_id}")
        return go_back(request, USERS, "saved")

    @router.post("/{user_id}/password", dependencies=admin)
    async def reset_password(request: Request, user_id: int) -> Response:
        """A new password, shown once."""
        user = await parts.database.read(lambda conn: users.get_user(conn, user_id))
        password = make_password()
        hashed = await parts.passwords.hash(password)
        await parts.database.write(lambda conn: users.set_password(conn, user_id, hashed))
        await record(parts, request, "reset_password", f"user:{user.name}")
        return parts.pages.render(request, "password.html", {"name": user.name, "password": password})

    return router


def build_account(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages)
    everyone = [parts.access.allow(*EVERYONE)]

    @router.get("/account", dependencies=everyone)
    async def show_account(request: Request) -> Response:
        return parts.pages.render(request, "account.html", {"shortest": SHORTEST})

    @router.post("/account/language", dependencies=everyone)
    async def change_language(
        request: Request, language: Annotated[str, Form()], back: Annotated[str, Form()] = ""
    ) -> Response:
        if language not in LANGUAGES:
            raise BadForm("unknown_language")
        user = caller_of(request).user
        await parts.database.write(lambda conn: users.set_language(conn, user.id, language))
        await record(parts, request, "change_language", f"user:{user.name}", {"language": language})
        return go_back(request, back if back.startswith("/desk") and "\\" not in back else "/desk")

    @router.post("/account/away", dependencies=everyone)
    async def change_away(request: Request, away: Annotated[bool, Form()]) -> Response:
        user = caller_of(request).user
        await parts.database.write(lambda conn: users.set_away(conn, user.id, away))
        await record(parts, request, "went_away" if away else "came_back", f"user:{user.name}")
        return go_back(request, "/desk/account", "saved")

    @router.post("/account/password", dependencies=everyone)
    async def change_password(request: Request, present: Secret, new: Secret) -> Response:
        user = caller_of(request).user
        if not is_acceptable(new):
            raise BadForm("short_password", shortest=SHORTEST)
        known, wait_s = await check_password(parts, request, user.name, present)
        if known is None:
            raise BadForm("too_many_tries" if wait_s else "wrong_password")
        hashed = await parts.passwords.hash(new)
        await parts.database.write(lambda conn: users.set_password(conn, user.id, hashed))
        await record(parts, request, "change_password", f"user:{user.name}")
        return go_back(request, "/desk/signin")

    return router


def read_role(role: str) -> Role:
    if role not in list(Role):
        raise BadForm("unknown_role")
    return Role(role)
