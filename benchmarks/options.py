"""What was asked for on the command line."""

from dataclasses import dataclass

from benchmarks.contest import Peers


@dataclass(frozen=True, slots=True)
class Options:
    rounds: int = 3
    quick: bool = False
    """Smaller and faster, for a look rather than for the record."""
    peers: Peers | None = None
