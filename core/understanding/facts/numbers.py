"""Numbers in digits and in Ukrainian, Russian and English words: "1 200,50", "25к", "півтори тисячі", "two dozen"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.understanding.facts import number_words as words
from core.understanding.facts.digits import DIGITS, read_digits
from core.understanding.facts.number_typos import mend
from core.understanding.text import fold

_TOKEN = re.compile(rf"(?P<digits>{DIGITS})|[^\W\d_]+(?:'[^\W\d_]+)*")
_CARDINAL_ENDING = re.compile(r"-?(?:ти|х|ть|ма|ох|ьох|ри|ро|сот|ста|мя|ми|ьма|ёх|ех)(?!\w)")
_ORDINAL_ENDING = re.compile(r"-?(?:го|й|я|е|ий|ої|та|те|му|ю|ого|st|nd|rd|th)(?!\w)")
_AND_A_HALF = re.compile(r" (?:і |и )?(?:з|із|с) половин(?:ою|ой)(?!\w)| and a half(?!\w)")
_OF = re.compile(r" of(?= [^\W\d_])")
_CURRENCY_NEXT = re.compile(r"[. ]*(?:грн|грив|uah|₴|\$|дол|бакс|usd|євр|евр|eur|€|zł|злот)")
_SLANG_NEXT = re.compile(r" (?:бакс|зелен|долар|доллар|грив|грн|євр|евр|у\.?е)")
_CLAUSE_ENDS = re.compile(r"\s*(?:[.,!?;)]|$)")
_CURRENCY_BEFORE = re.compile(r"[$€£₴]\s?$")
_INVERTED_GAP = re.compile(r" (?:(?:до|на|за|по|в|у|так|десь|під|под|з|с|где-то|приблизно|примерно|эдак|отак) )?")
_LETTERS = re.compile(r"[^\W\d_]*")
_GAP = re.compile(r"[\s.-]{0,2}")
_FRESH = 1_000
_ENDLESS = 10**12


@dataclass(frozen=True, slots=True)
class Number:
    """`scale` is the last thousand or million said, 1 without one; `attached` are letters right after the digits.

    `vague` marks "one", "пара" and the like, which often count nothing.
    """

    start: int
    end: int
    value: Decimal
    scale: int = 1
    worded: bool = False
    vague: bool = False
    attached: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    is_digits: bool


def find_numbers(text: str) -> list[Number]:
    """From left to right. Ordinals, dates and times of day are no numbers."""
    folded = fold(text)
    tokens = [_read_token(match) for match in _TOKEN.finditer(folded)]
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        reader = _Reader(folded, tokens, at)
        number = reader.read()
        if number is not None and not (number.vague and found and folded[found[-1].end : number.start] in ("", " ")):
            found.append(number)
        at = max(reader.at, at + 1)
    return _without_repeats(folded, found)


def _without_repeats(folded: str, numbers: Sequence[Number]) -> list[Number]:
    """ "30 (тридцять)" is one number, told twice."""
    found: list[Number] = []
    for number in numbers:
        last = found[-1] if found else None
        if last and last.value == number.value and folded[last.end : number.start].strip() == "(":
            close = folded[number.end : number.end + 1] == ")"
            found[-1] = replace(last, end=number.end + close, attached="")
        else:
            found.append(number)
    return found


def is_together(said: str) -> bool:
    """ "Вдвох", "впятером": who comes along."""
    return fold(said).replace("'", "") in words.TOGETHER


def whole(value: Decimal) -> int | None:
    """The value as an integer, if it is one."""
    return int(value) if value == value.to_integral_value() else None


def _read_token(match: re.Match[str]) -> _Token:
    digits = match.group("digits")
    text = match.group() if digits else mend(match.group().replace("'", ""))
    return _Token(match.start(), match.end(), text, bool(digits))


class _Reader:
    """Reads one number from a token on. `group` counts below a thousand; `floor` is the least size used in it."""

    def __init__(self, text: str, tokens: Sequence[_Token], first: int) -> None:
        self.at = first
        self._text = text
        self._tokens = tokens
        self._first = first
        self._end = tokens[first].start
        self._total = Decimal(0)
        self._group = Decimal(0)
        self._floor = _FRESH
        self._last_scale = _ENDLESS
        self._scale = 1
        self._needs_more = False
        self._is_complete = False

    def read(self) -> Number | None:
        while self.at < len(self._tokens) and not self._is_complete:
            at = self.at
            self._skip_little_word()
            token = self._tokens[self.at]
            if not self._is_near(token) or not self._take(token):
                self.at = at
                break
            self._end = max(self._end, token.end)
            self.at += 1
            self._take_ending(token)
        if self.at == self._first or self._needs_more:
            return None
        first = self._tokens[self._first]
        if first.is_digits and _ORDINAL_ENDING.match(self._text, self._end):
            return None
        letters = _LETTERS.match(self._text, self._end)
        single = self.at == self._first + 1 or (
            first.text in ("couple", "pair") and self._tokens[self.at - 1].text == "of"
        )
        return Number(
            self._start(),
            self._end,
            self._total + self._group,
            scale=self._scale,
            worded=not first.is_digits,
            vague=single and (words.SMALL.get(first.text) == 1 or first.text in words.VAGUE_PAIR | words.TOGETHER),
            attached=letters.group() if letters and first.is_digits else "",
        )

    def _start(self) -> int:
        """The article of "a dozen" belongs to the number."""
        first = self._tokens[self._first]
        before = self._tokens[self._first - 1] if self._first else first
        is_articled = first.text in words.ARTICLED and before.text == "a" and first.start - before.end == 1
        return before.start if is_articled else first.start

    def _is_near(self, token: _Token) -> bool:
        last = self._tokens[self.at - 1].end if self.at > self._first else token.start
        if ". " in self._text[last : token.start] and self._tokens[self.at - 1].text not in words.SHORTENED:
            return False
        return _GAP.fullmatch(self._text, max(last, self._end), token.start) is not None

    def _skip_little_word(self) -> None:
        """The "and" of "two hundred and fifty", the "a" of "half a million"."""
        if self.at == self._first or self.at + 1 >= len(self._tokens):
            return
        word, following = self._tokens[self.at].text, self._tokens[self.at + 1].text
        after_hundred = self._floor == 100 or (self._floor == _FRESH and self._total > 0)
        joins = {"and": after_hundred and following in words.SMALL, "a": self._needs_more}
        if joins.get(word):
            self.at += 1

    def _take_ending(self, token: _Token) -> None:
        """ "10-ти" is ten, "дві з половиною" two and a half, and "of" belongs to "a couple"."""
        ending = _CARDINAL_ENDING.match(self._text, self._end) if token.is_digits else None
        if token.text in ("couple", "pair"):
            ending = _OF.match(self._text, self._end)
        if ending is None and 0 < self._group < _FRESH:
            ending = _AND_A_HALF.match(self._text, self._end)
            self._group += Decimal(words.COUNTS.get(token.text, 1)) / 2 if ending else 0
        if ending is not None:
            self._end = ending.end()
            while self.at < len(self._tokens) and self._tokens[self.at].start < self._end:
                self.at += 1

    def _take(self, token: _Token) -> bool:
        if token.is_digits:
            return self._take_digits(read_digits(token.text))
        text = token.text
        if text in words.SMALL:
            return self._take_small(words.SMALL[text])
        if text in words.SCALES:
            return self._take_scale(words.SCALES[text], text)
        if text in words.COUNTS:
            return self._take_count(words.COUNTS[text], text)
        if text in words.ATTACHED:
            return self._is_attached(token) and self._take_scale(words.ATTACHED[text], text)
        return self._take_part(text)

    def _take_digits(self, value: Decimal) -> bool:
        if self._floor != _FRESH or value >= self._last_scale or self._needs_more:
            return False
        if self._total and value != value.to_integral_value():
            return False
        self._group, self._floor = value, 0
        return True

    def _take_small(self, value: int) -> bool:
        size = 1 if value < 10 else 100 if value >= 100 else 10
        # A teen needs the tens' place free as well as the ones'.
        if self._floor <= size or self._needs_more or (self._group and value == 0):
            return False
        self._group += value
        self._floor = 1 if value < 20 else size
        return True

    def _take_scale(self, size: int, text: str) -> bool:
        if size >= self._last_scale:
            return False
        if not self._group:
            if self._total:
                return False
            alone = text in words.ALONE or self._is_limited(text) or self._take_inverted(size)
            return alone and self._close(size, 1)
        return self._close(size, self._group)

    def _is_limited(self, text: str) -> bool:
        """ "Не більше тисячі" means one thousand."""
        before = self._tokens[self._first - 1].text if self._first else ""
        return self.at == self._first and text in words.GENITIVE and before in words.LIMITING

    def _take_inverted(self, size: int) -> bool:
        """ "тисяч двадцять" and "тысяч до двадцати" mean about twenty thousand."""
        here = self._tokens[self.at]
        place = next((at for at in (self.at + 1, self.at + 2) if self._is_counted(at)), None)
        if here.text not in words.THOUSANDS or self.at != self._first or place is None:
            return False
        following = self._tokens[place]
        if _INVERTED_GAP.fullmatch(self._text, here.end, following.start) is None:
            return False
        value = read_digits(following.text) if following.is_digits else Decimal(words.SMALL.get(following.text, "1.5"))
        ones = self._tokens[place + 1] if place + 1 < len(self._tokens) else here
        if value in words.TENS and words.SMALL.get(ones.text, 0) in words.ONES and self._is_one_space(following, ones):
            value, place, following = value + words.SMALL[ones.text], place + 1, ones
        half = _AND_A_HALF.match(self._text, following.end)
        self._total += value * size - size + (Decimal(size) / 2 if half else 0)
        self.at = place
        self._end = half.end() if half else following.end
        self._is_complete = True
        return True

    def _is_one_space(self, first: _Token, second: _Token) -> bool:
        return self._text[first.end : second.start] == " "

    def _is_counted(self, at: int) -> bool:
        counted = words.SMALL.keys() | words.ONE_AND_HALF
        return at < len(self._tokens) and (self._tokens[at].is_digits or self._tokens[at].text in counted)

    def _close(self, size: int, group: Decimal | int) -> bool:
        self._total += group * size
        self._group, self._floor = Decimal(0), _FRESH
        self._last_scale = self._scale = size
        self._needs_more = False
        return True

    def _take_count(self, size: int, text: str) -> bool:
        if not self._group and (self._total or not (text in words.ALONE or self._is_limited(text))):
            return False
        if (self._group >= 100 and size == 100) or (self._group and size < 10):
            return False
        self._group = (self._group or Decimal(1)) * size
        self._floor = 100 if size == 100 else 0
        self._needs_more = False
        return True

    def _take_part(self, text: str) -> bool:
        """Halves and pairs, which only begin a number, and the "штуки" of "пів штуки баксів"."""
        if self._needs_more and text in words.SLANG_THOUSANDS and self._is_slang():
            return self._close(1_000, self._group)
        if self.at != self._first:
            return False
        if text in words.MERGED_HALVES:
            self._group, self._floor = Decimal(words.MERGED_HALVES[text]), 0
        elif text in words.HALF:
            self._group, self._floor, self._needs_more = Decimal("0.5"), 0, True
        elif text in words.ONE_AND_HALF:
            self._group, self._floor = Decimal("1.5"), 0
        elif text in words.VAGUE_PAIR:
            self._group, self._floor = Decimal(2), 0
        elif text in words.SLANG_THOUSAND and self._is_slang():
            return self._close(1_000, 1)
        elif text in words.HALF_SLANG_THOUSAND and self._is_slang():
            return self._close(1_000, Decimal("0.5"))
        else:
            return False
        return True

    def _is_slang(self) -> bool:
        return _SLANG_NEXT.match(self._text, self._tokens[self.at].end) is not None

    def _is_attached(self, token: _Token) -> bool:
        if token.start == self._end:
            sure = token.text not in ("т", "m") or self._has_currency_around(token)
            return self._floor == 0 and sure
        ends = token.text in ("к", "k") and self._floor == 0 and _CLAUSE_ENDS.match(self._text, token.end) is not None
        return ends or self._has_currency_after(token)

    def _has_currency_around(self, token: _Token) -> bool:
        first = self._tokens[self._first].start
        return self._has_currency_after(token) or bool(_CURRENCY_BEFORE.search(self._text, max(first - 2, 0), first))

    def _has_currency_after(self, token: _Token) -> bool:
        return _CURRENCY_NEXT.match(self._text, token.end) is not None
