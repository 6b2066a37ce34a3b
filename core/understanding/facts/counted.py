"""What people count. For folded text, right after a number or right before it."""

from core.understanding.facts.wording import any_of

UNIT = any_of(
    r"""
    шт|штук\w{0,2}|штучк\w*|штучок|штучек|од|одиниц\w*|единиц\w*|екземпляр\w*|экземпляр\w*|примірник\w*
    упаков\w+|пачк\w*|пачок|пачек|пачечк\w*|пак|пакет(?:и|ів|ов|а|ик\w*)?|пакун\w+|короб\w{1,3}|коробочк\w+|коробочок
    коробочек
    мішк\w+|мішок|мешк\w+|мешок|мешков|ящик\w*|палет\w*|паллет\w*|піддон\w*|поддон\w*|контейнер\w*
    пар|пар[аиуы]|комплект\w*|набор\w*|набір|наборчик\w*|сет(?:и|ів|ов|а)?|рулон\w*|лист(?:ів|ов|и|а)?|аркуш\w*
    пляш\w+|бутыл\w+|бутылок|банк[аиу]|баноч\w+|банок|каністр\w*|канистр\w*|відер|вёдер|ведер|відра|ведра|бочк\w+
    бочок|бочек
    флакон\w*|тюбик\w*|стік\w*|стик(?:ов|а|и)?|ліцензі\w+|лицензи\w+|квитк\w+|квиток|билет\w*|букет\w*|порці\w+|порци\w+
    блок(?:и|ів|ов|а)?|сертифікат\w*|сертификат\w*|примерник\w*
    pcs|pc|pieces?|units?|items?|sets?|pairs?|boxes|box|bags?|packs?|packets?|packages?|bottles?|rolls?|cartons?|crates?
    pallets?|cop(?:y|ies)|licen[cs]es?|tickets?|sheets?|cans?|jars?|bundles?|cases?|tubs?|tubes?|kits?|sacks?|bouquets?
    vouchers?|portions?|trays?
    """,
    after=r"(?!\w)",
)

MEASURE = any_of(
    r"""
    кг|kg|kgs|кіло\w*|кило\w*|кілограм\w*|килограмм?\w*|тонн\w*|тон|літр\w*|литр\w*|л|куб\w{0,3}|кубометр\w*
    кубик\w{0,2}
    метр\w{0,2}|погонн\w+
    (?:м|m)\.?(?= (?:of )?(?:кабел|тканин|ткан[иь]|сітк|сетк|провод|дрот|труб|шнур|стрічк|лент|плівк|пленк|мотуз))
    (?:м|m)\.?(?= (?:of )?(?:вер[её]вк|cable|wire|fabric|rope|hose|ribbon|tape|film|net))
    kilos?|kilograms?|tons?|tonnes?|lit(?:er|re)s?|met(?:er|re)s?|gallons?
    """,
    after=r"(?!\w)",
)
"""It may also describe the goods: only when they are wanted."""

PERSON = any_of(
    r"""
    людин\w{0,2}|людей|людям|осіб|особ[иа]|чол|чоловік\w?|человек\w?|чел|людьми|персон\w?|гост[еіяь]\w*|дорослих
    взрослых
    people|persons?|guests?|adults?|of us|pax|співробітник\w*|сотрудник\w*|працівник\w*|работник\w*|employees?
    workers?|учн\w+|студент\w*|students?
    дітей|діток|діт(?:ям|и|ки)|дет(?:ей|и|ям|ки|ок)|kids?|children|друз\w+|friends?|учасник\w*|участник\w*|attendees
    participants|волонт[её]р\w*|volunteers?
    """,
    after=r"(?!\w)",
)
"""Counted only where places are booked."""

NOT_GOODS = any_of(
    r"""
    %|відсотк\w+|відсотків|відс|процент\w*|percent|‰|°\w?|градус\w*|degrees?
    рок[уиі]?(?:в|ів)?|рік|річн\w+|років|лет|года?|году|годик\w*|місяц\w*|місяців|міс|месяц\w*|мес|тиж(?:н\w+|день)
    недел\w+|недель|неділ\w+|нєдєл\w+
    дн(?:я|і|ів|ей|ям|ями|ях|ю)|день|доб[уаі]|діб|сут(?:ок|ки)|хвилин\w*|хвилиночк\w+|минут\w*|минутк\w+|минуточк\w+
    хв|мин
    сек|секунд\w*|секундочк\w+|годин\w*|час(?:а|ов|у|и|ика?)?|ранку|утра|вечора|вечера|ночі|ночи|числа|числ[оа]
    квартал\w*
    years?(?:-old)?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|sec(?:ond)?s?|nights?|am|pm|o'clock|x
    раз|рази|разів|раза|разу|times|чверт\w+|половин\w*
    см|мм|cm|mm|дюйм\w*|inch(?:es)?|feet|foot|ft|м|m|м2|м²|м3|кв\.?(?: ?м\w*)?|квадрат\w*|sq\w{0,2}|square\w*|соток
    сот(?:ки|ок)
    км|km|kmh|миль|миле?|miles?|гб|gb|тб|tb|мб|mb|вт|квт|ват|ватт|ватів|kw|watts?|w|mah|мач|вольт\w*|v|ампер\w*|amps?
    а/год|гц|hz|bar|бар
    грам(?:и|ів|а|м|мов|мы)?|граммов|гр?|г|g|grams?|gsm|мл|ml|мг|mg|oz|ounces?|lbs?
    клас[иіу]?|класів|класс\w*|груп\w?|групи|группы|grades?|ступен\w+|ступін\w*|рівн\w+|уровн\w+|levels?
    поверх\w*|этаж\w*|floors?|storeys?|під'їзд\w*|подъезд\w*|кімнат\w*|комнат\w*|rooms?|спал[еь]н\w*|bedrooms?
    квартир\w*
    apartments?|flats?|будинк\w+|домов|houses|зал(?:и|а|ів|ов)?|hall|хат(?:и|у)?
    столик\w*|місц(?:ь|я|е|ям)|мест|места|місць|койк\w*|коек|ліжко-?місц\w*|посадочн\w+|посадкових|seats?
    номер(?:ів|ов|и|а|ах)?
    відділен\w+|отделен\w+|branch(?:es)?|поштомат\w*|почтомат\w*|філі[їяй]\w{0,2}|филиал\w*|магазин\w*
    точ(?:ок|ек|ки|ка|ку|ках)
    кав'ярень|кав'ярн\w+|кофейн\w*|кофеен|ресторан\w*|закладів|заклад[иа]?|заведени\w+|stores?|shops?|caf[eé]s?
    restaurants?|outlets
    міст(?:а|ах)?|город(?:а|ов|ах)?|країн\w*|стран\w{0,2}|cities|countries|towns?|street|avenue|st|road|вул\w*|ул
    розмір\w*|размер\w*|sizes?|зріст|рост|раді?ус\w*|діаметр\w*|диаметр\w*|inch\w*
    син\w?|сини|синів|сын\w*|доньк\w+|доньки|доньок|дочк\w+|дочек|дочок|sons?|daughters?
    кіт|кот[аиыів]\w?|кішк\w+|кішок|кошк\w+|кошек|собак\w?|собаки|пес|пса|псів|cats?|dogs?|хлопц\w+|хлопчик\w*|дівч\w+
    boys?|girls?
    мальчик\w*|девоч\w+|хворих|пацієнт\w*|пациент\w*
    бабуль\w*|бабусь|бабус\w+|бабушк\w+|бабушек|баб[аеуыі](?!\w)|жін[кц]\w+|жінок|женщин\w*|мужчин\w*|мужик\w*
    пенсіонер\w*|пенсионер\w*|(?:wo)?m[ae]n(?!')|lad(?:y|ies)(?!')|guys?
    staff|клієнт\w*|клиент\w*|customers?|clients?
    підлітк\w+|подростк\w+|друг\w*|знайом\w+|знаком\w+|колег\w*|коллег\w*|colleagues?
    питан\w+|питаннячк\w+|вопрос\w*|вопросик\w*|questions?|слов\w?|слова|слів|words?|момент\w*|moments?|підпис\w*
    подпис\w*|followers?
    причин\w*|reasons?|варіант\w*|вариант\w*|options?|вид(?:и|ів|ов|а|ах)?|сорт(?:и|ів|ов|а)?|різновид\w*|kinds?
    types?|sorts?
    кольор[иіау]\w?|кольорів|цвет(?:а|ов)|colou?rs?|модел(?:і|ей|и|ями|ям)|models?|позиці[їй]\w*|позици[ий]
    бал(?:и|ів|ів|а|ов|лов|ла|лы)?|зір(?:ок|ки)|звезд\w?|звёзд\w?|stars?|points?|відгук\w*|отзыв\w*|reviews?
    спроб\w*|попыт\w+|дзвінк\w+|звонк\w+|звонков|дзвінків|повідомлен\w+|сообщени\w+|messages?|calls?|emails?|tries
    attempts?
    част(?:ин\w*|и|ей|ями)|платеж\w*|платіж\w*|parts?|payments?|instal?ments?|дверц\w+
    кноп\w+|дір\w+|дыр\w+
    грн|uah|₴|\$|€|£|дол(?:ар\w*|лар\w*|ів)?|бакс\w*|usd|євро|евро|eur|гривень|гривен|гривн\w+|копі\w+|копе\w+
    руб(?:л\w+)?|hryvni\w*|dollars?|bucks|euros?
    січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|января|февраля|марта|апреля
    мая
    июня|июля|августа|сентября|октября|ноября|декабря|january|february|march|april|may|june|july|august|september
    october
    november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec
    ones|-\w+
    """,
    after=r"(?!\w)",
)
"""Time, measures, people, places, speech, features, money: none of it is ordered by the piece."""

FUNCTION_WORD = any_of(
    r"""
    please|pls|plz|thanks|десь|где-то|приблизно|примерно|будь|пожалуйста|плиз|дякую|спасибі|спасибо|tops|щоб|чтобы?|so|мені|мне|нам|me|us|бо|тоді
    then|extra
    це|оце|это|за|per|for|of|чи|или|або|and|or|але|но|but|чому|почему|why|а|і|и|й|та|з|із|зі|с|со|в|у|на|до|від|от|по
    при|про|о|об
    же|ж|бо|як|как|що|что|якщо|если|if|is|are|am|was|were|it|its|it's|that|this|these|those|в?сього|всего|усього|разом
    вместе
    не|ні|нет|not|no|так|да|yes|нормально|дорого|мало|много|багато|дешев\w+|сразу|одразу|зараз|сейчас|now|today
    сьогодні|сегодня
    завтра|tomorrow|вже|уже|already|ще|еще|ещё|теж|тоже|also|too|тільки|лише|только|лишь|only|just|максимум|мінімум
    минимум|max|min
    кошту\w+|стоит|стоят|cost\w*|буде|будет|був|була|було|был|была|было|є|есть|или|будут|будуть|did|does|do|can|could
    have|has|had|will|would
    to|at|in|on|by|from|with|as|than|ніж|чем|більше|больше|менше|меньше|more|less|плюс|мінус|минус|plus|minus|де|где
    where|коли|когда|when|там|тут|here|there
    """,
    after=r"(?!\w)",
)
"""No noun that a number could count."""


def is_of_things(after: str) -> bool:
    """Whether the text right after a number makes it a count or a measure."""
    rest = after.lstrip(" .-")
    return any(words.match(rest) for words in (UNIT, MEASURE, PERSON, NOT_GOODS))
