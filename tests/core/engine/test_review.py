"""Nothing leaves that the firm does not vouch for; everything else leaves as it was written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.firm import Firm, Policy
from core.domain.messages import Attachment, AttachmentKind, OutboundMessage
from core.domain.review_rules import AMOUNT as UNTRACED_AMOUNT
from core.domain.turn import Draft, Reviewed
from core.engine.review import Reviewer, review
from core.engine.review.evidence import build_evidence
from tests.core.engine.situations import build_firm, build_product
from tests.core.engine.test_amounts import written

TODAY = date(2026, 11, 23)
POLICIES = (
    Policy("delivery", {"uk": "Доставка 120 грн, від 3000 грн безкоштовно.", "en": "Delivery costs 120 UAH."}),
    Policy("terms", {"uk": "Доставимо за 2 дні. Гарантія 24 місяці."}),
    Policy("old", {"uk": "Знижка 77 грн."}, valid_until=date(2026, 1, 1)),
)
FIRM = build_firm(
    [
        build_product("K1", "1250.50"),
        build_product("K2", "38900"),
        build_product("K3", "999", valid_until=date(2026, 1, 1)),
        build_product("K4", "15", currency="USD"),
    ],
    POLICIES,
)
VOUCHED = build_evidence(FIRM, TODAY)


def check(*texts: str, firm: Firm = FIRM) -> Reviewed:
    draft = Draft(tuple(OutboundMessage(text) for text in texts), approved=False)
    return review(draft, VOUCHED if firm is FIRM else build_evidence(firm, TODAY))


def left(text: str) -> str:
    return "".join(message.text for message in check(text).messages)


VOUCHED_FOR = [
    "Кавомолка коштує 1 250,50 грн за штуку.",
    "Кофемолка стоит 1250.50 грн.",
    "The grinder is 1,250.50 UAH.",
    "Ціна: 38 900.",
    "Від 120 до 3000 грн.",
    "38,9 тис. грн",
    "It is $15.00 a piece.",
    "Доставка 120 грн, від 3000 грн безкоштовно.",
    "Доставка коштує сто двадцять гривень.",
    "Доставимо за 2 дні, працюємо з 9:00 до 18:00.",
    "Так!  Дуже   добре… 🙂\n\n• перше\n• друге",
    "",
]


@pytest.mark.parametrize("text", VOUCHED_FOR)
def test_what_is_vouched_for_leaves_letter_for_letter(text: str) -> None:
    assert left(text) == text
    assert check(text).blocked == ()


UNTRACED = [
    "Лише 999 грн!",
    "Коштує 1250 грн.",
    "1 250,51 грн",
    "38 900 USD",
    "38 900 євро",
    "15 грн",
    "Знижка 77 грн.",
    "від 100 до 120 грн",
    "120-130 грн",
    "$15-20",
    "120 тис. грн",
    "5 тисяч 120 гривень",
    "120 грн 50 коп.",
    "сто двадцять одна гривня",
    "Ціна 121.",
    "Ціна **121** гривень",
    "price: 12\u200b1 UAH",
]


@pytest.mark.parametrize("text", UNTRACED)
def test_what_nobody_vouches_for_is_cut(text: str) -> None:
    reviewed = check(f"Добрий день! {text}\nЧим ще допомогти?")
    assert [message.text for message in reviewed.messages] == ["Добрий день! Чим ще допомогти?"]
    assert {item.rule for item in reviewed.blocked} == {UNTRACED_AMOUNT}
    assert text in " ".join(item.sentence for item in reviewed.blocked)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Так. Коштує 999 грн. за штуку. Беремо?", "Так. Беремо?"),
        ("Так. Коштує 5 тис. грн за штуку. Беремо?", "Так. Беремо?"),
        ("Є дві: перша 120 грн, друга 130 грн. Яка?", "Яка?"),
        ("• A: 120 грн\n• B: 130 грн\n• C: 3000 грн", "• A: 120 грн\n• C: 3000 грн"),
        ("Hello! It costs 130 UAH… Shall we?", "Hello! Shall we?"),
        ("Коштує 130 грн", ""),
    ],
)
def test_the_whole_sentence_goes_and_no_other(text: str, rest: str) -> None:
    assert left(text) == rest


def test_cutting_brings_no_new_sum_together() -> None:
    assert left("Маємо 13\nЦіна 130 UAH\nгрн") == ""


def test_a_message_of_which_nothing_is_left_does_not_leave() -> None:
    reviewed = check("Коштує 130 грн.", "Добрий день!")
    assert [message.text for message in reviewed.messages] == ["Добрий день!"]


def test_an_attachment_leaves_without_its_words() -> None:
    file = Attachment(AttachmentKind.FILE, url="https://example.com/a.pdf")
    draft = Draft((OutboundMessage("Усе за 130 грн.", attachments=(file,)),), approved=False)
    assert review(draft, VOUCHED).messages == (OutboundMessage("", attachments=(file,)),)


@pytest.mark.parametrize("name", ["Lumera 20", "Офісна кавомашина Lumera 20"])
def test_the_number_in_a_products_name_needs_nobody_to_vouch(name: str) -> None:
    firm = build_firm([replace(build_product("L", "38900"), names={"uk": name})])
    reviewed = check(f"{name}, 38 900 грн / шт. Ціна {name} за договором.", firm=firm)
    assert reviewed.blocked == ()


def test_the_reviewer_follows_the_day_and_the_firm() -> None:
    reviewer = Reviewer()
    draft = Draft((OutboundMessage("Коштує 999 грн."),), approved=False)
    assert reviewer.review(draft, FIRM, date(2025, 12, 31)).blocked == ()
    assert reviewer.review(draft, FIRM, TODAY).blocked


SAFE = ["Добрий день!", "Доставимо за 2 дні.", "Гарантія 24 місяці.", "Коштує 120 грн.", "Shall we?", "Чекаю на вас…"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(SAFE) | written().map(lambda case: case[0]), max_size=6), st.sampled_from([" ", "\n"]))
def test_no_untraced_sum_ever_passes_and_safe_sentences_stay(sentences: list[str], joint: str) -> None:
    sentences = [text if text[-1] in ".!?…" else f"{text}." for text in sentences]
    rest = left(joint.join(sentences))
    kept = rest.replace("\n", " ")
    position = 0
    for sentence in sentences:
        if sentence in SAFE:
            assert sentence in kept[position:]
            position = kept.index(sentence, position) + len(sentence)
    assert check(rest).blocked == ()


@settings(deadline=None)
@given(written())
def test_a_sum_passes_only_when_it_is_vouched_for(case: tuple[str, Decimal, str]) -> None:
    text, value, code = case
    sums: set[tuple[Decimal, str | None]] = {(row.price, row.currency) for row in VOUCHED.rows if row.is_priced}
    sums |= {said for line in VOUCHED.lines for said in line.sums}
    assert bool(check(text).blocked) == ((value, code) not in sums)


def test_an_approved_text_that_stood_falls_when_the_firm_changes_its_price() -> None:
    reviewer, draft = Reviewer(), Draft((OutboundMessage("Ціна 38 900 грн."),), approved=True)
    assert reviewer.review(draft, FIRM, TODAY).messages == draft.messages
    assert reviewer.review(draft, FIRM, TODAY).messages == draft.messages
    dearer = replace(build_firm([build_product("K2", "41000")], POLICIES), version="dearer")
    assert reviewer.review(draft, dearer, TODAY).blocked != ()


def test_an_approved_text_that_stood_falls_when_its_price_has_ended() -> None:
    firm = build_firm([build_product("K3", "999", valid_until=date(2026, 12, 1))])
    reviewer, draft = Reviewer(), Draft((OutboundMessage("Ціна 999 грн."),), approved=True)
    assert reviewer.review(draft, firm, TODAY).blocked == ()
    assert reviewer.review(draft, firm, date(2026, 12, 2)).blocked != ()


def test_what_stands_in_approved_words_does_not_stand_in_generated_ones() -> None:
    reviewer, text = Reviewer(), "Знижка сьогодні 77 грн."
    assert reviewer.review(Draft((OutboundMessage(text),), approved=True), FIRM, TODAY).blocked != ()
    promised = "Гарантую, що менеджер передзвонить за п'ять хвилин."
    reviewer.review(Draft((OutboundMessage(promised),), approved=True), FIRM, TODAY)
    assert reviewer.review(Draft((OutboundMessage(promised),), approved=False), FIRM, TODAY).blocked != ()
