from datetime import date

import pytest

from core.understanding.facts import dates
from core.understanding.facts.calendar import find_days
from core.understanding.text import fold
from tests.core.understanding.facts.contexts import TODAY, context, last


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("до п'ятниці", "2026-11-27"),
        ("у вівторок", "2026-11-24"),
        ("next friday", "2026-11-27"),
        ("до 15 грудня", "2026-12-15"),
        ("к 15 декабря", "2026-12-15"),
        ("December 15th, 2027", "2027-12-15"),
        ("3 березня", "2027-03-03"),
        ("the 3rd of July", "2027-07-03"),
        ("до 12.12", "2026-12-12"),
        ("12.12.2026", "2026-12-12"),
        ("2026-12-01", "2026-12-01"),
        ("до 25-го включно", "2026-11-25"),
        ("by the 3rd", "2026-12-03"),
        ("завтра", "2026-11-22"),
        ("післязавтра", "2026-11-23"),
        ("the day after tomorrow", "2026-11-23"),
        ("через два тижні", "2026-12-05"),
        ("за тиждень", "2026-11-28"),
        ("протягом двох-трьох днів", "2026-11-24"),
        ("in about six months", "2027-05-21"),
        ("через полгода", "2027-05-21"),
        ("next week", "2026-11-29"),
        ("цього тижня", "2026-11-22"),
        ("в следующем месяце", "2026-12-31"),
        ("до кінця місяця", "2026-11-30"),
        ("на початку наступного місяця", "2026-12-01"),
        ("end of the year", "2026-12-31"),
        ("кінець грудня", "2026-12-31"),
        ("в грудні", "2026-12-31"),
        ("до грудня", "2026-12-01"),
        ("in May", "2027-05-31"),
        ("до Нового року", "2026-12-31"),
        ("14 лютого", "2027-02-14"),
        ("на вихідних", "2026-11-22"),
        ("до зими", "2026-12-01"),
        ("зимою", None),
        ("терміново", None),
        ("31 лютого", None),
    ],
)
def test_a_day_is_worked_out_from_today(text: str, day: str | None) -> None:
    found = find_days(fold(text), TODAY)
    assert [each.day for each in found] == [date.fromisoformat(day) if day else None]


@pytest.mark.parametrize("text", ["5.12 млн", "you may go", "п'ять днів", "2026"])
def test_other_words_and_numbers_are_no_day(text: str) -> None:
    assert find_days(fold(text), TODAY) == []


def test_a_deadline_keeps_the_words_that_said_it() -> None:
    text = "Треба 20 стільців до п'ятниці, встигнете?"
    [span] = dates.find(text, context())
    assert span.value == {"text": "до п'ятниці", "date": "2026-11-27"}
    assert text[span.start : span.end] == "до п'ятниці"


@pytest.mark.parametrize(
    "text",
    [
        "ви працюєте в суботу?",
        "подзвоніть мені завтра",
        "call me on Monday",
        "купував у вас минулої п'ятниці",
        "I ordered two weeks ago",
        "гарантія до кінця року?",
        "знижка діє до неділі?",
    ],
)
def test_calls_opening_hours_and_the_past_are_no_deadline(text: str) -> None:
    assert dates.find(text, context()) == []


def test_a_bare_day_answers_the_question_for_it() -> None:
    assert last(dates.find("в середу", context("deadline"))) == {"text": "в середу", "date": "2026-11-25"}
    assert dates.find("в середу", context()) == []
