"""What the bot knows: its pages, what it would find and say, what it could not answer."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from bots.access import EVERYONE, LEADS
from bots.desk.answers import KNOWLEDGE, find_open
from bots.desk.pages import language_of
from bots.desk.parts import DeskParts, Tried
from bots.desk.plain_words import rule_text
from bots.desk.routes import build_page_router, go_back, record
from bots.learned import is_learned
from bots.rehearsal import Rehearsed
from core.domain.vocabulary import LANGUAGES

LONGEST_QUESTION: Final = 500
SHOWN_QUESTIONS: Final = 30


def build_knowledge(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, KNOWLEDGE)

    @router.get("", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_knowledge(request: Request, q: str = "", language: str = "") -> Response:
        question = q.strip()[:LONGEST_QUESTION]
        asked = language if language in LANGUAGES else parts.firm().default_language
        waiting = await find_open(parts)
        values = {
            "sources": [source for source in await parts.knowledge.sources() if not is_learned(source.source)],
            "question": question,
            "asked_in": asked,
            "asked_languages": LANGUAGES,
            "open_questions": waiting[:SHOWN_QUESTIONS],
            "more_questions": len(waiting[SHOWN_QUESTIONS:]),
            "confirmed": await parts.knowledge.confirmed(),
            **(await _try(parts, request, question, asked) if question else {"tried": None}),
        }
        return parts.pages.render(request, "knowledge.html", values)

    @router.post("/reindex", dependencies=[parts.access.allow(*LEADS)])
    async def reindex(request: Request) -> Response:
        done = await parts.knowledge.reindex()
        counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
        await record(parts, request, "reindex", "knowledge", counts)
        return go_back(request, KNOWLEDGE, "reindexed")

    return router


async def _try(parts: DeskParts, request: Request, question: str, language: str) -> Mapping[str, Any]:
    words = parts.pages.words(language_of(request))
    rehearsed, tried = (
        await parts.knowledge.rehearse(question, language),
        await parts.knowledge.test(question, language),
    )
    return {
        "tried": tried,
        "verdict": _verdict(tried, rehearsed),
        "rehearsed": rehearsed,
        "acts": [words(f"act.{act}") for act in rehearsed.acts],
        "rules": [rule_text(rule, words) for rule in rehearsed.rules],
    }


def _verdict(tried: Tried, rehearsed: Rehearsed) -> str:
    """What the page says of the question: it never contradicts the whole reply below it."""
    if tried.answer:
        whole = " ".join(" ".join(rehearsed.texts).split())
        return "would_say" if " ".join(tried.answer.split()) in whole else "pages_say"
    if rehearsed.nearest:
        return "would_show_nearest"
    return "other_answer" if rehearsed.answered and rehearsed.texts else "would_not_say"
