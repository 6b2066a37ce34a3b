"""How people count what they buy, and what else they count. For folded text."""

import re

from core.understanding.facts.wording import any_of

UNIT = any_of(
    r"""
    шт|штук\w{0,2}|штучк\w*|од|одиниц\w*|единиц\w*|екземпляр\w*|экземпляр\w*|упаков\w+|пачк\w*|пачок|пачек|пак
    пакет\w*|пакун\w+
    мішк\w+|мішок|меш\w{2,4}|ящик\w*|короб\w{1,3}|пар|пар[аиуы]|комплект\w*|набор\w*|набір|рулон\w*|пляш\w+|бутыл\w+
    бутылок
    банк[аиу]|банок|палет\w*|паллет\w*|піддон\w*|поддон\w*|лист(?:ів|ов|и|а)?|аркуш\w*|примірник\w*|ліцензі\w+
    лицензи\w+
    квитк\w+|билет\w+|букет\w*|порці\w+|порци\w+|каністр\w*|канистр\w*|відер|вёдер|ведер|відра|ведра|бочк\w+|бочок
    бочек|блок\w{0,2}
    pcs|pieces?|units?|items?|sets?|pairs?|boxes|box|bags?|packs?|packets?|bottles?|rolls?|cartons?|crates?|pallets?
    cop(?:y|ies)
    licen[cs]es?|tickets?|sheets?|cans?|jars?|bundles?|cases?
    """,
    after=r"(?!\w)",
)
"""Right after a number: it counts goods."""

UNIT_BEFORE = any_of(
    r"""
    кілограмів|килограммов|штук|штучки|штучок|штучек|кило|кіло|пачок|пачек|коробок|мішків|мешков|пар|одиниць|единиц
    комплектів|комплектов
    пляшок|бутылок|рулонів|рулонов
    ящиків|ящиков
    кількіст\w+|количеств\w+|кол-во|к-сть|к-ть|quantity|qty|тираж\w*|наклад\w*|парті[яюї]|парти[яюи]|batch of|run of
    разом|загалом|итого|усього|всього|всего|total(?: of)?|altogether|in total|їх|их|мені|мне|нам
    """,
    after=r"(?:\s(?:десь|приблизно|примерно|близько|около|about|around|so|is|-|до|від|зо|эдак|отак|так|ну|буде|будет"
    r"|треба|нужно"
    r"|потрібно))*\s?[:=-]?\s*$",
)
"""Right before a number: so many of them."""

MEASURE = any_of(
    r"""
    кг|kg|кіло\w*|кило\w*|кілограм\w*|килограмм\w*|тонн\w*|тон|літр\w*|литр\w*|л|куб\w{0,3}|кубометр\w*|метр\w{0,2}
    погонн\w+
    kilos?|kilograms?|tons?|tonnes?|lit(?:er|re)s?|met(?:er|re)s?
    """,
    after=r"(?!\w)",
)
"""The same, but it may also describe the goods: only when they are wanted."""

BUY = any_of(
    r"""
    треба|потріб\w+|хочу|хочемо|хотів\w*|хотіл\w*|візьм\w+|беру|берем\w*|замов\w+|куп(?:ити|лю|имо|ляти|увати)
    придба\w+|давай\w*
    дайте|оформ\w+|шука\w+|цікав\w+|бажа\w+|вистачить|достатньо|досить|запакуйте|порахуйте|прорахуйте|резерв\w+
    відкладіть
    доставте
    необхід\w+|необходим\w*|закуп\w+|(?:при|ви|вы)шл\w+|відправ(?:те|ляйте)|отправ(?:ьте|ляйте)|додай\w*|добав\w+
    поклад\w+|полож\w+|(?:не)?хай буде|пусть будет|let it be|let's (?:say|do|have|go with|make)|add(?!\w)|put me down
    (?:з|с) (?:мене|меня|нас)|тре(?!\w)|нада(?!\w)|хтіл\w+|попрос\w+|проси\w+|требу\w+|жду|чекаю|чекаємо|ждем|ждём
    ожида\w+
    нуж\w+|надо|хот(?:им|ел\w*|ите)|возьм\w+|бер[уё]м?|закаж\w+|заказ\w*|куп(?:ить|им|лю)|приобрест\w+|ищ\w+
    интерес\w+|хватит|достаточно|enough|will do|посчитайте|отложите
    need|want|order\w*|buy|get|take|purchase|would like|i'd like|we'd like|give me|send|looking for|interested in
    reserve|make it
    забер\w+|забир\w+|grab|gimme|is plenty|plenty|куп(?:ив|ила|или|ил) (?:б|би|бы)(?!\w)
    заверн\w+|загорн\w+|запакуй\w*|запиш\w+|записуйте|відсип\w+|насып\w+|насип\w+|отсып\w+|put (?:us|me) down
    (?:за|о)бронюй\w*|(?:за)?бронир\w+|резервуй\w*
    i'll have|we'll have|require|ship|please|pls|plz|будь ласка|пожалуйста|плиз|quote (?:me )?(?:for|on)
    price (?:for|on)
    """
)

NOT_GOODS = any_of(
    r"""
    %|відсот|процент|percent|рок[уиі]|рік|лет|год\w{0,2}(?!\w)|міся|месяц|тиж|недел|дн[яіейю]|день|днів|дней|добу?
    ones?(?!\w)|зал(?:и|а|ів|ов)?(?!\w)|столик\w*|персон\w*|гост[еіяь]\w*|постел\w*|номер(?:ів|ов|и|а)?(?!\w)|rooms
    хвилин|минут|хв(?!\w)|мин(?!\w)|сек|годин|час(?:а|ов|у|и)?(?!\w)|years?|months?|weeks?|days?|hours?|minutes?
    hrs?(?!\w)|раз|times?(?!\w)|см|мм|cm|mm|дюйм|inch|м2|м²|кв|sq|m2|км|km|гб|gb|тб|tb|вт(?!\w)|ват|watt|w(?!\w)|mah
    мач|вольт|v(?!\w)|гц|hz|°|градус|degree|square|клас|класс|груп|grade
    parts?(?!\w)|payments?|instal?ments?|частин\w*|част(?:и|ей|ями)(?!\w)|плат[еі]ж\w*
    кімнат|комнат|room|поверх|этаж|floors?(?! [a-z])|поверхов
    відділен|отделен|branch|поштомат|почтомат|розмір|размер|size
    людин|людей|людьми|осіб|особи|чол(?!\w)|чолов|человек|чел(?!\w)|people|persons?|guests?|дітей|детей|дітям|kids
    children|співробіт|сотрудник|працівник|работник|employees?|staff|клієнт|клиент|customers?|магазин|точок|точки
    точек|філі|филиал|stores?|shops?|branches|міст|город|питан|вопрос|questions?|хвил|момент|слов|слів|words?|підпис
    подпис|followers?|підлітк|місц|мест(?!н)|seats?|спальн|двер|рядк|варіант
    вариант|options?|зір|звезд|stars?|бал|балл|причин|reasons?|грам(?!от)|гр?(?!\w)|ml|мл|числа|грн|uah|₴|\$|€|£|дол
    бакс|usd|євро|евро|eur|січ|лют|берез|квіт|трав|черв|лип[ня]|серп|верес|жовт|листоп|груд|янв|фев|март|апр
    ма[йя](?!\w)|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar(?!k)|apr|jun|jul|aug|sep|oct|nov|dec|ранку|утра|вечора|вечера
    am(?!\w)|pm(?!\w)|o'clock
    """
)
"""Right after a number: it counts something else."""

NOT_ORDERED = any_of(
    r"""
    купува\w+|купля\w+|куп(?:ив|ила|или|ил)(?! бы?(?!\w)| би(?!\w)|\w)|брал\w*|брав(?!\w)|замовля(?:в|ла|ли)(?!\w)
    заказывал\w*|минулого
    прошл\w+|торік
    last (?:time|year|month|week|order)|bought|used to|previous\w*|ordered \w+ (?:last|before)
    у (?:нас|мене) (?:працю|вже)\w*|у (?:нас|меня) (?:работа|уже)\w*|we (?:already )?have|i (?:already )?have
    вже (?:є|маю)|уже есть
    конкурент\w*|competitors?
    (?:друг|подруга|сусід\w*|сосед\w*|знайом\w+|знаком\w+) (?:\S+ ){0,3}(?:взя|куп|бра|замов|заказ)\w+
    (?:кума?|брат|сестра|кол{1,2}ега) (?:\S+ ){0,3}(?:взя|куп|бра|замов|заказ)\w+
    (?:friends?|neighbou?rs?|colleagues?|buddy|mate|boss) (?:\w+ )?(?:got|has|had|ordered|bought|took)
    (?:brother|sister|cousin) (?:\w+ )?(?:got|has|had|ordered|bought|took)
    (?:замови|заказа)(?:в|ла|ли|л)(?!\w)
    (?:колег|коллег|друз|подруж|подруг)\w* (?:\S+ ){0,2}(?:взя|куп|бра|замов|заказ)\w+
    прислал\w*|надісла(?:в|ли|ла)|sent (?:me|us)|не (?:треба|потрібн\w+|нужн\w+|надо|хочу|буду)|don't (?:need|want)
    (?:cups?|чаш\w+|drinks?|порці\w+|servings?) (?:\d+ )?(?:a|per|на|в|за) (?:day|день|hour|годину|час|добу|зміну|смену)
    торік|рік тому|год назад|позаторік|раніше|раньше|колись|когда-то|a year ago|months? ago|weeks? ago|before now
    (?:взя(?:в|ла|ли)|взял\w*|отримал\w*|отримав|получил\w*|прийшл\w+|прийшов|приш[её]?л\w*|привезли|доставили)(?!\w)
    arrived|received|came with|was delivered|were delivered|got delivered
    """
)
"""In the same clause: the past, what is there already, what others have."""

CONDITION = any_of(
    r"""
    мінімал\w+|минимал\w+|minimum|moq|знижк\w+|скидк\w+|discount\w*|гарант\w+|warranty|guarantee
    """
)
"""A few words away: least orders, discounts, warranties."""

EACH = re.compile(r"(?<!\w)(?:нас|нам|there are|we are|we're)\s(?:(?:всього|всего|разом|about|around|десь)\s)?$")
FOR_EACH = re.compile(r"(?<!\w)(?:кожн\w+|каждо\w+|each(?! other)|apiece|everyone|everybody)(?!\w)")
"""Before and after the number of people who get one each."""

ONLY = re.compile(
    r"\W*(?:just|only|тільки|лише|лиш|только|лишь|мені|мне|нам|просто|хай буде|пусть будет)(?: the| б| бы| такую"
    r"| таку| такий| такой)*\s$"
)
ONLY_AFTER = re.compile(
    r"(?:\s(?:таку|такий|таке|такую|такой|such|please|thanks|thank you|дякую|спасибі|спасибо|будь ласка|пожалуйста"
    r"|мені|мне|нам)|[\s,.!)])*$"
)
"""Around a number that is the whole message: "just the one, thanks", "мені одну"."""

STATED_MEASURE = re.compile(r"^\s?(?:кг|kg|кіло\w*|кило\w*|кілограм\w*|килограмм\w*|kilos?|kilograms?)(?!\w)")
DESCRIBES = any_of(
    r"""
    мішк\w+ (?:по|на)|мешк\w+ (?:по|на)|ваг[аоуи]\w*|важ\w+|вес(?:ом|ит|а|у|)(?!\w)|weigh\w*|місткіст\w+|ємніст\w+
    вместим\w+|[её]мкост\w+
    бункер\w*|hopper|capacity|per (?:hour|day|week|month)|продуктивн\w+|производит\w+|витрача\w+|расход\w+|йде|уходит
    use|uses|using|going through
    """
)
"""A weight that is told without a wish counts the goods, unless it describes them or what is used up."""

POLITE = re.compile(
    r"(?<!\w)(?:the|мені|мне|нам|please|thanks|thank you|дякую|спасибі|спасибо|будь ласка|пожалуйста)(?!\w)"
)
"""Beside such a number, for it to be an order."""

SAME_AS = re.compile(r"(?<!\w)(?:як|как|like|as|same as)\s(?:і |и )?$")
"""Before the past: "twelve boxes like last time" orders anew."""

AT_PRICE = re.compile(r"^\s(?:по|at|@)\s[$€£₴]?\d")
TOTAL_AFTER = re.compile(r"^\s(?:in total|altogether|all together|разом|загалом|всього|всего|усього|итого)(?!\w)")
EACH_AFTER = re.compile(r"^\s?(?:each|apiece|a piece|(?:за|per) (?:штук\w*|шт|piece|unit|од)|кожн\w+|кажд\w+)(?!\w)")
ON = re.compile(r"(?<!\w)(?:на|for|за)\s(?:all |all of |всі |усі |все |обидві |оба )?$")
"""Around a number: "два по 18900", "three in total", "40k for two machines"."""

AT_ONCE = re.compile(r"^\s\S+ (?:at once|at a time|at the same time|одночасно|одновременно|за раз)(?!\w)")

TOTAL = re.compile(
    r"(?<!\w)(?:разом|загалом|итого|усього|всього|всего|total(?: of)?|altogether|in total)[\s:,-]+(?:це |это |буде "
    r"|будет )?$"
)

WHOLE = re.compile(r"\W*(?:(?:just|only|тільки|лише|лиш|лишень|только|лишь|всього|всего)\s)?$")
"""All that stands before a number which is the whole message."""

FROM = any_of(
    r"""
    від|от|from|over|more than|більше|больше|свыше|понад|кожн\w+|кажд\w+|every|each|per|на|по|for|до|о|об|at|after
    before|після|после|к|a
    """,
    after=r"\s$",
)
"""Right before a number: a condition or a purpose rather than a count, unless a unit follows and it is wanted."""

ORDER_FOR = any_of(
    r"""
    замовл\w+|заказ\w*|order|рахунок|сч[её]т|прорах\w+|просч\w+|розрах\w+|расч[её]т\w*|quote|invoice|estimate|price
    ціна|цена
    кошторис\w*|смет\w+|вартість|стоимость|put (?:us|me) down|sign (?:us|me) up
    """,
    after=r"\s(?:на|for|за)\s$",
)
"""Right before a number: an order for so many."""

RANGE_FROM = re.compile(r"(?<!\w)(?:від|от|з|с|from|between|між|между)\s$")

NAME_BEFORE = re.compile(
    r"(?<!\w)(?:iphone|айфон\w*|galaxy|pixel|windows|playstation|xbox|версі\w|верси\w|version|type|тип|grade|to:)\s?$"
)
LATIN_BEFORE = re.compile(r"[a-z]{2,}\s$")
"""Right before a number: it belongs to a name; in a Cyrillic text any Latin word does that."""

CYRILLIC = re.compile("[а-яіїєґ]")

VAGUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:the|this|that|which|any|another|no|only|first|last|кожн\w+|кажд\w+|ще|еще|ещё|той|тот|цей|этот|як"
    r"|как|ні|ни|жодн\w+)"
    r"|[№#/])\s?$"
)
VAGUE_AFTER = re.compile(
    r"^\s?(?:of|more|question|too|also|thing|day|time|moment|minute|second|sec|(?:із|з|из)(?!\w)|раз|день|питан"
    r"|вопрос|момент"
    r"|хвил|минут|секунд|слів|слов|про)"
)
"""Around "one", "пара" and the like."""

TIMES = re.compile(r"(?<!\w)[xх×]\s?(\d{1,5})(?!\w)|(?<![\w.,])(\d{1,5})\s?[xх×](?!\w|\s?[\d+=-])")
"""x5, 5x"""

NOUN = re.compile(r"^\s?-?[^\W\d_]{3,}")
"""Some word follows, so that there is something to count."""

ONE_WORD = re.compile(r"^[\s.-]*(?!(?:за|per|по|a|for|на|in|в|у)\s)[^\W\d_]+\s")
"""An adjective between a number and its unit."""

MANY_NOUN = re.compile(
    r"^\s(?:[^\W\d_]+(?:их|ых|ві|ні|ри|кі|х|ні|ные|ие|ых)\s)?(?:[^\W\d_]{2,}(?:ів|їв|ов|ев|ей|ок|ек|ель|ень|ий|ій"
    r"|ець|иць|ки|ги|ци|ці|ни|ри|ли|ди|зи|ви|ти"
    r"|ии|ії|ця|ка|ла|на|ра|та|да|ва|ка|ны|ры|лы|ды|ты|вы|зы|лец|нец)|(?:[a-z-]+ )?[a-z-]{3,}s)(?=[\s,.!;)+]|$)"
)
"""After a number that begins a clause: a noun in the form that counting asks for."""

MANY_NOUN_BEFORE = re.compile(r"[^\W\d_]{2,}(?:ів|їв|ов|ев|ей|ок|ек|ель|ець|иць|ниц|іл|ел|ник|шин|ин)\s$")
"""Before a number that ends a clause: "стільців 6"."""
