from dataclasses import replace

import pytest

from core.domain.turn import Action, Decision, Found, Hit, Passage
from core.engine.second_look import is_answer, may_be_answered, may_be_question, may_be_shown
from tests.core.engine.situations import build_turn, understood

LEAD = Decision(Action.REPLY, "ask_need", "discovery")
OBJECTION = Decision(Action.REPLY, "handle_trust", "objections", objection="object_trust")
MY_DATA = Decision(Action.REPLY, "answer", "discovery", phrase="my_data_empty")


@pytest.mark.parametrize("decision", [LEAD, OBJECTION, MY_DATA], ids=["lead", "objection", "my-data"])
@pytest.mark.parametrize("text", ["який досвід у вчителів?", "Можно ли быстрее", "is there anything early?"])
def test_what_looks_like_a_question_is_looked_up_too(decision: Decision, text: str) -> None:
    act = "other" if decision is LEAD else "object_trust"
    assert may_be_question(build_turn(text), understood(act, probability=0.5), decision)


@pytest.mark.parametrize(
    ("text", "decision", "probability"),
    [
        ("не вірю вам", OBJECTION, 0.5),
        ("який досвід у вчителів?", LEAD, 0.65),
        ("чи ви бот, чи людина?", Decision(Action.REPLY, "answer", "discovery", phrase="bot_identity"), 0.6),
        ("чому я маю вам вірити?", OBJECTION, 0.9),
        ("що ви знаєте про мене?", MY_DATA, 0.5),
        ("what data about me do you keep?", MY_DATA, 0.5),
        ("де ви?", Decision(Action.REPLY, "answer", "discovery", search=True), 0.5),
        ("де ви?", Decision(Action.HAND_OFF, "hand_off", "discovery"), 0.5),
        ("ти бот?", Decision(Action.REPLY, "answer", "discovery", phrase="bot_identity"), 0.5),
    ],
)
def test_what_is_certain_or_no_question_stays_as_it_was_decided(
    text: str, decision: Decision, probability: float
) -> None:
    assert not may_be_question(build_turn(text), understood("object_trust", probability=probability), decision)


VISIT = frozenset({"visit"})


@pytest.mark.parametrize(
    ("text", "act", "wishes", "phrase", "may_be"),
    [
        ("в чём разница между автоматом и рожком?", "ask_bot_identity", frozenset(), "bot_identity", True),
        ("pump died, is that on you?", "ask_bot_identity", frozenset(), "bot_identity", True),
        ("are you a person?", "ask_bot_identity", frozenset(), "bot_identity", False),
        ("як до вас записатися?", "ask_product", VISIT, None, True),
        ("i'll come by bike. where do I leave it?", "ask_product", VISIT, None, True),
        ("what happens on the first visit?", "ask_product", VISIT, None, True),
        ("what time may I come by?", "ask_product", VISIT, None, False),
        ("what's the earliest appointment you have?", "ask_product", VISIT, None, False),
        ("думаю, що заїду до вас завтра, добре?", "ask_product", VISIT, None, False),
        ("можна заїхати у вівторок?", "ask_product", VISIT, None, False),
    ],
)
def test_a_machine_is_no_bot_and_how_to_come_is_no_visit(
    text: str, act: str, wishes: frozenset[str], phrase: str | None, may_be: bool
) -> None:
    decision = Decision(Action.REPLY, "answer" if phrase else "schedule", "discovery", phrase=phrase)
    meant = replace(understood(act, probability=0.45), wishes=wishes)
    assert may_be_question(build_turn(text), meant, decision) is may_be


def test_who_is_led_to_a_meeting_and_asks_where_is_answered_first() -> None:
    schedule = Decision(Action.REPLY, "schedule", "closing")
    meant = understood("schedule_visit", probability=0.9)
    assert may_be_answered(build_turn("i'll come by bike. where do i leave it"), meant, schedule)
    assert not may_be_answered(build_turn("i'll come by tomorrow"), meant, schedule)


@pytest.mark.parametrize("text", ["надішліть каталог, де все є", "send me the list of what you have and how much"])
def test_what_is_asked_to_be_sent_is_sent(text: str) -> None:
    sends = Decision(Action.REPLY, "send_material", "presentation")
    assert not may_be_answered(build_turn(text), understood("ask_material", probability=0.9), sends)


@pytest.mark.parametrize("text", ["що порадите?", "что посоветуете?", "what do you recommend?"])
def test_who_wants_bare_advice_is_asked_what_for(text: str) -> None:
    meant = replace(understood("ask_product", probability=0.9), wishes=frozenset({"advice"}))
    assert not may_be_answered(build_turn(text), meant, ASKS_NEED)


ASKS_NEED = Decision(Action.REPLY, "ask_situation", "discovery", asks="need")
TRUST = Decision(Action.REPLY, "handle_trust", "objections", objection="object_trust")


@pytest.mark.parametrize(
    ("text", "act", "decision", "may_be"),
    [
        ("хочу орендувати машину", "state_need", ASKS_NEED, True),
        ("сделаете пачки с логотипом?", "state_need", ASKS_NEED, True),
        ("боюсь вводить карту, это безопасно?", "object_trust", TRUST, True),
        ("so, yes", "agree", ASKS_NEED, False),
        ("what do you know about me", "state_need", ASKS_NEED, False),
        ("rent me one", "state_need", Decision(Action.REPLY, "recommend", "presentation", picks=("A",)), False),
        ("rent me one", "state_need", Decision(Action.HAND_OFF, "hand_off", "discovery"), False),
    ],
)
def test_a_wish_or_a_doubt_is_looked_up_where_the_pages_may_speak_of_it(
    text: str, act: str, decision: Decision, may_be: bool
) -> None:
    assert may_be_answered(build_turn(text), understood(act, probability=0.9), decision) is may_be


@pytest.mark.parametrize(
    ("text", "probability", "enough", "score", "wanted", "expected"),
    [
        ("I need a machine for my office", 0.9, True, 0.9, 0.1, False),
        ("I'd like to rent one", 0.9, True, 0.6, 0.6, True),
        ("could I rent one?", 0.9, True, 0.97, 0.1, True),
        ("could I rent one?", 0.9, True, 0.86, 0.1, True),
        ("could I rent one", 0.9, True, 0.86, 0.1, False),
        ("a session as a present, perhaps", 0.3, True, 0.97, 0.0, True),
        ("could I rent one?", 0.9, False, 0.5, 0.9, False),
    ],
)
def test_a_statement_is_answered_only_when_it_is_after_what_the_page_says(
    text: str, probability: float, enough: bool, score: float, wanted: float, expected: bool
) -> None:
    hit = Hit(Passage(1, "rent.en.md", "rent", "en", "Rent", "We rent machines."), score, wanted=wanted)
    meant = understood("state_need", probability=probability)
    assert is_answer(build_turn(text), meant, Found((hit,), enough, 0.55), LEAD) is expected


def test_an_objection_is_met_unless_the_pages_surely_speak_of_it() -> None:
    hit = Hit(Passage(1, "about.en.md", "about", "en", "About us", "We began in 2014."), 0.9)
    turn, meant, found = (
        build_turn("how do I know it's no fraud?"),
        understood("object_trust"),
        Found((hit,), True, 0.6),
    )
    assert not is_answer(turn, meant, found, OBJECTION)
    assert is_answer(turn, meant, found, LEAD)


@pytest.mark.parametrize(
    ("text", "decision", "probability", "expected"),
    [
        ("чи є у вас таке?", LEAD, 0.9, True),
        ("is this something you fix?", OBJECTION, 0.4, True),
        ("is this something you fix?", OBJECTION, 0.6, False),
        ("треба порадитися", OBJECTION, 0.4, False),
        ("що ви знаєте?", MY_DATA, 0.4, False),
    ],
)
def test_what_comes_near_is_shown_in_place_of_a_guess_only(
    text: str, decision: Decision, probability: float, expected: bool
) -> None:
    assert may_be_shown(build_turn(text), understood("object_trust", probability=probability), decision) is expected
