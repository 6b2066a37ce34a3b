"""The firm's products as people name them: by article number, or by words of the name in any form and language."""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.firm import Product
from core.domain.spoken_names import spell
from core.understanding.facts.stems import stem
from core.understanding.text import fold

_WORD = re.compile(r"\w+(?:'\w+)*")
_LATIN = re.compile(r"(?<!\w)[a-z]{3,}(?!\w)")
_LITTLE = frozenset(
    {"для", "від", "из", "без", "под", "під", "над", "або", "или", "the", "for", "with", "and", "of", "см", "мм", "кг"}
)
_USE = re.compile(r"\s(?:для|від|от|на)\s")
_ENOUGH = 0.6
"""Share of a name's weight that proves the product by itself."""
_ENOUGH_WITH_OWN_WORD = 0.3
"""The same when one of the words is a name that belongs to this product alone."""
_ENOUGH_AGAINST_KIND = 0.75
"""The same when the text speaks of another kind of thing: an espresso machine for a bar is no Espresso Bar blend."""
_PLACES = frozenset(
    stem(place)
    for place in (
        "bar",
        "бар",
        "home",
        "house",
        "дом",
        "дім",
        "office",
        "офис",
        "офіс",
        "cafe",
        "кафе",
        "shop",
        "hotel",
        "готель",
    )
)
"""Where a thing is used: no proof of the product that is called so, unless another word of it is said."""


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
    proper: frozenset[str] = frozenset()
    """Stems that are names rather than descriptions: brands, capitalised words, and what a thing is."""
    brands: frozenset[str] = frozenset()
    """Latin words that a product is called by in all languages alike."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Brands as they sound in Cyrillic, each with its own stem."""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What each product is, in stems: machine, grinder, beans."""
    all_kinds: frozenset[str] = frozenset()

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
            proper=frozenset(each for product in products for each in _find_proper(product)),
            brands=frozenset(
                word
                for product in products
                if len(product.names) > 1
                for word in frozenset.intersection(
                    *(frozenset(_LATIN.findall(fold(n))) for n in product.names.values())
                )
            ),
            spoken={
                heard: each for each in products_of for heard in map(stem, spell(each)) if heard not in products_of
            },
            kinds={product.sku: _find_kinds(product) for product in products},
            all_kinds=frozenset(each for product in products for each in _find_kinds(product)),
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
        heard = {span: self.spoken.get(each, each) for span, each in _stems(folded).items()}
        places = self._without_loose_numbers(heard)
        by_stem: dict[str, list[tuple[int, int]]] = {}
        for span, each in places.items():
            by_stem.setdefault(each, []).append(span)
        said = frozenset(each for each in by_stem if each in self.products_of)
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

    def _score(self, sku: str, said: frozenset[str]) -> float:
        """0 when the words do not prove the product."""
        return max((self._share(name, said, self._least(sku, name, said)) for name in self.names[sku]), default=0.0)

    def _share(self, name: frozenset[str], said: frozenset[str], least: float) -> float:
        weights = {each: 1 / len(self.products_of[each]) for each in name}
        share = sum(weights[each] for each in said & name) / sum(weights.values())
        return share if share >= least else 0.0

    def _least(self, sku: str, name: frozenset[str], said: frozenset[str]) -> float:
        """The share of a name that is enough, seen what else is said."""
        others = (said & self.all_kinds) - frozenset().union(*self.names[sku])
        if others and not said & self.kinds[sku]:
            return _ENOUGH_AGAINST_KIND
        matched = said & name
        own = {each for each in matched if len(self.products_of[each]) == 1 and _is_telling(each)} & self.proper
        proves = own - _PLACES or (own and len(matched) > 1)
        return _ENOUGH_WITH_OWN_WORD if proves else _ENOUGH


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


def _find_proper(product: Product) -> set[str]:
    """Not what a thing is for or comes with: whoever writes of water means no cartridge for water."""
    forms = [frozenset(_stems(name).values()) for name in product.names.values()]
    found = {each for form in forms for each in form if sum(each in other for other in forms) > 1}
    for language, name in product.names.items():
        words = _stems(name if language == "en" else _before_its_use(name))
        capitals = {each for (start, _), each in words.items() if name[start : start + 1].isupper()}
        found |= capitals if language == "en" else set(words.values())
    return found | _find_kinds(product)


def _find_kinds(product: Product) -> frozenset[str]:
    """What it is called before its own name begins; in English the last word of all."""
    found: set[str] = set()
    for language, name in product.names.items():
        words = _stems(name if language == "en" else _before_its_use(name))
        plain = [(name[start:end], each) for (start, end), each in words.items() if not each.isdigit()]
        if language == "en":
            found |= {each for written, each in plain[-1:] if written.islower()}
        else:
            before = [*plain[:1], *itertools.takewhile(lambda word: word[0].islower(), plain[1:])]
            found |= {each for _, each in (*before[:1], *before[-1:])}
    return frozenset(found)


def _before_its_use(name: str) -> str:
    return _USE.split(name, maxsplit=1)[0]
