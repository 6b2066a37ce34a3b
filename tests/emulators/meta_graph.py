"""The Graph API around the messages: who the token is, what is subscribed, and what greets people."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from tests.emulators.faults import Fault, FaultScript
from tests.emulators.meta_send import GraphError, check_proof
from tests.emulators.meta_state import DAY, MetaState

Json = dict[str, Any]
APP = "400500600700"
LINKED = "17841400000000001"
"""The Instagram account behind a page."""
SCOPES = (
    "pages_messaging", "pages_manage_metadata", "pages_show_list", "instagram_basic", "instagram_manage_messages",
)  # fmt: skip
_APP_FIELDS = {
    "page": (
        "messages",
        "messaging_postbacks",
        "message_echoes",
        "messaging_referrals",
        "messaging_optins",
        "message_edits",
        "message_reactions",
        "messaging_handovers",
        "standby",
        "feed",
    ),
    "instagram": ("messages", "messaging_postbacks", "comments", "live_comments"),
}
_PROFILE_FIELDS = {"get_started", "greeting", "persistent_menu", "ice_breakers", "commands", "whitelisted_domains"}
_PROFILE_WRITES = 10
_PROFILE_SPAN = 600.0


@dataclass
class GraphDesk:
    """What stands at the platform beside the messages; tests change it by hand. `login` = Instagram's own login."""

    login: bool = False
    page_name: str = "Kavomir"
    linked: str | None = LINKED
    scopes: tuple[str, ...] = SCOPES
    expires_at: float = 0.0
    """Seconds since 1970; 0 = never."""
    issued_at: float = 1_780_000_000.0
    newest_version: str = "v26.0"
    subscribed: dict[str, list[str]] = field(default_factory=dict)
    """Fields by application, of the page or account."""
    webhooks: dict[str, Json] = field(default_factory=dict)
    """The application's own subscriptions, by object."""
    profile: dict[str, Json] = field(default_factory=lambda: {"messenger": {}, "instagram": {}})
    profile_writes: list[float] = field(default_factory=list)
    messages_allowed: bool = True
    clock_ahead: float = 0.0
    usage: Mapping[str, str] = field(default_factory=dict)
    """Headers of each answer."""
    renewals: int = 0

    def set_up_webhook(self, kind: str, url: str) -> None:
        """As somebody does on the application's own pages."""
        fields = [{"name": name, "version": "v26.0"} for name in _APP_FIELDS[kind]]
        self.webhooks[kind] = {"object": kind, "callback_url": url, "active": True, "fields": fields}


class GraphRoutes:
    """Served below `/{name}/{version}` beside the messages of one emulated account."""

    def __init__(self, name: str, state: MetaState, desk: GraphDesk, faults: FaultScript, show: Any) -> None:
        self._name = name
        self._state = state
        self._desk = desk
        self._faults = faults
        self._show = show

    def routes(self) -> Sequence[BaseRoute]:
        at = f"/{self._name}/{{version}}"
        both = ["GET", "POST", "DELETE"]
        return [
            Route(f"/{self._name}/refresh_access_token", self._handle(self._renew)),
            Route(f"{at}/debug_token", self._handle(self._debug)),
            Route(f"{at}/{APP}/subscriptions", self._handle(self._webhooks), methods=both),
            Route(f"{at}/app", self._handle(self._app)),
            Route(f"{at}/{{node}}/subscribed_apps", self._handle(self._subscribed), methods=both),
            Route(f"{at}/{{node}}/messenger_profile", self._handle(self._profile), methods=both),
            Route(f"{at}/{{node}}/conversations", self._handle(self._conversations)),
            Route(f"{at}/{{node}}", self._handle(self._look)),
        ]

    def _handle(self, work: Any) -> Any:
        async def handle(request: Request) -> Response:
            fault: Fault | None = self._faults.take(work.__name__.strip("_"))
            if fault is not None:
                shown: Response = await self._show(fault)
                return shown
            body = await request.json() if await request.body() else {}
            try:
                answer = work(request, {**request.query_params, **body})
            except GraphError as error:
                return JSONResponse(error.body, status_code=error.status, headers=self._headers(request))
            return JSONResponse(answer, headers=self._headers(request))

        return handle

    def _headers(self, request: Request) -> dict[str, str]:
        told = {"date": format_datetime(datetime.fromtimestamp(time.time() + self._desk.clock_ahead, UTC), usegmt=True)}
        if version := request.path_params.get("version"):
            living = int(version[1:].split(".")[0]) >= 24
            told["facebook-api-version"] = version if living else self._desk.newest_version
        return {**told, **self._desk.usage}

    # The account

    def _own(self, request: Request, given: Json) -> None:
        if request.headers.get("authorization") != f"Bearer {self._state.token}" or self._is_over():
            raise GraphError(401, 190, 463 if self._is_over() else 467, "Invalid OAuth access token")
        check_proof(self._state, request.headers["authorization"], given)
        if request.path_params.get("node", "me") not in (self._state.node, "me"):
            raise GraphError(400, 100, 33, "Unsupported get request")

    def _is_over(self) -> bool:
        return bool(self._desk.expires_at) and self._desk.expires_at <= self._state.now

    def _look(self, request: Request, given: Json) -> Json:
        self._own(request, given)
        if self._desk.login:
            return {"id": f"9{self._state.node}", "user_id": self._state.node, "username": "kavomir"}
        answer: Json = {"id": self._page, "name": self._desk.page_name}
        if "instagram_business_account" in given.get("fields", "") and self._desk.linked:
            answer["instagram_business_account"] = {"id": self._linked}
        return answer

    @property
    def _page(self) -> str:
        """The token is the page's, also of the account that is linked to it."""
        return self._state.node if self._state.kind == "page" else f"5{self._state.node}"

    @property
    def _linked(self) -> str | None:
        return self._desk.linked if self._state.kind == "page" else self._state.node

    def _conversations(self, request: Request, given: Json) -> Json:
        self._own(request, given)
        if not self._desk.messages_allowed:
            raise GraphError(403, 200, 2534041, "The account has switched off access to messages")
        return {"data": []}

    # The token

    def _app(self, request: Request, given: Json) -> Json:
        self._own(request, given)
        return {"id": APP, "name": "Kavomir's application"}

    def _as_app(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {APP}|{self._state.app_secret}":
            raise GraphError(400, 190, words="Invalid OAuth access token signature.")

    def _debug(self, request: Request, given: Json) -> Json:
        self._as_app(request)
        known = given.get("input_token") == self._state.token and not self._is_over()
        desk = self._desk
        told = {"app_id": APP, "is_valid": known, "scopes": list(desk.scopes), "expires_at": int(desk.expires_at)}
        return {"data": {**told, "data_access_expires_at": 0, "type": "PAGE", "profile_id": self._page}}

    def _renew(self, request: Request, given: Json) -> Json:
        if given.get("grant_type") != "ig_refresh_token" or given.get("access_token") != self._state.token:
            raise GraphError(400, 190, words="Invalid OAuth access token")
        if self._is_over():
            raise GraphError(400, 190, 463, "Session has expired")
        if self._state.now - self._desk.issued_at < DAY:
            raise GraphError(400, 10, words="The token is not old enough to be refreshed")
        self._desk.renewals += 1
        self._state.token = f"{self._state.token.partition('~')[0]}~{self._desk.renewals}"
        self._desk.issued_at, self._desk.expires_at = self._state.now, self._state.now + 60 * DAY
        return {"access_token": self._state.token, "token_type": "bearer", "expires_in": int(60 * DAY)}

    # What is subscribed

    def _subscribed(self, request: Request, given: Json) -> Json:
        self._own(request, given)
        if request.method == "POST":
            self._desk.subscribed[APP] = _listed(given.get("subscribed_fields"))
            self._state.is_subscribed = True
            return {"success": True}
        if request.method == "DELETE":
            self._desk.subscribed.pop(APP, None)
            return {"success": True}
        return {"data": [{"id": app, "subscribed_fields": known} for app, known in self._desk.subscribed.items()]}

    def _webhooks(self, request: Request, given: Json) -> Json:
        self._as_app(request)
        if request.method == "POST":
            if not str(given.get("callback_url", "")).startswith("https://") or not given.get("verify_token"):
                raise GraphError(400, 100, 2200, "(#2200) Callback verification failed")
            told = {"callback_url": given["callback_url"], "active": True}
            wanted = [{"name": name, "version": "v26.0"} for name in _listed(given.get("fields"))]
            self._desk.webhooks[str(given["object"])] = {"object": given["object"], **told, "fields": wanted}
            return {"success": True}
        return {"data": list(self._desk.webhooks.values())}

    # What greets people

    def _profile(self, request: Request, given: Json) -> Json:
        self._own(request, given)
        way = "instagram" if given.get("platform") == "instagram" or self._state.kind == "instagram" else "messenger"
        shown = self._desk.profile[way]
        if request.method == "GET":
            wanted = _listed(given.get("fields"))
            found = {name: value for name, value in shown.items() if name in wanted}
            return {"data": [found] if found else []}
        self._count_write()
        if request.method == "DELETE":
            for name in _listed(given.get("fields")):
                shown.pop(name, None)
            return {"result": "success"}
        changes = {name: value for name, value in given.items() if name in _PROFILE_FIELDS}
        _check_profile(way, {**shown, **changes}, changes)
        shown.update(changes)
        return {"result": "success"}

    def _count_write(self) -> None:
        since = self._state.now - _PROFILE_SPAN
        self._desk.profile_writes = [at for at in self._desk.profile_writes if at > since]
        if len(self._desk.profile_writes) >= _PROFILE_WRITES:
            raise GraphError(400, 613, words="Calls to this api have exceeded the rate limit.")
        self._desk.profile_writes.append(self._state.now)


def _listed(value: Any) -> list[str]:
    given = value if isinstance(value, list) else str(value or "").split(",")
    return [str(name).strip() for name in given if str(name).strip()]


def _check_profile(way: str, whole: Json, changes: Json) -> None:
    _check(bool(changes), "request: there is nothing to set")
    if way == "instagram":
        _check(not {"get_started", "greeting"} & set(changes), "field: Instagram has no get-started button")
    elif "persistent_menu" in changes:
        _check("get_started" in whole, "menu: it needs a get-started button")
    for name in ("greeting", "persistent_menu", "ice_breakers"):
        if name in changes:
            _check(any(part.get("locale") == "default" for part in changes[name]), f"{name} without a default locale")
    _check(all(0 < len(greeting["text"]) <= 160 for greeting in changes.get("greeting", ())), "greeting")
    _check_taps(changes, "persistent_menu", "title", 30, 20 if way == "messenger" else 4)
    _check_taps(changes, "ice_breakers", "question", 80, 4)


def _check_taps(changes: Json, name: str, title: str, longest: int, most: int) -> None:
    for part in changes.get(name, ()):
        taps = part["call_to_actions"]
        _check(0 < len(taps) <= most, name)
        _check(all(0 < len(tap[title]) <= longest for tap in taps), f"{title} in {name}")
        _check(all(0 < len(tap.get("payload", "x").encode()) <= 1000 for tap in taps), f"payload in {name}")


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise GraphError(400, 100, words=f"Invalid {what}")
