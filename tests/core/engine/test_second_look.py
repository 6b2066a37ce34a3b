import pytest

from core.domain.turn import Action, Decision
from core.engine.second_look import may_be_answered, may_be_question
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
        ("який досвід у вчителів?", LEAD, 0.5),
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


ASKS_NEED = Decision(Action.REPLY, "ask_situation", "discovery", asks="need")
TRUST = Decision(Action.REPLY, "handle_trust", "objections", objection="object_trust")


@pytest.mark.parametrize(
    ("text", "decision", "may_be"),
    [
        ("хочу орендувати машину", ASKS_NEED, True),
        ("сделаете пачки с логотипом?", ASKS_NEED, True),
        ("I need a machine for my office", ASKS_NEED, False),
        ("боюсь вводить карту, это безопасно?", TRUST, True),
        ("я вам не верю", TRUST, False),
        ("rent me one", Decision(Action.REPLY, "recommend", "presentation", asks="product", picks=("A",)), False),
        ("rent me one", Decision(Action.HAND_OFF, "hand_off", "discovery"), False),
    ],
)
def test_a_wish_or_a_doubt_is_looked_up_where_the_pages_may_speak_of_it(
    text: str, decision: Decision, may_be: bool
) -> None:
    act = "object_trust" if decision is TRUST else "state_need"
    assert may_be_answered(build_turn(text), understood(act, probability=0.9), decision) is may_be
