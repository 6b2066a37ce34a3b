"""The firm's products as people name them: by article number, or by words of the name in any form and language."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.firm import Product
from core.understanding.facts.stems import stem
from core.understanding.text import fold

_WORD = re.compile(r"\w+(?:'\w+)*")
_LITTLE = frozenset(
    {"для", "від", "из", "без", "под", "під", "над", "або", "или", "the", "for", "with", "and", "of", "см", "мм", "кг"}
)
_ENOUGH = 0.6
"""Share of a name's weight that proves the product by itself."""
_ENOUGH_WITH_OWN_WORD = 0.3
"""The same when one of the words belongs to this product alone."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A product in a text: the parts of the text that name it, and how surely."""

    sku: str
    parts: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`names` are each product's sets of stems, one a language; `rarity` of a stem is 1 over its products."""

    skus: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    products_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbered: frozenset[tuple[str, str]] = frozenset()
    """Numbers of names, each with the word before it."""

    @classmethod
    def build(cls, products: Sequence[Product]) -> "Catalogue":
        names = {
            product.sku: tuple(frozenset(_stems(name).values()) for name in product.names.values())
            for product in products
        }
        products_of: dict[str, set[str]] = {}
        for sku, forms in names.items():
            for each in frozenset().union(*forms):
                products_of.setdefault(each, set()).add(sku)
        return cls(
            skus={fold(product.sku): product.sku for product in products},
            names=names,
            products_of={each: frozenset(skus) for each, skus in products_of.items()},
            numbered=frozenset(
                pair for product in products for name in product.names.values() for pair in _numbered(name)
            ),
        )

    def find(self, text: str) -> list[Mention]:
        """The surest last. A text that fits several products equally names none of them."""
        if not self.names:
            return []
        folded = fold(text)
        by_number = self._find_skus(folded)
        return self._find_names(folded) + by_number

    def _find_skus(self, folded: str) -> list[Mention]:
        found = []
        for written, sku in self.skus.items():
            if written in folded:
                match = re.search(rf"(?<!\w){re.escape(written)}(?!\w)", folded)
                if match:
                    found.append(Mention(sku, (match.span(),), 2.0))
        return found

    def _find_names(self, folded: str) -> list[Mention]:
        places = self._without_loose_numbers(_stems(folded))
        by_stem: dict[str, list[tuple[int, int]]] = {}
        for span, each in places.items():
            by_stem.setdefault(each, []).append(span)
        said = {each for each in by_stem if each in self.products_of}
        scores = {sku: self._score(sku, said) for sku in frozenset().union(*(self.products_of[s] for s in said))}
        best = Counter(score for score in scores.values() if score)
        return sorted(
            (
                Mention(sku, tuple(sorted(by_stem[s][0] for s in said if sku in self.products_of[s])), score)
                for sku, score in scores.items()
                if score and best[score] == 1
            ),
            key=lambda mention: mention.score,
        )

    def _without_loose_numbers(self, places: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
        """A number belongs to a name only behind the name's own word: a budget of 20 thousand is no model 20."""
        before = dict(zip(places, ["", *places.values()], strict=False))
        return {
            span: each for span, each in places.items() if not each.isdigit() or (before[span], each) in self.numbered
        }

    def _score(self, sku: str, said: Iterable[str]) -> float:
        """0 when the words do not prove the product."""
        shares = []
        for name in self.names[sku]:
            weights = {each: 1 / len(self.products_of[each]) for each in name}
            matched = [each for each in said if each in name]
            share = sum(weights[each] for each in matched) / sum(weights.values())
            own = any(len(self.products_of[each]) == 1 and _is_telling(each) for each in matched)
            shares.append(share if share >= (_ENOUGH_WITH_OWN_WORD if own else _ENOUGH) else 0.0)
        return max(shares, default=0.0)


NO_PRODUCTS = Catalogue()


def _stems(text: str) -> dict[tuple[int, int], str]:
    words = ((match.span(), match.group()) for match in _WORD.finditer(fold(text)))
    return {span: stem(word) for span, word in words if word not in _LITTLE and (len(word) > 2 or word.isdigit())}


def _numbered(name: str) -> list[tuple[str, str]]:
    stems = list(_stems(name).values())
    return [(word, number) for word, number in zip(["", *stems], stems, strict=False) if number.isdigit()]


def _is_telling(word: str) -> bool:
    """A lone number or two letters say nothing by themselves."""
    return len(word) > 2 and not word.isdigit()
