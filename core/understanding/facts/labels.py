"""Numbers that are names: orders, invoices, accounts, cards, addresses, sizes. They are no phone and no amount."""

import re

from core.understanding.facts.span import Context, Span
from core.understanding.text import fold

_SIGN = r"[\s:№#nº.-]{0,4}(?:(?:no|num|number|номер|ном)[.:]?\s?#?)?\s?"
_CODE = r"(?:[a-zа-яіїє]{0,3}[-/]?\d[\d\s/-]*\d|[a-z]{0,3}-?\d)"
_LONG_CODE = r"[a-zа-яіїє]{0,3}[-/]?\d[\d\s/-]{2,}\d"
_ORDER = r"замовленн\w+|заказ\w?|order"
_NAMED = (
    r"накладн\w+|ттн|ttn|інвойс\w?|инвойс\w?|invoice|рахун(?:ок|ку|ком)|сч[её]т\w?|account|iban|карт(?:к[иуа]|[аыу])"
    r"|card"
    r"|договор\w?|договір|contract|артикул\w?|арт\.|sku|код\w?|code|єдрпоу|едрпоу|іпн|инн|індекс|индекс|zip"
    r"|відділенн\w+"
    r"|отделени\w+|поштомат\w?|почтомат\w?|branch|трек\w*|tracking|чек\w?|квитанці\w+|заявк\w|тикет|ticket|р/р|р/с|мфо"
)
_PLACED = (
    r"вул(?:иц[яіею]|\.)?|ул(?:иц[аеы]|\.)?|street|st\.|просп\w*\.?|пр-т|буд(?:инок|\.)|дом|будинок|кв(?:артира|\.)?"
    r"|apt\.?|під'їзд|подъезд|корп(?:ус|\.)|бульвар|провулок"
    r"|переулок"
)
_INDOORS = r"офіс|офис|office|поверх|этаж|floor|кімната|комната|room|домофон|ворота|склад|магазин|павільйон|павильон"
_SIZED = (
    r"розмір\w*|размер\w*|size|зріст|рост|довжин\w+|длин\w+|ширин\w+|висот\w+|высот\w+|діаметр\w*|диаметр\w*"
    r"|модел[ьі]|model"
)
_UNIT_NEXT = r"(?![\s.]*(?:шт|грн|гривень|uah|тис|тыс|\$|€|₴|usd|дол|pcs|unit|piece|од\b|ящик|короб|пар|к\b|k\b|%))"
_ALL = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)ua\s?\d{2}[\d\s]{20,34}\d(?!\w)",
        r"(?<!\d)\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}(?!\d)|(?<![\d+])\d{13,29}(?!\d)",
        r"(?<![\w-])(?!(?:pcs|pc|qty|kg|x|total|pack|box|set|ok|so|no)-)[a-z]{1,6}-\d[\d-]*[a-z]?(?!\w)",
        r"(?<!\w)(?:401|403)[kb](?!\w)",
        r"[№#]\s?[a-zа-яіїє]{0,3}-?\d[\d/-]*",
        rf"(?<!\w)(?:{_ORDER}){_SIGN}{_LONG_CODE}(?!\w){_UNIT_NEXT}",
        rf"(?<!\w)(?:{_NAMED}){_SIGN}{_CODE}(?!\w){_UNIT_NEXT}",
        rf"(?<!\w)(?:{_PLACED})(?![^\W\d])\s?(?:[^\W\d]+[\s,.]+){{0,3}}\d+[а-яa-z]?(?:/\d+)?(?!\w){_UNIT_NEXT}",
        rf"(?<!\w)(?:{_INDOORS})\s[№#]?\d+[а-яa-z]?(?=\s*(?:[,.;!?)]|$))",
        r"(?<!\w)\d+[a-z]? (?:[a-z]+ ){1,2}(?:road|street|avenue|ave|lane|drive|st)(?!\w)",
        rf"(?<!\w)(?:{_SIZED})[\s:=-]{{1,3}}\d[\d.,xх×*/-]*",
        r"(?<!\w)\d+(?:[.,]\d+)? на \d+(?:[.,]\d+)?(?: ?(?:метр\w*|м|см|мм)(?!\w))",
        r"(?<!\w)\d{2,4} на \d{2,4}(?! ?(?:шт|грн|тис|тыс))(?!\w)",
        r"(?<!\w)\d+(?:[.,]\d+)?\s?[xх×*]\s?\d+(?:[.,]\d+)?(?:\s?[xх×*]\s?\d+(?:[.,]\d+)?)?(?!\w)",
    )
)


def find(text: str, context: Context) -> list[Span]:
    """The value is the text of the label, which nobody stores."""
    if not any(letter.isdigit() for letter in text):
        return []
    folded = fold(text)
    return [Span(match.start(), match.end(), match.group()) for pattern in _ALL for match in pattern.finditer(folded)]
