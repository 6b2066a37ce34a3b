"""The catalogue as a seller knows it: which product a text names, what suits a need, what else is of its kind."""

import functools
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from core.domain.firm import Product
from core.domain.spoken_names import spell
from core.engine.places import PLACES, find_places
from core.engine.shelf_words import WORD, ends_in, same_stem, words_of

WORDS_KEPT: Final = 4096
"""Of which it is remembered what they are like."""
MOST_PICKS: Final = 3

_SERVICE: Final = re.compile(
    r"оренд|аренд|прокат|навчан|обучен|курс|виїзд|выезд|монтаж|rental|\brent|training|course|visit\b", re.IGNORECASE
)
_CAPACITY: Final = re.compile(r"(?:до|up to|на|for)\s+(\d{1,5})", re.IGNORECASE)
_VOLUME: Final = re.compile(
    r"\b(\d{1,5})[\s-]*(?:чол|люд|ос(?:іб|об)|працівн|співробітн|гост|чаш|порц|філіж|человек|сотрудн|people|"
    r"person|employ|staff|guest|cup|serving|drink)"
    r"|\bнас\s+(\d{1,5})|\bwe are (\d{1,5})",
    re.IGNORECASE,
)
_BRAND_AND_MODEL: Final = re.compile(r"\b([^\W\d_]{3,})[ -](?=([A-Z][A-Za-z]{2,}|\d{2,4})\b(?! ?(?:%|[^\W\d_])))")
_SHORT: Final = 4
"""Words: in a text this short a brand's second name alone means the product."""
_NAMED: Final = 1.5
"""A word of the name says more than one of what it suits."""
_COMPOUND: Final = 9
_FIRST_PART: Final = 4
_CLOSE: Final = 0.65
"""Products whose fit is at least this share of the best one's are shown with it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a need. `now` weighs most, what was said long ago least."""

    now: str
    need: str = ""
    before: str = ""
    budget: Decimal | None = None
    currency: str | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Picks:
    products: tuple[Product, ...] = ()
    over_budget: bool = False
    """Nothing that fits the need fits the budget: these come nearest."""


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
        self._owners: dict[str, set[str]] = defaultdict(set)
        for sku, tokens in self._tokens.items():
            for token in tokens:
                self._owners[token].add(sku)
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

    def pick(self, wanted: Wanted, today: date, *, among: Iterable[Product] | None = None) -> Picks:
        """At most three products that fit the need, the budget, the quantity and the stock; none when nothing that was
        said tells one product from another."""
        pool = [p for p in (among if among is not None else self._products) if is_for_sale(p, today, wanted.quantity)]
        scores = self._score(wanted)
        if among is None:
            asked_service = bool(_SERVICE.search(f"{wanted.now} {wanted.need}"))
            pool = [p for p in pool if (p.sku in self._services) <= asked_service]
            pool = self._in_place(pool, scores, wanted)
            best = max((scores.get(p.sku, 0.0) for p in pool), default=0.0)
            if best <= 0:
                return Picks()
            pool = self._of_one_kind(pool, scores, f"{wanted.now} {wanted.need}")
            pool = [p for p in pool if scores.get(p.sku, 0.0) >= best * _CLOSE]
        volume = _volume(f"{wanted.now}\n{wanted.need}\n{wanted.before}")
        fitting = [p for p in pool if _is_affordable(p, wanted)]
        over = bool(pool) and not fitting
        if over:
            near = [p for p in pool if _is_near(p, wanted)]
            return Picks(tuple(sorted(near, key=lambda p: p.price)[:MOST_PICKS]), over_budget=True)
        fitting.sort(key=lambda p: (_misfit(p, volume), -scores.get(p.sku, 0.0), p.price))
        if volume is not None and any(_misfit(p, volume) == 0 for p in fitting):
            fitting = [p for p in fitting if _misfit(p, volume) < math.inf]
        return Picks(tuple(fitting[:MOST_PICKS]))

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
                kinds[_family(product)].append(product)
        firsts = [kin[0] for kin in kinds.values()]
        if len(firsts) < limit:
            firsts += [p for kin in kinds.values() for p in kin[1:]]
        return tuple(firsts[:limit])

    def alike(self, product: Product, today: date) -> list[Product]:
        """Others of its kind that can be sold today, cheapest first."""
        family = _family(product)
        heads = {words_of(name)[0][:5] for name in product.names.values() if words_of(name)}
        others = [p for p in self._products if p.sku != product.sku and is_for_sale(p, today)]
        kin = [p for p in others if family and _family(p) == family]
        kin = kin or [
            p for p in others if heads & {words_of(name)[0][:5] for name in p.names.values() if words_of(name)}
        ]
        return sorted(kin, key=lambda p: p.price)

    def cheaper(self, product: Product, today: date) -> list[Product]:
        """The nearest cheaper ones of its kind, dearest first: the smallest step down comes first."""
        return [p for p in reversed(self.alike(product, today)) if p.price < product.price][:MOST_PICKS]

    def dearer(self, product: Product, today: date) -> list[Product]:
        return [p for p in self.alike(product, today) if p.price > product.price][:MOST_PICKS]

    def _in_place(self, pool: list[Product], scores: Mapping[str, float], wanted: Wanted) -> list[Product]:
        """Who tells where it will stand is not shown what is made for elsewhere, if anything is made for that place."""
        places = find_places(wanted.now) or find_places(wanted.need) or find_places(wanted.before)
        there = [p for p in pool if places & self._tokens[p.sku]]
        if not any(scores.get(p.sku, 0.0) > 0 for p in there):
            return pool
        return [p for p in pool if places & self._tokens[p.sku] or not PLACES & self._tokens[p.sku]]

    def _of_one_kind(self, pool: list[Product], scores: Mapping[str, float], text: str) -> list[Product]:
        """Who asks for a machine is shown no beans beside it: the kind of what fits best, where its name was said."""
        said = {token for word in words_of(text) for token in self._like(word)}
        named = [_family(p) for p in pool if said & self._named[p.sku]]
        kind = _family(max(pool, key=lambda p: scores.get(p.sku, 0.0)))
        if named.count(kind) == 1:
            kind = max(named, key=named.count)
        return [p for p in pool if _family(p) == kind] if kind and named.count(kind) > 1 else pool

    def _only_owner(self, name: tuple[str, ...], text: str) -> str | None:
        owners = self._models.get(name, frozenset())
        services = owners & self._services
        if services and services != owners:
            owners = services if _SERVICE.search(text) else owners - services
        return next(iter(owners)) if len(owners) == 1 else None

    def _score(self, wanted: Wanted) -> Mapping[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for text, weight in ((wanted.now, 2.0), (wanted.need, 1.5), (wanted.before, 1.0)):
            hit: dict[str, float] = {}
            for word in {*words_of(text), *find_places(text)}:
                for token in self._like(word):
                    worth = math.log((len(self._products) + 1) / len(self._owners[token]))
                    for sku in self._owners[token]:
                        key = f"{sku}\0{word}"
                        hit[key] = max(hit.get(key, 0.0), worth * (_NAMED if token in self._named[sku] else 1.0))
            for key, worth in hit.items():
                scores[key.partition("\0")[0]] += weight * worth
        return scores

    def _find_like(self, word: str) -> list[str]:
        """Catalogue words with the same stem, and those that end in it: "машина" is a "кавомашина" too, and the other
        way round."""
        if word in PLACES:
            return [word]
        parts = [word, word[_FIRST_PART:]] if len(word) >= _COMPOUND and not word.isascii() else [word]
        alike = [token for part in parts for token in self._by_start.get(part[:3], ()) if same_stem(part, token)]
        return alike + [token for token in self._owners if ends_in(token, word)]


def is_for_sale(product: Product, today: date, quantity: int | None = None) -> bool:
    """Has a price that holds, and enough of it is there."""
    enough = product.in_stock is None or product.in_stock >= max(quantity or 1, 1)
    return product.is_priced_on(today) and enough


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
                    if len(part) == size and sum(w in shared for w in part) >= min(size, 2):
                        owners[part].add(product.sku)
    heard = {each: skus for name, skus in owners.items() for each in _spell(name) if each not in owners}
    return {name: frozenset(skus) for name, skus in (owners | heard).items()}


def _spell(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways in which people write it by ear; none for a name without a Latin word."""
    ways = [spell(word) or {word} for word in name]
    return [] if all(way == {word} for way, word in zip(ways, name, strict=True)) else list(itertools.product(*ways))


def _family(product: Product) -> str:
    match = re.match(r"[^\W\d_]+", product.sku)
    return match.group() if match and match.end() < len(product.sku) else ""


def _is_affordable(product: Product, wanted: Wanted) -> bool:
    if wanted.budget is None or (wanted.currency and wanted.currency != product.currency):
        return True
    return product.price * max(wanted.quantity or 1, 1) <= wanted.budget


def _is_near(product: Product, wanted: Wanted) -> bool:
    """Not twice as much as was named: showing that would not be listening."""
    price = product.price * max(wanted.quantity or 1, 1)
    return wanted.budget is not None and price <= wanted.budget * 2


def _volume(text: str) -> int | None:
    found = [next(filter(None, groups)) for groups in _VOLUME.findall(text)]
    return int(found[0]) if found else None


def _misfit(product: Product, volume: int | None) -> float:
    """How much more than wanted a product is made for; too little is no fit at all, unknown is in between."""
    if volume is None:
        return 0.0
    sizes = [int(size) for text in product.suits.values() for size in _CAPACITY.findall(text)]
    if not sizes:
        return 1.0
    return math.inf if max(sizes) < volume else (0.0 if max(sizes) <= volume * 3 else 0.5)
