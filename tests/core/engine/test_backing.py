"""A bot promises only what somebody or something will keep."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.conversation import Holder, Memory
from core.domain.firm import Firm
from core.domain.messages import OutboundMessage
from core.domain.playbook import Playbook
from core.domain.promises import PromiseKind, PromiseRule
from core.domain.turn import Action, Draft, TurnResult
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.engine.review import Heard, review
from core.engine.review.evidence import build_evidence
from tests.core.engine.situations import NOON, build_firm, build_move, build_playbook, build_turn, understood
from tests.core.engine.test_engine import Library, Meant, quote

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
WORDS = "Somebody will contact you to agree on the rest."


def playbook(promises: PromiseRule | None) -> Playbook:
    texts = (f"Thank you! {WORDS} If anything is wrong, just write.",)
    confirm = build_move("confirm", "won", en=texts, when=lambda s: "agree" in s.acts, promises=promises)
    found = build_playbook((build_move("send_material", "presentation"), confirm))
    back = {"en": ("We are closed; people are back {back}.",)}
    return replace(found, phrases={**found.phrases, "promise_off_duty": back})


async def take(promises: PromiseRule | None, *, firm: Firm | None = None, now: datetime = NOON) -> TurnResult:
    engine = Engine(
        understanding=Meant(understood("agree")), knowledge=Library(), composer=TemplateComposer(quote=quote)
    )
    memory = Memory(turns=3, disclosed_at=now.isoformat(), done=("greet", "offer"), last_move="offer", agreed=True)
    return await engine.take_turn(
        build_turn(
            "yes", playbook=playbook(promises), firm=firm or build_firm(), memory=memory, stage="closing", now=now
        )
    )


CALL = PromiseRule(PromiseKind.CALL, timedelta(hours=2))


async def test_a_declared_promise_leaves_and_is_remembered_with_its_time_and_words() -> None:
    result = await take(CALL)
    assert WORDS in result.replies[0].text
    (made,) = result.promises
    assert (made.kind, made.due, made.words) == (PromiseKind.CALL, NOON + timedelta(hours=2), WORDS)


async def test_a_promise_that_no_move_declares_is_cut() -> None:
    result = await take(None)
    assert WORDS not in result.replies[0].text
    assert "Thank you!" in result.replies[0].text
    assert result.promises == ()
    assert [cut["rule"] for cut in result.trace["blocked"]] == ["untraced_promise"]


async def test_where_nobody_is_ever_there_nothing_is_promised() -> None:
    result = await take(CALL, firm=replace(build_firm(), on_duty={}))
    assert WORDS not in result.replies[0].text
    assert result.promises == ()


async def test_at_night_the_text_says_when_people_are_back_and_the_time_runs_from_then() -> None:
    result = await take(CALL, now=NIGHT)
    assert "people are back on 30 November at 9:00" in result.replies[0].text
    (made,) = result.promises
    assert made.due == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


async def test_what_the_bot_does_itself_needs_nobody_and_gets_a_job() -> None:
    rule = PromiseRule(PromiseKind.MATERIAL, timedelta(hours=3), "send_material")
    result = await take(rule, firm=replace(build_firm(), on_duty={}), now=NIGHT)
    assert WORDS in result.replies[0].text
    assert "closed" not in result.replies[0].text
    (job,) = [job for job in result.jobs if job.key.startswith("promised:")]
    assert (job.name, job.payload["move"]) == ("follow_up", "send_material")
    assert job.after is not None
    assert NIGHT + job.after < result.promises[0].due == NIGHT + timedelta(hours=3)


@pytest.mark.parametrize("now", [NOON, NIGHT])
async def test_who_asks_for_a_person_is_promised_an_answer_in_working_time(now: datetime) -> None:
    engine = Engine(
        understanding=Meant(understood("ask_human")), knowledge=Library(), composer=TemplateComposer(quote=quote)
    )
    result = await engine.take_turn(build_turn("a person", playbook=playbook(None), now=now))
    assert (result.action, result.holder) == (Action.HAND_OFF, Holder.WAITING)
    (made,) = result.promises
    assert made.kind is PromiseKind.ANSWER
    assert made.due == (NOON + timedelta(hours=1) if now == NOON else datetime(2026, 11, 30, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize("is_backed", [True, False])
def test_a_model_may_say_it_in_other_words_only_when_it_is_backed(is_backed: bool) -> None:
    draft = Draft((OutboundMessage("Great, thank you! Somebody on our team will contact you."),), approved=False)
    heard = Heard(approved=f"Thank you! {WORDS}", is_backed=is_backed)
    reviewed = review(draft, build_evidence(build_firm(), NOON.date()), heard)
    assert ("contact you" in reviewed.messages[0].text) is is_backed
