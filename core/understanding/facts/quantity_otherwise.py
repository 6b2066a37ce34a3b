"""What a number beside goods counts otherwise: years, ages, houses, rates, sizes, sums, what is taken away."""

import re

from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.clause import text_after, text_before
from core.understanding.facts.counting import Counted, Counting
from core.understanding.facts.wanting import WANT
from core.understanding.facts.wording import any_of

_YEARS = range(1950, 2036)
_LIMITED = any_of(
    r"""
    (?:не )?(?:дорож\w+|дешев\w+)(?: ніж| чем| за| від| от)?|cheaper than
    (?:no|not|nothing) (?:dearer than|over|above|higher than)
    (?:за|на) (?:все|всё|усе) про (?:все|всё|усе)|(?:розрахову|рассчитыва)(?:ю|ємо|ем|ла|ли|в|л)
    (?:will|would|could|can) you (?:take|accept|do it for)
    (?:бюджет|budget|сум[аи]|сумм[аы]|грош\w+|деньг\w*|денег|money|cash)
    """,
    after=r"(?:\s\S+){0,2}\s$",
)
"""Right before a number: it is a price or a sum."""
_SPOKEN_OF_MONEY = re.compile(
    r"(?<!\w)(?:budget|бюджет\w*|бютжет|(?:modest |скромн\w+ )?(?:sum|сума|сумма)(?!\w)|грошей|денег|коштів|средств)"
)
_ABOUT = re.compile(r"\s(?:десь|приблизно|где-то|примерно|or so|maybe)[\s.!]*")
_EDGE = re.compile(r"^\s?(?:край|стеля|потолок|максимум|макс(?!\w)|tops|max(?!\w)|at most|or so|or thereabouts|hryvni)")
_TAKEN_AWAY = any_of(
    r"""
    видал\w+|прибер\w+|викин\w+|відмін\w+|скасу\w+|мінус\w*|убер\w+|удал\w+|отмен\w+|выкин\w+|минус\w*|вычерк\w+|викресл\w+
    remove|take off|delete|cancel|drop(?!\w)|minus
    """,
    after=r"(?:\s\S+){0,4}\s$",
)
_INSTEAD = re.compile(r"(?<!\w)(?:замість|вместо|instead of)\s(?:\S+\s)?$")
_THEY_ASK = any_of(
    r"""
    (?:you|they|he|she|shop|store|guys?|firm)(?: \w+)? (?:want|wants|charge|charges|ask|asks|took)
    (?:ви|вы|вони|они|він|он|там)(?: \S+)? (?:хоч\w+|хот\w+|прос\w+|бер\w+|дер\w+|прав\w+)
    """,
    after=r"(?:\s\S+)?\s$",
)
"""Right before a bare number: the price that others ask."""
_FOR_THAT_MONEY = re.compile(
    r"(?<!\w)(?:for (?:that|this) (?:money|price|kind of money)|(?:за|на) (?:ці|такі|эти|такие) (?:гроші|деньги)"
    r"|for the price of|за ціною|по цене одн\w+)"
)
_NAME_OF_PLACE = re.compile(r"[^\W\d_]{3,}\s$")
_INDOORS = re.compile(
    r"^[\s,]{1,2}(?:кв|квартир\w+|оф|офіс\w*|офис\w*|room|apt|flat|apartment|office|suite|під'їзд|подъезд|поверх|этаж"
    r"|floor|корп\w*|буд|дом)(?!\w)"
)
_CODE = re.compile(
    r"(?<!\w)(?:код\w?|code|pin|пін|пин|парол\w+|password|top|топ|vol|level)(?:-\w+)?\s(?:is |до |to )?$"
)
_IS_CODE = re.compile(r"^ (?:the|my|as) (?:\w+ )?(?:pin|code|password|номер)")
_HOW_MANY_IN = re.compile(r"(?<!\w)(?:how many|скільки|сколько) .*(?<!\w)(?:in|у|в|на|make)\s(?:a )?$")
_BEARS = any_of(
    r"""
    витрим\w+|выдерж\w+|потягне|потянет|вміст\w+|влаз\w+|влез\w+|withstand|supports?|accommodat\w+|багаж\w*|luggage
    важ(?:ить|у)|вешу|weigh\w*
    """,
    after=r"(?:\s\S+){0,4}\s$",
)
"""Before a number: what a thing must bear or hold."""
_KILOS_BEFORE = re.compile(r"(?<!\w)(?:кілограм|килограмм|кіло|кило)\w*\s(?:\S+\s)?$")
_WEIGHS = re.compile(r"(?<!\w)(?:важ(?:ить|ать|у|ат)|ве(?:сит|сят|шу)|вага|вес|weighs?|weight)(?!\w)")
_ENOUGH = re.compile(r"(?<!\w)(?:вистачить|достатньо|хватит|хватает|достаточно|enough)(?!\w)")
_COMPARED = re.compile(r"(?<!(?:more|less) )(?<!(?:біл|бол)ьше )(?<!дороже )(?<!\w)(?:ніж|чем|than)\s(?:за )?\d")
"""After a number: the one it is compared with."""
_SIZE_FOR = re.compile(r"(?<!\w)(?:розмір|размер|rozmir|razmer|size)\w*\s(?:на|na|for)\s$")
_MULTIPLIED = re.compile(r"(?<!\w)(?:помнож|умнож|раздел|поділ|multipl)")
_ROOMS = re.compile(
    r"(?<!\w)(?:балкон\w*|кімнат\w+|комнат\w+|кухн\w+|дах\w*|крыш\w+|стін\w+|стен[аыу]\w*|паркан\w*|забор\w*|ділянк\w+"
    r"|участ\w+|потол\w+|стел[яі]\w*|колодец|колодяз\w+|яма|яму|свердловин\w+|скважин\w+|басейн\w*|бассейн\w*|сад|город"
    r"|теплиц\w+|гараж\w*|ялинк\w+|елк[ау]|ёлк[ау]|ніш[аіу]|нишу?а?|well|roof|room|wall|fence|garden|pool|ceiling|tree)"
    r"(?:\s(?:\S+\s)?|\s)$"
)
_RATE = re.compile(
    r"^(?:\s\S+){1,2} (?:(?:в|на|за|у|per|a|every|each) )(?:день|добу|місяць|тиждень|годину|сутки|неделю|месяц|час"
    r"|зміну"
    r"|смену|рік|год|day|week|month|hour|year|shift)(?!\w)"
)
_GOOD_FOR = re.compile(r"(?<!\w)(?:на|for|під|под)\s$")
_USES = re.compile(
    r"(?<!\w)(?:ми|мы|we|i|я|роб\w+|вар\w+|вип\w+|продає\w+|прода[её]\w+|пьем|п'ємо|випива\w+|use|make|sell|serve|drink"
    r"|brew|does|do|makes)(?:\s\S+){0,2}\s$"
)
"""Before a number and after it "a day": so many are used up or sold."""
_ARTICLE = re.compile(r"(?<!\w)(?:a|an|this|that|my|your|our|the)\s(?:\S+\s)?$")
_INDEFINITE = re.compile(r"(?<!\w)an?\s$")
_SINGULAR = re.compile(r"^[\s-]?(?!(?:pcs|kg|people|sheep|feet)(?!\w))[a-z]+[a-rt-z](?: [a-z-]+)?(?=[\s,.!?]|$)")
_CONTAINER_NEXT = re.compile(
    r"^\s?(?:кг|kg|л|l|кіло|кило|kilo|lit(?:er|re)|gallon|ton|met(?:er|re)|foot|inch)(?:\sof)?\s"
    r"(?:bags?|bottles?|packs?|sacks?|tins?|cans?|jars?|box(?:es)?|buckets?|пачк\w+|мішк\w+|мешк\w+|пакет\w*|упаков\w+"
    r"|well|pump|table|rope|ladder|boat|pole|hose|ban\w+)"
)
_CONTAINER_BEFORE = re.compile(
    r"(?<!\w)(?:мішок|мешок|пачка|пачку|пачки|пакет|упаковка|упаковку|ящик|банка|банку|відро|ведро|каністр[ау]|канистр[ау]"
    r"|бочка|бочку|бак|bag|pack|sack|tin|can|jar|bucket|tank)(?:\s[^\W\d_]+)?\s(?:на |по |of )?$"
)
_CHILD = any_of(
    r"""
    kid|child|son|daughter|baby|toddler|boy|girl|niece|nephew|grand(?:son|daughter)|he|she|дитин[аі]|реб[её]н\w+|малюк\w*
    малыш\w*|малому|малій|син(?:у|а|ові)?|сын[уа]?|доч\w+|доц[іі]|дон\w+|внук\w*|онук\w*|внучк\w+|йому|їй|ему|ей
    """,
    after=r"(?:'s)?((?:\s(?:is|are|just|turn\w*|will|be|only|almost|nearly|now|вже|уже|всього|всего|лише|только|тільки|майже"
    r"|почти|скоро|виповни\w+|исполн\w+|буде|будет|зараз|сейчас|лиш))*)\s$",
)
"""Right before a bare number: years of age; "сину дві" orders two, "сину лише два" tells an age."""
_MOST_AGE = 100
_FAR = 60
_COLLECTIVE = re.compile(r"(?:двоє|троє|двое|трое|[а-яі']+еро)$")
_PAIRED = re.compile(r"^ (?:[^\W\d_]+(?:их|ых) )?[^\W\d_]+(?:ів|їв|ов|ев|ей|ок|ек|іт|от|юк|ниць?|ень)(?!\w)")
_PRONOUN_ONE = re.compile(
    r"(?<!\w)(?:(?:a|an|this|that|which|every|any|another|no|new|next|last|first|find|finding)\s|an?\s\S+\s)$"
)
_HOW_ONE = re.compile(r"(?<!\w)(?:how|where|when|if you|to find|hiring)(?!\w)")
_PAIR_OF_ONE = re.compile(
    r"^ (?:of )?(?:\S+ )?(?:shoes?|boots?|gloves?|socks?|trousers|jeans|pants|glasses|headphones|earbuds|earrings"
    r"|skis|skates"
    r"|scissors|sneakers|trainers|sandals|slippers|взутт\w+|обув\w+|кросівок|кроссовок|черевик\w*|ботинок|туфель|туфл\w+"
    r"|шкарпет\w+|носков|рукавиц\w*|рукавич\w+|перчат\w+|сережок|сер[её]г|лиж|лыж|чобіт|сапог\w*|босоніж\w+|босонож\w+)"
)
_VERB_PAIR = re.compile(r"^ (?:my|the|it|with|your|this)(?!\w)")
_PAST_VERB_NEXT = re.compile(
    r"^\s(?!(?:мед|пед|дет|спир|вертик|горизонт|мод|шал|вуал|эм|ем|коб|каб|паралел|стел|стр|пил|вил|нед)\w*(?:али|ели|или)"
    r"(?!\w))[^\W\d_]+[аиіуыея](?:ли|лись|лися|лась|лася)(?!\w)|^ (?:broke|died|came|arrived|were|are|was)(?!\w)"
)
_IF = re.compile(r"(?<!\w)(?:якщо|если|if)(?!\w)")
_DISCOUNT = re.compile(r"(?<!\w)(?:знижк|скидк|discount|скин(?:ете|еш|ешь|уть)|дешевше|дешевле|cheaper)")


def counts_otherwise(folded: str, counting: Counting) -> bool:
    return (
        _is_year_or_code(folded, counting)
        or _is_sum(folded, counting)
        or _is_place_or_age(folded, counting)
        or _is_of_people(folded, counting)
        or _describes(counting)
        or _is_weighed(folded, counting)
        or _is_not_asked_for(folded, counting)
        or (counting.number.vague and _is_pronoun(folded, counting))
    )


def _is_year_or_code(folded: str, counting: Counting) -> bool:
    number, before = counting.number, counting.clause.before
    if number.worded:
        return False
    year = number.value in _YEARS and number.value % 50 != 0 and number.scale == 1
    if year and counting.counted not in (Counted.UNIT, Counted.MEASURE):
        return True
    return bool(_CODE.search(before) or _IS_CODE.match(counting.clause.after))


def _is_sum(folded: str, counting: Counting) -> bool:
    """Money that names no currency."""
    before, number = counting.clause.before, counting.number
    if counting.counted not in (Counted.NOTHING, Counted.OTHER):
        return False
    if _LIMITED.search(before) or _THEY_ASK.search(before):
        return True
    start = max(folded.rfind(mark, 0, number.start) for mark in ".!?\n") + 1
    last = counting.is_last or _ABOUT.fullmatch(counting.clause.after) is not None
    of_money = last and not counting.lead and _SPOKEN_OF_MONEY.search(folded[start : number.start]) is not None
    edge = _EDGE.match(folded, number.end) is not None and number.value >= 100 and not before.strip()
    return (of_money and number.value >= 10) or edge


def _is_of_people(folded: str, counting: Counting) -> bool:
    """ "Двоє мають відповісти": a collective counts people, unless a noun that asks for it follows."""
    if counting.counted not in (Counted.NOTHING, Counted.NOUN):
        return False
    collective = _COLLECTIVE.fullmatch(folded, counting.number.start, counting.number.end)
    return bool(
        collective and not says.SO_MANY.search(counting.clause.before) and not _PAIRED.match(counting.clause.after)
    )


def _is_place_or_age(folded: str, counting: Counting) -> bool:
    number = counting.number
    if counting.counted is not Counted.NOTHING:
        return False
    before = text_before(folded, number.start)
    if not number.worded and _INDOORS.match(text_after(folded, number.end)) and _NAME_OF_PLACE.search(before):
        return True
    child = _CHILD.search(counting.clause.before) if number.value <= _MOST_AGE and counting.is_last else None
    return bool(child and (child.group(1) or not number.worded))


def _describes(counting: Counting) -> bool:
    """Of the goods or of the customer: how long, how heavy, for how many a day."""
    before, after, number = counting.clause.before, counting.clause.after, counting.number
    if _COMPARED.search(after):
        return True
    if any(words.search(before) for words in (_BEARS, _HOW_MANY_IN, _SIZE_FOR)) or _MULTIPLIED.search(
        counting.clause.text
    ):
        return True
    if _RATE.match(after) and (_GOOD_FOR.search(before) or (_USES.search(before) and not WANT.search(before))):
        return True
    if _CONTAINER_NEXT.match(after) or (_ENOUGH.search(f"{before} {after}") and counting.clause.is_question):
        return True
    if counting.counted is Counted.MEASURE:
        return bool(_INDEFINITE.search(before) or _CONTAINER_BEFORE.search(before) or _ROOMS.search(before))
    one_thing = counting.counted is Counted.NOUN and number.value > 1 and _ARTICLE.search(before)
    return bool(one_thing and _SINGULAR.match(after))


def _is_weighed(folded: str, counting: Counting) -> bool:
    """ "How much does a bag weigh, 25 kilos?", "відро важить скільки, кілограм 14?" """
    kilos = says.WEIGHT.match(counting.clause.after) or _KILOS_BEFORE.search(counting.clause.before)
    start = max(folded.rfind(mark, 0, counting.number.start) for mark in ".!?\n") + 1
    return bool(kilos and _WEIGHS.search(folded, start, counting.number.start))


def _is_not_asked_for(folded: str, counting: Counting) -> bool:
    before, after = counting.clause.before, counting.clause.after
    if (
        _TAKEN_AWAY.search(before)
        or _INSTEAD.search(before)
        or _FOR_THAT_MONEY.search(after)
        or _PAST_VERB_NEXT.match(after)
    ):
        return True
    near = folded[max(counting.number.start - _FAR, 0) : counting.number.end + _FAR]
    return bool(_IF.search(before) and _DISCOUNT.search(near))


def _is_pronoun(folded: str, counting: Counting) -> bool:
    """ "A new one", "how do I get one", "pair my phone"."""
    said, clause = folded[counting.number.start : counting.number.end], counting.clause
    if said == "one" and counting.counted is not Counted.UNIT:
        asked = clause.is_question and counting.is_last and _HOW_ONE.search(clause.before)
        return bool(_PRONOUN_ONE.search(clause.before) or asked)
    if said.startswith(("pair", "a pair", "пар")):
        return bool(_VERB_PAIR.match(clause.after) or _PAIR_OF_ONE.match(clause.after))
    return False
