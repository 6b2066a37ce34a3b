"""Where a lead came from, in words that a sales lead uses."""

from bots.desk.words import Words
from core.domain.attribution import Attribution, SourceKind


def source_words(source: str | None, words: Words) -> str:
    """`ad=7 post=p1` as "Ad 7 (post p1)"; empty when nothing was told."""
    told = Attribution.read(source)
    if told.kind is None:
        return ""
    name = {
        SourceKind.AD: told.ad, SourceKind.COMMENT: told.post, SourceKind.SHOP: told.product,
        SourceKind.LINK: told.ref, SourceKind.POST: told.post, SourceKind.OTHER: told.entry.replace("_", " "),
    }[told.kind]  # fmt: skip
    said = words(f"source.{told.kind.value}", name=name).strip()
    beside = {"link": told.ref, "post": told.post, "ad": told.ad}
    more = [
        words(f"source.{kind}", name=value).lower() if kind != "link" else words("source.by_link", name=value)
        for kind, value in beside.items()
        if value and value != name
    ]
    return f"{said} ({', '.join(more)})" if more else said
