"""What to look for: the customer's words, with the product under discussion when they do not name one."""

from core.domain.turn import Found, Query, Turn, Understood
from core.ports import Knowledge

LONGEST_QUERY = 500
"""Characters: more tells a search nothing new."""


async def search(turn: Turn, understood: Understood, sku: str | None, knowledge: Knowledge) -> Found:
    return await knowledge.search(build_query(turn, understood, sku))


def build_query(turn: Turn, understood: Understood, sku: str | None) -> Query:
    return Query(
        text=(understood.query or turn.text)[:LONGEST_QUERY],
        language=understood.language,
        vector=understood.vector if understood.query is None else None,
        sku=sku,
    )
