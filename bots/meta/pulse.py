"""Whether what knocks at the webhook gets in."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots.access import Rule
from bots.caretaker import Finding
from bots.channel import AccountState
from core.ports import Clock

ALARM_AFTER: Final = timedelta(minutes=10)
"""The platform warns after fifteen minutes and gives up after an hour."""
_SEVERAL: Final = 3
"""A single stranger at the door is no alarm."""
_HINTS: Final = {
    401: "calls come without a signature: are they the platform's? Does the proxy drop headers?",
    403: "META_APP_SECRETS must hold the secret that signs; with Instagram Login INSTAGRAM_APP_SECRET too",
    404: "the application listens to an object that has no account here: set the account up, or unsubscribe it",
    503: "the database or its disk is in trouble: look into the log",
}


class Pulse:
    """Counts answers of the webhook in this process. Any that is taken ends a failing time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failing_since: datetime | None = None
        self._last_at: datetime | None = None
        self._refused: Counter[int] = Counter()
        self.answers: Counter[int] = Counter()

    def note(self, status: int) -> None:
        now = self._clock.now()
        self.answers[status] += 1
        self._last_at = now
        if status < 300:
            self._failing_since = None
            self._refused.clear()
            return
        self._failing_since = self._failing_since or now
        self._refused[status] += 1

    def find(self) -> Finding | None:
        """None again as soon as one was taken, or when nobody has knocked for an hour."""
        now = self._clock.now()
        if self._failing_since is None or self._last_at is None or self._refused.total() < _SEVERAL:
            return None
        if now - self._failing_since < ALARM_AFTER or now - self._last_at > ALARM_AFTER * 6:
            return None
        status = self._refused.most_common(1)[0][0]
        minutes = round((now - self._failing_since).total_seconds() / 60)
        what = f"webhooks have been refused for {minutes} minutes (answered with {status})"
        return Finding(AccountState.DEAF, what, _HINTS.get(status, "look into the log"))


class Listened:
    """A webhook whose answers are counted; verification (GET) is no pulse."""

    def __init__(self, webhook: ASGIApp, pulse: Pulse, rule: Rule) -> None:
        self._webhook = webhook
        self._pulse = pulse
        self.rule = rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def listen(message: Message) -> None:
            if message["type"] == "http.response.start" and scope.get("method") == "POST":
                self._pulse.note(message["status"])
            await send(message)

        await self._webhook(scope, receive, listen)
