import pytest

from rag.expectations import asks_if_there, expected_form, lacks_measure


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


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("скільки ват споживає Vento Home?", "До десяти чашок удома впорається Vento Home.", True),
        ("скільки ват споживає Vento Home?", "Vento Home споживає 1450 Вт.", False),
        ("сколько литров бачок", "На баке 20 чашек в день.", True),
        ("сколько литров бачок", "Бачок на 1,8 л воды.", False),
        ("how many decibels is it?", "It is quiet: you can talk beside it.", True),
        ("what are its dimensions", "24 months of guarantee.", True),
        ("what are its dimensions", "It stands on 25 cm of a counter.", False),
        ("do you deliver to Lviv?", "We deliver all over Ukraine.", False),
    ],
)
def test_a_text_without_the_unit_that_is_asked_for_lacks_it(question: str, text: str, lacks: bool) -> None:
    assert lacks_measure(question, text) is lacks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("а холодильники є?", True),
        ("сиропы бывают?", True),
        ("do you sell fridges?", True),
        ("скільки учнів буває в групі?", False),
        ("де ви є?", False),
        ("how does one pay?", False),
    ],
)
def test_whether_there_is_such_a_thing_is_told_from_how_many_and_where(question: str, asks: bool) -> None:
    assert asks_if_there(question) is asks
