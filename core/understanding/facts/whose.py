"""Whose a phone or an address is: the customer's own, or that of somebody else, of the firm, of the past."""

import re

from core.understanding.facts.clause import Clause, clause_around, text_after, text_before
from core.understanding.facts.whose_otherwise import is_mine, is_of_others
from core.understanding.facts.wording import any_of

_KIN = (
    r"husband|wife|mother|mum|mom|father|dad|brother|sister|friend|neighbou?r|colleague|co-?worker|boss|accountant"
    r"|courier|driver|secretary|assistant|manager|director|son|daughter|partner|buddy|roommate|landlord|landlady"
    r"|tenant|concierge|nanny|ex"
)
# In the nominative only kin: "менеджер Олег, 067…" tells the writer's own number, "телефон менеджера" does not.
_SOMEBODY = any_of(
    rf"""
    чоловік\w*|муж(?:а|у|ем)?(?!\w)|жен(?:а|ы|е|у|ой)(?!\w)|дружин\w*|мам(?:а|и|і|у|ы|е|ин|ина|ою|ой)(?!\w)
    тат(?:о|а|у|ів|ова|ом)(?!\w)|пап(?:а|ы|у|е|ин)(?!\w)|батьк\w*|матер\w*|брат(?:а|у|ом|ов|ова)?(?!\w)|сестр\w*
    друг[ау](?!\w)|товариш\w*|подруг\w*|подруз\w*|сусід\w*|сосед\w*|колег\w*|коллег\w*|син(?:а|у|ом|ів)?(?!\w)
    сын(?:а|у|ом)?(?!\w)|дочк\w*|доньк\w*|доч(?:ь|ери)(?!\w)|бабус\w*|бабушк\w*|дідус\w*|дедушк\w*|тещ\w*|тёщ\w*
    кум[аиуы](?!\w)|хлопц\w*|дівчин[аиу](?!\w)|знайом\w*|знаком\w*|родич\w*|воді(?:я|ю|єм)(?!\w)|водител[яю](?!\w)
    (?:менеджер|бухгалтер|директор|кур'єр|курьер|оператор|секретар|шеф|начальник|прораб)(?:а|я|у|ю|ом|ем|ки|ши|ів|ці|ке|ше|еві|ові|еві)(?!\w)
    бухгалтері[їяю]|бухгалтери[ия]|інш\w+ людин\w*|друго\w+ человек\w*
    (?:my|our|his|her|their|the) (?:{_KIN})(?:'s|s)?|(?:my|our|his|her|their) (?:lawyer|architect|designer|notary)
    (?:{_KIN})'s|someone else\w*|somebody else\w*
    """
)
_FIRM = any_of(
    r"""
    ваш\w*|your|у вас|на сайт[іе]|website|(?:ви|вы) (?:писал|дзвонил|звонил|телефонувал|давал|дал|вказал|указал)\w*
    """
)
_CAME_FROM = any_of(
    r"""
    (?:дзвонили|зателефонували|телефонували|звонили|набирали|писали) (?:\S+ )?(?:з|із|с|со|від|от)
    (?:прийш\w+|приш[её]?л\w+|надійш\w+) (?:\S+ )?(?:з|із|с|со|від|от)
    (?:с|з) (?:номера|номеру|цього номера|этого номера|адреси|адреса|пошти|почты)
    (?:да(?:в|ла|ли|л)|скину(?:в|ла|ли|л)|залиши(?:в|ла|ли)|остави(?:л|ла|ли)) (?:мені|мне|нам)
    (?:gave|sent|left|told) (?:me|us)
    (?:called|rang|texted|phoned|wrote|emailed) me from|(?:call|text|message|sms|letter|email|spam|offer|scam) from
    """
)
_FROM = re.compile(r"(?<!\w)(?:з|із|зі|с|со|від|от|from)\s(?:\S+\s){0,2}$")
_WRITES_FROM = re.compile(
    r"(?<!\w)(?:пишу|дзвоню|телефоную|звоню|набираю|надсилаю|отправляю|я|calling|writing|texting|i am|i'm|my|мій|мой"
    r"|мого|моего)(?!\w)"
)
_WILL_SEND_FROM = re.compile(
    r"(?<!\w)(?:(?:с|при|на)?кину|ви?шлю|вышлю|пришлю|надішлю|напишу|відправлю|отправлю"
    r"|(?:i'll|i will|we'll|we will) (?:send|write|email|mail))"
    r"(?: (?!лист|письм|рахун|сч[её]т|спам|скр[іи]н|spam|letter|invoice|bill|offer|quote)\S+){0,3}"
    r" (?:з|із|с|со|from)(?: (?:пошти|почты|адреси|адреса|ящика|скриньки|the address|our address))?\s$"
)
_THEIR = re.compile(
    r"(?<!\w)(?:їхн\w+|їх|його|її|его|её|ее|их|his|her|their|(?!(?:here|it|that|what|name|mail|email|phone"
    r"|number)'s)\w+'s)"
    r"\s(?:\S+\s)?(?:адрес\w*|номер\w*|пошт\w*|почт\w*|телефон\w*|e-?mail|number|phone|address)\b"
)
_NOT = re.compile(r"(?<!\w)(?:а не|не|not|instead of|замість|вместо)\s$")
_GIVES = re.compile(
    r"(?<!\w)(?:пиш|напиш|шл|надісл|надсил|скин|кин|пришл|виш?л|вышл|отправ|відправ|дзвон|подзвон|передзвон|перезвон"
    r"|звон|позвон"
    r"|набер|набир|телефон|зателефон|зв'я[жз]|свя[жз]|send|mail|email|write|call|ring|text|reach me|contact|invoice|cc)"
)
_WE = re.compile(r"(?<!\w)(?:я|ми|мы|i|we)(?!\w)")
_WAS_TOLD = any_of(
    r"""
    (?:на)?писа(?:в|ла|ли|л)(?: \S+){0,3} (?:на|до)
    (?:відправ|отправ)(?:ив|ила|или|ил|лял|ляла|ляв)(?: \S+){0,3} на
    (?:надісла|надсила|скину|пересла|высла)(?:в|ла|ли|л)(?: \S+){0,3} на
    (?:дзвони|телефонува|звони)(?:в|ла|ли|л)(?: \S+){0,3} (?:на|за|по)
    (?:wrote|emailed|mailed|called|phoned|rang|texted|written)(?: \w+){0,2}(?: (?:to|at|on))?
    sent(?: \w+){0,4} to
    """
)
_NOT_MINE = re.compile(r"(?<!\w)(?:не|not) (?:мій|мой|моя|моє|мое|my|mine)(?: \S+){0,3}\s$")
_OF_SOMEBODY = re.compile(
    r"(?<!\w)(?:номер\w*|телефон\w*|пошт\w*|почт\w*|адрес\w*|number|phone|e?-?mail|address)\s(?:мо[єеї]\w*|мого"
    r"|наш\w{2,}|сво\w+"
    r"|(?:of|for) (?:my|our|the|his|her|their))\s(?!телефон|мобіл|мобил|робо|рабо|особи|личн|пошт|почт|phone|mobile"
    r"|cell|work|own|office)"
    r"[^\W\d_]+(?:\s[^\W\d_]+)?[\s:,-]*$"
)
_NOT_HERE = re.compile(
    r"(?<!\w)(?:не (?:набирайте|дзвоніть|телефонуйте|пишіть|звоните|пишите|надсилайте|шліть|шлите)"
    r"|(?:do not|don't) (?:call|ring|dial|text|write|email|use|bother with))(?: \S+){0,2}\s$"
)
_OWN = re.compile(
    r"(?<!\w)(?:мій|мой|моя|моє|мое|свій|свой|mine|my(?: own)?(?= (?:number|phone|cell|mobile|e?-?mail|is)))(?!\w)"
)
_OLD_BEFORE = re.compile(
    r"(?<!\w)(?:стар(?:ий|ого|ый|а|ая|ою)|колишн\w+|попередн\w+|прежн\w+|old|previous|former)(?!\w)[^,.;]{0,25}$"
)
_OLD_AFTER = re.compile(
    r"^[\s,(-]*(?:(?:це|это|is|was|it's|вже|уже|already|now|номер|телефон|пошта|почта|my|мій|мой) ?){0,3}"
    r"(?:(?:старий|старый|стара|старая|old|previous)(?! (?:номер |телефон |number )?[\d+(])|не мій|не мой|not mine"
    r"|не працює|не работает"
    r"|(?:але |но |а |там )?(?:ніхто |никто )?не (?:відповіда(?:є|ють)|отвеча(?:ет|ют)|бере(?:ть)? (?:трубк"
    r"|слухавк)|бер[её]т трубк)"
    r"|(?:but )?(?:no ?one|nobody) (?:answers|picks)"
    r"|(?:is |does)?n[o']t work\w*|більше не|больше не|no longer)"
)
_NEW = re.compile(r"(?<!\w)(?:нов\w{1,3}|new|тепер|теперь|now)(?!\w)")
_THEIRS_AFTER = re.compile(r"^[\s,(-]*(?:(?:це|это|is|was|it's|that's|номер|телефон|пошта|почта|мо\w+|ее|її)\s){0,3}$")
_ASKED_ABOUT = re.compile(
    r"(?<!\w)(?:це|это|is|are|чи|ли|right|correct|valid|правильн\w*|вірн\w*|верн(?:ый|ая|о)|актуальн\w*|працю\w+"
    r"|работа\w+"
    r"|works?|ваш\w*|your|официальн\w*|офіційн\w*)(?!\w)"
)
_MINE = re.compile(
    r"(?<!\w)(?:мій|мой|моя|моє|мо[єеї]|мен[іеяю]|мне|мен|me|my|mine|наш\w*|нам|our|us|можна|можно|ok|okay|зручно"
    r"|удобно)(?!\w)"
)
_NEAR_AFTER = 40


def is_foreign(folded: str, start: int, end: int) -> bool:
    """Of folded text: whether the phone or address at [start, end) is not the one to reach this customer by."""
    clause = clause_around(folded, start, end)
    near = text_before(folded, start)
    if _is_asked_about(folded, clause, start, end) or _NOT.search(clause.before):
        return True
    if _THEIR.search(clause.before) and not is_mine(folded, clause, start, end):
        return True
    if is_of_others(folded, clause, start, end):
        return True
    if _comes_from(clause.before):
        return True
    if _NOT_MINE.search(clause.before) or _OF_SOMEBODY.search(clause.before):
        return True
    if (
        _NOT_HERE.search(near)
        or _OLD_BEFORE.search(clause.before)
        or (_OLD_AFTER.match(text_after(folded, end)) and not _NEW.search(clause.before))
    ):
        return True
    if _ends_with(_WAS_TOLD, clause.before) or _is_last(_FIRM, clause.before, words=4):
        return True
    if _is_last(_SOMEBODY, clause.before, words=6):
        return True
    return _is_theirs(clause.after[:_NEAR_AFTER]) and not is_mine(folded, clause, start, end)


def _comes_from(before: str) -> bool:
    """Something came from there, and it is not the writer who writes from it or will."""
    if _WILL_SEND_FROM.search(before):
        return False
    if _FROM.search(before) and not _WRITES_FROM.search(before):
        return True
    return _ends_with(_CAME_FROM, before) and not _WE.search(before)


def _is_asked_about(folded: str, clause: Clause, start: int, end: int) -> bool:
    """ "Is this your number?": the clause that holds it asks, and gives nothing of the writer's own."""
    if not clause.is_question or _MINE.search(clause.text):
        return False
    asks = folded[end + len(clause.after) :].startswith("?") and not _GIVES.search(clause.text)
    return asks or _ASKED_ABOUT.search(clause.text) is not None


def _ends_with(wording: re.Pattern[str], before: str) -> bool:
    last = _last(wording, before)
    return last is not None and not before[last.end() :].strip(" :-")


def _is_last(wording: re.Pattern[str], before: str, *, words: int) -> bool:
    """Said shortly before, and nothing after it says "mine"."""
    last = _last(wording, before)
    if last is None:
        return False
    between = before[last.end() :]
    return len(between.split()) <= words and not _OWN.search(between)


def _is_theirs(after: str) -> bool:
    """ "067… це номер дружини" """
    somebody = _SOMEBODY.search(after)
    return somebody is not None and _THEIRS_AFTER.match(after[: somebody.start()]) is not None


def _last(wording: re.Pattern[str], before: str) -> re.Match[str] | None:
    return max(wording.finditer(before), key=lambda match: match.end(), default=None)
