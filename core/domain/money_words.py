"""How people write numbers and money in Ukrainian, Russian and English: pieces of patterns, without groups."""

CURRENCIES = (
    ("UAH", r"₴|грн\.?|гривн\w*|гривень|гривен|uah|hryvnia\w*|hryvnya\w*"),
    ("USD", r"\$|usd|долар\w*|доллар\w*|долл?\.|dollars?|bucks?|бакс\w*|у\.\s?[ео]\.?"),
    ("EUR", r"€|eur|євро|евро|euros?"),
    ("PLN", r"zł|pln|злот\w*|zlot\w*"),
    ("GBP", r"£|gbp|фунт\w*\s+стерл\w*|pounds?\s+sterling|quid"),
    ("RUB", r"₽|rub|руб\.?|рубл\w*"),
    ("CHF", r"chf"),
    ("CZK", r"czk|kč"),
    ("KZT", r"₸|kzt|тенге"),
    ("CNY", r"cny|юан\w*|yuan"),
    ("JPY", r"¥|jpy|yen"),
)
CURRENCY = "|".join(pattern for _, pattern in CURRENCIES)
SIGN = "[$€₴£₽₸¥]"
CODE = "|".join(code.lower() for code, _ in CURRENCIES) + r"|грн\.?"
MINOR = r"коп(?:ійк\w*|ійок|ейк\w*|еек)?\.?|cents?|цент(?:и|ів|а|ов)?"
WHOSE = r"(?:u\.?s\.?a?\.?|american|canadian|україн\w*|украин\w*|американ\w*|канад\w*)"

LETTER = r"[^\W\d_]"
BLANK = r"[^\S\n]*"
CURRENCY_END = rf"(?:(?<={SIGN})|(?!{LETTER}))"
GROUP = "[ \u00a0\u202f\u2009.,'’]"
NUMBER = rf"(?<!\d)(?<!\d[.,])(?>(?:[1-9]\d{{0,2}}(?:{GROUP}\d{{3}}){{1,5}}|\d+)(?!\d)(?:[.,]\d{{1,2}}(?!\d))?)"
"""Grouped by thousands or not, two decimals at most; atomic, so that no part of a number is ever taken for it."""
THOUSANDS = rf"(?:тис\.?|тыс\.?|тисяч\w*|тысяч\w*|thousand|grand|[кk](?!{LETTER}))"
MILLIONS = rf"(?:млн\.?|мільйон\w*|миллион\w*|million|mln|m(?!{LETTER}))"
TIMES = rf"(?:{BLANK}(?:{THOUSANDS}|{MILLIONS}))?"

SMALL_WORD = (
    r"(?:од(?:ин|на|ну|но|нієї|ной|ного)|дв(?:а|і|е|ох|ух)|тр(?:и|ьох|ех|ёх)|чотир\w*|четыр\w*|п['’ʼ]?ят\w*|"
    r"шіст\w*|шест\w*|шост\w*|сім|семи|семь|вісім|восьм\w*|восем\w*|дев['’ʼ]?ят\w*|"
    r"one|two|three|four|five|six|seven|eight|nine)"
)
BIG_WORD = (
    r"(?:[\w'’ʼ]{0,20}дцят\w*|[\w'’ʼ]{0,20}дцат\w*|[\w'’ʼ]{0,20}десят\w*|сорок\w*|дев['’ʼ]?яност\w*|ст[оа]|двіст\w*|двест\w*|"
    r"трист\w*|чотирист\w*|четырест\w*|[\w'’ʼ]{0,20}сот\w*|тисяч\w*|тысяч\w*|півтор\w*|полтор\w*|мільйон\w*|миллион\w*|"
    r"ten|eleven|twelve|\w{3,6}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\w{3,5}ty-\w{3,5}|hundreds?|thousands?|"
    r"millions?|grand)"
)

PRICE = (
    r"(?:цін\w*|кошту\w+|вартіст\w*|вартост\w*|вартує|цен[аыуеой]{1,2}|стоит|стоят|стоимост\w*|обойд[её]тся|"
    r"обойдутся|обійд(?:еться|уться)|обходит\w*ся|priced|prices?(?!\s+lists?)|costs?|только за|тільки за|лише за|"
    r"всього за|всего за|only for|just for)"
)
"""After these a bare number is a price."""
MAYBE_PRICE = r"(?:оплат\w*|заплат\w*|сплат\w*|pay|total|разом|итого|усього|всього|всего|сума|сумма|за|for)"
"""After these it is one when nothing but the number follows."""
UNIT = (
    r"(?:%|(?:відсотк\w*|процент\w*|percent|кг|килограм\w*|кілограм\w*|г|гр|грам\w*|л|літр\w*|литр\w*|мл|м|см|мм|км|"
    r"м2|м²|квт|вт|шт|штук\w*|уп|упаков\w*|пач\w*|порц\w*|чаш\w*|філіжан\w*|набор\w*|набір\w*|позиц\w*|товар\w*|"
    r"раз\w*|особ\w*|осіб|людин\w*|людей|людям|человек\w*|дн\w*|день|доб\w*|діб|сут\w*|годин\w*|час\w*|хв|хвилин\w*|"
    r"мин|минут\w*|сек\w*|тиж\w*|недел\w*|місяц\w*|міс|месяц\w*|мес|рок\w*|рік|років|год\w*|лет|р|"
    r"січн\w*|лют\w*|берез\w*|квіт\w*|трав\w*|черв\w*|лип\w*|серп\w*|верес\w*|жовт\w*|листоп\w*|груд\w*|"
    r"январ\w*|феврал\w*|март\w*|апрел\w*|ма[йяю]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|"
    r"kg|kilos?|g|grams?|l|lit(?:er|re)s?|ml|m|cm|mm|km|w|kw|pcs?|pieces?|items?|packs?|cups?|sets?|people|persons?|"
    r"days?|hours?|hrs?|h|minutes?|mins?|seconds?|weeks?|months?|years?|times|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b)"
)
"""What makes a number something else than money: shares, measures, spans of time, dates."""
