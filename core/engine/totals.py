"""How much it is together: prices of the list times what was picked, worked out here and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from core.domain.basket import Item, Sum
from core.domain.firm import Product
from core.domain.turn import Turn, Understood
from core.engine.shelf import Shelf
from core.engine.shelf_fit import family
from core.engine.values import price_text, unit_text

_RECURRING = frozenset({"міс", "місяць", "мес", "месяц", "month"})
_OUT: Mapping[str, str] = {"uk": "немає в наявності", "ru": "нет в наличии", "en": "out of stock"}
_LESS: Mapping[str, str] = {"uk": "в наявності {}", "ru": "в наличии {}", "en": "{} in stock"}


@dataclass(frozen=True, slots=True)
class Row:
    """So many of a product. `value` is None when its price is not valid any more."""

    product: Product
    quantity: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Total:
    rows: tuple[Row, ...] = ()
    either: tuple[Product, ...] = ()
    """Shown, and none of them picked yet: each would come on top."""

    @property
    def unpriced(self) -> tuple[Product, ...]:
        return tuple(row.product for row in self.rows if row.value is None)


NOTHING_PICKED: Final = Total()


def build_total(turn: Turn, understood: Understood, shelf: Shelf) -> Total:
    """Of what is wanted; of everything talked about when that is one thing and "together" is asked."""
    today = turn.firm.today(turn.now)
    focus = understood.sku or turn.conversation.memory.focus
    wanted = [item for item in understood.basket if item.taken or item.sku == focus]
    if focus and not wanted:
        wanted = [Item(focus)]
    kinds = {_kind(shelf, item) for item in wanted}
    offered = [p for sku in turn.conversation.memory.offered if (p := shelf.find(sku)) and family(p) not in kinds]
    if "together" in understood.wishes and len(wanted) < 2 and not offered:
        wanted = list(understood.basket) or wanted
    if not wanted and "together" in understood.wishes:
        wanted, offered = [Item(sku) for sku in turn.conversation.memory.offered], []
    if len(offered) == 1 and understood.wishes & {"together", "total"}:
        wanted, offered = [*wanted, Item(offered[0].sku)], []
    rows = tuple(_row(product, item, today) for item in wanted if (product := shelf.find(item.sku)))
    priced = [product for product in offered if product.is_priced_on(today)]
    return Total(rows, tuple(priced) if rows and "together" in understood.wishes else ())


def find_sums(total: Total) -> frozenset[Sum]:
    """Each line's sum, the sums of all, and what they come to with each of the products shown."""
    priced = [row for row in total.rows if row.value is not None]
    sums = [Sum(row.value, row.product.currency, frozenset({row.product.sku})) for row in priced if row.value]
    for more in ((), *((product,) for product in total.either)):
        rows = [*priced, *(Row(product, 1, product.price) for product in more)]
        skus = frozenset(row.product.sku for row in rows)
        sums += [Sum(value, currency, skus) for (currency, _), value in _add(rows).items()]
    return frozenset(sums)


def total_values(total: Total, language: str) -> dict[str, str]:
    """What the templates show: `lines`, `total`, `unpriced`."""
    if not total.rows:
        return {}
    if total.either and not total.unpriced:
        names = " + ".join(_counted(row, language) for row in total.rows)
        shown = [
            f"• {names} + {product.name(language)}: {_sum_text(_with(total, product), language)}"
            for product in total.either
        ]
        return {"either": "\n".join(shown)}
    lines = "\n".join(f"• {_line(row, language)}" for row in total.rows)
    unpriced = ", ".join(product.name(language) for product in total.unpriced)
    if unpriced:
        return {"lines": lines, "unpriced": unpriced}
    single = len(total.rows) == 1
    found = {"lines": lines.removeprefix("• ") if single else lines}
    return found if single else found | {"total": _sum_text(_add(total.rows), language)}


def order_sum(total: Total, language: str) -> str:
    """In a recap; empty when one price is not known."""
    return "" if total.unpriced else _sum_text(_add(total.rows), language)


def order_lines(total: Total, language: str) -> str:
    return "; ".join(_line(row, language) for row in total.rows)


def _row(product: Product, item: Item, today: date) -> Row:
    quantity = item.quantity or 1
    return Row(product, quantity, product.price * quantity if product.is_priced_on(today) else None)


def _line(row: Row, language: str) -> str:
    product, name = row.product, row.product.name(language)
    if row.value is None:
        return f"{name} × {row.quantity}"
    each = price_text(product.price, product.currency, language)
    unit = unit_text(product.unit, language)
    price = f"{each} × {row.quantity} {unit} = {price_text(row.value, product.currency, language)}"
    line = f"{name}: {price if row.quantity > 1 else f'{each} / {unit}'}"
    return f"{line} ({_shortage(row, language)})" if _shortage(row, language) else line


def _shortage(row: Row, language: str) -> str:
    stock = row.product.in_stock
    if stock is None or stock >= row.quantity:
        return ""
    return _LESS.get(language, _LESS["en"]).format(stock) if stock else _OUT.get(language, _OUT["en"])


def _counted(row: Row, language: str) -> str:
    return f"{row.product.name(language)} × {row.quantity}" if row.quantity > 1 else row.product.name(language)


def _add(rows: Iterable[Row]) -> Mapping[tuple[str, str], Decimal]:
    """By currency and, for what is paid again and again, by unit: a rent is no part of a price."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        unit = row.product.unit.strip(". ").lower()
        if row.value is not None:
            sums[row.product.currency, unit if unit in _RECURRING else ""] += row.value
    return sums


def _with(total: Total, product: Product) -> Mapping[tuple[str, str], Decimal]:
    return _add([*total.rows, Row(product, 1, product.price)])


def _sum_text(sums: Mapping[tuple[str, str], Decimal], language: str) -> str:
    parts = [
        price_text(value, currency, language) + (f" / {unit_text(unit, language)}" if unit else "")
        for (currency, unit), value in sums.items()
    ]
    return " + ".join(parts)


def _kind(shelf: Shelf, item: Item) -> str:
    product = shelf.find(item.sku)
    return family(product) if product else ""


def is_several(total: Total) -> bool:
    return len(total.rows) > 1 or any(row.quantity > 1 for row in total.rows)
