"""What stands in a person's part of the transcript is not asked again."""

import pytest

from core.domain.conversation import Line, Memory
from core.domain.ids import MessageId
from core.engine.next_move import ASK_LIMIT
from core.engine.person_part import heed_person, settled_in
from tests.core.engine.situations import NOON, build_turn


def lines(*said: tuple[str, str]) -> list[Line]:
    return [Line(MessageId(number), role, text, NOON) for number, (role, text) in enumerate(said)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("На який номер вам зателефонувати? Ваш телефон?", {"phone"}),
        ("Сколько вам нужно?", {"quantity"}),
        ("Which city should we deliver to?", {"city"}),
        ("На коли вам потрібно?", {"deadline"}),
        ("Який у вас бюджет?", {"budget"}),
        ("What is your name?", {"name"}),
        ("Скільки це коштує, підкажу завтра.", set()),
        ("Дякую, до зв'язку!", set()),
    ],
)
def test_what_a_person_asked_and_the_customer_answered_is_settled(text: str, facts: set[str]) -> None:
    assert settled_in(lines(("operator", text), ("customer", "так, ось"))) == facts
    unanswered = settled_in(lines(("operator", text)), wrote_since=False)
    assert unanswered == frozenset()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Записав: 3 шт, доставка до Львова.", {"quantity", "city"}),
        ("Ваш номер +380 67 123 45 67, так?", {"phone"}),
        ("We will ship 10 kg to Odesa.", {"quantity", "city"}),
        ("Наш телефон +380 44 000 07 07", set()),
    ],
)
def test_what_a_person_told_is_settled_too(text: str, facts: set[str]) -> None:
    assert settled_in(lines(("operator", text)), own=["+380 44 000 07 07"]) == facts


def test_the_bots_own_questions_settle_nothing() -> None:
    assert settled_in(lines(("bot", "What is your name?"), ("customer", "hm"))) == frozenset()


def test_the_memory_says_so_and_nothing_changes_without_a_person() -> None:
    memory = Memory(turns=2, asked={"need": 1})
    quiet = build_turn(memory=memory)
    assert heed_person(quiet) is quiet
    held = build_turn(memory=memory, history=tuple(lines(("operator", "What is your name?"))))
    assert heed_person(held).conversation.memory.asked == {"need": 1, "name": ASK_LIMIT}
