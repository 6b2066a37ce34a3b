"""What a guard may ask about: the whole vocabulary of `when:` in a playbook."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """`known` are names of recorded facts, `acts` what the customer just did, `done` the moves made before."""

    stage: str
    acts: frozenset[str]
    known: frozenset[str]
    done: frozenset[str]
    role: str
    channel: str
    language: str
    turns: int
    """Turns of this conversation before this one."""
    stuck: int
    """Turns in a row in which the bot could not help."""
    on_duty: bool
    """Somebody of the firm is there now."""
    answered: bool = False
    """A question of this turn was just answered."""
    clear_fit: bool = False
    """What was told leaves so few products that they can be shown at once."""
    agreed: bool = False
    """The customer has said yes to buying, now or before."""
    wishes: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    """Circumstances that were mentioned at any time: place, volume."""
