"""The firm's night: nothing that we start goes out in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` to `end` by the wall clock of `zone`, in full minutes; over midnight when `end` is the earlier."""

    begin: time
    end: time
    zone: str

    def covers(self, moment: datetime) -> bool:
        clock = moment.astimezone(ZoneInfo(self.zone)).time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

    def end_after(self, moment: datetime) -> datetime | None:
        """When the quiet stretch that covers this moment is over; None when none does."""
        if not self.covers(moment):
            return None
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date() + (_DAY if local.time() >= self.end else timedelta())
        at = self._moment(datetime.combine(day, self.end))
        if at <= moment:  # the hour that comes twice when summer time ends
            at = self._moment(
                datetime.combine(
                    day,
                    self.end,
                ).replace(fold=1)
            )
        while not self.covers(at - _MINUTE):  # the clock jumped over `end` when summer time began
            at -= _MINUTE
        return at

    def begin_before(self, moment: datetime) -> datetime | None:
        """When the quiet stretch that covers this moment began; None when none does."""
        if not self.covers(moment):
            return None
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date() - (_DAY if local.time() < self.begin else timedelta())
        at = self._moment(datetime.combine(day, self.begin))
        while at > moment or self.covers(at - _MINUTE):
            at -= _MINUTE
        return at

    def _moment(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
