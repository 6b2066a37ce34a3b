"""Our own poller: what is asked for next moves only after what came is stored."""

from collections.abc import Sequence
from typing import Any

from bots.channel import AccountHealth
from bots.telegram.client import TelegramClient
from bots.telegram.inbound import ALLOWED_UPDATES, number_of
from bots.telegram.reception import Reception

_HOPELESS = 3


class Poller:
    """Implements Way by long polling; `long_poll_s` is how long the platform may hold an empty answer."""

    def __init__(self, *, client: TelegramClient, reception: Reception, long_poll_s: int = 30) -> None:
        self._client = client
        self._reception = reception
        self._long_poll_s = long_poll_s
        self._offset: int | None = None
        self._failed: dict[int, int] = {}

    async def connect(self) -> None:
        # A webhook left from elsewhere would refuse every poll; what waits behind it is kept.
        await self._client.delete_webhook(drop_pending_updates=False)

    async def wait(self) -> Sequence[Any]:
        updates = await self._client.fetch_updates(self._offset, self._long_poll_s, ALLOWED_UPDATES)
        if not updates:
            # This very call confirmed all that was taken. Ids may start anew after a quiet week, even lower.
            self._offset = None
        return updates

    async def take(self, updates: Sequence[Any]) -> AccountHealth | None:
        numbers = [number for number in map(number_of, updates) if number is not None]
        if updates and not numbers:
            raise ValueError("updates without numbers cannot be confirmed")
        if not updates:
            return None
        try:
            await self._reception.accept(updates)
        except Exception:
            await self._take_one_by_one(updates)
        self._offset = max(numbers) + 1
        self._failed.clear()
        return None

    async def _take_one_by_one(self, updates: Sequence[Any]) -> None:
        """Returns when all are stored or set aside. One that fails time after time while others of the same batch
        can be stored is set aside; when none can, the store itself is ill and nothing moves on."""
        stored = 0
        failed: list[tuple[Any, Exception]] = []
        for update in updates:
            try:
                stored += await self._reception.accept([update])
            except Exception as error:
                failed.append((update, error))
        if failed and stored == 0:
            raise failed[0][1]
        waiting = [reason for update, reason in failed if not self._is_hopeless(update)]
        if waiting:
            raise waiting[0]
        for update, reason in failed:
            self._reception.set_aside(update, f"cannot be stored: {type(reason).__name__}")

    def _is_hopeless(self, update: Any) -> bool:
        number = number_of(update) or 0
        self._failed[number] = self._failed.get(number, 0) + 1
        return self._failed[number] >= _HOPELESS
