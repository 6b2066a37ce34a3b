"""Own money said in roundabout ways: what was given for it, what is left, at most so much. For folded text."""

import re

from core.understanding.facts.clause import Clause, text_after
from core.understanding.facts.wording import any_of

_GAVE = any_of(
    r"""
    (?:дід|дедушка|дідусь|дед|бабуся|бабушка|баба|мам\w{1,3}|тато|батько|папа|отец|батя|чоловік|муж|жена|дружина)
    (?:батьки|родители|предки|брат|сестра|тітка|т[её]тя|дядько|дядя|сват\w*|теща|т[её]ща|свекруха|кума?|хрещен\w+)
    (?:шеф|бос|босс|начальник|начальство|керівник|директор)
    (?:grand(?:ma|pa|mother|father|parents|dad|mum)|mum|mom|dad|parents|boss|husband|wife|aunt|uncle|granny|brother)
    """,
    after=r" (?:\S+ )?(?:да(?:в|ла|ли|л|є|ють|ет|[её]т|ют)|подар\w+|(?:під|под)?кину(?:в|ла|ли|л)|виділи\w+|выдели\w+"
    r"|gave|gives|is giving|are giving|handed)(?: (?:мені|мне|нам|us|me|over|аж|цілих|целых|ровно|рівно))*\s$",
)
_GIVEN_FOR = re.compile(
    r"^\s*(?:$|(?:на|для|for|towards|to spend|to get|to buy)(?!\s\S*(?:достав|deliver|ship|оренд|аренд|rent|чай|tip)))"
)
_LEFT = any_of(
    r"""
    (?:у|в) (?:мене|меня|нас)|маю|маємо|є|есть|лишил\w+|залишил\w+|остал\w+|лиша\w+|остаю?тся|на руках|на картці
    на карте|в кармане|в кишені|i have|we have|i've|we've|i've got|got|only|there's|down to
    """
)
_TILL_PAID = re.compile(
    r"^\s(?:left |to last (?:me|us) |to live on |є |есть )?(?:до|till|until|before|til) (?:\S+ )?"
    r"(?:зарплат\w*|зп|получк\w*|аванс\w*|стипенд\w*|пенс[іи]\w+|payday|pay ?day|pay ?che(?:ck|que)|salary|wages)(?!\w)"
)
_OR_LESS = re.compile(
    r"^,? (?:(?:or|and) (?:less|under|below|cheaper|lower)|(?:або|чи|и?ли|та|і|и) (?:менше|меньше|дешевше|дешевле|нижче"
    r"|ниже)|all[ -]in|in all|all told|everything included)(?!\w)(?!\s(?:than|ніж|чем))"
)
_RATHER = re.compile(r"^,? (?:але|но|but) (?:\S+ )?(?:краще|лучше|бажано|желательно|ideally|better|preferably)(?!\w)")


def is_given(clause: Clause) -> bool:
    """ "Дід дав дві тисячі на телефон" """
    return _GAVE.search(clause.before) is not None and _GIVEN_FOR.match(clause.after) is not None


def is_left(clause: Clause) -> bool:
    """ "In my pocket 400 till payday": whoever lends or asks for it has none."""
    return _LEFT.search(clause.before) is not None and _TILL_PAID.match(clause.after) is not None


def is_or_less(clause: Clause) -> bool:
    """ "700 or less", "3000 all in" """
    return _OR_LESS.match(clause.after) is not None


def is_rather(folded: str, end: int) -> bool:
    """ "7-8 thousand, but better closer to seven" """
    return _RATHER.match(text_after(folded, end)) is not None
