"""Whole sales played with the shipped playbooks by the plainest engine: the first open move by stage, then by line."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.playbook import Move, Playbook
from core.domain.situation import Situation
from core.domain.vocabulary import FACT_NAMES, LANGUAGES
from core.strategy.firm_folder import load_firm
from core.strategy.load import BUILT_IN, load_playbook
from core.strategy.template_checks import placeholders_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "kavomir"
PLAYBOOKS = [
    load_playbook(BUILT_IN / "buyers.yaml"),
    load_playbook(BUILT_IN / "partners.yaml"),
    load_playbook(EXAMPLE / "playbook" / "buyers.yaml"),
    load_playbook(EXAMPLE / "playbook" / "partners.yaml"),
]
NAMES = ["built-in buyers", "built-in partners", "example buyers", "example partners"]
WILLING = ("other", "agree", "give_contact", "state_need", "greeting")
QUESTIONS = ("ask_price", "ask_terms", "ask_product")


@dataclass
class Talk:
    playbook: Playbook
    known: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    stage: str = "opening"
    turns: int = 0
    asked: list[str] = field(default_factory=list)

    def situation(self, *acts: str, answered: bool = False) -> Situation:
        return Situation(
            stage=self.stage,
            acts=frozenset(acts),
            known=frozenset(self.known),
            done=frozenset(self.done),
            role="buyer",
            channel="webchat",
            language="uk",
            turns=self.turns,
            stuck=0,
            on_duty=True,
            answered=answered,
        )

    def find_open(self, situation: Situation, *, asking: bool = False) -> Move | None:
        order = self.playbook.stages
        open_moves = [
            move
            for move in self.playbook.moves
            if order.index(move.stage) >= order.index(self.stage)
            and move.asks not in self.known
            and (move.asks is not None or not asking)
            and move.is_open(situation)
        ]
        return min(open_moves, key=lambda move: order.index(move.stage), default=None)

    def take_turn(self, act: str) -> Move | None:
        is_question = act in QUESTIONS
        situation = self.situation(act, answered=is_question)
        move = self.find_open(situation, asking=is_question)
        self.turns += 1
        if move is not None:
            self.done.add(move.id)
            self.stage = max(self.stage, move.stage, key=self.playbook.stages.index)
            if move.asks is not None:
                self.asked.append(move.asks)
        return move


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
@settings(max_examples=150)
@given(data=st.data())
def test_a_willing_customer_reaches_the_sale_whatever_is_told_in_whatever_order(
    playbook: Playbook, data: st.DataObject
) -> None:
    talk = Talk(playbook)
    for _ in range(40):
        talk.known |= data.draw(st.sets(st.sampled_from(FACT_NAMES), max_size=2))
        move = talk.take_turn(data.draw(st.sampled_from(WILLING + QUESTIONS)))
        if move is not None and move.asks is not None and data.draw(st.integers(0, 3)):
            talk.known.add(move.asks)
        if talk.stage == "won":
            break
    while talk.stage != "won" and talk.turns < 80:
        move = talk.take_turn("other")
        assert move is not None
        talk.known |= {move.asks} if move.asks else set()
    assert talk.stage == "won"
    assert {"offer", "confirm"} <= talk.done
    assert talk.known & {"phone", "email"}


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
@settings(max_examples=150)
@given(data=st.data())
def test_every_turn_has_a_move_or_calls_a_person(playbook: Playbook, data: st.DataObject) -> None:
    talk = Talk(playbook)
    for _ in range(25):
        talk.known |= data.draw(st.sets(st.sampled_from(FACT_NAMES), max_size=1))
        act = data.draw(st.sampled_from((*WILLING, "decline")))
        situation = talk.situation(act)
        if any(rule.when(situation) for rule in playbook.handoff):
            return
        assert talk.take_turn(act) is not None, (act, talk)
        if talk.stage in ("won", "lost"):
            return


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_a_refusal_at_the_start_is_taken_as_one(playbook: Playbook) -> None:
    talk = Talk(playbook)
    talk.take_turn("greeting")
    move = talk.take_turn("decline")
    assert move is not None
    assert move.id == "farewell"


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_a_refused_phone_number_is_asked_for_once_then_an_address_then_a_person_is_called(playbook: Playbook) -> None:
    talk = Talk(playbook, known={"need", "product", "company", "city"})
    while talk.asked[-1:] != ["phone"]:
        assert talk.take_turn("agree") is not None
    move = talk.take_turn("decline")
    assert move is not None
    assert move.asks == "email"
    assert "no_contact" in [rule.reason for rule in playbook.handoff if rule.when(talk.situation("decline"))]


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_an_answered_first_question_is_not_followed_by_a_greeting(playbook: Playbook) -> None:
    talk = Talk(playbook)
    move = talk.find_open(talk.situation("greeting", "ask_price", answered=True), asking=True)
    assert move is not None
    assert move.id == "ask_need"


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_silence_is_followed_up_by_moves_that_nobody_else_makes(playbook: Playbook) -> None:
    talk = Talk(playbook, done={"follow_up"})
    for followup in playbook.followups:
        move = playbook.find_move(followup.move)
        assert move is not None
        assert move.is_open(talk.situation())
        assert not move.is_open(talk.situation("other"))
        assert followup.when is not None
        assert followup.when(talk.situation())


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_every_move_that_asks_has_several_wordings(playbook: Playbook) -> None:
    for move in playbook.moves:
        for language in LANGUAGES:
            least = 1 if move.id in ("answer", "last_call") else 2
            assert len(move.templates[language]) >= least, (move.id, language)


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_texts_that_another_question_may_follow_ask_nothing_themselves(playbook: Playbook) -> None:
    answers = [text for objection in playbook.objections for texts in objection.answers.values() for text in texts]
    assert answers
    assert not [text for text in answers if "?" in text]


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=NAMES)
def test_the_variants_of_a_move_use_the_same_placeholders_in_each_language(playbook: Playbook) -> None:
    for move in playbook.moves:
        used = [{name for text in texts for name in placeholders_of(text)} for texts in move.templates.values()]
        assert all(names == used[0] for names in used), move.id


def test_the_example_firm_is_as_rich_as_it_promises() -> None:
    loaded = load_firm(EXAMPLE)
    assert len(loaded.firm.products) >= 24
    assert len(loaded.firm.materials) >= 10
    assert all(set(product.names) == set(LANGUAGES) for product in loaded.firm.products)
    assert {product.in_stock for product in loaded.firm.products} >= {0, None}
    assert loaded.playbooks["buyers"].audience == "buyers"
    assert loaded.playbooks["partners"].audience == "partners"
