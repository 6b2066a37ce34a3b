"""Wishes that are said in so many words, in Ukrainian, Russian and English."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from core.domain.turn import Turn, Understood
from core.engine.order_words import ORDER
from core.engine.temper_words import TEMPER
from core.engine.typed import as_meant

_FLAGS = re.IGNORECASE
_BRIEF: Final = 6
"""Words."""

_PATTERNS: Final[Mapping[str, str]] = {
    "advice": (
        r"порад(?:ьте|ите|иш|ь)\b|порекоменд\w+|що (?:б ви |ви )?(?:радите|порадили|запропонуєте)|підбер(?:іть|"
        r"и)\b|підібрати|"
        r"(?:як(?:а|ий|е|у|і)|what|which|как(?:ая|ой|ую|ое|ие))\b[^.!?\n]{0,40}\b(?:підійд\w+|підход\w+|"
        r"подойд\w+|подходит|suits?|"
        r"would suit|краще для|лучше для|is (?:best|good) for|fits?)\b|\brecommend (?:me |us )?(?:a|an|some)\b|"
        r"(?:що|что|як(?:а|ий|у|е|і)|как(?:ая|ой|ую|ое|ие)|what|which)\b[^.!?\n]{0,20}(?:до (?:неї|нього|них)|"
        r"к (?:ней|нему|ним)|"
        r"(?:goes|pairs?|go|works?) (?:well )?with (?:it|that|them))|"
        r"що (?:краще |мені )?(?:обрати|вибрати|взяти)|допомож\w+ (?:обрати|вибрати|з вибором|розібрат\w+)|"
        r"не розбираюс\w*|не розуміюс\w*|нічого не розумію в|новачок|"
        r"посовет\w+|что (?:бы вы |вы )?(?:советуете|порекомендуете|предложите)|подбер(?:ите|и)\b|подобрать|"
        r"что (?:лучше |мне )?(?:выбрать|взять)|помог\w+ (?:выбрать|с выбором|разобраться)|"
        r"не разбираюс\w*|ничего не понимаю в|новичок|"
        r"(?:what|which|anything)\b[^.!?\n]{0,25}\b(?:suggest|recommend|advise)\b|"
        r"(?:can|could|would|please|do) you[^.!?\n]{0,15}\b(?:suggest|recommend|advise)\b|recommend (?:me|something)|"
        r"help me (?:choose|pick|decide)|which (?:one )?should i|what should i (?:take|buy|get|choose)|"
        r"know nothing about|no idea (?:what|which)|i(?:'|’)m new to"
    ),
    "prices": (
        r"(?:як(?:і|а)|подив\w+|скажіть|надішл\w+|дайте|можна|є)\b[^.!?\n]{0,20}\b(?:ціни|розцінки)\b|"
        r"прайс(?:-?лист)?\w{0,2}\b|"
        r"^\W*(?:(?:які|по) )?(?:ціни|цінам)\b|"
        r"(?:как(?:ие|ая|ов[аы])|посмотр\w+|скажите|пришл\w+|дайте|можно|есть)\b[^.!?\n]{0,20}\b(?:цены|расценки)\b|"
        r"^\W*(?:(?:какие|по) )?(?:цены|ценам)\b|"
        r"\b(?:your|the) prices\b|\bprice ?list\b|\bpricing\b|^\W*prices\b|how much (?:are|do) your (?:products|"
        r"things)"
    ),
    "stock": (
        r"(?:в|у) наявності|на складі|\b(?:в|у) наличии|на складе|\bin stock\b|\bavailable\b(?! (?:for|on|at|to|in))|"
        r"^[^,.!?\n]{0,40}\s(?:є|есть)(?: (?:зараз|сейчас|у вас|в продажу|в продаже))?\?|"
        r"^\W*(?:є|есть|do you have) [^,.!?\n]{0,40}\d[^,.!?\n]{0,10}\?"
    ),
    "bargain": (
        r"\b(?:match|beat) (?:it|that|this|them|(?:the|their|that|this) (?:price|offer))\b|"
        r"(?:зробите|дасте|можете)\b[^.!?\n]{0,12}(?:так само|так[уі] ж\w* (?:сам\w+ )?цін\w+|як (?:у них|там))|"
        r"(?:сделаете|дадите|можете)\b[^.!?\n]{0,12}(?:так же|так(?:ую|ие) же цен\w+|как (?:у них|там))|"
        r"\b(?:дай\w*|дас\w*|зроб\w*|буде|сдел\w*|дад\w+|будет|скин\w*|give|make|do|get)\b[^.!?\n]{0,20}"
        r"(?:(?:знижк\w*|скидк\w*|discount)\D{0,12}\d+ ?%|\d+ ?%)|"
        r"(?:знижк\w*|скидк\w*)\D{0,12}\d+ ?% (?:буде|будет)|"
        r"(?:віддай\w*|віддас\w*|продай\w*|продас\w*|забер\w*|візьм\w+|куп(?:лю|имо)|дам|заплачу|беру|"
        r"отдай\w*|отдад\w+|продад\w+|возьм\w+|купим|бер[её]м)\b[^.!?\n]{0,25}\bза \d[\d ]{2,}(?!\d)|"
        r"^\W*(?:(?:а|ну|хоч|хоть|тоді|тогда|давайте|давай|може|может|хоча б|хотя бы)\W+){1,3}за \d[\d ]+\W*$|"
        r"\b\d[\d ,.]*(?:k|к|тис\w*|тыс\w*)?\b[^.!?\n]{0,25}\b(?:and|і|и|та|й)\b[^.!?\n]{0,15}\b(?:deal\b|"
        r"домовил\w+|договорил\w+|по рук\w+|забираю|i(?:'|’)?ll take|беру\b)|"
        r"\b(?:дам|заплачу|дамо|дадим|даю) (?:вам |за (?:не[ёїй]|нього|него|це|это) )?\d[\d ]{2,}|"
        r"\b(?:за|for) \d[\d ]{2,}[^.!?\n\d]{0,12}\b(?:віддас\w*|віддай\w*|продас\w*|отдад\w*|отдай\w*|продад\w*)|"
        r"(?:give|pay|offer) you \d[\d ,]{2,}|\b(?:sell|give|let|take|have|buy|"
        r"do)\b[^.!?\n\d]{0,30}\bfor \d[\d ,]{2,}"
        r"(?!\d| ?(?:people|persons|cups|guests|employees|staff|drinks|servings|kg|months|days))"
    ),
    "some_week": (r"(?:наступн\w+|цього|цьому|следующ\w+|этой|next|this) (?:тижн\w+|недел\w+|week)"),
    "meant": (r"(?:мав|мала|мали) на увазі|(?:имел[аи]?|имею) в виду|\bi (?:meant|mean)\b"),
    "cheaper": (
        r"дешевш\w*|подешевше|недорог\w*|найдешевш\w*|бюджетн\w+|дешевле|подешевле|сам\w+ деш[её]в\w+|"
        r"деш[её]в(?:ый|ые|ое|ую|ая)\b|"
        r"cheap(?:er|est)?\b|less expensive|more affordable|budget (?:option|one|model)|lower price"
    ),
    "bigger": (
        r"\bбільш(?:а|ий|у|ого|ої|е|ої)\b(?! ніж)|потужніш\w*|\bбольш(?:ая|ий|ую|ое|ей)\b|\bпобольше\b|мощнее|"
        r"помощнее|"
        r"\b(?:bigger|larger|the big one|the large one|more powerful)\b"
    ),
    "smaller": (
        r"\bменш(?:а|ий|у|ого|ої|е|ій)\b|\bмаленьк\w+|меньш(?:ая|ий|ую|ое|ей)\b|\bпоменьше\b|"
        r"\b(?:the )?(?:smaller|small) (?:one|model)\b|"
        r"\bsmaller\b|\bsmallest\b"
    ),
    "compare": (
        r"порівня\w+|чим (?:вони |він |вона )?відрізня\w+|яка (?:між \w+ )?різниця|у чому різниця|в чому різниця|"
        r"що краще|яка краща|\bчим (?!(?:ви|ваш\w*)\b)[^.!?\n]{0,40}(?:кращ\w+|гірш\w+|відрізня\w+)|"
        r"\bчем (?!(?:вы|ваш\w*)\b)[^.!?\n]{0,40}(?:лучше|хуже|отлича\w+)|"
        r"сравн\w+|чем (?:они |он |она )?отлича\w+|как(?:ая|ова) (?:между \w+ )?разница|в ч[её]м разница|"
        r"что лучше|какая лучше|"
        r"\bcompare\b|\bcomparison\b|\bdifferen(?:ce|t)\b|\bversus\b|\bvs\.?\b|which (?:one )?is better|"
        r"\b(?:what makes|how is|how are|why is|is)\b(?! you)[^.!?\n]{0,40}\b(?:better|worse) than\b"
    ),
    "discount": (
        r"(?:зроб\w+|дай(?:те)?|дасте|буде|можна|а)\b[^.!?\n]{0,15}\bзнижк\w*|скин(?:ете|ьте|еш|ути)\b|"
        r"поступ(?:итеся|іться|итесь)|\bторг\b|"
        r"(?:віддасте|давайте|продайте|продасте) за \d|"
        r"(?:сдела\w+|дай(?:те)?|дадите|будет|можно|а)\b[^.!?\n]{0,15}\bскидк\w*|скин(?:ете|ьте|уть)\b|"
        r"уступ(?:ите|и)\b|сброс(?:ьте|ите) (?:\w+ ){0,2}(?:\d|тысяч|пару|сот|немного|чуть)|"
        r"(?:отдадите|давайте|продайте|продадите) за \d|"
        r"\b(?:give|get|make|do|any|have)\b[^.!?\n]{0,20}\bdiscount\b|"
        r"knock (?:it|something) (?:down|off)|\b(?:knock|take) (?:\w+ ){0,2}[$€£₴]?\d[\d ,.]*(?: ?(?:uah|usd|eur|"
        r"hryvnias?|dollars?|bucks|euros?|quid|pounds?|percent|%|k|thousand|hundred))? off\b|"
        r"best price you|"
        r"(?:sell|give|take|do)\b[^.!?\n]{0,30}\bfor \d|come down (?:a bit|on the price)"
    ),
    "materials": (
        r"каталог\w*|брошур\w*|буклет\w*|презентаці\w+|презентаци\w+|"
        r"(?:надішл|над[іи]сл|скин|вишл)\w+ (?:мені |нам )?(?:матеріали|фото|відео)|комерційн\w+ пропозиц\w+|"
        r"(?:пришл|отправ|скин|вышл)\w+ (?:мне |нам )?(?:материалы|фото|видео)|коммерческ\w+ предложени\w+|"
        r"\b(?:sales|commercial) (?:offer|deck)\b|\b(?:your|the|a|partner) deck\b|"
        r"\bcatalog(?:ue)?\b|\bbrochure\b|\bpresentation\b|"
        r"send (?:me |us )?(?:the |your |some )?(?:materials|pictures|photos)"
    ),
    "visit": (
        r"шоурум\w*|дегустаці\w+|приїхати|приїду|завітати|запиш(?:іть|и) (?:мене|нас)|записати?с[яь]|"
        r"зустр(?:іт\w+|ін\w+|іч\w*)\b|зателефонуйте|передзвоніть|"
        r"(?:мо[жг]\w+|can|could) [^.!?\n]{0,25}\b(?:подзвонити|зателефонувати|передзвонити|позвонить|"
        r"перезвонить|call us|call me)\b|"
        r"(?:поговор|обговор|обсуд|переговор)\w* (?:\w+ )?(?:по )?телефон\w*|\b(?:talk|speak|chat|discuss (?:it|this)) "
        r"(?:on|over|by) (?:the )?phone\b|"
        r"зідзвон\w+|созвон\w+|\bzoom\b|\bзум\w?\b|"
        r"(?:поговор(?:ити|имо)|поговор(?:ить|им)) (?:\w+ )?(?:[ву]о? )?(?:понед|вівт|втор|серед|сред|четв|"
        r"п['’]?ятн|суб|завтра|по тел)|"
        r"\b(?:have|schedule|arrange|set up|hop on|jump on|book) a (?:\w+ )?call\b|\b(?:call|talk|speak) (?:us |"
        r"me )?on (?:mon|tue|wed|"
        r"thu|fri|sat)|\b(?:call|talk|speak) tomorrow\b|"
        r"запишите (?:меня|нас)|дегустаци\w+|приехать|приеду|заехать|встре(?:титься|тимся|чаться|чаемся)|встреч[ауи]\b|"
        r"увидеться|увидимся|позвоните|перезвоните|"
        r"\bshowroom\b|\btasting\b|\bcome (?:by|over|to see)\b|\bvisit\b|\bmeet(?:ing)?\b|\bcall me\b|\bbook (?:a|"
        r"an|me|us)\b|\bappointment\b"
    ),
    "buy": (
        r"\b(?:додай(?:те)?|докинь(?:те)?|добавь?(?:те)?|докиньте)\b|\badd (?:a|an|one|two|three|some|the|\d)\b|"
        r"\bбер(?:у|емо)\b|\bвізьм(?:у|емо)\b|\bзамовля(?:ю|ємо)\b|\bоформ(?:люємо|люйте|іть|ити|ляйте)\b|"
        r"\bкуп(?:ую|уємо|лю)\b|"
        r"\bхочу (?:купити|замовити)\b|\bготов(?:ий|а|і) (?:купити|замовити|оплатити)\b|"
        r"\bбер(?:у|[её]м)\b|\bвозьм(?:у|[её]м)\b|\bзаказыва(?:ю|ем)\b|\bоформл?я(?:ем|йте)\b|\bоформите\b|"
        r"\bпокупа(?:ю|ем)\b|\bкуплю\b|"
        r"\bхочу (?:купить|заказать)\b|\bготов(?:а|ы)? (?:купить|заказать|оплатить)\b|"
        r"\b(?:надішліть|вишліть|пришлите|вышлите|send)(?: мені| мне| me)? (?:\d{1,3}|один|одну|дві|два|две|три|"
        r"чотири|"
        r"четыре|п['’]ять|пять|one|two|three|four|five)\b|"
        r"\bordering (?:a|an|one|two|three|the|\d+)\b|"
        r"\bi(?:'|’)?ll (?:take|have|buy|order)\b|\bwe(?:'|’)?ll (?:take|have|buy|order)\b|\bi want to (?:buy|"
        r"order)\b|"
        r"(?:надішл|вишл|вистав|скин|пришл|вышл|выстав)\w*[^.!?\n]{0,15}\b(?:рахун\w+|сч[её]т|реквізит\w*|реквизит\w*)|"
        r"\b(?:send|issue|e-?mail)\b[^.!?\n]{0,15}\binvoice\b|"
        r"\b(?:i|we) (?:take|order|buy) (?:it|the|one|two|\d)|\bplace (?:the|an|my) order\b|\blet(?:'|"
        r"’)?s (?:order|do it)\b"
    ),
    "goes_on": (
        r"(?:хочемо|хочу|готов\w+|давайте|можемо|хотим|можем|вирішили|решили) (?:\w+ )?(?:продовж\w+|продолж\w+|"
        r"обговорити|"
        r"обсудить|рухатис\w+|двигаться|поновити|возобновить)|"
        r"(?:want|ready|decided|like|happy) to (?:go on|continue|go ahead|move forward|proceed|pick (?:it )?up)|"
        r"let['’]?s (?:go on|continue)"
    ),
    "sign": (
        r"^(?![^?]*\?).*(?:підпи[сш]|уклад|уклас|подпи[сш]|заключ)\w*\s+(?:\w+\s+)?(?:договір|договор|контракт|угод)|"
        r"^(?![^?]*\?).*\b(?:надішл|надсила|готу[йю]|підготу|пришл|присыла|готовь|подготов|"
        r"send|prepare|draw up|email)\w*[^.!?\n]{0,20}\b(?:договір|договор|контракт|contract|agreement)|"
        r"^(?![^?]*\?).*\b(?:згод[еін]\w+|соглас\w+|agree|let['’]?s)\b[^.!?\n]{0,25}"
        r"(?:співпрац|сотруднич|work together|partner|reseller|cooperat)|"
        r"^(?![^?]*\?).*\bsign(?:ing)?\s+(?:the |a |an |our |your )?(?:contract|agreement|deal|papers)\b"
    ),
    "hours": (
        r"до скільк\w+ (?:ви )?працю\w+|коли (?:ви )?(?:працюєте|відкриті|відчинені)|графік роботи|години роботи|"
        r"до котр\w+ (?:години )?(?:ви )?(?:працю\w+|відкрит\w+|відчинен\w+)|"
        r"до (?:которого|какого) часа (?:вы )?(?:работа\w+|открыт\w+)|"
        r"(?:until|till) (?:what time|when) (?:are|do) you|how late are you|"
        r"до скольк\w+ (?:вы )?работа\w+|когда (?:вы )?(?:работаете|открыты)|график работы|часы работы|режим работы|"
        r"(?:opening|working|business) hours|when (?:are you|do you) (?:open|close|work)|what time do you (?:open|"
        r"close)|"
        r"are you open(?! (?:on|at|during|over)\b)"
    ),
    "erase_plainly": (
        r"забудь(?:те)? (?:про )?(?:мене|меня|обо мне|мої дані|мои данные)|"
        r"(?:видал|зітр|стер|витр|знищ)\w*[^.?\n]{0,15}(?:мо(?:ї|ю|є|го|їх)|мене|"
        r"про мене)[^.?\n]{0,12}\b(?:дан\w+|інформаці\w+|контакт\w*|номер\w*|переписк\w*|листуванн\w*|все)|"
        r"(?:удал|сотр|стер|уничтож)\w*[^.?\n]{0,15}(?:мо(?:и|ю|й|их)|меня|обо мне)[^.?\n]{0,12}\b(?:данн\w+|"
        r"информаци\w+|контакт\w*|номер\w*|переписк\w*|вс[её])|"
        r"(?:видаліть|видали|удалите|удали)\W+(?:мене|меня)\b|"
        r"\bforget (?:about )?me\b|\b(?:delete|erase|remove|wipe)\b[^.?\n]{0,20}\b(?:my|about me)\b[^.?\n]{0,12}"
        r"(?:data|info\w*|details|record\w*|number|history|everything)?"
    ),
}

_COMPILED: Final = {name: re.compile(pattern, _FLAGS) for name, pattern in {**_PATTERNS, **ORDER, **TEMPER}.items()}

_COLLECTS: Final = re.compile(
    r"\b(?:забер(?:у|емо|[её]м)|забра(?:ти|ть)|самовив\w+|самовыв\w+|"
    r"(?:will |i['’]?ll |we['’]?ll |to )(?:collect|pick (?:it |them )?up))\b",
    _FLAGS,
)
"""Fetching what was bought is no visit to agree on."""
_PLACE: Final = re.compile(
    r"\bдом(?:у|а|ой|ашн\w+|ом)?\b|\bвдома\b|\bдодому\b|\bдім\b|\bкухн\w+|офіс\w*|офис\w*|кав['’ʼ]?ярн\w*|"
    r"кофейн\w*|\bкафе\b|"
    r"ресторан\w*|\bбар(?:у|а|ом|і|е)?\b|"
    r"заклад\w*|заведен\w*|готел\w*|отел[яьюе]\w*|гостиниц\w*|магазин\w*|салон\w*|студі\w+|студи\w+|школ\w*|"
    r"\bцех\w*|клінік\w*|клиник\w*|"
    r"\bhome\b|\bhouse\b|\bkitchen\b|\boffice\b|\bcaf[eé]s?\b|\bcoffee (?:shop|house)\b|\brestaurant\b|\bhotel\b|"
    r"\bbar\b|\bshop\b|\bstore\b",
    _FLAGS,
)
_TRADE: Final = re.compile(
    r"кав['’ʼ]?ярн\w*|кофейн\w*|\bкафе\b|ресторан\w*|готел\w*|отел[яьюе]\w*|гостиниц\w*|магазин\w*|\bмереж[аіу]\b|"
    r"\bсет[ьи]\b|пекарн\w*|\bcaf[eé]s?\b|\bcoffee (?:shop|house)s?\b|\brestaurants?\b|\bhotels?\b|\bbakery\b|"
    r"\b(?:our|my) (?:\w+ )?(?:shop|store|chain)s?\b",
    _FLAGS,
)
"""A business that makes or sells coffee, or whatever the firm sells: not a home, not an office."""
_SUPPLIER: Final = re.compile(
    r"(?:в|у) (?:іншого|другого|інших|других)\b|обсмажчик\w*|обжарщик\w*|постачальник\w*|поставщик\w*|"
    r"(?:працюємо|работаем) (?:з|с|із|со|на) \w+|another (?:roaster|supplier)|(?:roaster|supplier)s?\b|"
    r"\bwe (?:already )?(?:work with|use|sell)\b",
    _FLAGS,
)
"""What a business works with now."""
_VOLUME: Final = re.compile(
    r"\b(?:\d+|двоє|троє|двое|трое|кілька|несколько)[\s-]*(?:чоловік|люд\w+|осіб|працівник\w*|співробітник\w*|"
    r"гост\w+|чаш\w+|порці\w+|філіжан\w*|человек\w*|"
    r"сотрудник\w*|порци\w+|people|persons?|employees|staff|guests?|cups?|servings?|drinks)\b|"
    r"\bнас \d+|\b\d+\s*(?:кг|kg|кілограм\w*|килограмм\w*|kilos?)\b|"
    r"\b\d+\s*(?:машин\w*|machines?)\b|\bмашин \d+",
    _FLAGS,
)


def find_wishes(text: str) -> frozenset[str]:
    plain = as_meant(text)
    found = frozenset(name for name, pattern in _COMPILED.items() if pattern.search(plain))
    return found - {"visit"} if _COLLECTS.search(plain) else found


def is_after_sale(wishes: frozenset[str], told_before: Collection[str], *, sells: bool) -> bool:
    """Somebody speaks of what was bought before, gives it back perhaps, and has not begun to buy since."""
    return bool(wishes & {"return", "bought"}) or ("return" in told_before and not sells)


def is_bare_advice(understood: Understood, turn: Turn) -> bool:
    """ "What do you suggest?", and not a word of what for: no page answers that."""
    return "advice" in understood.wishes and not understood.facts and len(turn.text.split()) <= _BRIEF


def find_told(text: str) -> frozenset[str]:
    """Which circumstances a text mentions."""
    found = {
        "place": _PLACE,
        "trade": _TRADE,
        "supplier": _SUPPLIER,
        "volume": _VOLUME,
        "return": _COMPILED["return"],
    }
    return frozenset(name for name, pattern in found.items() if pattern.search(text))
