"""What the customer is after, in their own words."""

import re

from core.understanding.facts.span import MASK, Context, Span
from core.understanding.facts.wording import any_of
from core.understanding.text import fold

_SEEKS = any_of(
    r"""
    шука(?:ю|ємо|єм)|потріб(?:ен|на|но|не|ні)|треба|хочу|хочемо|хотів би|хотіла б|хотіли б|цікавить|цікавлять|цікавлюсь
    підберіть
    порадьте|мені б|нам б|для чого|задача|завдання|проблема
    ищ(?:у|ем)|нуж(?:ен|на|но|ны)|надо|хотим|хотел бы|хотела бы|хотели бы|интересует|интересуют|подберите|посоветуйте
    мне бы|нам бы
    looking for|(?:i|we) need|(?:i|we) want|(?:i|we) would like|i'd like|we'd like|interested in|recommend
    searching for|in search of
    """,
    after=r"(?!\w)",
)
_NOT = re.compile(r"(?<!\w)(?:не|don't|do not|no)\s+$")
_TO_TALK = re.compile(
    r"^\W*(?:щоб|чтобы|знати|знать|спитати|спросить|запитати|уточнити|уточнить|дізнатис\w|узнать|поговорити|поговорить"
    r"|оператор\w*|менеджер\w*|людин\w+|человек\w*|консультаці\w+|знижк\w+|скидк\w+|подумати|подумать"
    r"|to (?:know|ask|talk|speak|think|cancel)|a (?:human|manager|person|discount)|an operator)"
)
_ASKS = re.compile(
    r"^\W*(?:(?:а|і|й|та|и|но|ну|так|ok|and|but|so)\s+)*(?:де|где|where|коли|когда|when|хто|кто|who|чому|почему|why"
    r"|якщо|если|if|скільки|сколько|чи|можна|можно|how|can i|may i|what about|does|do you|can you|is it|are you)(?!\w)"
)
"""An answer that begins so is a question of its own."""
_LOOSE_END = re.compile(
    r"(?:[\s,;:-]+(?:і|й|та|и|а|або|или|чи|з|із|зі|с|со|для|до|на|у|в|без|від|от|під|под|and|or|with|for|to|of|in|at|a"
    r"|the|but|що|что|щоб|чтобы|який|яка|which|that))+\W*$"
)
_END = re.compile(r"[.!?\n]")
_LEAST, _MOST = 4, 200


def find(text: str, context: Context) -> list[Span]:
    """From the first word of wanting to the end of its sentence; the whole text when the need was asked for.

    What another finder has explained is masked: who gives an address when asked for a need has not told it.
    """
    folded = fold(text)
    found = []
    for match in _SEEKS.finditer(folded):
        said = _clip(text, match.start(), _sentence_end(folded, match.end()))
        is_denied = _NOT.search(folded[: match.start()]) or _TO_TALK.match(folded[match.end() :])
        if said and not is_denied and said.end > match.end():
            found.append(said)
    is_told = "?" not in text and MASK not in text and not _ASKS.match(folded)
    if not found and "need" in context.expected and is_told:
        whole = _clip(text, 0, len(text))
        found = [whole] if whole else []
    return found[:1]


def _sentence_end(folded: str, at: int) -> int:
    end = _END.search(folded, at)
    return end.start() if end else len(folded)


def _clip(text: str, start: int, end: int) -> Span | None:
    said = text[start : min(end, start + _MOST)]
    bare = said[: len(_LOOSE_END.sub("", fold(said)))].strip(" ,;:-")
    start += len(said) - len(said.lstrip(" ,;:-"))
    return Span(start, start + len(bare), bare) if len(bare) >= _LEAST else None
