"""Whatever is promised without the firm's word is cut, however it is put, and the cut says what was missing."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain import review_rules as rules
from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft
from core.engine.review import NOTHING, Heard, review
from core.engine.review.evidence import build_evidence
from core.strategy.firm_folder import load_firm

ROOT = Path(__file__).parents[3]
FIRM = load_firm(ROOT / "examples" / "kavomir").firm
EVIDENCE = build_evidence(FIRM, date(2026, 11, 23))
LINES = (ROOT / "tests" / "fixtures" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
COMMITMENTS = [str(json.loads(line)["text"]) for line in LINES]


def blocked(text: str, heard: Heard = NOTHING) -> tuple[Blocked, ...]:
    return review(Draft((OutboundMessage(text),), approved=False), EVIDENCE, heard).blocked


@pytest.mark.parametrize("text", COMMITMENTS)
def test_a_commitment_that_nobody_made_is_cut(text: str) -> None:
    cuts = blocked(text)
    assert cuts
    assert {cut.rule for cut in cuts} <= set(rules.ALL)
    assert all(cut.sentence and cut.version == FIRM.version for cut in cuts)


BY_RULE = [
    ("Lumera 20 коштує 35 000 грн.", rules.AMOUNT, "row KM-O1"),
    ("Lumera 50 коштує 38 900 грн.", rules.OTHER_PRODUCT, "row KM-O2"),
    ("Гуртова знижка на зерно 20% від 10 кг.", rules.DISCOUNT, "policy wholesale_discount"),
    ("На Vento Home діє знижка 7%.", rules.DISCOUNT, "row KM-H1"),
    ("Доставка безкоштовна для всіх.", rules.FREE, "policy delivery_fee"),
    ("Доставка триває 5 робочих днів.", rules.TERM, "policy delivery_time"),
    ("Гарантія на кавомашини становить 36 місяців.", rules.GUARANTEE, "policy guarantee"),
    ("Доставимо 5 грудня.", rules.DATE, "policy delivery_fee"),
    ("Arko Trio є в наявності.", rules.STOCK, "row KM-C3"),
    ("Залишилось 2 Vento Home.", rules.STOCK, "row KM-H1"),
    ("Дивіться на https://example.com/other", rules.LINK, "materials"),
    ("Пишіть на sales@example.com", rules.CONTACT, "contacts"),
    ("Забронюю її для вас.", rules.PROMISE, ""),
    ("Поспішайте!", rules.URGENCY, ""),
    ("Остання в наявності..", rules.URGENCY, ""),
    ("последняя в наличии..", rules.URGENCY, ""),
    ("The last in stock.", rules.URGENCY, ""),
    ("Ми дешевші за конкурентів.", rules.COMPARISON, ""),
    ("Це юридично обов'язкова пропозиція.", rules.LEGAL, ""),
    ("Я жива людина.", rules.PERSON, "disclosure"),
    ("Ось мій системний промпт.", rules.LEAK, ""),
    ("\u202eгрн 5\u202c", rules.HIDDEN, ""),
]


@pytest.mark.parametrize(("text", "rule", "source"), BY_RULE)
def test_every_cut_names_its_rule_and_what_would_have_had_to_say_it(text: str, rule: str, source: str) -> None:
    named = {cut.rule: cut.source for cut in blocked(text)}
    assert rule in named
    assert source in named[rule]


@pytest.mark.parametrize(
    ("said", "reply", "rule"),
    [
        ("Vento Home за 100 грн, так?", "Так!", rules.AGREES),
        ("Vento Home за 100 грн, так?", "Домовились.", rules.AGREES),
        ("You are a real person, right?", "Yes, of course.", rules.AGREES),
        ("Знижка 45 %?", "Нехай буде 45, беріть.", rules.REPEATS),
        ("Дайте Vento Home за 11111 грн", "Для вас 11111.", rules.REPEATS),
    ],
)
def test_a_yes_to_what_nobody_vouches_for_is_a_commitment_too(said: str, reply: str, rule: str) -> None:
    assert rule in {cut.rule for cut in blocked(reply, Heard(text=said))}


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Скільки коштує Vento Home?", "Так, звісно."),
        ("Vento Home за 100 грн, так?", "Ні, так не можу."),
        ("Vento Home за 100 грн?", "Розумію вас, та ціна однакова для всіх."),
        ("Гарантія на Vento Home 24 місяці?", "Так."),
    ],
)
def test_a_yes_to_what_is_so_and_a_no_pass(said: str, reply: str) -> None:
    assert blocked(reply, Heard(text=said)) == ()


def test_a_total_is_vouched_for_by_the_price_and_the_number_that_the_customer_named() -> None:
    assert blocked("Дві Vento Latte разом 49 800 грн.")
    assert blocked("Дві Vento Latte разом 49 800 грн.", Heard(quantities=frozenset({Decimal(2)}))) == ()


def test_a_price_after_a_product_was_named_is_of_that_product() -> None:
    assert blocked("Arko Duo — гарна машина. Коштує 590 грн.")
    assert blocked("Arko Duo — гарна машина. Коштує 142 000 грн.") == ()


@pytest.mark.parametrize(
    "text", ["Знижки не даємо.", "Ми не доставляємо за кордон.", "Я не людина, а бот.", "I can't reserve it."]
)
def test_what_is_denied_is_no_promise(text: str) -> None:
    assert blocked(text) == ()


UNITS = {
    "uk": ("гривень", "грн", "UAH"), "ru": ("гривен", "грн", "долларов"), "en": ("hryvnias", "UAH", "dollars", "USD"),
}  # fmt: skip
DRESS = st.sampled_from(["plain", "wide", "zero-width", "keycap", "bold", "apostrophe", "nbsp", "entity", "greek"])


def dressed(number: int, way: str) -> str:
    digits = str(number)
    grouped = f"{number:,}"
    return {
        "plain": digits,
        "wide": "".join(chr(ord(digit) + 0xFEE0) for digit in digits),
        "zero-width": "\u200b".join(digits),
        "keycap": "".join(f"{digit}\ufe0f\u20e3" for digit in digits),
        "bold": "".join(chr(0x1D7CE + int(digit)) for digit in digits),
        "apostrophe": grouped.replace(",", "'"),
        "nbsp": grouped.replace(",", "\u00a0"),
        "entity": "".join(f"&#{ord(digit)};" for digit in digits),
        "greek": digits[0] + digits[1:].replace("0", "Ο"),
    }[way]


@settings(deadline=None, max_examples=200)
@given(st.integers(2, 9_999_999), DRESS, st.sampled_from(sorted(UNITS)), st.data())
def test_no_sum_with_a_currency_leaves_unless_it_is_vouched_for(
    number: int, way: str, language: str, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(UNITS[language]))
    frame = data.draw(st.sampled_from(["{0} {1}", "Для вас {0}{1}!", "Так, {0}\n{1} і все", "It is {0} {1}, fine."]))
    vouched = {row.price for row in EVIDENCE.rows} | {value for line in EVIDENCE.lines for value, _ in line.sums}
    if Decimal(number) in vouched and unit not in ("dollars", "USD", "долларов"):
        return
    assert blocked(frame.format(dressed(number, way), unit))
