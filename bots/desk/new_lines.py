"""A product or a policy that the firm did not have: typed into a form, checked, and written below the others."""

import re
from typing import Final

from fastapi import APIRouter, Request, Response

from bots.access import LEADS
from bots.desk import policies, prices
from bots.desk.answers import KNOWLEDGE
from bots.desk.firm_lines import Lines, apply, emptied, write_down
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back
from bots.firm_files import FIRM, PRICES
from core.errors import InvalidFirm, SellerError

LONGEST_CELL: Final = 200
_ID: Final = re.compile(r"[^\W_](?:[\w.-]{0,58}\w)?")
_CELLS: Final = ("price", "currency", "unit", "valid_until", "in_stock")


def build_new_lines(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, KNOWLEDGE)
    leads = [parts.access.allow(*LEADS)]

    @router.get("/prices/new", dependencies=leads)
    async def show_new_price(request: Request) -> Response:
        typed = dict.fromkeys(_columns(parts), "") | {"currency": parts.firm().currency}
        return await _form(parts, request, "new_price.html", typed, await parts.knowledge.files.seen(PRICES))

    @router.post("/prices/new", dependencies=leads)
    async def add_price(request: Request) -> Response:
        typed, seen = await _typed(request, _columns(parts))
        try:
            _check_price(parts, typed)
            cells = {column: cell for column, cell in typed.items() if cell}
            change = await apply(parts, parts.knowledge.files.add_price(cells, seen))
        except (BadForm, InvalidFirm) as refused:
            return await _form(parts, request, "new_price.html", typed, seen, refused)
        await write_down(parts, request, ("add_price", f"price:{typed['sku']}"), change, {}, cells)
        return go_back(request, prices.PAGE, "price_added")

    @router.get("/policies/new", dependencies=leads)
    async def show_new_policy(request: Request) -> Response:
        typed = dict.fromkeys(("id", *parts.firm().languages, "valid_until"), "")
        return await _form(parts, request, "new_policy.html", typed, await parts.knowledge.files.seen(FIRM))

    @router.post("/policies/new", dependencies=leads)
    async def add_policy(request: Request) -> Response:
        languages = parts.firm().languages
        typed, seen = await _typed(request, ("id", *languages, "valid_until"))
        texts = {language: typed[language] for language in languages}
        try:
            _check_policy(parts, typed)
            if not (await request.form()).get("sure"):
                policies.check_figures(parts, request, texts)
            change = await apply(
                parts, parts.knowledge.files.add_policy(typed["id"], texts, typed["valid_until"], seen)
            )
        except (BadForm, InvalidFirm) as refused:
            return await _form(parts, request, "new_policy.html", typed, seen, refused)
        became = {name: line for name, line in typed.items() if line and name != "id"}
        await write_down(parts, request, ("add_policy", f"policy:{typed['id']}"), change, {}, became)
        return go_back(request, policies.PAGE, "policy_added")

    return router


def _columns(parts: DeskParts) -> tuple[str, ...]:
    languages = parts.firm().languages
    return ("sku", *(f"name_{each}" for each in languages), *_CELLS, *(f"suits_{each}" for each in languages))


async def _typed(request: Request, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
    fields = await request.form()
    return {name: " ".join(str(fields.get(name, "")).split()) for name in names}, str(fields.get("seen", ""))


def _check_price(parts: DeskParts, typed: Lines) -> None:
    """Raises BadForm."""
    if not _ID.fullmatch(typed["sku"]):
        raise BadForm("bad_sku", field="sku", typed=typed["sku"])
    if parts.firm().product(typed["sku"]):
        raise BadForm("taken_sku", field="sku", typed=typed["sku"])
    if not any(typed[f"name_{language}"] for language in parts.firm().languages):
        raise BadForm("no_name", field=f"name_{parts.firm().languages[0]}")
    for name, cell in typed.items():
        if len(cell) > LONGEST_CELL:
            raise BadForm("long_line", field=name, limit=LONGEST_CELL)
    prices.check(typed)


def _check_policy(parts: DeskParts, typed: Lines) -> None:
    """Raises BadForm."""
    if not _ID.fullmatch(typed["id"]):
        raise BadForm("bad_policy_id", field="id", typed=typed["id"])
    if any(policy.id == typed["id"] for policy in parts.firm().policies):
        raise BadForm("taken_policy", field="id", typed=typed["id"])
    policies.check({name: line for name, line in typed.items() if name != "id"})


async def _form(
    parts: DeskParts, request: Request, page: str, typed: Lines, seen: str, refused: SellerError | None = None
) -> Response:
    values = {
        "typed": typed, "seen": seen, "refused": refused, "spoken": parts.firm().languages,
        "longest": policies.LONGEST_LINE, "longest_cell": LONGEST_CELL, **await emptied(parts),
    }  # fmt: skip
    return parts.pages.render(request, page, values, status=422 if refused else 200)
