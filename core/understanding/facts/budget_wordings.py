"""How people speak of what they can spend, and of other sums. For folded text."""

import re

from core.understanding.facts.wording import any_of

OWN_MONEY = any_of(
    r"""
    бюджет\w*|budget\w*|кошторис\w*
    (?:можу|можемо|могу|можем) (?:собі |себе )?(?:витратити|потратить|дати|дать|заплатити|заплатить|виділити|выделить)
    (?:можу|можемо|могу|можем) (?:собі |себе )?(?:дозволити|позволить|викласти|выложить|вкласти\w*|уложиться)
    (?:готов\w*|згод\w+) (?:\w+ )?(?:витратити|потратить|дати|дать|отдать|віддати|заплатити|заплатить|платити|платить)
    (?:готов\w*|згод\w+) (?:\w+ )?(?:викласти|выложить|вкласти\w*|виділити|выделить)
    (?:розрахову|рассчитыва|орієнту|ориентиру|планую|планиру)\w* (?:витратити |потратить )?(?:на|в)
    (?:витрачу|витратити|потрачу|потратить|вкластис\w|вкладатис\w|вкладусь|уложиться|укластися)(?: \w+){0,2}?
    (?:стеля|потолок|ліміт|лимит|межа|предел|закладено|закладаю|закладаємо|заложено|закладываем|закладываю)
    (?:виділ|выдел)(?:или|ено|яємо|яю|яем|или|ить|яють|яют)|allot\w*|allocat\w*|(?:set|setting) aside
    (?:i|we|i've|we've|have|had) put aside
    (?:can|could|(?:able|willing|ready|prepared|happy|looking|want|like) to) (?:spend|pay|afford|invest)
    (?:can|could) (?:only )?(?:go up to|do|stretch to|go as high as)|afford|ceiling|capped(?= at)|set aside
    allocated?|earmarked
    (?:мій|мой|наш) (?:максимум|макс)
    limit is|my max|price range|(?:максимальн|крайн|гранич|предельн)\w+ (?:ціна|цена|сума|сумма|бюджет)
    (?:ціна|цена) (?:питання|вопроса)|(?:стипенд|премі|преми)\w+ на(?:our|my) (?:cap|limit|max)
    (?:can't|cannot|won't|couldn't|not|don't want to|never) (?:\w+ ){0,3}?(?:over|more than|above|past|beyond|exceed)
    (?:(?:is|cap|limit|spend|price|cost|be|go) )?(?:in the (?:region|range|ballpark) of|ballpark|somewhere between)
    (?:від|от)дам|заплачу|викладу|выложу
    (?:розщедр|расщедр)\w+ на|(?:стисн|втисн|впиха|втисну|вміст)\w+ (?:в|у)|(?:стеля|потолок) (?:це|это)?
    (?:потягн\w+|потян\w+|осилю|осилимо|осилим|подужа\w+|тяну) (?:не більше |не больше |лише |только |тільки )?
    (?:мені|нам|мне) (?:дали|дав|дала|выделили|виділили)|(?<!it )(?<!only )(?<!machine )gave (?:me|us)|грант\w*|grant
    (?:згод|соглас)\w+(?: [ій]| и)?(?= на)|approved|погод\w+|затверд\w+|согласова\w+|утверд\w+
    (?:да[влн]\w*|дають|give|gave|gives) (?:добро|згоду|the go-?ahead|green light)|sign(?:ed|s)? off on|chipped in
    (?:впис|впиш)\w+ (?:в|у|до)|(?:вклал|уклал|влож|улож)\w*(?: б| би| бы)? (?:в|у)|fit (?:it )?(?:in)?to
    fit (?:it )?within
    (?:шеф|бос|boss|начальник|керівник)\w* (?:сказа\w+|said)
    закла\w+|залож\w+|закладыва\w+|(?:назбира|набра|зібра|собра|насобира)\w*
    (?:скин(?:емо|ем|улися|улись|имося)|збира\w+|зібра\w+|собра\w+|відклал\w*|відклав|отложил\w*)
    """,
    after=r"(?:'s)?(?:\s+\S+){0,4}?\s*[:=-]?\s*$",
)
"""Before the amount: this much is mine to spend, whatever stands around it."""

OWN_IF_MONEY = any_of(
    r"""
    (?:можу|можемо|могу|можем)(?: (?:лише|тільки|только|лишь|й|і|и|вже|уже|максимум|десь))*
    can (?:only |just )?(?:do|go|manage|reach|stretch)(?: up to| to)?
    let's say|скажімо|скажем|(?:нехай|хай) буде|пусть будет
    """,
    after=r"\s+\S{0,2}$",
)
"""Right before an amount that is surely money."""

WOULD_FOR = re.compile(r"(?<!\w)(?:б|би|бы|would|i'd|we'd)(?!\w)[^.!?]{0,20}(?<!\w)(?:за|for)\s$")
TAKE_AFTER = re.compile(
    r"^\s(?:забра(?:в|ла|ли|л)|[ву]зя(?:в|ла|ли|л)|куп(?:ив|ила|или|ил)|придба(?:в|ла|ли)|take|buy)(?!\w)"
)
"""Around the amount: "я б за 300 забрала" offers it."""

OWN_MONEY_AFTER = re.compile(
    r"^[\s,-]*(?:\S+ ){0,2}(?:потрачу|витрачу|заплачу|віддам|викладу|выложу|бюджет|budget|ліміт|лимит|стеля|потолок"
    r"|максимум|макс(?!\w)|max(?:imum)?(?!\w)|tops"
    r"|(?:моя|мой|мій|наша?|my|our) (?:межа|предел|край|limit|лимит|ліміт)(?!\w)"
    r"|at most|не більше|не больше|не дорожче|не дороже|(?:and )?not a (?:cent|penny|dime) more"
    r"|(?:і |и )?н[іи] копійки більше|(?:и )?ни копейки больше|(?:більше|больше) не дам"
    r"|у меня есть|у мене є|есть у меня|це все що|это все что|маю|маємо|є в мене"
    r"|можу (?:витрат|дати|заплат)|могу (?:потрат|дать|заплат)|is (?:all|what) i|is my|to spend"
    r"|готов\w* (?:отдать|віддати|заплат|потрат|витрат|викласти|выложить)|(?:на|для) \S+ (?:есть|є)$"
    r"|(?:є |есть )?на руках|(?:are |is )?(?:our|the|my) (?:cap|limit|ceiling|absolute max\w*|max\w*)(?!\w)"
    r"|(?:cap|ceiling|limit)(?!\w)|(?:дати|дать|віддати|отдать|потратить|витратити|викласти|выложить) (?:не )?"
    r"(?:могу|можу|готов\w*|можемо|можем)|не (?:дам|потягну|потяну|витрачу|потрачу|заплачу)"
    r"|(?:виділ|выдел)(?:или|ено|яємо|ю|имо|им)(?!\w)|(?:закладено|заложено|заклали|заложили)(?!\w)"
    r"|(?:we have|i have|i've got|we've got|have been) (?:allocated|set aside|budgeted|to spend)?"
    r"|(?:уложить?ся|укластис[яь]|вкластис[яь]|вложиться|вписатис[яь])(?!\w)"
    r"|(?:[ву]зя(?:в|ла|ли|л)|куп(?:ив|ила|или|ил)) (?:б|би|бы)(?!\w)|(?:i'd|i'll|i would) take it"
    r"|не (?:шкода|жалко|жаль)|^(?:\s\S+)?\s(?:for|на|для) (?:the )?(?:whole|entire|всю|весь|усю|увесь|все|усе"
    r"|everything)(?!\w)"
    r"|(?:not|but not) (?:a )?\w+ (?:over|more)(?!\w))"
)

HAVE_AFTER = re.compile(r"\s(?:є|есть|маю|имею|имеется)(?:\s(?:на|для|в|у)\s.*|\s*)$")
"""After the amount of a statement: so much is there."""

AFTER_ALONE = re.compile(r"^\s(?:на|для|for)\s(?:(?:an?|the|my|our)\s)?\S+(?:\s\S+)?[\s.!]*$")
"""After an amount with which a statement begins: what it is for."""

INVERTED = re.compile(r"\s(?:за|на|до|під|под|около|близько)\s")
"""Within the amount: "тыщ за девять"."""

MONEY_AFTER = re.compile(
    r"^[\s,-]*(?:\S+ ){0,1}(?:бюджет|budget|ліміт|лимит|стеля|потолок|cap(?!\w)|ceiling|to spend|на руках"
    r"|на все про все|(?:моя|мой|мій|наша?|my|our) (?:межа|предел|край|limit|лимит|ліміт|max)(?!\w))"
)
"""After a number: it is money, and counts nothing."""

MORE_THAN = re.compile(
    r"(?<!\w)(?:більше|больше|вище|выше|дорожче|дороже|понад|свыше|over|more than|above)(?: ніж| за| чем)?\s$"
)
NOT_MORE = re.compile(
    r"^[^.!?]{0,30}(?<!\w)(?:не (?:можу|могу|можемо|можем|дам|дамо|потягн\w+|потян\w+|витрат\w+|витрач\w+|потрат\w+"
    r"|потрач\w+"
    r"|готов\w*|план\w+|показ\w+|пропон\w+|предлаг\w+|пропоз\w+|хоч\w+|хот\w+|буд\w+|варто|стоит|розгляда\w+"
    r"|рассматр\w+|осил\w+)|no way|is too much|is a no)"
)
"""Around the amount: "больше 9000 дать не могу"."""

ABOUT = any_of(
    r"""
    близько|приблизно|примерно|около|біля|десь|где-то|(?:в|у) район[іе]|порядку|порядка|в межах|у межах|в пределах
    around|about|approximately|roughly|somewhere around|in the region of|ballpark
    """,
    after=r"(?: \S+)?\s*~?\s*$",
)
"""Right before the amount of a wish, asked or told."""

ALL_THERE_IS = re.compile(
    r"^(?:\s[^\W\d_]{1,10}(?=[,?.]))?[\s,.?!-]*(?:(?:and|і|и|та) )?(?:(?:це |это |оце |it's |that's |is )?(?:весь "
    r"|вся |все |моя? |мой |мій |my "
    r"|наш |our )?(?:бюджет"
    r"|стеля|потолок|ліміт|лимит|межа|предел|край|limit|ceiling|budget)(?!\w)|н[іи] (?:копі|копе|цент|гривн|долар"
    r"|доллар|грн)\w* (?:більше|больше|зверху|сверху)"
    r"|(?:but )?(?:not a|no) (?:cent|penny|dime|kopeck) (?:more|over)|(?:and )?that's (?:everything|it(?!\w)|all)"
    r"|that'?s (?:all|what) i'?m working with|that's all i|is all i|not a (?:cent|penny|dime) more|це вс[еі],? що"
    r"|это вс[её],? что"
    r"|(?:більше|больше) (?:не (?:дам|можу|могу)|нема\w*|нет)(?!\w)|ні копійки більше|ни копейки больше|не (?:більше"
    r"|больше)(?!\w)"
    r"|максимум|max(?:imum)?(?!\w))"
)
"""Right after the amount, also after a comma."""

BARE_AFTER = re.compile(
    r"^[\s,]*(?:$|(?:на|за|для|і|и|та|а|або|или|не|це|это|всього|всего|разом|десь|где-то|приблизно|примерно|максимум"
    r"|макс"
    r"|or|and|for|on|is|it|this|that|max|tops|total|all|at|no|not|but|if|якщо|если|щоб|чтобы?|to)(?!\w))"
)
"""After a number that names no currency: nothing that it could count."""

PRICED_BEFORE = re.compile(r"(?<!\w)(?:по|at|for only|він|она|он|вона|it's|it is|they're)\s(?:лише |только |just )?$")
PRICED_AFTER = re.compile(
    r"^\s*(?:(?:за|per|на|в|у)\s(?:одн\w+ )?(?:штук\w*|шт|од\w*|кожн\w+|кажд\w+|piece|unit|item|кг|kg|метр\w*|людин\w*"
    r"|чол\w*|місяць|месяц|month)(?!\w)|/\s?(?:шт|pcs?|кг|kg|м)|each(?!\w)|apiece|a piece|кожн(?:ий|а|е)"
    r"|кажд(?:ый|ая|ое)|штука(?!\w))"
)
"""Around the amount: the price of one piece."""

THEIRS = any_of(
    r"""
    (?:у|в) (?:сусід|сосед|друз|подру|колег|коллег|знайом|знаком|брат|сестр|батьк|конкурент)\w*
    (?:у|в) (?:них|нього|неї|него|нее)(?!\w)|(?:їх|його|її|его|их)(?!\w)
    (?:сусід|сосед|друг|подруг|колег|коллег|брат|сестр)[а-яії]*
    (?:neighbou?r|friend|brother|sister|colleague|husband|wife)'?s|(?:his|her|their|your)(?!\w)|ваш\w*
    """,
    after=r"(?: \S+){0,2} $",
)
"""Before "budget": somebody else's."""

LIMIT = any_of(
    r"""
    (?<!ближче )(?<!ближе )до
    не (?:більше|больше|дорожч\w+|дороже|вищ\w+|выше|більш|более|перевищ\w+)(?: ніж| як| чем| за)?
    максимум|макс\.?|в межах|у межах|в пределах|в рамках|дешевше(?: ніж| за)?|дешевле(?: чем)?
    (?:менше|меньше|нижче|ниже)(?: ніж| чем)?(?: за)?|в рамках|у рамках|не виходити за|не выходить за
    not exceeding|maximum of|up to|under|below|less than|(?:no|not) more than|at most|max(?:imum)?(?: of)?|within
    cheaper than
    not (?:over|above)|nothing (?:over|above)|no (?:higher|dearer) than|stay under|keep it under
    """,
    after=r"\s*[:~-]?\s*(?:від |от |from )?$",
)
"""Right before the amount: a limit."""

AT_HAND = any_of(
    r"""
    маю|маємо|(?:у|в) (?:мене|меня|нас) (?:для|на) (?:цього|этого|це|это)|(?:для|на) (?:этого|цього|це|это) (?:є|есть)
    (?:у мене |в мене |у меня )?(?:є|есть|зараз|сейчас)|имеется|располагаю|на руках|назбирал\w*|накопил\w*
    (?:у|в) (?:мене|меня|нас)(?: зараз| сейчас| тільки| только| лише| всего| всього)?|^\s?got
    (?:розрахову|рассчитыва)\w+|i have|we have|i've(?! (?:been|seen|paid))|we've(?! (?:been|seen|paid))|i've got
    (?:i|we)(?: only| just)? got
    близько|приблизно|примерно|около|десь|где-то|(?:в|у) район[іе]|порядку|порядка
    around|about|approximately|roughly|somewhere around
    """,
    after=r"(?: \S+)?\s*~?\s*$",
)
"""Before the amount: said more weakly."""

INDEFINITE = any_of(
    r"""
    щось|що-небудь|якусь|якийсь|якісь|что-то|чтото|что-нибудь|какую-то|какую-нибудь|какой-нибудь
    something|anything|what (?:can|could) (?:i|we)|what's there|що (?:можна|є)|что (?:можно|есть)
    вистачить|хватит|хватило|enough
    """
)
"""A wish that names no product, with what it may cost; "is that enough?"."""

ENOUGH = re.compile(r"(?<!\w)(?:вистачить|хватит|хватило|enough)(?!\w)")

FOR = any_of("за|на|for|in|with", after=r"(?: (?:суму|сумму|близько|около|around|about))?\s*~?\s*$")

WISH = any_of(
    r"""
    шука\w+|ищ\w+|хочу|хотіл\w*|хотел\w*|хотів|потріб\w+|нуж\w+|треба|надо|підбер\w+|подбер\w+|підібра\w+|подобра\w+
    порад\w+|посовет\w+|план\w+|порекоменд\w+|подарун\w+|подар\w+|щось|что-то|що є|что есть
    looking for|need|want|recommend|suggest|something|gift
    """
)

NOT_MINE = any_of(
    r"""
    конкурент\w*|розет(?:к|ц)\w+|rozetka|еп[іи]центр\w*|эпицентр\w*|comfy|комф[іи]|foxtrot|фокстрот\w*|amazon|ebay
    olx|олх|алл?о(?!\w)
    інш\w+ (?:магаз|компан|місц|фірм|постач|прод|сайт)\w*|друг\w+ (?:магаз|компан|мест|фирм|постав|прод|сайт)\w*
    в інших|у інших|у других|(?:у|в) них|у ніх|там(?!\w)|сусід\w*|сосед\w*|бачи(?:в|ла|ли)|видел\w*
    (?<!не )(?:пропону|предлага)\w+
    charge[ds]?|fees?|statement|atm|withdr\w+|комісі\w+|комисси\w+|списа\w+|знял\w*|снял\w*|банкомат\w*|чайов\w+
    чаев\w+|gift card|подарунков\w+|подарочн\w+|сертифікат\w*|сертификат\w*|voucher\w*|зп|з/п|оклад\w*|wages?
    знайш\w+|наш[её]л|нашла|інтернет\w*|интернет\w*|на ринку|на рынке
    other (?:shop|store|seller|compan|supplier|place|site)\w*|elsewhere
    another (?:shop|store|place|seller|compan|supplier)\w*
    competitor\w*|rivals?|saw|seen|offer(?:ed|s|ing)|found|they (?:sell|ask|charge|want)|quoted
    передоплат\w*|предоплат\w*|завдат\w+|задат\w+|аванс\w*|внесок|взнос|внеск\w+|взнос\w+|застав\w*|залог\w*|кредит\w*
    deposit\w*|down ?payment|up ?front|prepa\w+|instal?lments?
    купува\w+|купля\w+|куп(?:ив|ила|или|ил)(?!\w| бы?(?!\w)| би(?!\w))|брал\w*|брав(?!\w)|взяв(?!\w| би?(?!\w))
    взял\w*+(?! бы?(?!\w)| би(?!\w))|(?:за)?плати(?:в|ла|ли|л)(?!\w)
    (?:витрати|потрати)(?:в|ла|ли|л)(?!\w)|минул\w+|торік|раніше|попередн\w+|прошл\w+|раньше|колись|когда-то
    обійш\w+|обош\w+
    last (?:time|year|month|week)|previous\w*|used to|paid|bought|spent|cost me
    (?:ви|вы) (?:мені |мне |нам )?(?:винн\w+|должн\w+)|owe(?:s|d)? (?:me|us)|скиньте|скинь(?!\w)|уступ\w+|knock
    прибут\w+|доход\w*|дохід|profit|revenue|income|чек\w*|receipt|квитанц\w+
    купон\w*|coupon|voucher
    (?<!з )(?<!с )(?<!із )доставк\w+|(?<!with )(?<!including )(?<!incl )delivery|shipping|пересил\w+|знижк\w+
    скидк\w+|discount\w*|off(?!\w)|промокод\w*|бонус\w*
    кешбек\w*|cashback
    пенс[іи]\w+|стипенд\w+|насчитал\w*|порахува(?:в|ла|ли)|верн(?:ите|іть|уть)|поверн\w+|i make|we make
    зарплат\w*|salary|заробля\w+|зарабат\w+|оборот\w*|turnover|виручк\w+|выручк\w+|штраф\w*|повернен\w+
    возврат\w*|refund\w*
    (?:друг|подруга|сусід\w*|сосед\w*|знайом\w+|знаком\w+) (?:\S+ ){0,2}(?:взя|куп|бра|плат|відда|отда)\w+
    (?:кума?|брат|сестра|кол{1,2}ега) (?:\S+ ){0,2}(?:взя|куп|бра|плат|відда|отда)\w+
    (?:friends?|neighbou?rs?|colleagues?|buddy|mate|boss) (?:\w+ )?(?:got|has|had|pays?|sells?|spent)
    (?:brother|sister|cousin) (?:\w+ )?(?:got|has|had|pays?|sells?|spent)
    оренд\w*|аренд\w*|rent(?!\w)|ремонт\w* (?:обій|обош|кошту|стои)\w+|repair\w*|комунал\w+|коммунал\w+|подат\w+
    налог\w*
    накин\w+|доплач\w+|доплат\w+|різниц\w+|разниц\w+|difference|(?:дешевше|дешевле|дорожче|дороже) на|cheaper by
    сдач\w+|решт\w+
    """
)
"""In the same clause: rivals' prices, deposits, the past, fees and discounts."""

RATHER_LESS = re.compile(
    r"(?<!\w)(?:але|но|but|а) (?:\S+ )?(?:краще|лучше|бажано|желательно|ideally|better|preferably)"
    r"(?:,? (?:щоб |чтобы? )?(?:ближче до|ближе к|поближе к|ближче к|closer to|nearer to|nearer))?\s$"
)
"""Right before a second sum: the limit told first stays the limit."""

MONTHLY = re.compile(
    r"(?<!\w)(?:(?:на|в|за|у) (?:місяць|месяц)|щомісяц\w+|ежемесяч\w+|per month|a month|monthly)(?!\w)"
)
"""An instalment, a rent or a wage, unless it is said to be one's own limit."""

SCARCE_MONEY = re.compile(
    r"(?<!\w)(?:(?:грошей|денег|коштів|средств|сума|сумма|бюджет\w*|sum|budget|cash|funds?)(?!\w)[^.!?]{0,20}?(?<!\w)"
    r"(?:небагат\w*|мало|обмаль|негусто|скромн\w+|обмежен\w+|невелик\w+|впритул|небольш\w+|немного|впритык|ограничен\w+"
    r"|tight|limited|low|small|modest)"
    r"|(?:багато|забагато|много|дорого) (?:я )?не (?:дам|можу|могу|потягну|потяну|витрачу|потрачу|осилю)"
    r"|(?:can't|cannot|won't|not going to|not able to) (?:spend|pay|afford|give) (?:very |that |too )?much"
    r"|(?:haven't got|don't have|not) much to spend"
    r"|(?:небагато|мало|обмаль|немного|скромн\w+|невелик\w+|небольш\w+|tight|limited|low|small|modest)\s(?:\S+\s)?"
    r"(?:грошей|денег|коштів|средств|сум\w+|бюджет\w*|sum|budget))(?!\w)"
)
"""Earlier in the sentence: the sum that follows is all there is."""

REFUND = re.compile(
    r"(?<!\w)(?:поверніть|поверн[иу]ть|повернете|верните|вернете|верн[её]те|refund\w*|money back)(?!\w)"
)
"""Anywhere in the sentence: the sum was paid."""

NOT_MONEY = re.compile(
    r"(?<!\w)(?:пробіг\w*|пробег\w*|mileage|підписник\w*|подписчик\w*|subscribers|followers|населен\w+|population"
    r"|переглядів|просмотров|views|обертів|оборотов|rpm|люмен\w*)(?!\w)"
)
"""In the clause of an amount without a currency: thousands of something else."""

PRICE_TALK = any_of(
    r"""
    кошту\w+|стоит|стоят|стоить|стоїть|costs?|price[sd]?|ц[іе]н[аиуыо]\w*|вартіст\w+|вартост\w+|чому|почему
    why|скільки|сколько
    забагато|задорого|дорогувато|дорого|многовато|слишком|too (?:much|expensive)|expensive|pricey|steep|грабіж|граб[её]ж
    how much|віддасте|отдадите|продасте|продадите|оплат\w+|переказ\w*|перевод\w*|сплат\w+|скинут\w*|скинете
    """
)

YEAR_BEFORE = re.compile(r"(?<!\w)(?:з|із|с|в|у|від|от|до|на|since|in|from|year)\s$")
YEAR_SAID = re.compile(r"(?<!\w)(?:рік|року|році|год|года|году|year|випуск\w*|выпуск\w*|built|made in)(?!\w)")
