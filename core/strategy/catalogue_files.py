"""price_list.csv and materials.csv: what the firm sells, and what it can show."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from core.domain.firm import Material, Product
from core.domain.vocabulary import LANGUAGES
from core.strategy.csv_lines import Row, read_rows
from core.strategy.problems import Place, Problems, name_hint

NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES)
SUITS_COLUMNS = tuple(f"suits_{language}" for language in LANGUAGES)
PRICE_LIST_COLUMNS = ("sku", *NAME_COLUMNS, "price", "currency", "unit", "valid_until", "in_stock", *SUITS_COLUMNS)
REQUIRED_MATERIAL_COLUMNS = ("title", "kind", "url", "language")
MATERIAL_COLUMNS = (*REQUIRED_MATERIAL_COLUMNS, "audience")
AUDIENCES = ("buyers", "partners")
MATERIAL_KINDS = ("video", "pdf", "link")

_PRICE = re.compile(r"\d{1,10}(?:[.,]\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_price_list(text: str, file: str, *, currency: str, problems: Problems) -> tuple[Product, ...]:
    """`currency` stands where the row names none."""
    rows = read_rows(text, file, columns=PRICE_LIST_COLUMNS, required=("sku", "price"), problems=problems)
    first: dict[str, Place] = {}
    products = []
    for row in rows:
        sku = row.cells["sku"]
        if not sku:
            problems.add(row.place, "the row has no sku", "give each product a short code of its own")
        elif sku in first:
            problems.add(row.place, f"the sku {sku!r} stands twice, first on line {first[sku].line}", "keep one row")
        else:
            first[sku] = row.place
        product = _product(row, currency, problems)
        if product is not None:
            products.append(product)
    return tuple(products)


def _product(row: Row, currency: str, problems: Problems) -> Product | None:
    names = {language: row.cells[f"name_{language}"] for language in LANGUAGES if row.cells[f"name_{language}"]}
    if not names:
        problems.add(row.place, "the product has no name", f"fill one of {', '.join(NAME_COLUMNS)}")
    price = _price(row, problems)
    code = row.cells["currency"] or currency
    if not _CURRENCY.fullmatch(code):
        problems.add(row.place, f"{code!r} is no currency", "write its three-letter code, for instance UAH, USD, EUR")
    valid_until = read_date(row.cells["valid_until"], row.place, "valid_until", problems)
    in_stock = _in_stock(row, problems)
    if price is None or not names:
        return None
    return Product(
        sku=row.cells["sku"],
        names=names,
        price=price,
        currency=code,
        unit=row.cells["unit"],
        valid_until=valid_until,
        in_stock=in_stock,
        suits={language: row.cells[f"suits_{language}"] for language in LANGUAGES if row.cells[f"suits_{language}"]},
    )


def _price(row: Row, problems: Problems) -> Decimal | None:
    """`1250`, `1250.50`, `1250,50`, `1 250`. What could be read as two prices is refused."""
    written = row.cells["price"]
    digits = "".join(written.split())
    if _PRICE.fullmatch(digits):
        price = Decimal(digits.replace(",", "."))
        if price > 0:
            return price
    what = f"{written!r} is no price" if written else "the product has no price"
    problems.add(row.place, what, "write it as 1250 or 1250.50, above zero, without a currency sign")
    return None


def _in_stock(row: Row, problems: Problems) -> int | None:
    written = "".join(row.cells["in_stock"].split())
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) < 10:
        return int(written)
    problems.add(row.place, f"in_stock {written!r} is no count", "write a whole number, 0 for none, or leave it empty")
    return None


def read_date(written: str, place: Place, of: str, problems: Problems) -> date | None:
    """An ISO date; None when nothing is written."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        problems.add(place, f"{of} {written!r} is no date", "write it as year-month-day, for instance 2027-01-31")
        return None


def read_materials(text: str, file: str, *, problems: Problems) -> tuple[Material, ...]:
    rows = read_rows(text, file, columns=MATERIAL_COLUMNS, required=REQUIRED_MATERIAL_COLUMNS, problems=problems)
    return tuple(_material(row, problems) for row in rows)


def _material(row: Row, problems: Problems) -> Material:
    cells: Mapping[str, str] = row.cells
    if not cells["title"]:
        problems.add(row.place, "the material has no title", "write what the customer will read")
    if cells["kind"] not in MATERIAL_KINDS:
        what = f"unknown kind {cells['kind']!r} of material"
        problems.add(row.place, what, name_hint(cells["kind"], MATERIAL_KINDS))
    if cells["language"] not in LANGUAGES:
        problems.add(row.place, f"unknown language {cells['language']!r}", name_hint(cells["language"], LANGUAGES))
    if not _is_web_address(cells["url"]):
        what = f"{cells['url']!r} is no web address"
        problems.add(row.place, what, "write the whole address, beginning with https://")
    if cells["audience"] not in ("", *AUDIENCES):
        what = f"unknown audience {cells['audience']!r}"
        problems.add(row.place, what, name_hint(cells["audience"], AUDIENCES))
    return Material(cells["title"], cells["kind"], cells["url"], cells["language"], cells["audience"])


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in url)
