"""The catalogue as a seller knows it: which product a text names, what suits a need, what else is of its kind."""

import functools
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from core.domain.firm import Product
from core.domain.spoken_names import spell
from core.engine.places import PLACES, find_places
from core.engine.shelf_fit import (
    Picks,
    Wanted,
    family,
    find_volume,
    is_affordable,
    is_for_sale,
    is_near,
    misfit,
)
from core.engine.shelf_words import WORD, ends_in, same_stem, words_of

WORDS_KEPT: Final = 4096
"""Of which it is remembered what they are like."""
MOST_PICKS: Final = 3

_SERVICE: Final = re.compile(
    r"оренд|аренд|прокат|навчан|обучен|курс|виїзд|выезд|монтаж|rental|\brent|training|course|visit\b", re.IGNORECASE
)
_BRAND_AND_MODEL: Final = re.compile(r"\b([^\W\d_]{3,})[ -](?=([A-Z][A-Za-z]{2,}|\d{2,4})\b(?! ?(?:%|[^\W\d_])))")
_SHORT: Final = 4
"""Words: in a text this short a brand's second name alone means the product."""
_NAMED: Final = 1.5
"""A word of the name says more than one of what it suits."""
_COMPOUND: Final = 9
_FIRST_PART: Final = 4
_ALIKE_IN_PRICE: Final = Decimal("1.5")
"""Times the cheapest: up to here a budget would hardly tell a few products apart."""
_CLOSE: Final = 0.65
"""Products whose fit is at least this share of the best one's are shown with it."""


class Shelf:
    """Built once for a version of the catalogue; answers are pure."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = tuple(products)
        self._by_sku = {product.sku: product for product in products}
        self._services = {p.sku for p in products if _SERVICE.search(" ".join(p.names.values()))}
        self._tokens = {
            p.sku: frozenset(words_of(said := " ".join((*p.names.values(), *p.suits.values())))) | find_places(said)
            for p in products
        }
        self._named = {p.sku: frozenset(words_of(" ".join(p.names.values()))) for p in products}
        self._named_all = frozenset(token for tokens in self._named.values() for token in tokens)
        owners: dict[str, set[str]] = defaultdict(set)
        for sku, tokens in self._tokens.items():
            for token in tokens:
                owners[token].add(sku)
        self._owners = dict(owners)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for token in self._owners:
            self._by_start[token[:3]].append(token)
        self._models = _find_models(products)
        self._like = functools.lru_cache(maxsize=WORDS_KEPT)(self._find_like)

    def find(self, sku: str | None) -> Product | None:
        return self._by_sku.get(sku or "")

    def is_service(self, product: Product) -> bool:
        return product.sku in self._services

    def services(self) -> list[Product]:
        return [product for product in self._products if product.sku in self._services]

    def goods(self) -> list[Product]:
        return [product for product in self._products if product.sku not in self._services]

    def mentions(self, text: str) -> tuple[str, ...]:
        """The products that a text names by brand and model, in the order in which they come."""
        written = WORD.findall(text)
        words = [word.casefold() for word in written]
        found: dict[str, int] = {}
        for at in range(len(words)):
            for size in (3, 2, 1):
                name = tuple(words[at : at + size])
                if len(name) < size or (size == 1 and len(words) > _SHORT and not written[at][:1].isupper()):
                    continue
                sku = self._only_owner(name, text)
                if sku is not None:
                    found.setdefault(sku, at)
                    break
        return tuple(sorted(found, key=found.__getitem__))

    def names_alone(self, text: str, sku: str) -> bool:
        """Whether the text has a word that belongs to this product's name and to no other's."""
        for word in words_of(text):
            owners = {owner for token in self._like(word) if token in self._named_all for owner in self._owners[token]}
            if owners == {sku}:
                return True
        return False

    def only(self, text: str) -> str | None:
        """The one product that words of its name prove, in whatever form: "a kilo of Brazil". None when several fit."""
        owners = [
            frozenset(owner for token in found for owner in self._owners[token] if token in self._named[owner])
            for word in words_of(text)
            if (found := [token for token in self._like(word) if token in self._named_all])
        ]
        if all(word.isdigit() for word in words_of(text) if self._like(word)):
            return None  # a size or a count of something else
        own = [each for each in owners if len(each) == 1]
        both = frozenset.intersection(*owners) if owners else frozenset()
        return next(iter(own[0])) if own and len(set(own)) == 1 else next(iter(both)) if len(both) == 1 else None

    def touches(self, text: str, sku: str) -> bool:
        """Whether any word of the text is one of the product's name."""
        return any(token in self._named.get(sku, ()) for word in words_of(text) for token in self._like(word))

    def pick(self, wanted: Wanted, today: date, *, among: Iterable[Product] | None = None) -> Picks:
        """At most three products that fit the need, the budget, the quantity and the stock; none when nothing that was
        said tells one product from another."""
        pool = [p for p in (among if among is not None else self._products) if is_for_sale(p, today, wanted.quantity)]
        scores = self._score(wanted)
        if among is None:
            pool = [p for p in pool if family(p) not in wanted.without]
            asked_service = bool(_SERVICE.search(f"{wanted.now} {wanted.need}"))
            pool = [p for p in pool if (p.sku in self._services) <= asked_service]
            pool = self._in_place(pool, scores, wanted)
            best = max((scores.get(p.sku, 0.0) for p in pool), default=0.0)
            if best <= 0:
                return Picks()
            pool = self._of_one_kind(pool, scores, f"{wanted.now} {wanted.need}")
            pool = [p for p in pool if scores.get(p.sku, 0.0) >= best * _CLOSE]
        volume = find_volume(f"{wanted.now}\n{wanted.need}\n{wanted.before}")
        fitting = [p for p in pool if is_affordable(p, wanted)]
        over = bool(pool) and not fitting
        if over:
            near = [p for p in pool if is_near(p, wanted)]
            return Picks(tuple(sorted(near, key=lambda p: p.price)[:MOST_PICKS]), over_budget=True)
        fitting.sort(key=lambda p: (misfit(p, volume), -scores.get(p.sku, 0.0), p.price))
        if volume is not None and any(misfit(p, volume) == 0 for p in fitting):
            fitting = [p for p in fitting if misfit(p, volume) < math.inf]
        return Picks(tuple(fitting[:MOST_PICKS]), is_clear=self._is_clear(fitting, wanted))

    def fits(self, wanted: Wanted, among: Iterable[Product]) -> list[Product]:
        """Those of a few that the words describe, best first; none when the words tell none from another."""
        scores = self._score(wanted)
        pool = list({product.sku: product for product in among}.values())
        best = max((scores.get(p.sku, 0.0) for p in pool), default=0.0)
        found = sorted((p for p in pool if scores.get(p.sku, 0.0) > 0), key=lambda p: -scores[p.sku])
        return found if best > 0 and (len(found) < len(pool) or scores[found[-1].sku] < best) else []

    def of_brand(self, text: str) -> tuple[Product, ...]:
        """The products of a brand that the text names with a model that none of them is."""
        for match in _BRAND_AND_MODEL.finditer(text):
            brand, model = match.group(1).casefold(), match.group(2).casefold()
            owners = self._models.get((brand,), frozenset())
            if len(owners) < 2 or (model,) in self._models:
                continue
            names = " ".join(name for sku in owners for name in self._by_sku[sku].names.values())
            if model not in (word.casefold() for word in WORD.findall(names)):
                return tuple(p for p in self._products if p.sku in owners - self._services)
        return ()

    def examples(self, today: date, limit: int) -> tuple[Product, ...]:
        """The first of each kind that can be sold today, then the dearest of the first kind."""
        kinds: dict[str, list[Product]] = defaultdict(list)
        for product in self._products:
            if is_for_sale(product, today) and product.sku not in self._services:
                kinds[family(product)].append(product)
        firsts = [kin[0] for kin in kinds.values()]
        if len(firsts) < limit:
            firsts += [p for kin in kinds.values() for p in kin[1:]]
        return tuple(firsts[:limit])

    def alike(self, product: Product, today: date) -> list[Product]:
        """Others of its kind that can be sold today, cheapest first."""
        kind = family(product)
        heads = {words_of(name)[0][:5] for name in product.names.values() if words_of(name)}
        others = [p for p in self._products if p.sku != product.sku and is_for_sale(p, today)]
        kin = [p for p in others if kind and family(p) == kind]
        kin = kin or [
            p for p in others if heads & {words_of(name)[0][:5] for name in p.names.values() if words_of(name)}
        ]
        return sorted(kin, key=lambda p: p.price)

    def cheaper(self, product: Product, today: date) -> list[Product]:
        """The nearest cheaper ones of its kind, dearest first: the smallest step down comes first."""
        return [p for p in reversed(self.alike(product, today)) if p.price < product.price][:MOST_PICKS]

    def dearer(self, product: Product, today: date) -> list[Product]:
        return [p for p in self.alike(product, today) if p.price > product.price][:MOST_PICKS]

    def _is_clear(self, fitting: Sequence[Product], wanted: Wanted) -> bool:
        kinds = {family(product) for product in fitting}
        said = {token for word in words_of(f"{wanted.now} {wanted.need}") for token in self._like(word)}
        is_named = any(said & self._named[product.sku] for product in fitting)
        placed = find_places(f"{wanted.now} {wanted.need}")
        if len(fitting) <= 1 or len(fitting) > MOST_PICKS:
            return len(fitting) == 1
        prices = [product.price for product in fitting]
        return len(kinds) == 1 and is_named and bool(placed) and max(prices) <= min(prices) * _ALIKE_IN_PRICE

    def _in_place(self, pool: list[Product], scores: Mapping[str, float], wanted: Wanted) -> list[Product]:
        """Who tells where it will stand is not shown what is made for elsewhere, if anything is made for that place."""
        said = (find_places(text) for text in (wanted.now, wanted.need, wanted.before))
        places = next((found for found in said if found), wanted.places)
        there = [p for p in pool if places & self._tokens[p.sku]]
        if not any(scores.get(p.sku, 0.0) > 0 for p in there):
            return pool
        return [p for p in pool if places & self._tokens[p.sku] or not PLACES & self._tokens[p.sku]]

    def _of_one_kind(self, pool: list[Product], scores: Mapping[str, float], text: str) -> list[Product]:
        """Who asks for a machine is shown no beans beside it: the kind of what fits best, where its name was said."""
        said = {token for word in words_of(text) for token in self._like(word)}
        named = [family(p) for p in self.goods() if said & self._named[p.sku]]
        kind = family(max(pool, key=lambda p: scores.get(p.sku, 0.0)))
        if named.count(kind) == 1:
            kind = max(named, key=named.count)
        return [p for p in pool if family(p) == kind] if kind and named.count(kind) > 1 else pool

    def _only_owner(self, name: tuple[str, ...], text: str) -> str | None:
        owners = self._models.get(name, frozenset())
        if len(name) == 1 and owners:
            owners |= self._also_named(name[0])
        services = owners & self._services
        if services and services != owners:
            owners = services if _SERVICE.search(text) else owners - services
        return next(iter(owners)) if len(owners) == 1 else None

    def _also_named(self, word: str) -> frozenset[str]:
        """Those whose names have the word as a common one: "milk" alone is as much the pitcher as the cleaner."""
        tokens = [token for said in words_of(word) for token in self._like(said) if token in self._named_all]
        return frozenset(sku for token in tokens for sku in self._owners[token] if token in self._named[sku])

    def _score(self, wanted: Wanted) -> Mapping[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for text, weight in ((wanted.now, 2.0), (wanted.need, 1.5), (wanted.before, 1.0)):
            hit: dict[str, float] = {}
            for word in {*words_of(text), *find_places(text)}:
                most = self._rarity(word) if word in self._owners else math.inf
                for token in self._like(word):
                    worth = min(self._rarity(token), most)
                    for sku in self._owners[token]:
                        key = f"{sku}\0{word}"
                        hit[key] = max(hit.get(key, 0.0), worth * (_NAMED if token in self._named[sku] else 1.0))
            for key, worth in hit.items():
                scores[key.partition("\0")[0]] += weight * worth
        return scores

    def _rarity(self, token: str) -> float:
        return math.log((len(self._products) + 1) / len(self._owners[token]))

    def _find_like(self, word: str) -> list[str]:
        """Catalogue words with the same stem, and those that end in it: "машина" is a "кавомашина" too, and the other
        way round."""
        if word in PLACES:
            return [word] if word in self._owners else []
        parts = [word, word[_FIRST_PART:]] if len(word) >= _COMPOUND and not word.isascii() else [word]
        alike = [token for part in parts for token in self._by_start.get(part[:3], ()) if same_stem(part, token)]
        return alike + [token for token in self._owners if ends_in(token, word)]


def _find_models(products: Sequence[Product]) -> Mapping[tuple[str, ...], frozenset[str]]:
    """Names by which a product alone is meant: brand words (written alike in two languages) and pairs with one."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for product in products:
        names = [tuple(word.casefold() for word in WORD.findall(name)) for name in product.names.values()]
        shared = {w for w in names[0] if all(w in name for name in names[1:])} if len(names) > 1 else set()
        for name in names:
            for at, word in enumerate(name):
                if word in shared and not word.isdigit() and len(word) > 2:
                    owners[(word,)].add(product.sku)
                for size in (2, 3):
                    part = name[at : at + size]
                    if len(part) == size and sum(w in shared for w in part) >= min(size, 2) and _has_word(part):
                        owners[part].add(product.sku)
    heard = {each: skus for name, skus in owners.items() for each in _spell(name) if each not in owners}
    return {name: frozenset(skus) for name, skus in (owners | heard).items()}


def _has_word(part: Sequence[str]) -> bool:
    """Sizes alone name nothing: every second page speaks of 60–80 cm."""
    return any(len(word) > 2 and not word.isdigit() for word in part)


def _spell(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways in which people write it by ear; none for a name without a Latin word."""
    ways = [spell(word) or {word} for word in name]
    return [] if all(way == {word} for way, word in zip(ways, name, strict=True)) else list(itertools.product(*ways))
