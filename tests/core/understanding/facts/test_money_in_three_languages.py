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
    "money is short, and no word of it": (600, (
        "багато не дам, гривень шістсот", "ой, багато не можу, ну 600", "дорого не потягну, до 600 десь",
        "много не дам, гривен шестьсот", "ой, много не могу, ну 600", "много не потяну, рублей шестьсот",
        "can't spend much, maybe 600", "I don't have much to spend, 600", "won't pay much, six hundred",
    )),
    "given for it": (900, (
        "мама дала 900 грн на подарунок", "дід подарував 900 гривень на навушники", "батьки дали 900 грн для цього",
        "бабушка дала 900 гривен на часы", "родители дали 900 грн на подарок", "дядя подарил 900 грн на наушники",
        "grandpa gave 900 hryvnias for a watch", "my parents gave 900 UAH for this", "dad gave over 900 uah to spend",
    )),
    "till payday": (350, (
        "у мене лишилось 350 грн до авансу, що порадите", "є 350 гривень до зарплати", "на картці 350 грн до стипендії",
        "осталось 350 грн до получки, хватит на крем?", "у нас 350 гривен до зарплаты", "есть 350 грн до аванса",
        "only 350 UAH left till payday, any mug?", "I have 350 hryvnias until payday", "I've 350 uah till my salary",
    )),
    "or less": (1500, (
        "1500 грн або менше, лампа", "1500 гривень чи дешевше, і щоб біла", "світильник, 1500 грн і нижче",
        "1500 грн или меньше, лампа", "1500 гривен или дешевле, белая", "светильник, 1500 грн и ниже",
        "1500 UAH or less, a lamp", "1500 hryvnias or under for a lamp", "1500 uah all in",
    )),
    "thousands and hundreds": (12500, (
        "бюджет дванадцять п'ятсот", "можу дати дванадцять п'ятсот", "ліміт дванадцять п'ятсот",
        "бюджет двенадцать пятьсот", "готовы отдать двенадцать пятьсот", "предел двенадцать пятьсот",
        "our budget is 12.5k", "twelve and a half thousand tops", "up to twelve thousand five hundred",
    )),
    "thousands told after": (20000, (
        "до двадцятки, тисяч звісно", "в районі двадцяти, тисяч ясна річ", "ліміт 20, тисяч звичайно",
        "до двадцатки, тысяч конечно", "в районе двадцатки, тысяч естественно", "лимит 20, тысяч понятно",
        "up to twenty, thousand of course", "my limit is 20, thousand obviously", "can spend 20 (thousand, I mean)",
    )),
    "closer to the lower end": (12000, (
        "10-12 тисяч, але краще ближче до десяти", "від 10 до 12 тис, але бажано ближче до 10",
        "10-12 тисяч грн, але краще ближче до десяти тисяч", "10-12 тысяч, но лучше ближе к десяти",
        "от 10 до 12 тыс, но желательно ближе к 10", "10-12 тысяч грн, но лучше поближе к десяти тысячам",
        "10-12k but preferably closer to 10", "10 to 12 thousand, but ideally nearer 10",
        "10-12k, but better closer to 10k",
    )),
    "a sentence that ends in a shortened word": (800, (
        "До 800 грн. Доставка в Суми", "не більше 800 грн. Передоплату внесу", "максимум 800 грн. Знижки є?",
        "До 800 грн. Доставка в Сумы", "не больше 800 грн. Предоплату внесу", "максимум 800 руб. Скидки есть?",
        "Up to 800 UAH. Delivery to Lviv", "800 is my limit. Shipping is on me", "no more than 800. Any discount?",
    )),
}  # fmt: skip

NOT_OWN = (
    "зп 30к, не до диванів", "поверніть 1450 грн", "з картки списали 200 грн", "пробіг 120 тис", "рік випуску 2014",
    "у мене подарунковий сертифікат на 500 грн", "готова накинути тисячу за терміновість", "з мене зняли 99 грн",
    "зп 30к, не до диванов", "верните 1450 грн", "с карты списали 200 грн", "пробег 120 тыс", "год выпуска 2014",
    "у меня подарочный сертификат на 500 грн", "готов накинуть тысячу за срочность", "с меня сняли 99 грн",
    "my wages are 30k", "refund 1450 UAH", "a $1 charge on my statement", "mileage 120k", "built in 2014",
    "позичте 400 грн до зарплати", "мама дала 200 грн кур'єру", "начальник дав 500 на доставку", "багато не дам",
    "одолжите 400 грн до зарплаты", "мама дала 200 грн курьеру", "начальник дал 500 на доставку", "много не дам",
    "lend me 400 hryvnias till payday", "mum gave 200 uah to the courier", "dad gave 500 uah for delivery",
    "does it cost 3000 or less?", "I have 20 bucks left on my gift card",
    "the atm only gave me 10 pounds", "I got a €1 fee",
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
