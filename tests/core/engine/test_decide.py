"""What the bot does next, as a table of situations."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.conversation import Holder, Line, Memory
from core.domain.ids import MessageId
from core.domain.messages import Attachment, AttachmentKind, InboundKind
from core.domain.outcomes import OutcomeKind
from core.domain.playbook import HandOffRule, Objection, Playbook
from core.domain.turn import Action, Decision
from core.engine.decide import decide
from core.engine.situation import build_situation
from tests.core.engine.situations import NOON, build_move, build_playbook, build_turn, understood

MOVES = (
    build_move("greet", "opening"),
    build_move("ask_need", "discovery", asks="need"),
    build_move("ask_budget", "discovery", asks="budget"),
    build_move("offer", "closing", when=lambda s: {"need", "budget"} <= s.known),
    build_move("ask_contact", "closing", asks="phone", when=lambda s: "offer" in s.done),
    build_move("confirm", "won", when=lambda s: "phone" in s.known and "agree" in s.acts),
)
PLAYBOOK = build_playbook(MOVES, (Objection("object_price", {"en": ("It lasts.",)}),))


MINUTE = timedelta(minutes=1)


def run(*acts: str, playbook: Playbook = PLAYBOOK, **more: Any) -> Decision:
    turn = build_turn(more.pop("text", "some words"), playbook=playbook, **more)
    meant = understood(*acts)
    return decide(turn, meant, build_situation(turn, meant), playbook)


@pytest.mark.parametrize(
    ("acts", "action", "phrase"),
    [
        (("ask_human",), Action.HAND_OFF, "hand_off_on_duty"),
        (("opt_out", "ask_price"), Action.CLOSE, "opted_out"),
        (("erase_me",), Action.REPLY, "erase_confirm"),
        (("ask_bot_identity",), Action.REPLY, "bot_identity"),
        (("ask_my_data",), Action.REPLY, "my_data_empty"),
        (("thanks",), Action.REPLY, "thanks"),
    ],
)
def test_hard_wishes_come_before_the_sale(acts: tuple[str, ...], action: Action, phrase: str) -> None:
    decision = run(*acts)
    assert (decision.action, decision.phrase) == (action, phrase)


@pytest.mark.parametrize("act", ["thanks", "agree"])
def test_an_ok_after_stop_is_left_alone(act: str) -> None:
    said = Memory(turns=2, disclosed_at=NOON.isoformat(), last_move="farewell")
    assert run(act, text="ok", memory=said, opted_out=True).action is Action.WAIT
    assert run(act, text="ok", memory=said).phrase == "thanks"


def test_the_first_open_move_asks_for_what_is_missing() -> None:
    assert run("state_need", memory=Memory(turns=1, done=("greet",))).asks == "need"
    assert run("state_need", facts={"need": "a grinder"}).asks == "budget"


def test_what_is_known_is_never_asked_for() -> None:
    decision = run("state_budget", facts={"need": "a grinder", "budget": {"amount": 5000, "currency": "UAH"}})
    assert decision.move == "offer"
    assert decision.asks is None


def test_a_fact_refused_twice_is_left_alone() -> None:
    memory = Memory(turns=4, done=("greet",), asked={"need": 2})
    assert run("other", memory=memory, text="").asks != "need"


def test_a_question_is_answered_first_and_then_leads_on() -> None:
    decision = run("ask_terms")
    assert (decision.move, decision.search, decision.follow_move) == ("answer", True, "ask_need")


def test_a_first_question_is_not_greeted_but_answered() -> None:
    decision = run("ask_price", stage="opening", memory=Memory())
    assert (decision.move, decision.follow_move) == ("answer", "ask_need")


def test_an_objection_gets_its_answer() -> None:
    decision = run("object_price", stage="presentation")
    assert (decision.move, decision.objection, decision.stage) == ("handle_price", "object_price", "objections")


def test_an_objection_without_an_answer_does_not_stop_the_sale() -> None:
    assert run("object_competitor").move == "ask_need"


def test_the_playbook_can_call_a_person() -> None:
    playbook = build_playbook(MOVES, handoff=(HandOffRule("stuck", lambda s: s.stuck >= 2),))
    decision = run("other", playbook=playbook, memory=Memory(turns=5, stuck=2))
    assert (decision.action, decision.reason) == (Action.HAND_OFF, "stuck")


@pytest.mark.parametrize(("last", "lost"), [("offer", True), ("greet", True), ("ask_budget", False)])
def test_no_ends_the_sale_only_where_the_sale_was_asked_for(last: str, lost: bool) -> None:
    decision = run("decline", memory=Memory(turns=3, done=("greet",), last_move=last))
    assert (decision.outcome is OutcomeKind.DECLINED) is lost


@pytest.mark.parametrize(
    ("audience", "outcome"), [("buyers", OutcomeKind.LEAD_WON), ("partners", OutcomeKind.PARTNER_SIGNED)]
)
def test_reaching_won_is_an_outcome(audience: str, outcome: OutcomeKind) -> None:
    playbook = build_playbook(MOVES, audience=audience)
    memory = Memory(turns=6, done=("greet", "offer"), asked={"need": 2, "budget": 2})
    decision = run("agree", playbook=playbook, facts={"phone": "+380670001122"}, stage="closing", memory=memory)
    assert (decision.move, decision.stage, decision.outcome) == ("confirm", "won", outcome)


def test_a_person_who_holds_the_conversation_is_not_talked_over() -> None:
    decision = run("ask_price", holder=Holder.OPERATOR)
    assert (decision.action, decision.phrase) == (Action.WAIT, None)


def test_while_a_person_is_called_the_customer_is_told_so_once() -> None:
    assert run("ask_price", holder=Holder.WAITING).phrase == "waiting"
    again = run("ask_price", holder=Holder.WAITING, memory=Memory(turns=2, last_move="waiting"))
    assert (again.action, again.phrase) == (Action.WAIT, None)


NIGHT = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
"""A Tuesday, on which nobody of the firm is there."""


@pytest.mark.parametrize(
    ("acts", "phrase", "search"),
    [
        (("ask_terms",), None, True),
        (("ask_human",), "waiting_off_duty", False),
        (("ask_bot_identity",), "bot_identity", False),
    ],
)
def test_while_a_person_is_called_and_nobody_is_there_the_bot_goes_on(
    acts: tuple[str, ...], phrase: str | None, search: bool
) -> None:
    decision = run(*acts, holder=Holder.WAITING, now=NIGHT)
    assert (decision.action, decision.phrase, decision.search) == (Action.REPLY, phrase, search)


def test_contact_and_wish_are_still_asked_for_at_night() -> None:
    decision = run("state_need", holder=Holder.WAITING, now=NIGHT, memory=Memory(turns=2, done=("greet",)))
    assert decision.asks == "need"


def test_a_rule_of_the_playbook_calls_nobody_twice() -> None:
    playbook = build_playbook(MOVES, handoff=(HandOffRule("stuck", lambda s: True),))
    assert run("ask_terms", playbook=playbook, now=NIGHT).action is Action.HAND_OFF
    assert run("ask_terms", playbook=playbook, now=NIGHT, holder=Holder.WAITING).action is Action.REPLY


def test_stop_works_even_while_a_person_is_called() -> None:
    assert run("opt_out", holder=Holder.WAITING).action is Action.CLOSE


@pytest.mark.parametrize(
    ("kind", "phrase"), [(AttachmentKind.IMAGE, "media_received"), (AttachmentKind.VOICE, "unsupported")]
)
def test_media_without_words_gets_an_honest_answer(kind: AttachmentKind, phrase: str) -> None:
    assert run("other", text="", attachments=(Attachment(kind),)).phrase == phrase


@pytest.mark.parametrize(
    ("used", "before", "is_answered"),
    [
        (("phrase.unsupported:en:0",), MINUTE, False),
        (("phrase.disclosure:en:0", "phrase.unsupported:en:1"), MINUTE, False),
        (("phrase.unsupported:en:0",), 90 * MINUTE, True),
        (("phrase.unsupported:en:0", "move.ask_need:en:0"), MINUTE, True),
        (("phrase.media_received:en:0",), MINUTE, True),
        ((), MINUTE, True),
    ],
    ids=["just told", "told after the first hello", "told long ago", "talked since", "told of another", "never told"],
)
def test_ten_stickers_in_a_row_are_answered_once(used: tuple[str, ...], before: timedelta, is_answered: bool) -> None:
    memory = Memory(turns=1, disclosed_at=NOON.isoformat(), done=("greet",), used=used)
    sticker = (Attachment(AttachmentKind.STICKER),)
    decision = run("other", text="", attachments=sticker, memory=memory, last_inbound_at=NOON - before)
    assert (decision.action, decision.phrase) == ((Action.REPLY, "unsupported") if is_answered else (Action.WAIT, None))


@pytest.mark.parametrize(
    ("before", "last_move", "pending", "ago", "is_answered"),
    [
        ("👍", "ask_need", None, MINUTE, False),
        ("👍👍", "ask_need", None, MINUTE, True),
        ("Добрий день", "ask_need", None, MINUTE, True),
        ("👍", "ask_need", None, 90 * MINUTE, True),
        ("👍", "ask_commitment", None, MINUTE, True),
        ("👍", "ask_need", "person", MINUTE, True),
    ],
    ids=["again", "another", "after words", "long ago", "a yes to the offer", "a yes to a person"],
)
def test_a_row_of_likes_is_answered_once(
    before: str, last_move: str, pending: str | None, ago: timedelta, is_answered: bool
) -> None:
    memory = Memory(turns=2, disclosed_at=NOON.isoformat(), done=("greet",), last_move=last_move, pending=pending)
    lines = (Line(MessageId(5), "customer", before, NOON - ago), Line(MessageId(6), "bot", "?", NOON - ago))
    decision = run("agree", text="👍", memory=memory, history=lines)
    assert (decision.action is not Action.WAIT) == is_answered


def test_a_follow_up_is_made_only_while_it_fits() -> None:
    timer: dict[str, Any] = {"kind": InboundKind.FOLLOW_UP, "text": ""}
    assert run("other", payload="ask_need", **timer).move == "ask_need"
    assert run("other", payload="ask_need", stage="won", **timer).action is Action.WAIT
    assert run("other", payload="gone_move", **timer).action is Action.WAIT
    assert run("other", payload="ask_need", opted_out=True, **timer).action is Action.WAIT


def test_long_silence_is_recorded_as_lost() -> None:
    decision = run("other", text="", kind=InboundKind.FOLLOW_UP, payload="silence")
    assert (decision.action, decision.stage, decision.outcome) == (Action.WAIT, "lost", OutcomeKind.LOST_SILENT)


def test_a_no_to_a_person_with_a_question_in_it_is_answered() -> None:
    offered = Memory(turns=1, done=("greet",), pending="person")
    assert run("decline", memory=offered).phrase == "no_person"
    assert run("decline", "ask_terms", memory=offered).search
    assert run("decline", text="no, do you ship to Lviv?", memory=offered).phrase != "no_person"


def test_who_comes_back_after_a_lost_sale_is_sold_to_again() -> None:
    assert run("state_need", stage="lost").move == "ask_need"


def test_every_decision_says_why() -> None:
    for acts in (("greeting",), ("ask_price",), ("object_price",), ("ask_human",), ("other",)):
        assert run(*acts).rules, acts
    assert NOON.tzinfo


@pytest.mark.parametrize(
    ("text", "probability", "is_told"),
    [
        ("що в тебе на мене є", 0.4, True),
        ("send me the export", 0.8, True),
        ("о котрій мені підтвердять запис?", 0.6, False),
    ],
)
def test_ones_own_data_is_told_only_to_who_surely_asks_for_it(text: str, probability: float, is_told: bool) -> None:
    turn = build_turn(text, playbook=PLAYBOOK)
    meant = understood("ask_my_data", probability=probability)
    decision = decide(turn, meant, build_situation(turn, meant), PLAYBOOK)
    assert (decision.phrase == "my_data_empty") is is_told
