"""`/docs`: the programs' interface as a page of our own; a borrowed one would fetch scripts from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bots.access import public
from bots.assets import Assets

FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any]
    """Fields of the JSON body by name, with their schema."""
    answers: tuple[tuple[str, str], ...]


def build_docs(app: FastAPI) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    assets = Assets(FOLDER, prefix="/docs/static")
    pages = Environment(loader=FileSystemLoader(FOLDER), autoescape=select_autoescape(), trim_blocks=True)

    @router.get("/docs", dependencies=[public()])
    async def docs() -> HTMLResponse:
        schema = app.openapi()
        page = pages.get_template("docs.html")
        return HTMLResponse(page.render(operations=list(read_operations(schema)), style=assets.url("docs.css")))

    router.include_router(assets.build_router())
    return router


def read_operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI schema, in its order."""
    models = schema.get("components", {}).get("schemas", {})
    for path, methods in schema.get("paths", {}).items():
        for method, operation in methods.items():
            yield Operation(
                method=method.upper(),
                path=path,
                summary=operation.get("summary", ""),
                text=operation.get("description", ""),
                parameters=tuple(operation.get("parameters", ())),
                body=_fields(operation, models),
                answers=tuple((code, answer.get("description", "")) for code, answer in operation["responses"].items()),
            )


def _fields(operation: Mapping[str, Any], models: Mapping[str, Any]) -> Mapping[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    fields: Mapping[str, Any] = models.get(name, {}).get("properties", {})
    return fields
