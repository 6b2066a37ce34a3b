"""Thousands and currencies that stand elsewhere: said before of another sum, or told in the next message."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.understanding.facts import budget_wordings as says
from core.understanding.facts.clause import clause_around
from core.understanding.facts.money import Money, find_money
from core.understanding.facts.numbers import find_numbers
from core.understanding.text import fold

_THOUSAND = 1_000
_NEAR = 4
_UNIT_ALONE = re.compile(
    r"\W*(?:(?:це|это|в|у|in|it's|that's|ну|ой|sorry|i mean|тобто|то есть|маю на увазі|имею в виду|я про|я о)\W+)*"
    r"(?P<unit>тисяч\w?|тысяч\w?|тищ|тыщ|thousands?|grand|гривен\w*|гривн\w+|грн|долар\w*|доллар\w*|бакс\w*|євро|евро"
    r"|злот\w+|dollars?|bucks|euros?|pounds?|hryvnias?|uah|usd|eur)"
    r"(?:\W+(?:звісно|звичайно|конечно|ясно|зрозуміло|понятно|разумеется|естественно|ясна річ|само собой"
    r"|of course|obviously|that is|i mean|i meant"
    r"|мається на увазі|маю на увазі|имею в виду|имеется в виду|якщо що|если что|ж|же"
    r"|not \w+|а не \w+|не \w+))*\W*?"
    r"(?:$|[.!)\n]+(?:\W|$))"
)
_AS_COUNTED = {
    "тисяч": "тисяч", "тысяч": "тысяч", "тищ": "тисяч", "тыщ": "тысяч", "thous": "thousand", "grand": "thousand",
}  # fmt: skip


def read_as_before(folded: str, amounts: Sequence[Money], recent: str) -> list[Money]:
    """ "My sister paid 62 thousand. My limit is 40": who spoke of thousands still does."""
    told = [money.amount for money in _of_last_line(recent) if money.scaled]
    read: list[Money] = []
    for money in amounts:
        bare = money.currency is None and not money.scaled and money.amount < _THOUSAND
        if bare and any(_is_near(money.amount * _THOUSAND, one) for one in told):
            clause = clause_around(folded, money.start, money.end)
            first = not read or read[-1].end <= money.start - len(clause.before)
            if first and says.OWN_MONEY.search(clause.before):
                money = replace(money, amount=money.amount * _THOUSAND, scaled=True)
        told += [money.amount] if money.scaled else []
        read.append(money)
    return read


def with_unit(folded: str, recent: str) -> tuple[str, int] | None:
    """The last line with the unit that this message begins with ("тисячі, звісно", "dollars I mean"), and its end."""
    alone = _UNIT_ALONE.match(folded)
    line = fold(recent.rstrip().rpartition("\n")[2])
    amounts = find_money(line, find_numbers(line)) if alone else []
    if alone is None or len(amounts) != 1 or amounts[0].currency is not None:
        return None
    unit = next((word for start, word in _AS_COUNTED.items() if alone["unit"].startswith(start)), None)
    if unit and (amounts[0].scaled or amounts[0].amount >= _THOUSAND):
        return None
    end = amounts[0].end
    return f"{line[:end]} {unit or alone['unit']}{line[end:]}", alone.end("unit")


def _of_last_line(recent: str) -> list[Money]:
    line = fold(recent.rstrip().rpartition("\n")[2])
    return find_money(line, find_numbers(line)) if line else []


def _is_near(amount: Decimal, before: Decimal) -> bool:
    return before / _NEAR <= amount <= before * _NEAR
