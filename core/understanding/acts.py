"""Which acts a text carries: what the head believes, what the wordings say, what the found facts prove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.vocabulary import first_act

PRESENT = 0.30
"""An act this likely holds, also beside a likelier one."""
UNSURE = 0.18
"""When not even the likeliest act reaches this, nothing is known of the text: `other`."""
GUARDED = {"opt_out": 0.60, "erase_me": 0.60, "ask_human": 0.50, "ask_bot_identity": 0.50}
"""Without their wording these acts need more: they silence the bot, erase a person or call one."""
_WORDED = 0.97
PROVEN_BY = {"phone": "give_contact", "email": "give_contact", "budget": "state_budget"}
"""Facts that make the act, whatever else a text says."""


@dataclass(frozen=True, slots=True)
class RecognizedActs:
    """`first` is the act by precedence, `probability` its own."""

    acts: tuple[str, ...]
    first: str
    probability: float


def known_acts(acts: Sequence[str]) -> RecognizedActs:
    """Acts that are certain: a button, a command, a known phrase."""
    return RecognizedActs(tuple(acts), first_act(acts), 1.0)


def choose_acts(
    probabilities: Mapping[str, float], *, worded: Sequence[str] = (), proved: Sequence[str] = ()
) -> RecognizedActs:
    """`worded` acts were said in so many words, `proved` ones follow from a fact (a phone number gives a contact)."""
    certain = dict.fromkeys((*worded, *proved), _WORDED)
    believed = {act: chance for act, chance in probabilities.items() if chance >= GUARDED.get(act, 0.0)}
    ranked = sorted(believed, key=believed.__getitem__, reverse=True)
    likely = [act for act in ranked if believed[act] >= PRESENT]
    if not likely and not certain and ranked and believed[ranked[0]] >= UNSURE:
        likely = ranked[:1]
    chances = {act: believed[act] for act in likely} | certain
    acts = tuple(act for act in chances if act != "other") or ("other",)
    first = first_act(acts)
    return RecognizedActs(acts, first, chances.get(first, max(believed.values(), default=0.0)))
