"""Whether the person buys or wants to work with the firm as a partner."""

import re

from core.understanding.facts.span import Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_PARTNER = any_of(
    r"""
    (?:партнер|партнёр)\w*|дилер\w*|дистриб'?ю\w+|дистрибью\w+|співпрац\w+|сотруднич\w+|дропшип\w*|франшиз\w*
    франчайз\w*
    (?:стати|стать|бути|быть) (?:вашим|вашими) (?:партнер|партнёр|представ|постач|дилер|дистриб)\w+
    перепрода\w+|реалізаці\w+|на реализацию
    (?:продавати|продавать|реалізовувати|реализовывать|торгувати) (?:ваш|вашу|ваші|вашим|ваши)\w*
    (?:оптов|гуртов)\w+ (?:партнер|співпрац|умов|услов|закуп)\w+|(?:опт|оптом|гурт|гуртом)(?!\w)
    partner\w*|deal(?:er|ership)\w*|distribut(?:or|ion|e)\w*|resell\w*|dropship\w*|franchis\w*|affiliate\w*
    collaborat\w+|wholesal\w+|bring you (?:customers|clients)
    (?:відсот\w+|процент\w*|комісі\w+|комисси\w+|винагород\w+)(?: \S+){0,3} (?:клієнт|клиент|замовник|заказчик)\w*
    (?:клієнт|клиент|замовник|заказчик)\w*(?: \S+){0,3} (?:відсот|процент|комісі|комисси)\w+
    (?:cut|commission|percent\w*|fee|kickback|share)(?: \w+){0,3} (?:clients?|customers?|referrals?|leads?)
    за (?:процент|відсоток|комісію|комиссию)(?!\w)|(?:реклам|просув|продвиг)\w+ (?:ваш|вас)\w*|promote your
    referral (?:fee|programme|program|commission)|реферал\w*
    (?:продавати|продавать|торгувати|торговать)(?: \S+){0,2} (?:ваш\w*|в мо[єе]м\w* магазин\w*)
    (?:sell|stock|carry) your (?:\w+ )?(?:products?|goods|items|range|line)|white ?label|cooperat\w+
    """
)
_OWNER_WHO_STOCKS_UP = re.compile(
    r"(?<!\w)(?:у нас|наш\w*|моя|мій|мой|ма[єю]\w*|тримаємо|держим|we (?:have|run|own)|our|my)(?: \S+){0,3} "
    r"(?:кав'?ярн|кофейн|caf[eé]|coffee shop|ресторан|restaurant|готел|отел|hotel)\w*[^.!?]{0,60}"
    r"(?:закуп\w+|постачальник\w*|поставщик\w*|supplier\w*|гуртом|оптом)"
)
_CHAIN_WHO_ASKS_TERMS = re.compile(
    r"(?<!\w)(?:(?:мереж|сет)\w+ (?:\S+ )?(?:кав'?ярен|кофеен|кафе|ресторан\w*|магазин\w*|готел\w*|отел\w*)|"
    r"chain of (?:\w+ )?(?:caf[eé]|coffee|shop|restaurant|hotel|store)\w*|"
    r"our (?:caf[eé]s|coffee shops|restaurants|shops|stores))"
    r"[^.!?]{0,60}(?:умов\w*|услови\w+|прайс\w*|пропозиц\w+|предложени\w+|постача\w+|поставк\w+|terms|offer|"
    r"price ?list|supply|supplies)"
)
_HERE_FOR_TRADE = re.compile(
    r"(?<!\w)(?:(?:для|в|у|на) )?(?:\S+ )?(?:кав'?ярн|кофейн|кафе(?!\w)|caf[eé]|coffee shop|ресторан|restaurant|"
    r"готел|отел|hotel|магазин|shop|store|заклад|заведен|бізнес|бизнес|business|мереж|сеть|chain|продаж|resale"
    r"|регулярн|постійн|"
    r"постоянн|щомісяц|ежемесячн|разом|вместе|together|regular|monthly|every month)"
)
_HERE_FOR_SELF = re.compile(
    r"(?<!\w)(?:себ[еяі]|собі|дом|дім|кухн|квартир|офіс|офис|сім'|семь|подарун|подарок|разово|один раз|"
    r"home|house|kitchen|flat|office|family|gift|(?:my|our)sel(?:f|ves)|just me|for me|once|one[- ]off|personal)"
)
"""An answer to the question which of the two it is."""
_BUYER = any_of(
    r"""
    ^(?:покупець|покупатель|клієнт|клиент)(?=\W*$)
    (?:я|як|как|просто) (?:ваш |звичайний |обычный |постійний |постоянный )?(?:покупець|покупатель|клієнт|клиент)(?!\w)
    (?:для|до) себ[ея](?!\w)
    (?:особисто|лично) (?:для |мені |мне )?|собі (?:додому|хочу|беру)|для дому|для дома
    для сім'ї|для семьи
    (?:хочу|хочемо|хотів би|хотіла б|бажаю|планую) (?:\S+ )?(?:купити|придбати|замовити)
    (?:хочу|хотим|хотел бы|хотела бы|планирую) (?:\S+ )?(?:купить|приобрести|заказать)
    (?:want|would like|i'd like|we'd like|looking|going|wish) to (?:buy|order|purchase)|for myself
    for my (?:own|home|family|wife|husband)
    (?:мені|мне|для мене|для меня) (?:особисто|лично)|(?:собі|себе) (?:на кухню|в квартиру|додому|домой|в дім|в дом)
    (?:беру|берем|візьму|возьму|купую|покупаю) (?:додому|домой|собі|себе)
    (?:для|своїй|своей|моїй|моей) (?:дружин|жен|мам|чоловік|муж|батьк|родител)\w*
    for me personally|personal use|for (?:our|my) (?:house|flat|kitchen|apartment|kids?)
    не (?:на |для |під |под )?(?:перепрода\w+|перекуп\w*|продаж\w*)|not (?:for|to) resale|not (?:for )?resell\w*
    (?:i'm|i am) (?:a |just a )?(?:buyer|customer|client)|as a (?:buyer|customer)
    """
)
_NOT_MINE = any_of(
    r"""
    не (?:на |для |під |под )?(?:перепрода\w+|перекуп\w*|реалізац\w+|реализац\w+)
    not (?:for|to) (?:resell?\w*|resale)
    ваш\w* (?:партнер|партнёр|дилер)\w*|не (?:партнер|дилер|партнёр)\w*
    (?:ви|вы|ти)[^.!?,]{0,20} (?:офіц\w+ |официал\w+ )?дилер\w*|с кем[^.!?]{0,20} сотруднич\w+|(?:з|с|із) партн[её]рами
    (?:are you|you are)[^.!?,]{0,30}(?:reseller|dealer|partner|distributor)\w*
    your (?:partner|dealer|distributor)\w*|not a (?:partner|dealer)\w*
    """
)

_SAID = (
    (_PARTNER, "partner"),
    (_OWNER_WHO_STOCKS_UP, "partner"),
    (_CHAIN_WHO_ASKS_TERMS, "partner"),
    (_BUYER, "buyer"),
)
_ANSWERED = ((_HERE_FOR_TRADE, "partner"), (_HERE_FOR_SELF, "buyer"))


def find(text: str, context: Context) -> list[Span]:
    """Values are "buyer" or "partner"; of both the partner is meant."""
    folded = fold(text)
    theirs = [match.span() for match in _NOT_MINE.finditer(folded)]
    for pattern, role in (*_SAID, *(_ANSWERED if "role" in context.expected else ())):
        for match in pattern.finditer(folded):
            if not any(start <= match.start() < end for start, end in theirs):
                return [Span(match.start(), match.end(), role)]
    return []
