"""Numbers to words in three languages, to be read back by the tests."""


def _list(words: str) -> list[str]:
    return words.split()


_UK = _list(
    "нуль один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять "
    "п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять"
)
_UK_TENS = _list("_ _ двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто")
_UK_HUNDREDS = _list("_ сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот")
_RU = _list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _list("_ _ двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _list("_ сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_EN = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TENS = _list("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
_TABLES = {"uk": (_UK, _UK_TENS, _UK_HUNDREDS), "ru": (_RU, _RU_TENS, _RU_HUNDREDS)}
_SCALES = {
    "uk": (("мільйон", "мільйони", "мільйонів"), ("тисяча", "тисячі", "тисяч")),
    "ru": (("миллион", "миллиона", "миллионов"), ("тысяча", "тысячи", "тысяч")),
    "en": (("million",) * 3, ("thousand",) * 3),
}


def spell(number: int, language: str) -> str:
    """Below a thousand millions."""
    millions, thousands, rest = number // 1_000_000, number // 1_000 % 1_000, number % 1_000
    parts = []
    for count, forms in zip((millions, thousands), _SCALES[language], strict=True):
        if count:
            parts += [_below_thousand(count, language), _form(count, forms)]
    if rest or not parts:
        parts.append(_below_thousand(rest, language))
    return " ".join(parts)


def _form(count: int, forms: tuple[str, ...]) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return forms[0]
    return forms[1] if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else forms[2]


def _below_thousand(number: int, language: str) -> str:
    if language == "en":
        return _english(number)
    small, tens, hundreds = _TABLES[language]
    parts = [hundreds[number // 100]] if number >= 100 else []
    rest = number % 100
    if rest >= 20:
        parts.append(tens[rest // 10])
        rest %= 10
    if rest or not parts:
        parts.append(small[rest])
    return " ".join(parts)


def _english(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    below = _EN[rest] if rest < 20 else "-".join([_EN_TENS[rest // 10]] + ([_EN[rest % 10]] if rest % 10 else []))
    if not hundreds:
        return below
    return f"{_EN[hundreds]} hundred" + (f" and {below}" if rest else "")
