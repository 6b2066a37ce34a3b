"""Money for models, kept in memory: for tests and for trying things without a database."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from core.domain.ids import ContactId
from core.ports import Budget, FinishedCall, PlannedCall


class MemorySpending:
    """Implements Spending. Limits in millionths of a dollar; None = no limit."""

    def __init__(
        self, *, today: Callable[[], date], day_limit: int | None = None, lead_limit: int | None = None
    ) -> None:
        self._today = today
        self._day_limit = day_limit
        self._lead_limit = lead_limit
        self._spent: Counter[date | ContactId] = Counter()
        self._refused_on: date | None = None
        self._planned: list[tuple[PlannedCall, date]] = []
        self.finished: dict[int, FinishedCall] = {}

    async def reserve(self, call: PlannedCall) -> int | None:
        day = self._today()
        if self._day_limit is not None and self._spent[day] + call.worst > self._day_limit:
            self._refused_on = day
            return None
        if call.lead is not None:
            if self._lead_limit is not None and self._spent[call.lead] + call.worst > self._lead_limit:
                return None
            self._spent[call.lead] += call.worst
        self._spent[day] += call.worst
        self._planned.append((call, day))
        return len(self._planned)

    async def settle(self, number: int, done: FinishedCall) -> None:
        if number in self.finished:
            return
        call, day = self._planned[number - 1]
        self.finished[number] = done
        self._spent[day] += done.cost - call.worst
        if call.lead is not None:
            self._spent[call.lead] += done.cost - call.worst

    async def today(self) -> Budget:
        day = self._today()
        return Budget(self._spent[day], self._day_limit, self._refused_on == day)
