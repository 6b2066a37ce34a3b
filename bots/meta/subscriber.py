"""Makes the platform send us what happens: the account to the application, the application to this program."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import structlog

from bots.caretaker import Change, Outcome
from bots.meta.account import MetaAccount
from bots.meta.answer import Answer
from bots.meta.fields import NEEDED, OF_THE_APP, WANTED, WANTED_OF_THE_APP
from bots.meta.flavour import Flavour
from bots.meta.judge import judge_webhook, list_names, list_unheard, read_subscribed

log = structlog.get_logger()

_ACCOUNT = "webhooks of the account"
_APP = "webhook of the application"


class Subscriber:
    def __init__(self, meta: MetaAccount, *, verify_token: str, callback: str | None) -> None:
        self._meta = meta
        self._graph = meta.graph
        self._flavour = meta.platform.flavour
        self._verify_token = verify_token
        self._callback = callback

    async def find_app(self) -> str | None:
        """The application that made the token; None when it cannot be asked. Raises httpx.HTTPError."""
        if self._flavour is Flavour.LOGIN or not self._graph.endpoint.app_secret:
            return None
        answer = await self._graph.ask("app", {"fields": "id"})
        return str(answer.get("id")) if answer.is_good and answer.get("id") else None

    async def set_up(self, *, force: bool = False) -> Sequence[Change]:
        """Adds fields and takes none away. A webhook that goes elsewhere stays, unless `force`."""
        try:
            app = await self.find_app()
            return [*await self._subscribe_app(app, force=force), await self.subscribe(app)]
        except httpx.HTTPError as error:
            return [Change(_ACCOUNT, Outcome.REFUSED, f"the platform cannot be reached ({type(error).__name__})")]

    async def subscribe(self, app: str | None) -> Change:
        """All fields; if one of them is not allowed, those without which nothing is heard."""
        answer = await self._graph.ask("{own}/subscribed_apps")
        known = read_subscribed(answer, app) or []
        needed, wanted = NEEDED[self._flavour], WANTED[self._flavour]
        missing = [name for name in (*needed, *wanted) if name not in known]
        if answer.is_good and not missing:
            return Change(_ACCOUNT, Outcome.SAME)
        for names in ((*known, *missing), (*known, *(name for name in needed if name not in known))):
            taken = await self._post("{own}/subscribed_apps", subscribed_fields=",".join(names))
            if taken.is_good:
                added = [name for name in names if name not in known]
                return Change(_ACCOUNT, Outcome.SET if added else Outcome.SAME, f"added {', '.join(added)}")
        return Change(_ACCOUNT, Outcome.REFUSED, taken.words or f"the platform answered {taken.status}")

    async def _subscribe_app(self, app: str | None, *, force: bool) -> list[Change]:
        if app is None or self._callback is None:
            return []
        kind = self._meta.platform.kind
        answer = await self._graph.ask(f"{app}/subscriptions", app=app)
        if not answer.is_good:
            return [Change(_APP, Outcome.REFUSED, answer.words or f"the platform answered {answer.status}")]
        is_well = judge_webhook(answer, self._flavour, kind, self._callback) is None
        if is_well and not list_unheard(answer, self._flavour, kind):
            return [Change(_APP, Outcome.SAME)]
        there: Mapping[str, Any] = next((item for item in answer.items if item.get("object") == kind), {})
        goes_to = str(there.get("callback_url") or "")
        if goes_to not in ("", self._callback) and not force:
            return [Change(_APP, Outcome.KEPT, f"it goes to {goes_to}; --force sends it to {self._callback}")]
        return [await self._point_app(app, kind, there)]

    async def _point_app(self, app: str, kind: str, there: Mapping[str, Any]) -> Change:
        """With the fields that it has already, for what is not named is taken away. All that are wanted; if one of
        them is not allowed, those without which nothing is heard."""
        goes_to, has = there.get("callback_url"), list_names(there.get("fields"))
        needed, wanted = OF_THE_APP[self._flavour], WANTED_OF_THE_APP[self._flavour]
        given = {"object": kind, "callback_url": self._callback, "verify_token": self._verify_token}
        for names in ((*has, *needed, *wanted), (*has, *needed)):
            fields = ",".join(dict.fromkeys(names))
            taken = await self._graph.ask(f"{app}/subscriptions", {**given, "fields": fields}, method="POST", app=app)
            if taken.is_good:
                added = [name for name in dict.fromkeys(names) if name not in has]
                told = f"; added {', '.join(added)}" if added else ""
                return Change(_APP, Outcome.SET, f"`{kind}`: {goes_to or 'nothing'} -> {self._callback}{told}")
        hint = "the program must be running at PUBLIC_URL, where the platform asks it for META_VERIFY_TOKEN"
        return Change(_APP, Outcome.REFUSED, f"{taken.words or taken.status}: {hint}")

    async def _post(self, path: str, **given: str) -> Answer:
        return await self._graph.ask(path, given, method="POST")
