"""Deliver signed webhooks as Meta does: in batches, and again and again until a 2xx comes back."""

import asyncio
import contextlib
import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.emulators.meta_events import write
from tests.emulators.meta_state import VERIFY_TOKEN, MetaState
from tests.emulators.regime import INSTAGRAM, MESSENGER
from tests.emulators.weather import Weather

Json = dict[str, Any]
_SHORTEST_PAUSE = 0.01


@dataclass(eq=False)
class Parcel:
    """One entry of a webhook body on its way. `waited` counts the platform's own seconds between attempts."""

    entry: Json
    not_before: float = 0.0
    attempts: int = 0
    waited: float = 0.0
    is_over: bool = False


class WebhookPusher:
    """`haste` is how many of the platform's seconds pass in one of ours while it pauses between attempts."""

    def __init__(self, state: MetaState, *, weather: Weather | None = None, haste: float = 1_000) -> None:
        self.url = ""
        self.verify_token = VERIFY_TOKEN
        self.weather = weather or Weather()
        self.haste = haste
        self.told: list[Json] = []
        """Every entry that was ever to be delivered, once each."""
        self.given_up: list[Json] = []
        self._verified = ""
        self._state = state
        self._regime = MESSENGER if state.kind == "page" else INSTAGRAM
        self._queue: list[Parcel] = []
        self._running: set[asyncio.Task[None]] = set()
        self._in_hand = 0

    @property
    def is_idle(self) -> bool:
        return not self._queue and not self._in_hand

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def push(self, entry: Json, *, again: bool = False) -> Parcel:
        """The parcel that leaves first; a second copy may follow it."""
        now = time.monotonic()
        parcels = [Parcel(entry, now + hold) for hold in self.weather.holds()]
        with self._state.lock:
            if not again:
                self.told.append(entry)
            if self._state.is_subscribed:
                self._queue.extend(parcels)
            else:
                self.given_up.append(entry)
                parcels[0].is_over = True
        self._state.arrived.notify()
        return parcels[0]

    def take_all(self) -> list[bytes]:
        """What waits, one body each, for a test that hands it over itself."""
        with self._state.lock:
            waiting, self._queue = self._queue, []
        return [self._write([parcel]) for parcel in waiting]

    def take_together(self) -> bytes | None:
        """The same in one body."""
        with self._state.lock:
            waiting, self._queue = self._queue, []
        return write({"object": self._state.kind, "entry": [parcel.entry for parcel in waiting]}) if waiting else None

    async def settle(self, parcel: Parcel, *, seconds: float = 5.0) -> None:
        """Until it was delivered or given up."""
        deadline = time.monotonic() + seconds
        while not parcel.is_over and time.monotonic() < deadline:
            await self._state.arrived.wait(0.05)

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
            while True:
                batch = self._take() if await self._is_welcome(http) else []
                if not batch:
                    await self._state.arrived.wait(0.01 if self._queue else 1.0)
                    continue
                task = asyncio.create_task(self._deliver(http, batch))
                self._running.add(task)
                task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._state.arrived.notify()

    async def _is_welcome(self, http: httpx.AsyncClient) -> bool:
        """The address must give back a challenge before anything is sent there."""
        if not self.url or self._verified == self.url:
            return bool(self.url)
        challenge = secrets.token_hex(8)
        asked = {"hub.mode": "subscribe", "hub.verify_token": self.verify_token, "hub.challenge": challenge}
        with contextlib.suppress(httpx.HTTPError):
            answer = await http.get(self.url, params=asked)
            if answer.status_code == 200 and answer.text == challenge:
                self._verified = self.url
                return True
        await asyncio.sleep(0.2)
        return False

    def _take(self) -> list[Parcel]:
        if len(self._running) >= self.weather.at_once:
            return []
        now = time.monotonic()
        with self._state.lock:
            due = sorted((each for each in self._queue if each.not_before <= now), key=lambda each: each.not_before)
            batch = due[: self.weather.how_many()]
            self._queue = [parcel for parcel in self._queue if parcel not in batch]
            self._in_hand += len(batch)
            return batch

    async def _deliver(self, http: httpx.AsyncClient, batch: Sequence[Parcel]) -> None:
        raw, status = self._write(batch), 0
        with contextlib.suppress(httpx.HTTPError):
            response = await http.post(self.url, content=raw, headers=sign(raw, self._state.app_secret))
            status = response.status_code
        self._state.deliveries.append(status)
        with self._state.lock:
            for parcel in batch:
                parcel.is_over = 200 <= status < 300 or not self._try_again(parcel)
            self._in_hand -= len(batch)

    def _try_again(self, parcel: Parcel) -> bool:
        parcel.attempts += 1
        pause = self._regime.pause(parcel.attempts, parcel.waited)
        if pause is None:
            self.given_up.append(parcel.entry)
            self._state.is_subscribed = self._state.is_subscribed and not self._regime.unsubscribes
            return False
        parcel.waited += pause
        parcel.not_before = time.monotonic() + max(pause / self.haste, _SHORTEST_PAUSE)
        self._queue.append(parcel)
        return True

    def _write(self, batch: Sequence[Parcel]) -> bytes:
        """Several entries, or one entry with several events, as the dice fall: both are the platform's way."""
        entries = [parcel.entry for parcel in batch]
        if len(entries) > 1 and self.weather.how_many() > 1:
            entries = _together(entries)
        return write({"object": self._state.kind, "entry": entries})


def _together(entries: Sequence[Json]) -> list[Json]:
    """Entries of one account with one kind of list become one entry, in their order."""
    merged: dict[tuple[str, ...], Json] = {}
    for number, entry in enumerate(entries):
        lists = tuple(name for name, value in entry.items() if isinstance(value, list))
        place = (entry["id"], *(lists or (str(number),)))
        into = merged.setdefault(place, {**entry, **{name: [] for name in lists}})
        for name in lists:
            into[name].extend(entry[name])
    return list(merged.values())


def sign(raw: bytes, secret: str) -> dict[str, str]:
    digest = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    old = hmac.new(secret.encode(), raw, hashlib.sha1).hexdigest()
    return {
        "X-Hub-Signature-256": f"sha256={digest}",
        "X-Hub-Signature": f"sha1={old}",
        "Content-Type": "application/json",
    }
