"""Objections that nobody raised: guessed from a tone, with no word that says so and nothing shown to object to."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS, first_act
from core.engine.owned import find_owned
from core.engine.shelf import Shelf
from core.engine.shelf_fit import family

SURE: Final = 0.6
"""From this probability on an objection is believed without a word that says it."""

_SAYS: Final[Mapping[str, re.Pattern[str]]] = {
    act: re.compile(words, re.IGNORECASE)
    for act, words in {
        "object_timing": (
            r"дум(?:а|о)|поміркув|пізніш|потім|згодом|зараз|сьогодні|сейчас|сегодня|позже|потом|\bпоки|\bпока\b|порад|"
            r"посовет|рано\b|завтра|колись|когда-ниб|встигн|успе[ею]|час\w* (?:нема|треба)|немає часу|нет времени|"
            r"некогда|"
            r"ніколи|занят|зайнят|спіш|тороп|спеш|місяц|месяц|тижд|тижн|недел|\bрок[уі]|\bгод[ау]?\b|весн|ос[еі]н|літ[ао]|"
            r"зим[иу]|сезон|свят|праздник|зарплат|відпустк|отпуск|ремонт|почека|подожд|зачека|\bжд(?:у|ать|ем)|відкла|"
            r"отлож|вирішу|реш(?:у|им|ать|ить)|визнач|определ|чолові?к|\bмуж|дружин|\bжен[аеу]|шеф|директор|начальн|"
            r"керівн|бухгалт|квартал|повернемос|вернемся|think|later|not (?:now|today|yet|ready)|wait|next|after|month|"
            r"week|year|season|come back|get back|decide|busy|\btime|soon|early|rush|hurry|sleep on|boss|wife|husband|"
            r"manage|discuss|hold off|someday|right now|postpone|holiday|spring|summer|autumn|winter|payday|"
            r"salary|renovat"
        ),
        "object_fit": (
            r"підход|підійд|підійш|подход|подойд|подош|влаштов|устраив|устро|замал|завелик|велик|больш|"
            r"\bмал(?:ий|а|е|о|ень)|\bне (?:т[аоеі]|той|те|моє|мо[йеё]|п['’]|дума|бачу|вижу|для|год|влізе|влез|пасу)|"
            r"сподоб|нрав|смак|вкус|кисл|гірк|горьк|міцн|крепк|слаб|шум|гуч|громк|складн|сложн|важк|тяж|зайв|лишн|сенс|"
            r"смысл|алерг|варіант|вариант|\bfit|suit|\btoo\b|right for|noisy|loud|complicat|complex|weak|sour|bitter|"
            r"taste|not (?:for|what|me|really|my)|isn['’]?t|doesn['’]?t|won['’]?t|wouldn|overkill|no good|allerg"
        ),
        "object_competitor": (
            r"інш|друг|конкур|\bвже|\bуже|дешевш|дешевле|кращ|лучше|бачи[влт]|виде[лт]|знайш|наш[её]л|нашла|"
            r"постачальник|поставщик|сусід|сосед|звик|привык|\bсв(?:ій|ой|о[єї])|роками|\bрок(?:ів|и)|\bлет\b|"
            r"так(?:е|ое|а|ая) (?:саме|же)|ніж ви|чем (?:вы|ваш)|порівн|сравн|навпроти|напротив|\bтам\b|\bу них|"
            r"already|elsewhere|other|another|competitor|supplier|cheaper|better|found|\bsaw\b|seen|than you|rival|"
            r"next door|\bvs\b|compar|switch|\bthey\b|\bour own|years|market|маркет|розетк"
        ),
    }.items()
}
_PRICED: Final = re.compile(
    r"(?:not|nothing) (?:too|very|so|that) (?:expensive|pricey|dear)|не (?:дуже|надто|слишком|очень|сильно) дорог|"
    r"\bнедорог|without breaking the bank",
    re.IGNORECASE,
)
"""A wish for something modest rather than a word against a price."""


def without_unfounded_objection(understood: Understood, turn: Turn, shelf: Shelf) -> Understood:
    """What is left when no word of the message says what was guessed."""
    false = {act for act in set(understood.acts) & set(_SAYS) if _is_guessed(act, understood, turn)}
    if "object_price" in understood.acts and _PRICED.search(turn.text) and not _under_discussion(understood, turn):
        false.add("object_price")
    if "object_competitor" in understood.acts and _has_another_kind(turn, shelf):
        false.add("object_competitor")
    if not false:
        return understood
    rest = tuple(act for act in understood.acts if act not in false)
    acts = rest or (_instead(understood, turn),)
    return replace(understood, acts=acts, act=first_act(acts))


def _has_another_kind(turn: Turn, shelf: Shelf) -> bool:
    """ "He has a grinder already" speaks against a grinder, and against nothing else."""
    owned = find_owned(turn.text, shelf)
    focus = shelf.find(turn.conversation.memory.focus)
    return bool(owned) and (focus is None or family(focus) not in owned)


def _is_guessed(act: str, understood: Understood, turn: Turn) -> bool:
    if act != understood.act or understood.probability >= SURE:
        return False
    return not _SAYS[act].search(turn.text)


def _under_discussion(understood: Understood, turn: Turn) -> bool:
    memory = turn.conversation.memory
    return bool(understood.sku or understood.mentioned or memory.focus or memory.offered)


def _instead(understood: Understood, turn: Turn) -> str:
    if set(understood.acts) & set(OBJECTIONS) and "?" in turn.text:
        return QUESTIONS[0]
    needs = understood.facts or {"object_price", "object_competitor"} & set(understood.acts)
    return "state_need" if needs else "other"
