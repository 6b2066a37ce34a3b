"""Prices: look one up, change it; the price list stays the only place that they come from."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, LEADS
from bots.desk.answers import KNOWLEDGE
from bots.desk.firm_lines import Lines, Seen, apply, check_date, emptied, past_changes, write_down
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back
from bots.firm_files import PRICES
from core.domain.firm import Product
from core.errors import InvalidFirm, SellerError

PAGE: Final = f"{KNOWLEDGE}/prices"
SHOWN: Final = 200
_PRICE: Final = re.compile(r"\d{1,10}(?:[.,]\d{1,2})?")

Sku = Annotated[str, Form(max_length=200)]
Cell = Annotated[str, Form(max_length=60)]


def build_prices(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, PAGE)
    leads = [parts.access.allow(*LEADS)]

    @router.get("", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_prices(request: Request, q: str = "") -> Response:
        return parts.pages.render(request, "prices.html", await _list(parts, q))

    @router.get("/edit", dependencies=leads)
    async def show_price(request: Request, sku: str) -> Response:
        product = _find(parts, sku)
        return await _form(parts, request, product, written(product), await parts.knowledge.files.seen(PRICES))

    @router.post("", dependencies=leads)
    async def change_price(
        request: Request, sku: Sku, seen: Seen, price: Cell = "", valid_until: Cell = "", in_stock: Cell = ""
    ) -> Response:
        product = _find(parts, sku)
        typed = {"price": price.strip(), "valid_until": valid_until.strip(), "in_stock": in_stock.strip()}
        was = written(product)
        wanted = {column: cell for column, cell in typed.items() if cell != was[column]}
        try:
            check(typed)
            change = await apply(parts, parts.knowledge.files.change_price(sku, wanted, seen))
        except (BadForm, InvalidFirm) as refused:
            return await _form(parts, request, product, typed, seen, refused)
        await write_down(parts, request, ("change_price", f"price:{sku}"), change, was, typed)
        return go_back(request, PAGE, "price_changed")

    return router


def check(typed: Lines) -> None:
    """Raises BadForm. The file's own rules are asked afterwards; these are the slips that people make."""
    if not _PRICE.fullmatch("".join(typed["price"].split())):
        raise BadForm("bad_price", field="price", typed=typed["price"])
    check_date(typed["valid_until"])
    if typed["in_stock"] and not (typed["in_stock"].isascii() and typed["in_stock"].isdigit()):
        raise BadForm("bad_stock", field="in_stock", typed=typed["in_stock"])


def written(product: Product) -> dict[str, str]:
    """The cells as a person would type them."""
    return {
        "price": f"{product.price:f}",
        "valid_until": product.valid_until.isoformat() if product.valid_until else "",
        "in_stock": "" if product.in_stock is None else str(product.in_stock),
    }


def _find(parts: DeskParts, sku: str) -> Product:
    found = parts.firm().product(sku)
    if found is None:
        raise LookupError(f"no product {sku}")
    return found


async def _list(parts: DeskParts, sought: str) -> dict[str, Any]:
    firm, wanted = parts.firm(), sought.strip().lower()
    found = [one for one in firm.products if wanted in f"{one.sku} {' '.join(one.names.values())}".lower()]
    seen = await parts.knowledge.files.seen(PRICES)
    return {
        "products": found[:SHOWN],
        "total": len(found),
        "sought": sought.strip(),
        "today": firm.today(parts.clock.now()),
        "file": PRICES,
        "seen": seen,
        "changes": await past_changes(parts, PRICES, seen),
    }


async def _form(
    parts: DeskParts, request: Request, product: Product, typed: Lines, seen: str, refused: SellerError | None = None
) -> Response:
    elsewhere = await parts.knowledge.said_elsewhere(f"{product.price} {product.currency}")
    values = {
        "product": product, "typed": typed, "seen": seen, "refused": refused, "elsewhere": elsewhere,
        **await emptied(parts),
    }  # fmt: skip
    return parts.pages.render(request, "price.html", values, status=422 if refused else 200)
