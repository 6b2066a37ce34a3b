"""A trained reader beside the rules: it cuts what they have no words for, and gets nothing to read but that."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from core.domain import review_rules as rules
from core.domain.commitments import Reading
from core.domain.messages import OutboundMessage
from core.domain.turn import Draft
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.engine.review import Heard, Reviewer, review
from tests.core.engine.situations import build_turn, understood
from tests.core.engine.test_engine import PLAYBOOK, Library, Meant, Words, quote, text_of
from tests.core.engine.test_review_honest import EVIDENCE, LOADED, TODAY

ROUNDABOUT = "Кур'єру за це й копійки не дасте."
READ = {ROUNDABOUT: Reading(0.9, rules.FREE)}
PAGE = "We deliver in two days."


@dataclass
class Reader:
    """Takes every sentence with one of these words for a commitment."""

    words: str
    read_sentences: list[str] = field(default_factory=list)

    async def read(self, sentences: Sequence[str]) -> Sequence[Reading]:
        self.read_sentences += sentences
        return [Reading(0.9 if self.words in each else 0.1, rules.PROMISE) for each in sentences]


def generated(text: str) -> Draft:
    return Draft((OutboundMessage(text),), approved=False)


def test_a_sentence_that_the_reader_takes_for_a_commitment_is_cut_by_its_rule() -> None:
    reviewed = review(generated(f"Розумію. {ROUNDABOUT}"), EVIDENCE, Heard(readings=READ))
    assert [message.text for message in reviewed.messages] == ["Розумію."]
    assert [(cut.rule, cut.sentence, cut.version) for cut in reviewed.blocked] == [
        (rules.FREE, ROUNDABOUT, LOADED.firm.version)
    ]


@pytest.mark.parametrize("commits", [0.0, 0.54])
def test_what_the_reader_doubts_stays(commits: float) -> None:
    readings = {ROUNDABOUT: Reading(commits, rules.FREE)}
    assert review(generated(ROUNDABOUT), EVIDENCE, Heard(readings=readings)).blocked == ()


def test_what_people_wrote_is_not_for_the_reader() -> None:
    approved = Draft((OutboundMessage(ROUNDABOUT),), approved=True)
    assert review(approved, EVIDENCE, Heard(readings=READ)).blocked == ()


def test_only_sentences_that_nothing_vouches_for_are_open_to_it() -> None:
    text = f"Доставка по Україні коштує 120 грн. Картку бачить лише банк. {ROUNDABOUT}"
    heard = Heard(approved="Картку бачить лише банк.")
    assert Reviewer().list_open(generated(text), LOADED.firm, TODAY, heard) == (ROUNDABOUT,)


async def test_a_model_that_commits_is_asked_again_and_its_better_words_leave() -> None:
    model = Words(["It is as good as yours already. Two days by courier.", PAGE])
    reader = Reader("as good as yours")
    engine = Engine(
        understanding=Meant(understood("ask_terms")), knowledge=Library(PAGE),
        composer=TemplateComposer(quote=quote), model=model, commitments=reader,
    )  # fmt: skip
    result = await engine.take_turn(build_turn("how long?", playbook=PLAYBOOK))
    assert "as good as yours" not in text_of(result)
    assert PAGE in text_of(result)
    assert len(model.prompts) == 2
    assert PAGE not in reader.read_sentences
