"""The same customers while a language model misbehaves: the talk goes on as if there were none."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bots.evaluation.dialogues import play
from bots.evaluation.request import Request
from bots.evaluation.stand import open_stand
from bots.evaluation.talk_rules import find_failures
from core.ports import Completion, LanguageModelFailed, Prompt
from tests.conversations.test_talks import AT_A_TERMINAL, FIRM, NOON

TURN_SECONDS = 0.4
"""A small budget: the provider of the slow talks takes half a minute."""

REPLIES: Mapping[str, str] = {
    "wrong JSON": '{"reply": "Sure, the price is',
    "wrong language": "Guten Tag! Unsere Maschine ist die beste, bestellen Sie noch heute.",
    "invented price": "Great news: for you it is only 999 UAH today, with a 90% discount and free delivery!",
    "silence": "",
}
KINDS = (*REPLIES, "too slow")


class Misbehaving:
    """Every call goes wrong, each in the way of the next talk."""

    def __init__(self) -> None:
        self.kind = "silence"
        self.calls = 0

    async def complete(self, prompt: Prompt) -> Completion:
        self.calls += 1
        if self.kind == "too slow":
            await asyncio.sleep(30)
        reply = REPLIES.get(self.kind, "")
        if not reply:
            raise LanguageModelFailed("no text")
        return Completion(reply, "misbehaving", 10)


@pytest.fixture(scope="module")
async def player() -> AsyncIterator[Any]:
    model = Misbehaving()
    async with open_stand(Request(FIRM, NOON), model=model, turn_seconds=TURN_SECONDS) as stand:
        yield stand, model


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.asyncio(loop_scope="module")
async def test_the_model_is_really_asked(kind: str, player: Any) -> None:
    stand, model = player
    model.kind, before = kind, model.calls
    stand.clock.advance(NOON - stand.clock.now())
    for number in range(3):  # whatever is loaded in the first turn may use up its little time
        messages = [{"text": "How long does delivery take?"}]
        await play(stand, {"id": f"asked-{kind}-{number}", "language": "en", "messages": messages})
    assert model.calls > before


@pytest.mark.parametrize(
    ("talk", "kind"),
    [(talk, KINDS[number % len(KINDS)]) for number, talk in enumerate(AT_A_TERMINAL[::3])],
    ids=[
        f"{talk['id']}-{KINDS[number % len(KINDS)].replace(' ', '-')}" for number, talk in enumerate(AT_A_TERMINAL[::3])
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_talk_goes_on_whatever_the_model_does(talk: dict[str, Any], kind: str, player: Any) -> None:
    stand, model = player
    model.kind = kind
    stand.clock.advance(NOON - stand.clock.now())
    played = await play(stand, talk)
    assert find_failures(talk["expected"], played) == [], [reply.text for reply in played.replies]
    said = "\n".join(reply.text for reply in played.replies)
    assert not any(reply and reply[:20] in said for reply in REPLIES.values())
    assert "999 UAH" not in said
