"""What a number beside goods counts otherwise, each rule in three lines of Ukrainian, Russian and English."""

import pytest

from core.understanding.facts.extract import find_facts
from tests.core.understanding.facts.contexts import context

NO_COUNT = {
    "a year": (
        "шукаю фару на пасат 2011", "велосипед 2018 року підійде?", "каталог 2023 ще діє",
        "ищу фару на пассат 2011", "модель 2018 года подойдет?", "каталог 2023 ещё действует",
        "need a lamp for a 2011 passat", "is the 2018 catalogue still valid", "brochure from 2023 says so",
    ),
    "days of a month": (
        "буду з 12 по 15 травня", "візьму 3 травня", "з 4 до 9 червня мене нема",
        "буду с 12 по 15 мая", "заберу 3 мая", "с 4 до 9 июня меня нет",
        "I'm away may 12 to may 15", "pick it up on june 3", "from oct 4-9 I'm out",
    ),
    "a pronoun": (
        "та я не хочу ще один такий дзвінок", "це одна біда з вами", "ні одного слова правди",
        "не хочу ещё один звонок", "это одна беда с вами", "ни одного слова правды",
        "mine died, I need a new one", "how do i get one", "is there a cheaper one",
    ),
    "the size of the goods": (
        "потрібен торт на 3 кг", "мішок цементу 25 кг почім", "відро фарби на 10 літрів є?",
        "нужен торт на 3 кг", "мешок цемента 25 кг почём", "ведро краски на 10 литров есть?",
        "do you stock 5kg bags", "a 10 litre bucket of paint", "need a 9 metre ladder pole",
    ),
    "how much a day": (
        "машина на 50 чашок в день", "ми печемо 300 булок на день", "варимо по 80 порцій за зміну",
        "машина на 50 чашек в день", "мы печём 300 булок в день", "варим по 80 порций за смену",
        "a machine for 50 cups a day", "we sell 300 buns a day", "we brew 80 cups per hour",
    ),
    "what it must bear": (
        "витримає 120 кг?", "чи влізе в нього 40 книжок", "важить 30 кг, не підніму",
        "выдержит 120 кг?", "влезет ли туда 40 книг", "весит 30 кг, не подниму",
        "will it withstand 120 kg", "the shelf supports 40 books?", "it weighs 30 kg, too heavy",
    ),
    "a room": (
        "балкон 6 метрів треба засклити", "свердловина 40 метрів, який насос?", "паркан 30 метрів скільки буде",
        "балкон 6 метров надо застеклить", "скважина 40 метров, какой насос?", "забор 30 метров сколько будет",
        "the roof is 8 metres, which ladder?", "a fence of 30 metres around", "our pool is 12 metres",
    ),
    "a house": (
        "Везіть на Личаківську 18, офіс 4", "я на Сумській 7, кв 3", "Шевченка 25, під'їзд 2",
        "Везите на Пушкинскую 18, офис 4", "я на Сумской 7, кв 3", "Гоголя 25, подъезд 2",
        "Sumska 50, room 301", "we sit at Khreshchatyk 22, office 5", "Franka 8, flat 12",
    ),
    "an age": (
        "синові всього два", "дочці 11, любить коней", "дитині скоро 5",
        "сыну всего два", "дочке 11, любит лошадей", "ребёнку скоро 5",
        "my kid is only two", "my daughter is 11", "he's turning 5",
    ),
    "people who are no guests": (
        "мені ще двоє мають відповісти", "нас троє вирішує", "п'ятеро проти, не беремо",
        "мне ещё двое должны ответить", "нас трое решает", "пятеро против, не берём",
        "there are two of us deciding", "three people must agree first", "five of us are against it",
    ),
    "a limit of money": (
        "хочу не дорожче полутора тисяч", "грошей обмаль, сотні три", "бюджет маленький, 800 десь",
        "хочу не дороже полутора тысяч", "денег мало, сотни три", "бюджет маленький, 800 где-то",
        "a modest sum, fifteen hundred or so", "low budget, 800 or so", "cash is tight, maybe 400",
    ),
    "a price that others ask": (
        "вони беруть 250, а ви хочете 400", "за ці гроші я два куплю", "ви просите 900",
        "они берут 250, а вы хотите 400", "за эти деньги я два куплю", "вы просите 900",
        "another firm charges 250, you want 400", "I'd get two for that money", "would you take 500 for it",
    ),
    "what is taken away": (
        "приберіть одну штуку з замовлення", "скасуйте 2 коробки", "видаліть 3 позиції",
        "уберите одну штуку из заказа", "отмените 2 коробки", "удалите 3 позиции",
        "remove one item from the order", "cancel 2 boxes", "delete 3 of those",
    ),
    "a discount for more": (
        "а знижка буде якщо взяти дві", "якщо візьму 3 скинете", "дешевше якщо 10 брати?",
        "а скидка будет если взять две", "если возьму 3 скинете", "дешевле если 10 брать?",
        "any discount if I take two", "cheaper if I take 3", "if I buy 10, is it cheaper",
    ),
    "a verb of the past": (
        "брала чотири, дві зламались", "прийшло шість, три побились", "з десяти дві розбились",
        "брала четыре, две сломались", "пришло шесть, три разбились", "из десяти две потекли",
        "of the ten 2 broke", "six came, 3 were chipped", "one of the lamps died",
    ),
    "a code": (
        "пін 4471 не підходить", "код 88 на дверях", "модель BX-200 тихіша?",
        "пин 4471 не подходит", "код 88 на двери", "модель BX-200 тише?",
        "can you make 1234 the pin", "the code is 88", "is the BX-200 quieter",
    ),
    "enough for something": (
        "вистачить 3 літрів на кімнату?", "нас шестеро, вистачить однієї?", "чи достатньо 2 рулонів?",
        "хватит 3 литров на комнату?", "нас шестеро, хватит одной?", "достаточно 2 рулонов?",
        "is 3 litres enough for a room?", "there's six of us, is one enough?", "are 2 rolls enough?",
    ),
}  # fmt: skip

COUNTS = {
    "a price asked in slang": (12, (
        "скіки за 12 стаканів", "скока буде 12 штук", "яка сума за 12 стільців",
        "скока за 12 стаканов выйдет?", "скоко за 12 штук", "посчитайте сумму за 12 стульев",
        "how much for 12 of those", "price per unit for 12 pcs?", "what would 12 of these cost?",
    )),
    "whether the firm can": (10, (
        "10 кепок зробите?", "а десять метрів сітки знайдеться?", "10 штук привезете?",
        "10 кепок потянете?", "а десять метров сетки найдется?", "10 штук привезёте?",
        "can you do 10 caps?", "could you print 10 of them?", "do you have ten metres of net?",
    )),
    "unit, goods, number": (20, (
        "мішків цементу двадцять", "пачок кави 20", "рулонів шпалер двадцять",
        "мешков цемента двадцать", "пачек кофе 20", "рулонов обоев двадцать",
        "20 bags of cement", "twenty packs of coffee", "20 rolls of wallpaper",
    )),
    "a list": (40, (
        "40 стільців, 5 столів", "на весілля 40 бокалів, 12 тарілок", "40 пиріжків і 20 булок",
        "40 стульев, 5 столов", "на свадьбу 40 бокалов, 12 тарелок", "40 пирожков и 20 булок",
        "40 guests, 40 chairs, 5 tables", "40 cups, 12 plates", "40 pies and 20 buns",
    )),
    "more of the same": (2, (
        "візьму ще парочку таких", "ще 2 таких будь ласка", "беру ще дві такі",
        "возьму ещё парочку таких же", "ещё 2 таких пожалуйста", "беру ещё две такие",
        "2 more of them please", "can i get 2 of the large ones", "need 2 of 'em by friday",
    )),
    "one instead of another": (8, (
        "замість п'яти зробіть вісім", "поміняйте 5 на 8 у замовленні", "не 5, а 8 коробок",
        "вместо пяти сделайте восемь", "поменяйте 5 на 8 в заказе", "не 5, а 8 коробок",
        "can u make 8 instead of 6", "change it to 8", "not 5 but 8 boxes",
    )),
    "goods after an indoor place": (6, (
        "нам в офіс 6 крісел", "на склад 6 стелажів", "у магазин 6 вітрин треба",
        "нам в офис 6 кресел", "на склад 6 стеллажей", "в магазин 6 витрин надо",
        "we need 6 chairs for office", "for our warehouse 6 racks please", "6 showcases for the shop",
    )),
    "the only one after its noun": (1, (
        "нам лавочка одна", "мені треба лампа одна", "хочу крісло одне",
        "нам лавочка одна", "мне нужна лампа одна", "хочу кресло одно",
        "I only need the one", "just one lamp please", "just the one, thanks",
    )),
    "put right in the past": (20, (
        "я просила двадцять, а не дванадцять булок", "ми просили 20, а не 12", "просив двадцять штук",
        "я просила двадцать, а не двенадцать булок", "мы просили 20, а не 12", "просил двадцать штук",
        "I asked for twenty, not twelve", "we'll go with 20", "we settled on twenty pieces",
    )),
    "how many there are of them": (5, (
        "двері фарбуєте? їх у мене п'ять", "почистіть фільтри, їх у нас 5", "стільці, їх буде п'ять",
        "двери красите? их у меня пять", "почистите фильтры, их у нас 5", "стулья, их будет пять",
        "quote the doors, there are 5 of them", "five of them please", "the doors need paint, 5 in total",
    )),
    "a dozen and a half": (18, (
        "треба дюжина з половиною яєць", "потрібно 18 яєць", "вісімнадцять штук",
        "надо дюжину с половиной яиц", "нужно 18 яиц", "восемнадцать штук",
        "need a dozen and a half muffins", "a dozen and a half, please", "eighteen muffins please",
    )),
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{rule}: {text}") for rule in NO_COUNT for text in NO_COUNT[rule]]
)
def test_a_number_that_counts_otherwise_is_no_quantity(text: str) -> None:
    assert "quantity" not in find_facts(text, context())


@pytest.mark.parametrize(
    ("count", "text"),
    [pytest.param(count, text, id=f"{rule}: {text}") for rule, (count, texts) in COUNTS.items() for text in texts],
)
def test_what_is_asked_for_is_counted(count: int, text: str) -> None:
    assert find_facts(text, context())["quantity"].value == count
