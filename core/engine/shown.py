"""Which products an answer out of the pages was about: "send me three of those" right after it means them."""

import itertools
from collections.abc import Sequence

from core.domain.firm import Product
from core.domain.messages import OutboundMessage
from core.domain.turn import Passage
from core.engine.choices import build_wanted
from core.engine.review.catalogue import build_rows, find_named
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted, family
from core.engine.shelf_words import WORD
from core.engine.speaker import Brief

MOST = 4
_TELLING = 40
"""Characters of a passage's beginning or of its sentences by which it is known again in a reply."""


def find_shown(brief: Brief, messages: tuple[OutboundMessage, ...], shelf: Shelf) -> tuple[str, ...]:
    """At most three; none when the customer named a product or more were spoken of."""
    understood = brief.understood
    asks = "?" in brief.turn.text or not {"state_need", "other"} & set(understood.acts)
    if not (asks and brief.decision.search and brief.found.enough) or understood.sku or understood.mentioned:
        return ()
    text = "\n".join(message.text for message in messages)
    quoted = [hit.passage for hit in brief.found.hits if _is_quoted(hit.passage, text)]
    if not quoted:
        return ()
    firm = brief.turn.firm
    rows = build_rows(firm.products, firm.today(brief.turn.now))
    named = find_named(quoted[0].heading, rows) or find_named("\n".join(each.text for each in quoted), rows)
    goods = [product for product in shelf.goods() if product.sku in named and _is_proven(product, quoted)]
    memory = brief.turn.conversation.memory
    if (memory.focus or memory.offered) and not _is_asked_for(brief, goods, shelf):
        return ()
    return tuple(product.sku for product in goods) if len(goods) <= MOST else ()


def becomes_focus(brief: Brief, shown: tuple[str, ...], shelf: Shelf) -> bool:
    """One product within the budget, asked about by its kind; what was discussed before is of another kind, or nothing
    was."""
    product = shelf.find(shown[0]) if len(shown) == 1 else None
    before = shelf.find(brief.turn.conversation.memory.focus)
    wanted = build_wanted(brief.turn, brief.understood, shelf)
    if product and wanted.budget and wanted.currency == product.currency and product.price > wanted.budget:
        return False
    if product is None or before is None:
        return product is not None
    return family(product) != family(before) and _is_asked_for(brief, [product], shelf)


def _is_quoted(passage: Passage, text: str) -> bool:
    return any(part.strip()[:_TELLING] in text for part in passage.text.split(". ") if len(part.strip()) >= _TELLING)


def _is_proven(product: Product, quoted: Sequence[Passage]) -> bool:
    """By two words of its name side by side: a barista is no oat drink of that name."""
    text = "\n".join(f"{each.heading}\n{each.text}" for each in quoted).casefold()
    for name in product.names.values():
        words = [word.casefold() for word in WORD.findall(name)]
        pairs = [(one, other) for one, other in itertools.pairwise(words) if len(one) > 2 and not one.isdigit()]
        if any(f"{one} {other}" in text for one, other in pairs):
            return True
    return False


def _is_asked_for(brief: Brief, goods: Sequence[Product], shelf: Shelf) -> bool:
    """Whether the question was about things of their kind."""
    asked = shelf.pick(Wanted(now=brief.turn.text), brief.turn.firm.today(brief.turn.now)).products
    return bool({family(each) for each in asked} & {family(each) for each in goods})
