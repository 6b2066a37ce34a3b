"""Going on at another door: the link that was asked for, and what is said to whoever came in by one."""

import re
from dataclasses import replace
from typing import Final

from core.domain.identity import Arrived
from core.domain.messages import InboundKind
from core.domain.playbook import Playbook
from core.domain.situation import Situation
from core.domain.turn import Action, Decision, Turn, Understood
from core.engine.next_move import next_move

_GOES_ON: Final = re.compile(
    r"перейд\w+|перейти|перех[оі]д\w+|продовж\w+|переїд\w+|переключ\w+|спілкува\w+|писати\b|пишіть|напишіть|"
    r"списатис\w+|"
    r"лінк\w*|посиланн\w*|(?:є|ви) (?:ви )?(?:в|у)\b|зручніш\w+|(?:краще|можна|давайте) (?:в|у|через)\b|"
    r"продолж\w+|переписыва\w+|общат\w+|писать\b|пишите|напишите|ссылк\w*|(?:есть|вы) (?:вы )?в\b|удобнее|"
    r"лучше (?:в|через)\b|можно (?:в|через)\b|давайте в\b|"
    r"\b(?:go on|carry on|continue|switch|move|talk|chat|write|text|message|reach|link|prefer|easier|rather|"
    r"better)\b|"
    r"are you on|can (?:we|i|you)\b",
    re.IGNORECASE,
)
_FOUND_US: Final = re.compile(
    r"(?:побач|знайш|підписан|реклам|увиде|наш[её]л|нашла|подписан|saw|found|follow|\bad\b)", re.IGNORECASE
)
_PHRASES: Final = {
    Arrived.LINKED: "linked", Arrived.ALREADY: "linked", Arrived.SAME_DOOR: "link_same_door",
    Arrived.USED: "link_stale", Arrived.EXPIRED: "link_stale", Arrived.UNKNOWN: "link_stale",
}  # fmt: skip


def arrived(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Words that came with the link are answered as any others."""
    if turn.arrived is None or any(message.kind is not InboundKind.COMMAND for message in turn.messages):
        return None
    phrase = _PHRASES[turn.arrived]
    said = Decision(Action.REPLY, "greet", situation.stage, phrase=phrase, rules=("a one-time link was opened",))
    follow = next_move(replace(situation, answered=True), playbook, turn.conversation.memory, None, only_asking=True)
    if phrase == "link_same_door" or follow is None:
        return said
    return replace(said, follow_move=follow.id, asks=follow.asks)


def goes_on_elsewhere(turn: Turn, understood: Understood, situation: Situation, playbook: Playbook) -> Decision | None:
    """Only a door that the customer names is offered: nobody is sent away."""
    if not turn.doorways or not _GOES_ON.search(turn.text) or _FOUND_US.search(turn.text):
        return None
    return Decision(
        Action.REPLY, "answer", situation.stage, phrase="go_on_there", doorway=turn.doorways[0],
        rules=("the customer wants to go on in another channel: a one-time link is given",),
    )  # fmt: skip
