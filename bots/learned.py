"""Answers that a person of the firm confirmed: kept with their question, found like every other page."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from core.ports import Document
from rag.ingest import LEARNED
from rag.passages import fetch_passages, list_sources, list_texts

_HEADING_MARK: Final = re.compile(r"^\s*#+\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Confirmed:
    source: str
    question: str
    answer: str
    language: str
    updated_at: datetime


def build_document(key: str, question: str, answer: str, language: str) -> Document:
    """One page of one question; `key` makes a second answer to the same question replace the first."""
    asked = _HEADING_MARK.sub("", " ".join(question.split()))
    said = _HEADING_MARK.sub("", answer.strip())
    return Document(f"{LEARNED}{key}.{language}", f"answer-{key}", language, f"# {asked}\n\n{said}\n")


def is_learned(source: str) -> bool:
    return source.startswith(LEARNED)


def list_confirmed(conn: sa.Connection) -> list[Confirmed]:
    """The newest first."""
    ids = [passage_id for passage_id, _, _ in list_texts(conn, LEARNED)]
    passages = fetch_passages(conn, sorted(ids)).values()
    found = [
        Confirmed(source.source, held[0].heading, "\n\n".join(passage.text for passage in held), source.language, at)
        for source in list_sources(conn)
        for at, held in [(source.updated_at, [passage for passage in passages if passage.source == source.source])]
        if held and is_learned(source.source)
    ]
    return sorted(found, key=lambda one: one.updated_at, reverse=True)
