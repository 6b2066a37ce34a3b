import pytest

from core.domain.facts import FactValue
from core.understanding.facts import quantity
from core.understanding.facts.catalogue import Catalogue
from tests.core.understanding.facts.contexts import context, last
from tests.core.understanding.turns import PRODUCTS


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("треба 25 мішків цементу в Бровари", 25),
        ("хочу замовити 5 стільців", 5),
        ("мені 10 шт", 10),
        ("two dozen mugs please, I want to order", 24),
        ("пару футболок хочу", 2),
        ("я хочу 2", 2),
        ("потрібно двадцять п'ять рулонів шпалер", 25),
        ("візьму 2 столи і 8 стільців", 2),
        ("5-7 штук", 7),
        ("є 5 штук на складі?", 5),
        ("3x black mugs", 3),
        ("x5", 5),
        ("хочу один стілець", 1),
        ("ой, не 5 а 7 штук", 7),
        ("беру 3 пари шкарпеток", 3),
        ("нужно 50 кг кофе", 50),
        ("30 метров кабеля надо", 30),
        ("тысячу листовок заказать", 1000),
        ("5 больших упаковок кофе", 5),
        ("need 12 licences for the team", 12),
        ("тираж 1500", 1500),
        ("прорахуйте замовлення на 300 візиток", 300),
        ("стільців 6", 6),
        ("їх 6 треба", 6),
        ("50 футболок з логотипом для команди", 50),
    ],
)
def test_what_is_wanted_is_counted(text: str, count: int) -> None:
    assert last(quantity.find(text, context())) == count


@pytest.mark.parametrize(
    "text",
    [
        "у нас 15 працівників",
        "5 років досвіду",
        "гарантія 2 роки",
        "мені треба стіл на 6 людей",
        "доставка 3 дні",
        "від 10 штук знижка є?",
        "мінімальне замовлення 10 штук?",
        "купували минулого разу 5 штук",
        "one more question",
        "which one is better",
        "пару питань",
        "бюджет 500 грн",
        "не дорожче 20 тисяч",
        "о 15 годині зателефонуйте",
        "шукаю ноут 16 гб",
        "цікавить телевізор 55 дюймів",
        "we are 12 people",
        "хочу купити iphone 15",
        "розв'яжи 2x+5=17",
        "can I pay in 3 parts?",
        "можна трьома платежами?",
        "на 4 части разбить можно?",
    ],
)
def test_other_numbers_count_no_goods(text: str) -> None:
    assert quantity.find(text, context()) == []


def test_a_bare_number_answers_the_question_for_it() -> None:
    assert last(quantity.find("5", context("quantity"))) == 5
    assert quantity.find("5", context()) == []


def test_a_bare_number_follows_a_wish_of_the_same_turn() -> None:
    assert last(quantity.find("60", context(earlier="хочу замовити горнятка"))) == 60


def test_a_number_before_a_product_of_the_catalogue_counts_it() -> None:
    known = context(catalogue=Catalogue.build(PRODUCTS))
    assert last(quantity.find("а 3 лампи скільки будуть?", known)) == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [("ой, не 5 а 7", 7), ("no, make it 7", 7), ("7, помилився", 7), ("точнее 12", 12), ("двох вистачить", 2)],
)
def test_a_correction_changes_the_count_told_before(text: str, count: int) -> None:
    known: dict[str, FactValue] = {"quantity": 5}
    assert last(quantity.find(text, context(known=known))) == count


def test_a_sum_is_no_correction_of_a_count() -> None:
    assert quantity.find("ні, бюджет 700", context(known={"quantity": 5})) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("від 15 до 20 подушок", 20),
        ("15 to 20 pillows", 20),
        ("пів сотні запрошень", 50),
        ("полсотни приглашений", 50),
        ("a dozen notebooks", 12),
        ("a couple of dozen pens", 24),
        ("a couple of sets", 2),
        ("a thousand business cards are needed", 1000),
        ("a hundred fifty t-shirts", 150),
        ("hi, want 2 floor lamps", 2),
        ("дві з половиною сотні листівок", 250),
        ("нас двадцятеро, на кожного по футболці", 20),
        ("there are twenty of us, one t-shirt each", 20),
        ("требуется десяток огнетушителей и 2 года гарантии на них", 10),
        ("усього 7 вікон", 7),
        ("заказываем сорок пять наборов", 45),
        ("спочатку думала 3, але нехай буде 4 подушки", 4),
        ("з мене 15 стільців і один стіл", 15),
        ("парочку детских стульчиков", 2),
        ("only one copy for me", 1),
    ],
)
def test_a_count_said_as_people_do_is_read(text: str, count: int) -> None:
    assert last(quantity.find(text, context())) == count


@pytest.mark.parametrize(
    "text", ["уложиться надо в четыре с половиной тысячи", "на 9 этаж надо", "треба на 12 відділення"]
)
def test_sums_and_places_count_no_goods(text: str) -> None:
    assert quantity.find(text, context()) == []


def test_just_one_follows_a_wish() -> None:
    assert last(quantity.find("just one", context(earlier="buying for myself"))) == 1
    assert quantity.find("just one", context()) == []
