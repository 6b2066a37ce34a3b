"""Words that single something out: numbers, places, times, names. Two questions that differ in one ask two things."""

import re
from functools import cache
from typing import Final

from rag.terms import fold, stem

_NUMBERS: Final = """
один одна одне одну два дві три чотири п'ять шість сім вісім дев'ять десять двадцять двадцяти тридцять тридцяти сорок
п'ятдесят сто ста двісті тисяча тисячу пів півтори перший перше перша першу другий друге друга другу третій третє
одно две четыре пять шесть семь восемь девять десять двадцать двадцати тридцать тридцати пятьдесят двести тысяча
тысячу пол полтора первый первое первая первую второй второе вторая вторую третий третье
one two three four five six seven eight nine ten twenty thirty forty fifty hundred thousand half first second third
"""
_TIMES: Final = """
понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю будні будень вихідні вихідний
свята свято сьогодні завтра вчора післязавтра ранок ранку вранці зранку вечір вечора ввечері увечері обід обіду ніч
ночі вночі день удень весна весни весною літо літом влітку осінь восени зима взимку зимою січень січні лютий лютому
березень березні квітень квітні травень травні червень червні липень липні серпень серпні вересень вересні жовтень
жовтні листопад листопаді грудень грудні тиждень місяць рік
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье будни выходные выходной
праздники праздник сегодня завтра вчера послезавтра утро утром вечер вечером обед обеда ночь ночью днем весной летом
лето осенью зимой январь январе февраль феврале март марте апрель апреле май мае июнь июне июль июле август августе
сентябрь сентябре октябрь октябре ноябрь ноябре декабрь декабре неделя неделю месяц год
monday tuesday wednesday thursday friday saturday sunday weekday weekdays weekend weekends holiday holidays today
tomorrow yesterday tonight morning evening afternoon lunch night noon spring summer autumn winter january february
march april june july august september october november december week month year
"""
_PLACES: Final = """
київ києві києва львів львові львова одеса одесі одесу харків харкові харкова дніпро дніпрі дніпра луцьк луцьку вінниця
вінниці полтава полтаві черкаси суми рівне тернопіль тернополі ужгород ужгороді чернівці житомир житомирі запоріжжя
миколаїв херсон кропивницький польща польщу польщі німеччина німеччину німеччині чехія чехію румунія італія італію
україна україні європа європу закордон америка канада канаду столиця столиці
киев киеве киева львов львове львова одесса одессе одессу харьков харькове днепр днепре днепра винница полтава
житомир запорожье николаев польша польшу польше германия германию германии чехия чехию румыния италия украина
украине европа европу заграница америка канада столица столице
kyiv kiev lviv odesa odessa kharkiv dnipro lutsk poland germany czechia romania italy ukraine europe abroad america
canada usa uk london berlin warsaw capital
дім дома вдома додому дому офіс офісу офісі домой офис офиса офисе home office
"""
_CAPITAL: Final = re.compile(r"[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]+")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z'-]*")
_CYRILLIC: Final = re.compile(r"[а-яіїєґё]", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?\n]+")
_ENGLISH_I: Final = frozenset({"i", "i'm", "i'd", "i'll", "i've"})


def is_number(word: str) -> bool:
    """A folded word that holds a digit or names a number."""
    return any(letter.isdigit() for letter in word) or word in _set(_NUMBERS)


def is_place_or_time(word: str) -> bool:
    """A folded word for a day, a season, a town, a country."""
    return word in _set(_TIMES) or word in _set(_PLACES) or (len(word) > 5 and stem(word) in _stems())


def find_names(text: str) -> list[str]:
    """Folded words with a capital letter inside a sentence, and Latin words among Cyrillic ones, in their order."""
    is_cyrillic = bool(_CYRILLIC.search(text))
    found = []
    for sentence in _SENTENCE.split(text):
        for place, token in enumerate(sentence.split()):
            word = token.strip("\"'«»“”()[],:;…-")
            is_inside = place > 0 and _CAPITAL.fullmatch(word)
            if (is_inside or (is_cyrillic and _LATIN.fullmatch(word))) and fold(word) not in _ENGLISH_I:
                found.append(fold(word))
    return found


@cache
def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(word) for word in (*_TIMES.split(), *_PLACES.split()) if len(word) > 5)
