"""Honest replies leave as they are: what the firm says, in its own words or in those of a good seller."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.domain.messages import OutboundMessage
from core.domain.playbook import Playbook
from core.domain.turn import Blocked, Draft, Passage
from core.engine.review import Heard, review
from core.engine.review.evidence import Evidence, build_evidence
from core.strategy.firm_folder import load_firm

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
LOADED = load_firm(ROOT / "examples" / "kavomir")
EVIDENCE = build_evidence(LOADED.firm, TODAY)
LINES = (ROOT / "tests" / "fixtures" / "honest_replies.jsonl").read_text(encoding="utf-8").splitlines()
REPLIES = [json.loads(line) for line in LINES]
VALUES = {
    "firm": "Kavomir", "contacts": "hello@kavomir.example", "hours": "Пн-Пт 09:00-19:00", "facts": "ім'я: Анна",
    "materials": "https://example.com/kavomir/care-uk", "product": "Vento Home", "price": "18 900 грн", "unit": "шт",
    "stock": "14", "name": "Анна", "phone": "+380501112233", "email": "anna@client.example", "company": "Ромашка",
    "city": "Київ", "quantity": "3", "deadline": "до п'ятниці", "need": "кава для дому",
    "back": "завтра о 9:00",
}  # fmt: skip


def blocked(text: str, heard: Heard, *, approved: bool = False, evidence: Evidence = EVIDENCE) -> tuple[Blocked, ...]:
    return review(Draft((OutboundMessage(text),), approved=approved), evidence, heard).blocked


def hear(reply: Mapping[str, Any]) -> Heard:
    pages = [
        Passage(number, page.source, page.topic, page.language, "", page.text)
        for number, page in enumerate(LOADED.documents)
        if page.topic in reply["topics"] and page.language == reply["language"]
    ]
    return Heard(passages=tuple(pages), product=reply["sku"], text=reply["asked"], quantities=frozenset({Decimal(2)}))


def test_at_most_two_in_a_hundred_honest_replies_are_blocked() -> None:
    false = {reply["id"]: blocked(reply["text"], hear(reply)) for reply in REPLIES}
    wrong = {name: cuts for name, cuts in false.items() if cuts}
    assert len(REPLIES) >= 300
    assert {reply["language"] for reply in REPLIES} == {"uk", "ru", "en"}
    assert len(wrong) <= len(REPLIES) * 0.02, wrong


@pytest.mark.parametrize("kind", ["policy", "price", "quote"])
def test_what_the_firm_has_written_is_never_blocked(kind: str) -> None:
    wrong = [reply["text"] for reply in REPLIES if reply["id"].startswith(kind) and blocked(reply["text"], hear(reply))]
    assert wrong == []


@pytest.mark.parametrize("firm", ["kavomir", "rivnovaha"])
def test_a_page_is_vouched_for_by_itself(firm: str) -> None:
    loaded = load_firm(ROOT / "examples" / firm)
    evidence = build_evidence(loaded.firm, TODAY)
    wrong = []
    for page in loaded.documents:
        heard = Heard(passages=(Passage(1, page.source, page.topic, page.language, "", page.text),))
        text = "\n".join(line for line in page.text.splitlines() if not line.startswith("#"))
        wrong += [(page.source, cut) for cut in blocked(text, heard, approved=True, evidence=evidence)]
    assert wrong == []


def templates(playbooks: Iterable[Playbook]) -> Iterator[str]:
    for playbook in playbooks:
        spoken = [move.templates for move in playbook.moves]
        spoken += [objection.answers for objection in playbook.objections]
        for texts in [*spoken, *playbook.phrases.values()]:
            for variants in texts.values():
                yield from variants


class Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return VALUES.get(key, "…")


def test_every_approved_text_passes_once_its_values_are_filled_in() -> None:
    heard = Heard(
        product="KM-H1",
        facts="Анна\n+380501112233\nanna@client.example\nдо п'ятниці",
        times=frozenset({("near", "tomorrow"), ("clock", 540)}),
    )
    texts = set(templates(LOADED.playbooks.values()))
    assert len(texts) > 400
    wrong = {}
    for text in texts:
        is_gone = any(words in text for words in ("out of stock", "немає в наяв", "нет в нал"))
        filled = text.format_map(Filled(product="Arko Trio", price="198 000 грн") if is_gone else Filled())
        if cuts := blocked(filled, Heard(product="KM-C3") if is_gone else heard, approved=True):
            wrong[text] = cuts
    assert wrong == {}


def test_no_approved_text_claims_to_be_a_person_and_disclosures_stay() -> None:
    for text in [*templates(LOADED.playbooks.values()), *LOADED.firm.disclosure.values()]:
        rules = {cut.rule for cut in blocked(text, Heard())}
        assert "claims_person" not in rules, text
    for text in LOADED.firm.disclosure.values():
        assert blocked(text, Heard()) == ()
