"""How long and how often a platform tries again to deliver a webhook."""

from dataclasses import dataclass

_HOUR = 3600.0


@dataclass(frozen=True)
class Regime:
    """`pauses` (seconds) before each further attempt, the last of them for ever; after `lasts` it is given up, and an
    account that `unsubscribes` gets nothing at all until it subscribes again."""

    pauses: tuple[float, ...]
    lasts: float
    unsubscribes: bool = False

    def pause(self, attempts: int, waited: float) -> float | None:
        """None when it is given up. `attempts` have failed so far, in `waited` seconds."""
        pause = self.pauses[min(attempts, len(self.pauses)) - 1]
        return pause if waited + pause <= self.lasts else None


MESSENGER = Regime((0, 0, 1, 5, 30, 60), _HOUR, unsubscribes=True)
INSTAGRAM = Regime((0, 5, 30, 120, 600, _HOUR), 36 * _HOUR)
