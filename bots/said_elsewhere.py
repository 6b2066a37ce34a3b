"""Pages that name the same amount as a policy or a price: when that changes, they say what is no longer true."""

from typing import Final

import sqlalchemy as sa

from bots.desk.parts import SaidElsewhere
from bots.figures import find_figures
from rag.passages import fetch_passages, list_texts

EVERY_SOURCE: Final = ""


def find_said(conn: sa.Connection, text: str) -> list[SaidElsewhere]:
    """In the order of the pages; each page and amount once."""
    wanted = {figure for figure, _ in find_figures(text)}
    if not wanted:
        return []
    said: dict[int, str] = {}
    for passage_id, piece, _ in list_texts(conn, EVERY_SOURCE):
        words = [words for figure, words in find_figures(piece.text) if figure in wanted]
        if words:
            said[passage_id] = ", ".join(dict.fromkeys(words))
    pages = sorted(fetch_passages(conn, list(said)).values(), key=lambda page: (page.source, page.id))
    return [SaidElsewhere(page.source, page.heading, said[page.id]) for page in pages]
