"""Numbers in words, Ukrainian, Russian and English, in any form, and where they stand in a text."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import reduce


def _table(rows: Mapping[int, str]) -> dict[str, int]:
    return {form: value for value, forms in rows.items() for form in forms.split()}


_SMALL = _table(
    {
        0: "нуль ноль zero",
        1: "один одна одне одну одного одній одним одно одной одном one",
        2: "два дві двох двом двома двоє две двух двум двумя двое two",
        3: "три трьох трьом трьома троє трех трем тремя трое three",
        4: "чотири чотирьох чотирьом чотирма четверо четыре четырех четырем четырьмя four",
        5: "пять пяти пятьох пятьом пятьма пятеро пятью five",
        6: "шість шести шістьох шістьма шестеро шесть шестью six",
        7: "сім семи сімох сьома семеро семь семью seven",
        8: "вісім восьми вісьмох вісьма восьмеро восемь восемью eight",
        9: "девять девяти девятьох девятьма девятеро девятью nine",
    }
)
_TEENS = (
    ("одинадцят одиннадцат eleven", 11), ("дванадцят двенадцат twelve", 12), ("тринадцят тринадцат thirteen", 13),
    ("чотирнадцят четырнадцат fourteen", 14), ("пятнадцят пятнадцат fifteen", 15),
    ("шістнадцят шестнадцат sixteen", 16), ("сімнадцят семнадцат seventeen", 17),
    ("вісімнадцят восемнадцат eighteen", 18), ("девятнадцят девятнадцат nineteen", 19),
    ("двадцят двадцат twenty", 20), ("тридцят тридцат thirty", 30),
)  # fmt: skip
_BIG = {
    stem + ending: value
    for stems, value in _TEENS
    for stem in stems.split()
    for ending in ("", "ь", "и", "ьох", "ьома", "ьом", "ью")
} | _table(
    {
        10: "десять десяти десятьох десятьма десятью ten",
        40: "сорок сорока forty fourty",
        50: "пятдесят пятдесяти пятдесятьох пятьдесят пятидесяти fifty",
        60: "шістдесят шістдесяти шестьдесят шестидесяти sixty",
        70: "сімдесят сімдесяти семьдесят семидесяти seventy",
        80: "вісімдесят вісімдесяти восемьдесят восьмидесяти eighty",
        90: "девяносто девяноста девятдесят ninety",
        100: "сто ста",
        200: "двісті двохсот двести двухсот",
        300: "триста трьохсот трехсот",
        400: "чотириста чотирьохсот четыреста четырехсот",
        500: "пятсот пятисот пятьсот",
        600: "шістсот шестисот шестьсот",
        700: "сімсот семисот семьсот",
        800: "вісімсот восьмисот восемьсот",
        900: "девятсот девятисот девятьсот",
    }
)
_SCALES = _table(
    {
        100: "hundred hundreds сотень сотні сотни сотен сотню",
        1000: "тисяча тисячі тисяч тисячу тисячею тыща тыщи тыщу тыщ тысяча тысячи тысяч тысячу тысячей thousand "
        "thousands grand косар косаря косарів косарей",
        1_000_000: "мільйон мільйона мільйони мільйонів миллион миллиона миллионы миллионов million millions",
    }
)
_ALONE = _table({1: "тисяча тисячу тысяча тысячу тыща тыщу косар hundred thousand million мільйон миллион сотню"})
_HALVES = {
    "півтора": "1.5", "півтори": "1.5", "полтора": "1.5", "полторы": "1.5", "полутора": "1.5",
    "пів": "0.5", "пол": "0.5", "half": "0.5",
}  # fmt: skip
_MERGED = {"півтораста": 150, "полтораста": 150, "півтисячі": 500, "полтысячи": 500}
_JOINT = re.compile(r"(?:[^\S\n]+(?:and[^\S\n]+(?:a[^\S\n]+)?)?|-)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_COUNTED = re.compile(
    r"[^\S\n]*(?:[-–—][^\S\n]*(?=\w))?(?:%|відсотк|процент|per ?cent|pct|грн|грив|uah|hryvn|дол|бакс|usd|buck|"
    r"євро|евро|eur|злот|руб|коп|cent|"
    r"(?:робоч|рабоч|working |business |more |календарн|повн|цел|whole |full )?\w{0,4}[^\S\n]*"
    r"(?:дн[іяейю]|день|доб|діб|сут|тиж|недел|місяц|месяц|рок|рік|год|лет\b|day|week|month|year|hour|minute|хвилин|"
    r"минут|штук|шт\b|piece|pcs|items?\b|left|раз\b|рази|times))",
    re.I,
)
_STARTS = re.compile(
    r"(?<![^\W\d_])(?:од[ин]|дв|тр|чот|чет|п'?я|п['ия]|ші|ше|сі|се|сьо|ві|во|де|со|ст|нуль|ноль|zero|one|t[whe]|f[oi]|s[ei]|"
    r"ei|el|ni|hun|тис|ты|тыс|thou|grand|mil|мі|ми|ко|пі|по|half)",
    re.I,
)  # fmt: skip


def find_spelled(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits). A lone word below ten counts only before what is counted: "one of us" is no number."""
    at = 0
    while match := _STARTS.search(text, at):
        word = _WORD.match(text, match.start())
        assert word is not None
        found = _read(text, word)
        if found is None:
            at = word.end()
            continue
        start, end, value, is_sure = found
        if is_sure or _COUNTED.match(text, end):
            yield start, end, f"{value.normalize():f}"
        at = end


def _read(text: str, first: re.Match[str]) -> tuple[int, int, Decimal, bool] | None:
    """The longest run of number words from here."""
    values: list[str] = []
    word: re.Match[str] | None = first
    end = first.start()
    while word is not None and _kind(_plain(word.group())):
        values.append(_plain(word.group()))
        end = word.end()
        joint = _JOINT.match(text, end)
        word = _WORD.match(text, joint.end()) if joint else None
    if not values or (values[0] in _SCALES and values[0] not in _ALONE):
        return None
    after_digits = re.search(r"\d[^\S\n]*\Z", text[max(0, first.start() - 3) : first.start()])
    if after_digits and values[0] in _SCALES:
        return None
    if values == ["пів"] or values == ["пол"] or values == ["half"]:
        return None
    is_sure = (any(_kind(value) != "small" for value in values) and values != ["сорок"]) or len(values) > 1
    return first.start(), end, _total(values), is_sure


def _plain(word: str) -> str:
    return word.lower().replace("'", "")


def _kind(word: str) -> str:
    if word in _SMALL:
        return "small"
    if word in _BIG or word in _MERGED:
        return "big"
    return "scale" if word in _SCALES else "half" if word in _HALVES else ""


def _total(words: list[str]) -> Decimal:
    """ "two hundred five thousand": what stands before a scale is multiplied by it."""
    total, group = reduce(_take, words, (Decimal(), Decimal()))
    return total + group


def _take(so_far: tuple[Decimal, Decimal], word: str) -> tuple[Decimal, Decimal]:
    total, group = so_far
    if word in _SCALES:
        scaled = (group or Decimal(1)) * _SCALES[word]
        return (total, scaled) if _SCALES[word] == 100 else (total + scaled, Decimal())
    if word in _HALVES:
        return total, group + Decimal(_HALVES[word])
    return total, group + (_SMALL.get(word) or _BIG.get(word) or _MERGED.get(word) or 0)
