import pytest

from rag.expectations import expected_form


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Скільки коштує доставка?", "120 грн"),
        ("Почём доставка?", "бесплатно"),
        ("How much is it?", "free of charge"),
        ("Яка знижка?", "5% від 10 кг"),
        ("Коли прийде?", "1–3 робочі дні"),
        ("Как долго ждать?", "в течение 5 рабочих дней"),
        ("How soon?", "within 3 working days"),
        ("До котрої працюєте?", "з 9:00 до 19:00"),
        ("Де ви?", "вулиця Кавова, 7"),
        ("where are you located", "7 Kavova Street"),
        ("ваш телефон?", "+380 44 000 07 07"),
        ("скільки людей у групі", "до 6 людей"),
    ],
)
def test_the_form_of_an_answer_is_known_from_the_question(question: str, answer: str) -> None:
    form = expected_form(question)
    assert form is not None
    assert form.search(answer)
    assert not form.search("Так, звичайно")


def test_a_question_that_expects_no_form_has_none() -> None:
    assert expected_form("Чи є у вас чай?") is None
