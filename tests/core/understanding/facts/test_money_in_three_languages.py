"""What people say of their own money and of other sums, each way in three lines of Ukrainian, Russian and English."""

import pytest

from core.understanding.facts.extract import find_facts
from tests.core.understanding.facts.contexts import context

OWN = {
    "money is short": (1500, (
        "грошей небагато, тисячі півтори", "сума скромна, десь 1500", "бюджет обмежений, півтори тисячі",
        "денег немного, тысячи полторы", "сумма скромная, где-то 1500", "бюджет небольшой, полторы тысячи",
        "money is tight on a low budget, 1500", "a modest sum, fifteen hundred", "low budget, 1500 or so",
    )),
    "one and a half pieces": (1500, (
        "гаманець до півтори штуки", "до 1,5 штуки щось є?", "максимум півтори штуки",
        "кошелёк до полутора штук", "до 1,5 штуки что-то есть?", "максимум полторы штуки",
        "up to 1.5k", "at most one and a half thousand", "1.5k is my limit",
    )),
    "fitting in": (7000, (
        "візьмемо, якщо впишемось у сім тисяч", "вписуємось у 7 тисяч?", "вклалась би в 7 тисяч",
        "возьмём, если впишемся в семь тысяч", "а можно в 7000 уложиться с доставкой?", "вложиться бы в 7 тысяч",
        "can we fit into 7 thousand?", "it has to fit within 7000", "want it to fit into 7k",
    )),
    "so much a month": (50, (
        "можу платити не більше 50 грн на місяць", "50 грн на місяць, це мій ліміт", "бюджет 50 грн щомісяця",
        "могу платить не больше 50 грн в месяц", "50 грн в месяц, это мой лимит", "бюджет 50 грн ежемесячно",
        "I can do 50 hryvnias a month", "up to 50 UAH per month", "my limit is 50 uah a month",
    )),
    "the limit comes first": (45000, (
        "максимум 45 тис, але краще 40", "до 45 тис, але бажано 40", "не більше 45 тисяч, але краще 40 тисяч",
        "максимум 45 тыс, но лучше 40", "до 45 тыс, но желательно 40", "не больше 45 тысяч, но лучше 40 тысяч",
        "up to 45k, but preferably 40k", "max 45k but ideally 40k", "at most 45 thousand, but better 40",
    )),
    "an offer": (4500, (
        "за 4500 взяла б, дорожче ні", "за 4500 узяв би", "за 4500 купили б",
        "за 4500 взяла бы, дороже нет", "за 4500 взял бы", "за 4500 купили бы",
        "for 4500 I'd take it", "I would take it for up to 4500", "at 4500 I'd take it: 4500 is my max",
    )),
    "I would take it for so much": (300, (
        "я б і за 300 доларів забрала", "я б за 300 баксів узяв", "ми б за 300 євро купили",
        "я бы и за 300 долларов забрала", "я бы за 300 баксов взял", "мы бы за 300 евро купили",
        "I can go to 300 dollars", "our spend is capped at 300 euros", "anything around 300 quid for a teen?",
    )),
    "about so many thousand": (3000, (
        "роутер, тисячі до трьох", "кухня 5 квадратів, тисяч до трьох", "у мене 3 тисячі гривень і ні копійки зверху",
        "роутер, тысячи до трёх", "кухня 5 квадратов, тысяч до трёх", "у меня 3 тысячи гривен и ни копейки сверху",
        "a router, three thousand at most", "around 3k for a router is my limit", "3 thousand, not a penny more",
    )),
    "nothing dearer": (500, (
        "дорожче п'ятисот не пропонуйте", "дорожче 500 не показуйте", "вище 500 не розглядаю",
        "дороже пятисот не предлагайте", "дороже 500 не показывайте", "выше 500 не рассматриваю",
        "nothing over 500", "nothing above 500 please", "no dearer than 500",
    )),
}  # fmt: skip

NOT_OWN = (
    "зп 30к, не до диванів", "поверніть 1450 грн", "з картки списали 200 грн", "пробіг 120 тис", "рік випуску 2014",
    "у мене подарунковий сертифікат на 500 грн", "готова накинути тисячу за терміновість", "з мене зняли 99 грн",
    "зп 30к, не до диванов", "верните 1450 грн", "с карты списали 200 грн", "пробег 120 тыс", "год выпуска 2014",
    "у меня подарочный сертификат на 500 грн", "готов накинуть тысячу за срочность", "с меня сняли 99 грн",
    "my wages are 30k", "refund 1450 UAH", "a $1 charge on my statement", "mileage 120k", "built in 2014",
    "I have 20 bucks left on my gift card", "the atm only gave me 10 pounds", "I got a €1 fee",
)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "text"),
    [pytest.param(amount, text, id=f"{way}: {text}") for way, (amount, texts) in OWN.items() for text in texts],
)
def test_what_the_writer_can_spend_is_a_budget(amount: int, text: str) -> None:
    budget = find_facts(text, context())["budget"].value
    assert isinstance(budget, dict)
    assert budget["amount"] == amount


@pytest.mark.parametrize("text", NOT_OWN)
def test_other_sums_are_no_budget(text: str) -> None:
    assert "budget" not in find_facts(text, context())


@pytest.mark.parametrize(
    "text",
    [
        "дзвоніть секретарці 0445551234", "у мене був 0501112200 але не відповідає", "продавець дав мені 0671112233",
        "звоните секретарше 0445551234", "у меня был 0501112200 но не отвечает", "продавец дал мне 0671112233",
        "the seller gave me 0671112233", "I had 0501112200 but nobody answers", "my secretary's number is 0445551234",
    ],
)  # fmt: skip
def test_a_phone_of_somebody_else_is_left_out(text: str) -> None:
    assert "phone" not in find_facts(text, context())
