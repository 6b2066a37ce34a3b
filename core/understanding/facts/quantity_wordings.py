"""What around a number tells whether it counts goods that are wanted. For folded text."""

import re

from core.understanding.facts.wording import any_of

UNIT_BEFORE = any_of(
    r"""
    кілограмів|килограммов|штук|штуки|штучки|штучок|штучек|кило|кіло|пачок|пачек|коробок|мішків|мешков|пар|одиниць
    единиц
    комплектів|комплектов|наборів|наборов|упаковок|пляшок|бутылок|рулонів|рулонов|ящиків|ящиков|пакетів|пакетов
    літрів|литров|метрів|метров|листів|листов|банок|килограмма?|кілограма?
    """,
    after=r"(?:\s(?!разом|всього|усього|всего|вместе|приблизно|примерно|близько|около)[^\W\d_]{4,})?"
    r"(?:\s(?:десь|приблизно|примерно|близько|около|до|від|зо|эдак|отак|так|ну|по))*\s?[:=-]?\s*$",
)
"""Right before a number: "штук сім", "мішків цементу двадцять"."""

SO_MANY = any_of(
    r"""
    кількіст\w+|количеств\w+|кол-во|к-сть|к-ть|quantity|qty|тираж\w*|наклад\w*|парті[яюї]|парти[яюи]|batch of|run of
    разом|загалом|итого|ітого|усього|всього|всего|total(?: of)?|altogether|in total|їх|их|їх (?:у|в) (?:мене|нас)
    их у (?:меня|нас)|there are|тож|отож|итак|стало быть|тобто|то есть|значить|значит
    отже
    виходить|выходит|получается|сумарно|суммарно|so that's|that's|that makes|so|тому|поэтому|i\.?e\.?|meaning
    """,
    after=r"(?:[\s,]+(?:десь|приблизно|примерно|близько|около|about|around|so|it's|is|-|до|рівно|ровно|всього|всего|это|це"
    r"|це буде|буде|будет|треба|нужно|потрібно|усього|разом|вместе))*\s?[:=-]?\s*$",
)
"""Right before a number: a count or a sum is stated."""

TOTAL = any_of(
    r"разом|загалом|итого|ітого|усього|всього|всего|total(?: of)?|altogether|in total|тобто|то есть|отже|значит"
    r"|значить|so|i\.?e\.?",
    after=r"[\s:,-]+(?:це |это |буде |будет |всього |всего |that's )?$",
)
"""Right before a number that sums up the ones before."""

TOTAL_AFTER = re.compile(
    r"^\s(?:\S+ )?(?:in total|altogether|all together|in all|разом|загалом|всього|всего|усього|итого|вместе|виходить"
    r"|выходит)(?!\w)"
)

FILLER = any_of(
    r"""
    about|all|almost|also|an|and|approx|approximately|around|at|even|exactly|hello|hey|hi|just|least|let's
    like|maybe|my|nearly|ok|okay|only|order|perhaps|plus|probably|roughly|so|some|the|then|these|those
    today|uh|um|umm|well|yes|your|а|ага|аж|б|б/у|би|близько|бы|біля|ваши|ваших|ваші|вечер|вечір|вот|вітаю|гаразд
    где-то|гдето|да|давай|день|десь|дня|добре|добридень|добрий|доброго|доброе|добрый|еще|ещё|з|заказ|замовлення
    здравствуйте|здрасьте|зо|и|й|ладно|лише|лишь|мабуть|майже|максимум|минимум|може|мой|мій|мінімум|наверное
    напевно|ну|ок|около|ось|оце|отже|отож|певно|плюс|пожалуй|почти|приблизно|привет|привіт|примерно|просто|ранок|рахуйте
    ровно|рівно|с|сначала|спочатку|считай|сьогодні|та|так|также|також|теж|то|тогда|тоді|тоже|тож|только|тільки|угу
    утро|хорошо|хотя|хоч|хоча|целых|цих|ці|цілих|чи|ще|эти|этих|і|із
    """
)
"""Words before a number that change nothing."""

APPROXIMATELY = re.compile(
    r"^(?:-?ish(?!\w)|\s(?:or so|or thereabouts|чи близько того|или около того|або близько того|плюс-мінус"
    r"|плюс-минус)(?!\w))"
)
"""Right after a number."""

PREPOSITION = re.compile(
    r"(?<!\w)(?:на|по|о|об|в|у|за|до|від|от|з|с|із|к|про|для|між|между|через|після|после|при|під|под|над|понад|свыше"
    r"|кожн\w+|кажд\w+"
    r"|every|each|per|from|over|more than|більше|больше|at|for|in|of|to|by|with|between|after|before|under|than|ніж"
    r"|чем|без)\s$"
)
"""Right before a number: it measures, dates or limits something else, unless a wish governs it."""

SET_OF = re.compile(r"(?<!\w)(?:set|комплект\w*|набор\w*|набір) (?:of|з|із|из|с)\s$")
"""Right before a bare number that ends its clause: so many make the set."""

CONDITIONAL = any_of(
    r"від|от|from|over|more than|більше|больше|свыше|понад|кожн\w+|кажд\w+|every|each|per|на|по|for|до|о|об|at|after"
    r"|before|після|после|к",
    after=r"\s$",
)

EACH_PREFIX = re.compile(r"(?<!\w)(?:по|at)\s$")

NOT_ORDERED = any_of(
    r"""
    минулого|минул[іиа]\w*|прошл\w+|попередн\w+|торік|позаторік|last(?! (?:of|price))|previous\w*|рік тому|год назад
    раніше|раньше
    колись|когда-то|ago|before now|used to|ordered \w+ (?:last|before)|цілий рік
    (?:у|в) (?:нас|мене|меня) (?:\S+ )?(?:працю|робо|живе|живуть|стоїть|стоять|вже)\w*
    (?:у|в) (?:нас|меня) (?:\S+ )?(?:работа|жив[её]т|живут|стоит|стоят|уже)\w*
    (?:we|i|they) (?:already )?(?:have|own|run|serve|keep|employ)|(?:i|we)'ve (?:already )?got|our \w+ has
    (?:вже|уже) (?:є|маю|маємо|есть|имею|стоїть|стоять|стоит|стоят)|ма(?:ю|ємо)(?! на)(?!\w)|им(?:ею|еем)(?!\w)
    (?<!сколько )(?<!скільки )(?<!скока )(?<!скоко )(?:стоїть|стоять|стоит|стоят)(?!\w)|конкурент\w*|competitors?
    rivals?
    (?:друг|подруга|сусід\w*|сосед\w*|знайом\w+|знаком\w+) (?:\S+ ){0,3}(?:взя|куп|бра|замов|заказ)\w*
    (?:friends?|neighbou?rs?|colleagues?|buddy|mate) (?:\S+ ){0,3}(?:got|has|had|take)\w*
    не (?:треба|потрібн\w+|нужн\w+|надо|хочу|хочемо|хотим|буду|тре)(?!\w)
    (?:don't|do not|didn't|no longer) (?:need|want)
    (?:cups?|drinks?|servings?) (?:\d+ )?(?:a|per) (?:day|hour|week|shift)
    (?:чаш\w+|порці\w+|порци\w+) (?:\d+ )?(?:на|в|за) (?:день|годину|час|добу|зміну|смену|тиждень)
    does it|do they|will it|is it|can it|розрахован\w*|рассчитан\w*|rated|вміщ\w+|вмеща\w+|поміст\w+|помест\w+
    holds?(?= \d)
    чула|чув|слыша\w+|heard|акці[яюїй]\w*|акци[яюей]|promo\w*|безкоштовн\w+|верн\w+|поверн\w+|refund\w*|обмін\w+
    обмен\w+|бесплатн\w+|(?:for|is) free
    """
)
"""In the same clause: the past, what is there already, what others have, what a thing can do, what is not wanted."""

CONDITION = any_of(
    r"""
    мінімальн\w+|минимальн\w+|minimum|moq|гарант\w+|warranty|guarantee|оптова|оптовая
    """
)
"""A few words away: least orders, warranties."""
DISCOUNT = re.compile(r"(?<!\w)(?:знижк|скидк|discount|опт(?!\w)|wholesale|дешевш|дешевл|cheaper)")

SAME_AS = re.compile(r"(?<!\w)(?:як|как|like|as|same as)\s(?:і |и |в |у |the )?$")
"""Before the past: "twelve boxes like last time" orders anew."""

DESCRIBES = any_of(
    r"""
    мішк\w+ (?:по|на)|мешк\w+ (?:по|на)|ваг[аоуи]\w*|важ\w+|вес(?:ом|ит|а|у|)(?!\w)|weigh\w*|місткіст\w+|ємніст\w+
    вместим\w+
    [её]мкост\w+|бункер\w*|hopper|capacity|per (?:hour|day|week|month)|продуктивн\w+|производит\w+|витрача\w+
    расход\w+|йде|уходит
    use|uses|using|going through|довжин\w+|длин\w+|ширин\w+|висот\w+|высот\w+|long|wide|tall|high|deep|кіт|кот(?!\w)
    кішк\w+|кошк\w+|собак\w*|пес(?!\w)|cat|dog
    син(?!\w)|сын(?!\w)|дитин\w+|реб[её]н\w+|baby|валіз\w+|чемодан\w*
    """
)
"""A measure that is told without a wish counts the goods, unless it describes them or what is used up."""

EACH = re.compile(r"(?<!\w)(?:нас|нам|there are|we are|we're)\s(?:(?:всього|всего|разом|about|around|десь)\s)?$")
FOR_EACH = re.compile(r"(?<!\w)(?:кожн\w+|каждо\w+|each(?! other)|apiece|everyone|everybody)(?!\w)")
"""Before and after the number of people who get one each."""

FIX = re.compile(
    r"(?<!\w)(?:виправ\w*|змін\w+|поміня\w+|исправ\w+|измен\w+|поменя\w+|change|correct|fix"
    r"|update)(?: \S+){0,2} (?:на|to)\s$"
)
"""Right before a number: it takes another's place."""

MAKES = re.compile(r"\W*(?:це |это |it )?(?:буде|будет|стане|makes|that makes)\s")
"""All of a clause before a bare number: a sum."""
PURPOSE_AFTER = re.compile(
    r"^\s(?:на|для|for|to|у|в|до|by|собі|себе|first|спробувати|попробовать|з собою|с собой)(?:\s[^\d\s]|$)"
)
NOUN_NEXT = re.compile(r"^\s?\S+\s(?:of )?[^\W\d_]{3,}")

AT_PRICE = re.compile(r"^\s(?:по|at|@)\s[$€£₴]?\d")
EACH_AFTER = re.compile(r"^\s?(?:each|apiece|a piece|(?:за|per) (?:штук\w*|шт|piece|unit|од)|кожн\w+|кажд\w+)(?!\w)")
ON = re.compile(r"(?<!\w)(?:на|for|за)\s(?:all |all of |всі |усі |все |обидві |оба )?$")
"""Around a number: "два по 18900", "three in total", "40k for two machines"."""

RULE = re.compile(r"(?<!\w)(?:від|от|from|over|more than|понад|свыше)\s$")
"""Before a number, with a discount in the clause: the firm's own rule."""

AT_ONCE = re.compile(r"^\s\S+ (?:at once|at a time|at the same time|одночасно|одновременно|за раз)(?!\w)")

ONLY_BEFORE = re.compile(r"(?<!\w)(?:just|only|тільки|лише|лиш|только|лишь|хоча б|хотя бы|at least)\s$")
ONLY = re.compile(
    r"\W*(?:(?:just|only|тільки|лише|лиш|только|лишь|мені|мне|нам|просто|хай буде|пусть будет|хватит|ок|ok|okay"
    r"|добре|хорошо|well"
    r"|right|i(?: only| just)? need|i want|так|да|yes|yep|yeah|sure|тоді|тогда|the|б|бы|такую|таку|такий|такой"
    r"|i'll take|беру|візьму"
    r"|возьму)[\s,!.]+)+$"
)
ONLY_AFTER = re.compile(
    r"(?:[\s,]+(?:таку|такий|таке|такую|такой|such|please|pls|thanks|thank you|дякую|спасибі|спасибо|будь ласка"
    r"|пожалуйста|мені|мне"
    r"|нам|then|тоді|тогда|of them|of those|of these))*[\s,.!)]*(?:$|[.!]\s)"
)
"""Around a number that is the whole message: "just the one, thanks", "мені одну", "ok, three then"."""
POLITE = re.compile(
    r"(?<!\w)(?:the|мені|мне|нам|please|pls|thanks|thank you|дякую|спасибі|спасибо|будь ласка|пожалуйста|then|тоді"
    r"|тогда|ok|ок|okay"
    r"|добре|хорошо|well|i'll take|беру|візьму|возьму)(?!\w)"
)
"""Beside such a number, for it to be an order."""
OF_THEM = re.compile(
    r"^\s(?:more(?!\w)|(?:що|які|которые|что|that|left)(?!\w)|(?:in|to|into|on) (?:the|my) (?:cart|basket|order)"
    r"|(?:у|в|до) (?:\S+ )?(?:кошик|корзин|замовлен|заказ)\w*|of (?:them|'?em|those|the"
    r"|these|each)|(?:з|із|из) (?:них|цих|этих)|таких|такие|такі|цих|этих)(?!\w)"
)

OF_THEM_ALL = re.compile(r"\s(?:of (?:them|those|these)|таких|такие|такі|цих|этих)[\s.!]*(?:please|pls|thanks)?[\s.!]*")

ITEM_BETWEEN = re.compile(
    r"\s(?!ні|нет|не |no |краще|лучше|точн|actually|make|хай|пусть)[^\W\d_][^,.!?\d]{1,30},\s"
    r"(?!ні|нет|не |no |краще|лучше|точн|actually|make|хай|пусть)"
)
"""Between the counts of two goods in a list: "40 chairs, 5 tables"."""

WHOLE = re.compile(r"\W*(?:(?:just|only|тільки|лише|лиш|лишень|только|лишь|всього|всего)\s)?$")
"""All that stands before a number which is the whole message."""

ORDER_FOR = any_of(
    r"""
    замовл\w+|заказ\w*|order|рахунок|сч[её]т|прорах\w+|просч\w+|порах\w+|розрах\w+|расч[её]т\w*|quote|invoice|estimate
    price|пропозиці\w+|сум[аиу]|сумм[аыу]
    ціна|цена|кошторис\w*|смет\w+|вартість|стоимость|put (?:us|me) down|sign (?:us|me) up|how much
    what(?:'s| is)(?: \w+){0,2}
    скока|скоко|скіки|скок|скільки(?: (?:кошту\w+|вийде|буде|виходить|це))?
    сколько(?: (?:сто[ия]\w+|выйдет|будет|выходит|это))?
    """,
    after=r"(?: per \w+| за штуку| за одну?)?\s(?:на|for|за)\s$",
)
"""Right before a number: an order for so many."""

GO_WITH = re.compile(r"(?<!\w)(?:go|going|settle|settled|stick|asked) (?:with|for|on)\s$")

RANGE_FROM = re.compile(r"(?<!\w)(?:від|от|з|с|from|between|між|между)\s$")

NAME_BEFORE = re.compile(
    r"(?<!\w)(?:iphone|айфон\w*|galaxy|pixel|windows|playstation|xbox|версі\w|верси\w|version|type|тип|grade|to:"
    r"|фото|photo|картинц\w"
    r"|картинк\w|пост\w?|post|ряд\w*|варіант\w*|вариант\w*|option|школ\w+|садк\w+|school|маршрут\w*|bus|том|part"
    r"|розділ|фіг|рис"
    r"|no|number|номер\w*|nr|арт|модел[ьіи]|model|телефон\w*|phone|tel|тел)[\s.]{0,2}$"
)
LATIN_BEFORE = re.compile(r"[a-z]{2,}\s$")
"""Right before a number: it belongs to a name; in a Cyrillic text any Latin word does that."""

CYRILLIC = re.compile("[а-яіїєґ]")

VAGUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:the|this|that|which|any|another|no|only|first|last|кожн\w+|кажд\w+|ще|еще|ещё|той|тот|цей|этот|як"
    r"|как|ні|ни|жодн\w+)"
    r"|[№#/])\s?$"
)
NOUN_AND_ONE = re.compile(r"(?!питан|вопрос|момент|прохан|просьб|справ|дел[оа])[а-яіїєґ]{4,}\s$")
"""Right before "one" at the end of a wish: "нам лавочка одна"."""
VAGUE_AFTER = re.compile(
    r"^\s?(?:of|more|question|too|also|thing|day|time|moment|minute|second|sec|(?:із|з|из)(?!\w)|раз|день|питан"
    r"|вопрос|момент|моя|мой|мо[єії]"
    r"|хвил|минут|секунд|слів|слов|про)"
)
"""Around "one", "пара" and the like."""

BOTH = re.compile(r"об(?:а|е|идв\w)(?!\w)|both")

TIMES = re.compile(
    r"(?<!\w)[xх×]\s?(\d{1,5})(?!\w)|(?<![\w.,])(\d{1,5})\s?(?:[x×](?!\w|\s?[\d+=-])|х(?=\s*(?:[.,!?)]|$)|\s[a-z]))"
)
"""x5, 5x"""

MONEY_LIKE = any_of(
    r"сум[аиу]\w*|total came|total was|came to|чек\w*|вийшл\w*|вышл\w*|рахунок (?:на|був)|receipt|bill|оплат\w+"
    r"|заплат\w+|сплат\w+",
    after=r"(?:\s\S+){0,3}\s$",
)
"""Before a bare number: it is a sum."""

AGE_BEFORE = re.compile(
    r"(?<!\w)(?:мені|мне|йому|їй|ему|ей|i'm|i am|he's|she's|сину|сыну|дочці|дочке|доньці|мамі|маме|тату)\s(?:вже "
    r"|уже )?$"
)
"""Before a bare number in digits: years."""

MANY_NOUN = re.compile(
    r"^\s(?:[^\W\d_]+(?:их|ых|ві|ні|ри|кі|х|ні|ные|ие|ых)\s)?(?:[^\W\d_]{2,}(?:ів|їв|ов|ев|ей|ок|ек|ель|ень|ий|ій"
    r"|ець|иць|ки|ги|ци"
    r"|ці|ни|ри|ли|ди|зи|ви|ти|ии|ії|ця|ка|ла|на|ра|та|да|ва|ка|ны|ры|лы|ды|ты|вы|зы|лец|нец|за|зь|ль|ть|зин|шин|нь"
    r"|ж|ч|ш|ц)"
    r"|(?:[a-z-]+ ){0,2}[a-z-]{3,}s)(?=[\s,.!;)+]|$)"
)
"""After a number: a noun in the form that counting asks for."""

MANY_NOUN_BEFORE = re.compile(r"[^\W\d_]{2,}(?:ів|їв|ов|ев|ей|ок|ек|ель|ець|иць|ниц|іл|ел|ник|шин|ин)\s$")
"""Before a number that ends a clause: "стільців 6"."""

PURPOSE = re.compile(r"(?:для|на|for|під|под) \S+(?: \S+)?")
"""All before a number: "for the hotel 14 kettles"."""

VERB_FORM = re.compile(r"^\s(?:\S+\s)?\w+(?:ть|ться|тся|ємо|імо|ете|ите|ешь)(?!\w)")

LINE_ITEM = re.compile(
    r"(?:^|[.!?\n\ufffc])[\s,]*(?:[^\W\d_][\w'-]*[\s,]+){0,5}?[^\W\d_]*(?:[иыіїі]|ів|ов|ок|ек|ей"
    r"|s)(?:[\s,]+(?:[^\W\d_][\w'-]*)){0,2}\s?[,:-]+\s?$"
)
LINE_ITEM_DASH = re.compile(r"(?:^|[.!?\n\ufffc,])[^.!?\n\ufffc]*[^\W\d_]{3,}[^.!?\n\ufffc:]{0,40}\s[-:]\s$")
"""All before a number that ends a line: "тюльпани білі, 101", "paper cups 250 ml - 100"."""

NAMED_PLACE = re.compile(r"(?:ськ|ск|цьк|зьк)(?:ого|ої|а|ая|ий|ій|ой|ий)\s$|(?:енк|чук|юк)[аоу]?\s$")
"""A street's name right before a bare number."""

OF_WEIGHT = re.compile(
    r"(?<!\w)(?!замов|заказ|рахун|счет|сч[её]т|цін|цен|варт|стоим|кошт|дум|розрах|рассч|посч|порах|прорах|просч|вийде"
    r"|выйдет|буде|стане)[а-яіїєґ]{3,} (?:на|під|под)\s$"
)
"""Right before a measure: it tells the size of the thing, "торт на 3 кг"."""

WEIGHT = re.compile(r"^\s?(?:кг|kgs?|кіло\w*|кило\w*|кілограм\w*|килограмм?\w*|kilos?|kilograms?)(?!\w)")
"""A measure that is told for goods more often than of them."""
