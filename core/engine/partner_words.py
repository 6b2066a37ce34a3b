"""What partners ask for in words of their own: the margin, a better discount, the price list, a contract."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.domain.playbook import Playbook
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import OBJECTIONS, QUESTIONS, first_act

_PRICE_LIST: Final = re.compile(r"\bпрайс(?:-?лист)?\w{0,2}\b|\bprice ?-?list\b|\bpricelist\b", re.IGNORECASE)
_MARGIN: Final = re.compile(
    r"(?:скільки|сколько|який|какой) (?:відсотк|відсот|процент)\w*|\bwhat (?:percentage|percent|commission)\b|"
    r"націнк\w*|наценк\w*|\bмарж\w*|\bmargins?\b|\bmark-?up\b|скільки (?:ми |я )?(?:зможемо |можна )?заробл?\w+|"
    r"сколько (?:мы |я )?(?:сможем |можно )?зарабо\w+|how much (?:do|can|could|would|will) (?:we|i) (?:earn|make)|"
    r"what(?:'s| is| would be) (?:the |our |my )?(?:dealer|reseller) (?:discount|cut)",
    re.IGNORECASE,
)
_HAGGLE: Final = re.compile(
    r"\b(?:дай\w*|дасте|дасться|зроб\w*|давайте|хочемо|хотим|сдел\w*|дадите|можна|можно|буде|будет|get|give|"
    r"want|make it|"
    r"how about|come on|can you do)\b[^.!?\n]{0,25}\b\d{1,2} ?(?:%|відсот|процент|percent)|"
    r"\b\d{1,2} ?%[^.!?\n]{0,15}\b(?:мало|замало|малувато|маловато|недостат\w+|too (?:low|little)|not enough|"
    r"and we sign|"
    r"і підпис\w+|и подпис\w+)|"
    r"\b(?:мало|замало|not enough|too low|too little)[^.!?\n]{0,12}\b\d{1,2}\b(?! ?(?:кг|kg|шт))|"
    r"(?:більш\w+|больш\w+|bigger|larger|better|higher|кращ\w+|лучш\w+) (?:знижк|скидк|discount|умов|услов|"
    r"terms|margin|марж)|"
    r"(?:чому|почему) так (?:мало|невелик)|why so (?:little|low)",
    re.IGNORECASE,
)
_VOLUME: Final = re.compile(r"\b(\d{1,5}) ?(?:кг|kg|кілограм\w*|килограмм\w*|kilos?)", re.IGNORECASE)
_ASKS: Final = re.compile(r"\?|^\W*(?:а|и|і|and) (?:якщо|если|if|for|за|на)\b", re.IGNORECASE)
_ALL_TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "margin": {
        "uk": "Скільки заробляє партнер, яка знижка тим, хто перепродає?",
        "ru": "Сколько зарабатывает партнёр, какая скидка тем, кто перепродаёт?",
        "en": "How much does a partner earn, what is the discount for resellers?",
    },
    "volume": {
        "uk": "Яка гуртова знижка на зерно від {} кг?",
        "ru": "Какая оптовая скидка на зерно от {} кг?",
        "en": "What is the wholesale discount on beans from {} kg?",
    },
    "ways": {
        "uk": "Які є формати співпраці з партнерами?",
        "ru": "Какие есть форматы сотрудничества с партнёрами?",
        "en": "What are the ways to cooperate with you as a partner?",
    },
}


def as_partner(understood: Understood, turn: Turn, playbook: Playbook) -> Understood:
    """The same understanding where a partner is heard: retail prices are no use to them, and a better discount is
    settled in the talk about terms."""
    text = turn.text
    if playbook.audience != "partners":
        return understood
    if _HAGGLE.search(text):
        facts = tuple(fact for fact in understood.facts if fact.name not in ("need", "budget", "quantity"))
        wishes = understood.wishes - {"discount", "bargain", "prices", "cheaper"}
        return replace(_doing(understood, "object_price"), facts=facts, wishes=wishes)
    if _PRICE_LIST.search(text):
        wishes = (understood.wishes - {"prices"}) | {"materials"}
        return replace(_doing(understood, "ask_terms"), wishes=wishes)
    if _MARGIN.search(text) or (_VOLUME.search(text) and _ASKS.search(text)):
        return replace(_doing(understood, "ask_terms"), wishes=understood.wishes - {"prices", "discount"})
    return understood


def _doing(understood: Understood, act: str) -> Understood:
    """What was taken for a question about goods or for another doubt is this one."""
    rest = (each for each in understood.acts if each not in (*QUESTIONS, *OBJECTIONS, "other", "decline", "agree"))
    acts = tuple(dict.fromkeys((act, *rest)))
    return replace(understood, acts=acts, act=first_act(acts))


def reword(turn: Turn, understood: Understood, playbook: Playbook) -> str | None:
    """The question as the firm's pages put it, where partners put it in a word."""
    texts = {key: told.get(understood.language) for key, told in _ALL_TERMS.items()}
    if playbook.audience != "partners":
        return None
    if _MARGIN.search(turn.text):
        return texts["margin"]
    volume = _VOLUME.search(turn.text)
    if volume and _ASKS.search(turn.text) and texts["volume"]:
        return texts["volume"].format(volume.group(1))
    is_wish = understood.act == "ask_partnership" and "?" not in turn.text
    return texts["ways"] if is_wish and turn.playbook.audience != "partners" else None
