"""What was asked and not answered: settle it, or answer it once and for all."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Form, Request, Response

from bots.access import LEADS
from bots.desk.open_questions import SETTLING, OpenQuestion, group, key_of, subject_of
from bots.desk.pages import Pages
from bots.desk.parts import DeskParts, RefusedAnswer
from bots.desk.routes import BadForm, build_page_router, go_back, record
from core.domain.vocabulary import LANGUAGES
from core.storage.unanswered import LONGEST_QUESTION, list_settled, list_unanswered

KNOWLEDGE = "/desk/knowledge"
LONGEST_ANSWER = 2000
LOOKED_AT = 300
"""Questions; the newest ones."""

Question = Annotated[str, Form(max_length=LONGEST_QUESTION)]
Answer = Annotated[str, Form()]
Language = Annotated[str, Form()]


async def find_open(parts: DeskParts) -> list[OpenQuestion]:
    """The newest first."""

    def load(conn: sa.Connection) -> list[OpenQuestion]:
        return group(list_unanswered(conn, LOOKED_AT), list_settled(conn, SETTLING))

    return await parts.database.read(load)


def build_answers(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, KNOWLEDGE)
    leads = [parts.access.allow(*LEADS)]

    @router.post("/questions/{key}/settle", dependencies=leads)
    async def settle(request: Request, key: str) -> Response:
        """Nothing to answer: off the list until somebody asks it again."""
        await record(parts, request, "settle_question", subject_of(key[:32]))
        return go_back(request, KNOWLEDGE, "settled")

    @router.get("/answers/new", dependencies=leads)
    async def show_form(request: Request, question: str = "", language: str = "") -> Response:
        return _form(parts.pages, request, question[:LONGEST_QUESTION], "", _spoken(parts, language))

    @router.post("/answers", dependencies=leads)
    async def confirm(request: Request, question: Question, answer: Answer = "", language: Language = "") -> Response:
        question, answer, language = " ".join(question.split()), answer.strip(), _spoken(parts, language)
        if not question or not answer:
            raise BadForm("empty_answer")
        if len(answer) > LONGEST_ANSWER:
            raise BadForm("long_answer", limit=LONGEST_ANSWER)
        key = key_of(question, language)
        try:
            source = await parts.knowledge.confirm(key, question, answer, language)
        except RefusedAnswer as refused:
            return _form(parts.pages, request, question, answer, language, refused)
        await record(parts, request, "confirm_answer", subject_of(key), {"source": source})
        return go_back(request, f"{KNOWLEDGE}#confirmed", "confirmed")

    @router.post("/answers/retract", dependencies=leads)
    async def retract(request: Request, source: Annotated[str, Form(max_length=200)]) -> Response:
        await parts.knowledge.retract(source)
        await record(parts, request, "retract_answer", f"answer:{source}")
        return go_back(request, f"{KNOWLEDGE}#confirmed", "retracted")

    return router


def _form(
    pages: Pages, request: Request, question: str, answer: str, language: str, refused: RefusedAnswer | None = None
) -> Response:
    values = {
        "question": question,
        "answer": answer,
        "asked_in": language,
        "asked_languages": LANGUAGES,
        "refused": refused,
        "longest": LONGEST_ANSWER,
        "longest_question": LONGEST_QUESTION,
    }
    return pages.render(request, "answer.html", values, status=422 if refused else 200)


def _spoken(parts: DeskParts, language: str) -> str:
    return language if language in LANGUAGES else parts.firm().default_language
