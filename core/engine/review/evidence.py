"""What the firm vouches for, as lines that a sentence can be traced to, each with its source."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain import review_rules as rules
from core.domain.amounts import Names, find_amounts, names_with_numbers
from core.domain.claims import Claim, find_claims
from core.domain.clauses import sentences
from core.domain.contact_claims import find_contacts, read_contact
from core.domain.firm import WEEKDAYS, Firm
from core.domain.turn import Passage
from core.domain.visible import make_visible
from core.engine.review.catalogue import Row, build_rows
from core.engine.review.words import stems

Sum = tuple[Decimal, str | None]

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ',]\d{3})+(?!\d)|(?<![\d.,])\d+(?:[.,]\d{1,2})?(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence that may be relied on."""

    source: str
    text: str
    stems: frozenset[str]
    claims: tuple[tuple[Claim, frozenset[str]], ...]
    """Each with the stems of its own words."""
    sums: frozenset[Sum]
    numbers: frozenset[Decimal]
    is_policy: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    version: str
    rows: tuple[Row, ...]
    names: Names
    lines: tuple[Line, ...]
    contacts: frozenset[str]
    dates: frozenset[Hashable]
    kinds: frozenset[str]
    """Stems of the words that several rows' names share: what kind of thing a line is about."""

    def with_lines(self, lines: Iterable[Line]) -> "Evidence":
        found = tuple(lines)
        contacts = {said.value for line in found for said in find_contacts(line.text)}
        return replace(self, lines=(*self.lines, *found), contacts=self.contacts | contacts) if found else self

    def with_approved(self, text: str, *, is_backed: bool = True) -> "Evidence":
        """Its wordings, none of its values: what a customer said of himself may be among them. A promise that nobody
        backs may not be repeated either."""
        lines = build_lines(text, source="approved text", names=self.names, is_policy=False)
        worded = [
            replace(
                line,
                claims=tuple(
                    pair
                    for pair in line.claims
                    if pair[0].value is None and (is_backed or pair[0].rule != rules.PROMISE)
                ),
                sums=frozenset(),
            )
            for line in lines
        ]
        return replace(self, lines=(*self.lines, *worded)) if text else self


def build_evidence(firm: Firm, today: date) -> Evidence:
    names = names_with_numbers(name for product in firm.products for name in product.names.values())
    rows = build_rows(firm.products, today)
    lines = [
        line
        for policy in firm.policies
        if policy.holds_on(today)
        for text in policy.text.values()
        for line in build_lines(text, source=f"policy {policy.id}", names=names, is_policy=True)
    ]
    for product in firm.products:
        for name in product.names.values():
            lines += build_lines(name, source=f"row {product.sku}", names=names, is_policy=False)
    return Evidence(
        version=firm.version,
        rows=rows,
        names=names,
        lines=tuple(lines),
        contacts=_contacts(firm, lines),
        dates=_dates(firm, today),
        kinds=_kinds(rows),
    )


def build_lines(text: str, *, source: str, names: Names, is_policy: bool, topic: str = "") -> list[Line]:
    seen = make_visible(text).text
    lines: list[Line] = []
    for start, end in sentences(seen):
        sentence = seen[start:end].strip()
        if not sentence:
            continue
        claims = tuple((claim, stems(sentence[claim.start : claim.end])) for claim in find_claims(sentence))
        amounts = [(a.value, a.currency) for a in find_amounts(sentence, names) if a.value is not None]
        both = frozenset([*amounts, *((value, None) for value, _ in amounts)])
        numbers = frozenset(read_numbers(sentence))
        lines.append(Line(source, sentence, stems(f"{topic} {sentence}"), claims, both, numbers, is_policy))
    return lines


def passage_lines(passage: Passage, names: Names) -> tuple[Line, ...]:
    topic = f"{passage.heading} {passage.topic.replace('-', ' ')}"
    return tuple(build_lines(passage.text, source=f"page {passage.source}", names=names, is_policy=False, topic=topic))


def read_numbers(text: str) -> list[Decimal]:
    return [
        Decimal(re.sub(r"[ ']|,(?=\d{3})", "", match.group()).replace(",", ".")) for match in _NUMBER.finditer(text)
    ]


def _contacts(firm: Firm, lines: Iterable[Line]) -> frozenset[str]:
    own = {read_contact(make_visible(value).text) for value in firm.contacts.values()}
    own |= {read_contact(make_visible(material.url).text) for material in firm.materials}
    return frozenset(own | {said.value for line in lines for said in find_contacts(line.text)})


def _dates(firm: Firm, today: date) -> frozenset[Hashable]:
    until = [p.valid_until for p in firm.products if p.valid_until and p.is_priced_on(today)]
    until += [p.valid_until for p in firm.policies if p.valid_until and p.holds_on(today)]
    said: set[Hashable] = {("date", day.day, day.month) for day in until} | {("year", day.year) for day in until}
    for day, (opens, closes) in firm.on_duty.items():
        said |= {("clock", moment.hour * 60 + moment.minute) for moment in (opens, closes)}
        said.add(("weekday", WEEKDAYS.index(day)))
    return frozenset(said)


def _kinds(rows: Iterable[Row]) -> frozenset[str]:
    counted: Mapping[str, int] = {}
    for row in rows:
        counted = {**counted, **{found: counted.get(found, 0) + 1 for found in stems(row.text)}}
    times = stems("день дня дні день one day один одного")
    return frozenset(found for found, count in counted.items() if count >= 2 and found not in times)
