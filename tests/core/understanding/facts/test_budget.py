import pytest

from core.domain.facts import FactValue
from core.understanding.facts import budget
from tests.core.understanding.facts.contexts import context, last


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("мій бюджет 20 тисяч", 20_000, "UAH"),
        ("бюджет до 15 000 грн", 15_000, "UAH"),
        ("можу витратити півтори тисячі доларів, не більше", 1500, "USD"),
        ("шукаю щось до 5000", 5000, "UAH"),
        ("є щось до 5000 грн?", 5000, "UAH"),
        ("від 10 до 15 тисяч маю", 15_000, "UAH"),
        ("треба ноут за 20 тисяч", 20_000, "UAH"),
        ("looking for a laptop under $800", 800, "USD"),
        ("my budget is around 500 euros", 500, "EUR"),
        ("I can spend up to 2k dollars", 2000, "USD"),
        ("бюджет 500-700 євро", 700, "EUR"),
        ("не более двадцати тысяч рублей", 20_000, "RUB"),
        ("рассчитываем на 50к", 50_000, "UAH"),
        ("30 тыс максимум", 30_000, "UAH"),
        ("в пределах 2х тысяч", 2000, "UAH"),
        ("передоплата 500 грн, а взагалі бюджет 5000", 5000, "UAH"),
        ("мій бюджет десь тисяч двадцять", 20_000, "UAH"),
        ("400 доларів це все що є", 400, "USD"),
        ("готовий дати 8 тисяч за обидва", 8000, "UAH"),
        ("хочу подарунок на 1000 грн", 1000, "UAH"),
        ("Our budget: 1.5 million UAH", 1_500_000, "UAH"),
        ("I'd go up to 250 pounds", 250, "GBP"),
        ("ціна до 300 грн влаштує", 300, "UAH"),
        ("бюджет 1 200,50 грн", 1200.5, "UAH"),
    ],
)
def test_what_the_customer_can_spend_is_the_budget(text: str, amount: float, currency: str) -> None:
    assert last(budget.find(text, context())) == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    "text",
    [
        "у конкурентів 500 грн",
        "на розетці бачив за 12000, у вас скільки?",
        "they sell it for $200",
        "купувала минулого року за 3000 грн",
        "I paid $300 last year",
        "внесу аванс 2000 грн",
        "заплатив 500 грн завдатку",
        "чому 500 грн?",
        "це коштує 500 грн?",
        "could you do it for $100?",
        "доставка до 100 грн?",
        "знижка 500 грн буде?",
        "зарплата 20 тисяч",
        "працюємо до 18 години",
        "до 25 кг",
        "доставте до 100 штук",
        "треба до 15 грудня",
        "сколько будет 10 тысяч листовок",
    ],
)
def test_other_sums_and_other_numbers_are_no_budget(text: str) -> None:
    assert budget.find(text, context()) == []


def test_no_currency_in_english_means_the_firms_own() -> None:
    assert last(budget.find("my budget is 500", context(language="en", currency="PLN"))) == {
        "amount": 500,
        "currency": "PLN",
    }


def test_a_bare_sum_answers_the_question_for_it() -> None:
    assert last(budget.find("5000", context("budget"))) == {"amount": 5000, "currency": "UAH"}
    assert budget.find("5000", context()) == []


@pytest.mark.parametrize(
    ("known", "text", "value"),
    [
        ({"amount": 5000, "currency": "USD"}, "ой, не 5 а 7 тисяч", {"amount": 7000, "currency": "USD"}),
        ({"amount": 5000, "currency": "USD"}, "не 5 а 7", {"amount": 7000, "currency": "USD"}),
        ({"amount": 500, "currency": "USD"}, "no, make it 700", {"amount": 700, "currency": "USD"}),
        ({"amount": 500, "currency": "EUR"}, "хоча ні, до 600", {"amount": 600, "currency": "EUR"}),
    ],
)
def test_a_correction_changes_the_budget_told_before(known: FactValue, text: str, value: FactValue) -> None:
    assert last(budget.find(text, context(known={"budget": known}))) == value


def test_a_corrected_number_belongs_to_the_fact_told_last() -> None:
    known: dict[str, FactValue] = {"budget": {"amount": 500, "currency": "UAH"}, "quantity": 5}
    assert budget.find("no, make it 7", context(known=known)) == []


def test_the_span_covers_the_sum_and_its_currency() -> None:
    text = "Наш бюджет до 15 000 грн на все"
    [span] = budget.find(text, context())
    assert text[span.start : span.end] == "15 000 грн"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("не більше тисячі", 1000, "UAH"),
        ("косарь максимум", 1000, "UAH"),
        ("бюджет ну тисяч до двадцяти п'яти", 25_000, "UAH"),
        ("выделяем на подарки двести тысяч", 200_000, "UAH"),
        ("рассчитываю тысяч на десять", 10_000, "UAH"),
        ("уложиться бы в 7500", 7500, "UAH"),
        ("тыщ пять у меня есть", 5000, "UAH"),
        ("от 300 до 500 долларов готов отдать за телефон", 500, "USD"),
        ("a couple hundred dollars, that's all I have for this", 200, "USD"),
        ("twelve hundred euros and not a cent more", 1200, "EUR"),
        ("we can afford $1.5m", 1_500_000, "USD"),
        ("my budget is ten grand, in dollars", 10_000, "USD"),
    ],
)
def test_a_sum_said_as_people_do_is_read(text: str, amount: float, currency: str) -> None:
    assert last(budget.find(text, context())) == {"amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("больше 8 тыс не дам", 8000),
        ("штука баксів", 1000),
        ("тисяча двісті і це стеля", 1200),
        ("5", None),
        ("I'm 182 tall and weigh 90", None),
        ("по 300 грн штука, беру 10", None),
        ("це коштує 900 грн?", None),
    ],
)
def test_an_implied_budget_needs_a_real_sum(text: str, value: int | None) -> None:
    found = last(budget.find(text, context(implied=frozenset({"budget"}))))
    assert (found["amount"] if isinstance(found, dict) else found) == value


@pytest.mark.parametrize(
    "text",
    [
        "на розетці він по 4500 грн",
        "у сусіда бюджет 50 тисяч, а в мене скромніше",
        "my neighbour's budget is 50k, mine is smaller",
        "їх бюджет 90 тисяч гривень",
        "айфон 15 pro на 256 є?",
    ],
)
def test_the_money_of_others_is_no_budget(text: str) -> None:
    assert budget.find(text, context()) == []


def test_a_corrected_sum_stays_in_thousands() -> None:
    known = context(known={"budget": {"amount": 4000, "currency": "UAH"}}, implied=frozenset({"budget"}))
    assert last(budget.find("ой ні, п'ять", known)) == {"amount": 5000, "currency": "UAH"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("є 3 тисячі, що можна взяти?", 3_000),
        ("есть 3 тысячи, что можно взять?", 3_000),
        ("сто тисяч і ні копійкою більше", 100_000),
        ("сто тысяч и ни копейкой больше", 100_000),
        ("100 thousand and not a cent more", 100_000),
        ("3500 моя межа", 3_500),
        ("3500 мой предел", 3_500),
        ("3500 is my limit", 3_500),
        ("бюджет був 3000, але можемо 4500", 4_500),
        ("хватит 9к?", 9_000),
    ],
)
def test_what_is_mine_to_spend_is_told_in_many_ways(text: str, amount: int) -> None:
    value = last(budget.find(text, context()))
    assert isinstance(value, dict)
    assert value["amount"] == amount


@pytest.mark.parametrize(
    "text",
    [
        "спалили 80 тисяч за рік",
        "сожгли 80 тысяч за год",
        "we burned 80k in a year",
        "за ремонт віддав 4 тисячі",
        "за ремонт отдал 4 тысячи",
        "spent 4 grand on repairs",
        "ви мені винні 450 грн",
        "вы мне должны 450 грн",
        "you owe me 450 uah",
        "скиньте 500 грн і я беру",
        "чек на 3400 грн загубила",
        "за таку якість 2000 грн забагато",
    ],
)
def test_what_was_spent_owed_or_asked_is_no_budget(text: str) -> None:
    assert budget.find(text, context()) == []


@pytest.mark.parametrize("text", ["двадцятку", "ну двадцатку", "тридцятку"])
def test_a_note_named_in_answer_to_the_budget_is_that_many_thousands(text: str) -> None:
    amount = 30_000 if "три" in text else 20_000
    assert last(budget.find(text, context("budget"))) == {"amount": amount, "currency": "UAH"}
