"""Where a person came from: the ad, the post, the reference of a link, as one short text that can be read back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

_LONGEST: Final = 200
_NAMES: Final = ("ref", "ad", "post", "product")


class SourceKind(StrEnum):
    AD = "ad"
    COMMENT = "comment"
    SHOP = "shop"
    LINK = "link"
    POST = "post"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Empty = not told. `entry` is the platform's own word for a way in that is none of the others."""

    ref: str = ""
    ad: str = ""
    post: str = ""
    product: str = ""
    comment: bool = False
    entry: str = ""

    @classmethod
    def of(
        cls, *, ref: Any = "", ad: Any = "", post: Any = "", product: Any = "", comment: bool = False, entry: Any = ""
    ) -> "Attribution":
        """From values as platforms write them: numbers become text, blanks become underscores."""
        return cls(_clean(ref), _clean(ad), _clean(post), _clean(product), comment, _clean(entry).lower())

    @classmethod
    def read(cls, text: str | None) -> "Attribution":
        """What `as_text` wrote; a word without a name is the reference of a link."""
        told: dict[str, str] = {}
        comment = False
        for word in (text or "").split():
            name, equals, value = word.partition("=")
            if equals and name in (*_NAMES, "entry"):
                told[name] = value
            elif word == "comment":
                comment = True
            else:
                told.setdefault("ref", word)
        return cls.of(**told, comment=comment)

    @property
    def kind(self) -> SourceKind | None:
        """None when nothing was told."""
        if self.ad or self.entry == "ads":
            return SourceKind.AD
        if self.comment:
            return SourceKind.COMMENT
        if self.product:
            return SourceKind.SHOP
        if self.ref:
            return SourceKind.LINK
        if self.post:
            return SourceKind.POST
        return SourceKind.OTHER if self.entry else None

    def as_text(self) -> str | None:
        """`comment ref=spring ad=120 post=7`; None when nothing was told."""
        words = ["comment"] if self.comment else []
        words += [f"{name}={getattr(self, name)}" for name in _NAMES if getattr(self, name)]
        if self.entry and (not words or (self.entry == "ads" and not self.ad)):
            words.append(f"entry={self.entry}")
        return " ".join(words) or None


def _clean(value: Any) -> str:
    """Signs that no database stores are the door's to take out."""
    return "_".join(str(value).split())[:_LONGEST] if value not in (None, "", False, True) else ""
