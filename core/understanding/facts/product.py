"""Products of the catalogue that a text names."""

from core.understanding.facts.span import Context, Span


def find(text: str, context: Context) -> list[Span]:
    """Values are skus, the surest last; each span reaches from the first to the last word that names it."""
    return [
        Span(mention.parts[0][0], mention.parts[-1][1], mention.sku)
        for mention in context.catalogue.find(text)
        if mention.parts
    ]
