"""Whether a claim of a sentence can be traced: to a line that makes the same claim about the same thing."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.domain import review_rules as rules
from core.domain.claim_words import GIFT
from core.domain.claims import Claim, find_claims
from core.domain.clauses import is_denied
from core.domain.visible import make_visible
from core.engine.review.catalogue import Row
from core.engine.review.evidence import Evidence, Line, read_numbers
from core.engine.review.heard import Heard
from core.engine.review.words import shared, stems

_COMMITS = re.compile(
    r"\b(?:кур'єр|курьер|courier|comes\b|coming\b|bring|достав|привез|відправ|отправ|надішл|надсила|пришл|вишл|вышл|"
    r"отрима|получ|приїд|приед|прийд|прибуд|зробим|"
    r"зроблю|сдела|встигн|успе|гарант|обіця|обеща|"
    r"готов[аеийіо]|буде|будут|будем|чекайте|ждите|підключ|подключ|встанов|установ|поверн|верн|зателефон|подзвон|"
    r"позвон|перезвон|"
    r"deliver|ship|send|sent|arriv|get\b|receiv|will\b|ready|promise|guarantee|dispatch|install|refund|call\b|expect|"
    r"yours?\b.{0,12}by|'ll\b)",
    re.I,
)
_HOURS = re.compile(
    r"працю|відчин|графік|годин|работа|открыт|закрыт|зачинен|closed|график|час|open|hours|work|on duty|чекаємо|ждем|"
    r"зв'язку|связи",
    re.I,
)
_WARRANTY = re.compile(r"гарант|warrant|guarant", re.I)
_AS_BOT = re.compile(r"\bбот|помічник|помощник|автоматичн|автоматическ|assistant|\bbot\b|automated|virtual", re.I)
_NAMED_AS = re.compile(r"\W*(?:мене|меня|мо[єе]|my|call|я|i'm|i am)\b", re.I)
_GIFT_WORDS = stems(
    "знижка знижки знижку скидка скидки скидку скидок discount discounts промокод бонус подарунок подарок gift "
    "діє действует надаємо предоставляем даємо даем робимо делаем offer give відсотків процентов percent"
)
_TIME_WORDS = stems(
    "триває тривають займає займе длится занимает займет takes take lasts становить складає составляет робочих робочі "
    "рабочих рабочие working business days час время time впродовж протягом течение within потрібно нужно need понад"
)
_GIFT = re.compile(GIFT, re.I)
_NEEDS = re.compile(
    r"потрібн|потрібен|нужн|нужен|need|want|хочете|хотите|плану|планир|зручн|удобн|would you like|prefer|термін|срок|"
    r"deadline|коли|когда|when|записа|отже|тож|значит|правильно|noted|so you|розрахов|рассчит",
    re.I,
)
_ANY_WORDS = frozenset({rules.FREE})
"""Said in many words that all mean the same."""


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str
    named: frozenset[str] = frozenset()
    """The skus that it names."""
    before: frozenset[str] = frozenset()
    """The skus that the sentence before it named last."""

    def placed(self, *, named: frozenset[str], before: frozenset[str]) -> "Sentence":
        return replace(self, named=named, before=before)

    def holds(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end

    @property
    def is_question(self) -> bool:
        return self.text.rstrip().endswith("?")

    @property
    def commits(self) -> bool:
        return _COMMITS.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Fault:
    rule: str
    source: str


def judge_claim(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard, *, approved: bool) -> Fault | None:
    """None when it can be traced."""
    judge = _JUDGES.get(claim.rule, _judge_line)
    return judge(claim, sentence, evidence, heard if approved else replace(heard, facts="", times=frozenset()))


def _judge_line(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    own = stems(claim_text(claim, sentence))
    said = stems(sentence.text) - own
    context = said | stems(heard.text) if len(said) < 3 else said
    for line in _lines_with(claim, evidence):
        if not _is_same_wording(claim, own, line):
            continue
        if shared(context, line.stems - own) and not _other_condition(claim, sentence, line):
            return None
    return Fault(claim.rule, nearest_source(sentence, evidence))


def _judge_discount(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    """On what is said, and on nothing else: a discount on beans is none on machines."""
    said = stems(sentence.text) - _GIFT_WORDS
    if isinstance(claim.value, tuple) and claim.value[0] == "cut" and _is_own_price(claim.value[1], sentence, evidence):
        return None
    about = {row.sku: row for row in evidence.rows}
    skus = sentence.named or sentence.before or frozenset({heard.product} if heard.product else ())
    things = frozenset().union(*(stems(about[sku].text) for sku in skus if sku in about))
    own = claim_text(claim, sentence)
    for line in _lines_with(claim, evidence):
        if claim.value is None and not (_is_same_wording(claim, stems(own), line) and _GIFT.search(line.text)):
            continue
        kinds = shared(line.stems, evidence.kinds)
        if skus and kinds and not shared(kinds, things) and not shared(said, kinds):
            continue
        if sentence.named and kinds and not shared(kinds, things):
            continue
        if shared(said, line.stems - _GIFT_WORDS):
            return None
    return Fault(rules.DISCOUNT, nearest_source(sentence, evidence))


def _is_own_price(value: object, sentence: Sentence, evidence: Evidence) -> bool:
    rows = [row for row in evidence.rows if row.is_priced and row.price == value]
    return any(not sentence.named or row.sku in sentence.named for row in rows)


def _judge_term(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    is_warranty = _WARRANTY.search(sentence.text) is not None
    if not is_warranty and _is_echo(claim, sentence, heard):
        return None
    own = stems(claim_text(claim, sentence)) | _TIME_WORDS
    said = (stems(sentence.text) | stems(heard.text)) - own
    for line in _lines_with(claim, evidence):
        if is_warranty and not _WARRANTY.search(line.text):
            continue
        if shared(said, line.stems - own) and not (
            is_warranty and _is_of_another_kind(claim, sentence, line, evidence)
        ):
            return None
    rule = rules.GUARANTEE if is_warranty else rules.TERM
    return Fault(rule, nearest_source(sentence, evidence))


def _is_of_another_kind(claim: Claim, sentence: Sentence, line: Line, evidence: Evidence) -> bool:
    """A named product that the words for kinds of things fit in fewer than half of the languages of the line."""
    if not sentence.named:
        return False
    things = frozenset().union(*(stems(row.text) for row in evidence.rows if row.sku in sentence.named))
    clauses = [
        _clause(each, said)
        for each in evidence.lines
        if each.source == line.source
        for said, _ in each.claims
        if said.value == claim.value
    ]
    kinds = [shared(stems(clause), evidence.kinds) for clause in clauses]
    return sum(1 for each in kinds if each and not shared(each, things)) * 2 > len(kinds)


def _clause(line: Line, claim: Claim) -> str:
    """What stands between the commas around the claim."""
    start = line.text.rfind(",", 0, claim.start) + 1
    end = line.text.find(",", claim.end)
    return line.text[start : end if end >= 0 else len(line.text)]


def _judge_date(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    kind = claim.value[0] if isinstance(claim.value, tuple) else ""
    if claim.value in heard.times:
        return None
    if (
        kind in ("weekday", "near")
        and not sentence.commits
        and not (kind == "weekday" and _HOURS.search(sentence.text))
    ):
        return None
    if claim.value in evidence.dates and (
        kind not in ("weekday", "clock") or not sentence.commits or _HOURS.search(sentence.text)
    ):
        return None
    if _is_echo(claim, sentence, heard) or is_denied(
        sentence.text, max(0, claim.start - sentence.start), claim.end - sentence.start
    ):
        return None
    own = stems(claim_text(claim, sentence))
    said = (stems(sentence.text) | stems(heard.text)) - own
    if any(shared(said, line.stems - own) for line in _lines_with(claim, evidence)):
        return None
    return Fault(rules.DATE, nearest_source(sentence, evidence))


def _judge_stock(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    assert isinstance(claim.value, tuple)
    kind, pieces = claim.value
    meant = sentence.named or sentence.before or frozenset({heard.product} if heard.product else ())
    rows = [row for row in evidence.rows if row.sku in meant]
    if kind == "out" and (not rows or any(row.in_stock == 0 for row in rows)):
        return None
    if rows and kind == "in" and all(row.in_stock for row in rows):
        return None
    if rows and kind == "left" and any(row.in_stock == pieces for row in rows):
        return None
    if (
        (kind == "out" or not sentence.named)
        and kind != "left"
        and _judge_line(claim, sentence, evidence, heard) is None
    ):
        return None
    return Fault(rules.STOCK, _rows_source(rows) or "price list: in_stock")


def _judge_place(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    if claim.value in evidence.contacts:
        return None
    told = {said.value for said in find_claims(make_visible(heard.facts).text) if said.rule == claim.rule}
    if claim.value in told:
        return None
    return Fault(claim.rule, "materials" if claim.rule == rules.LINK else "contacts")


def _judge_urgency(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    """The last piece is the last piece."""
    meant = sentence.named or sentence.before or frozenset({heard.product} if heard.product else ())
    rows = [row for row in evidence.rows if row.sku in meant]
    is_last = re.search(r"останн|последн|last", claim_text(claim, sentence), re.I) is not None
    if is_last and rows and all(row.in_stock == 1 for row in rows):
        return None
    return _judge_line(claim, sentence, evidence, heard)


def _judge_person(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    if _NAMED_AS.match(claim_text(claim, sentence)) and _AS_BOT.search(sentence.text):
        return None
    return Fault(rules.PERSON, "disclosure")


def _judge_leak(claim: Claim, sentence: Sentence, evidence: Evidence, heard: Heard) -> Fault | None:
    return Fault(rules.LEAK, "")


Judge = Callable[[Claim, Sentence, Evidence, Heard], Fault | None]

_JUDGES: Mapping[str, Judge] = {
    rules.DISCOUNT: _judge_discount,
    rules.TERM: _judge_term,
    rules.DATE: _judge_date,
    rules.STOCK: _judge_stock,
    rules.LINK: _judge_place,
    rules.CONTACT: _judge_place,
    rules.URGENCY: _judge_urgency,
    rules.PERSON: _judge_person,
    rules.LEAK: _judge_leak,
}


def claim_text(claim: Claim, sentence: Sentence) -> str:
    return sentence.text[max(0, claim.start - sentence.start) : claim.end - sentence.start]


def nearest_source(sentence: Sentence, evidence: Evidence) -> str:
    """The row that is named, else the policy that speaks most of the same, else policies as such."""
    if sentence.named:
        return _rows_source([row for row in evidence.rows if row.sku in sentence.named])
    said = stems(sentence.text)
    ranked = max(
        ((len(shared(said, line.stems)), line.source) for line in evidence.lines if line.is_policy),
        default=(0, ""),
        key=lambda pair: pair[0],
    )
    return ranked[1] if ranked[0] else "policies"


def _rows_source(rows: list[Row]) -> str:
    return "row " + ", ".join(row.sku for row in rows[:3]) if rows else ""


def _lines_with(claim: Claim, evidence: Evidence) -> Iterator[Line]:
    for line in evidence.lines:
        if claim.value is not None and isinstance(claim.value, tuple) and claim.value[0] == "cut":
            if claim.value[1] in line.numbers and any(said.rule == rules.DISCOUNT for said, _ in line.claims):
                yield line
        elif any(
            said.rule == claim.rule and (claim.value is None or said.value == claim.value) for said, _ in line.claims
        ):
            yield line


def _is_same_wording(claim: Claim, own: frozenset[str], line: Line) -> bool:
    if claim.value is not None or claim.rule in _ANY_WORDS:
        return True
    return any(said.rule == claim.rule and shared(own, words) for said, words in line.claims)


def _other_condition(claim: Claim, sentence: Sentence, line: Line) -> bool:
    """What is free from a sum on is not free without that sum."""
    return claim.rule == rules.FREE and bool(line.numbers) and not line.numbers & set(read_numbers(sentence.text))


def _is_echo(claim: Claim, sentence: Sentence, heard: Heard) -> bool:
    """The customer's own date or term told back or asked about, without a promise."""
    if sentence.commits or not _NEEDS.search(sentence.text):
        return False
    return sentence.is_question or any(
        said.value == claim.value for said in find_claims(make_visible(heard.everything).text)
    )
