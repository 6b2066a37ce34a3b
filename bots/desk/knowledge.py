"""What the bot knows: its sources, what it would find and say, and reading the firm's folder again."""

from fastapi import APIRouter, Request, Response

from bots.access import EVERYONE, LEADS
from bots.desk.parts import DeskParts
from bots.desk.routes import build_page_router, go_back, record
from core.domain.vocabulary import LANGUAGES

LONGEST_QUESTION = 500


def build_knowledge(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, "/desk/knowledge")

    @router.get("", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_knowledge(request: Request, q: str = "", language: str = "") -> Response:
        question = q.strip()[:LONGEST_QUESTION]
        asked = language if language in LANGUAGES else parts.firm().default_language
        tried = await parts.knowledge.test(question, asked) if question else None
        values = {
            "sources": await parts.knowledge.sources(),
            "question": question,
            "asked_in": asked,
            "asked_languages": LANGUAGES,
            "tried": tried,
        }
        return parts.pages.render(request, "knowledge.html", values)

    @router.post("/reindex", dependencies=[parts.access.allow(*LEADS)])
    async def reindex(request: Request) -> Response:
        done = await parts.knowledge.reindex()
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        await record(parts, request, "reindex", "knowledge", counts)
        return go_back(request, "/desk/knowledge", "reindexed")

    return router
