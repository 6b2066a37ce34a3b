"""Whole sales played with the shipped playbooks: the engine's own choice of moves, customers of every kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.conversation import Memory
from core.domain.playbook import Move, Playbook
from core.domain.situation import Situation
from core.domain.vocabulary import FACT_NAMES, LANGUAGES
from core.engine.next_move import next_move
from core.strategy.firm_folder import load_firm
from core.strategy.load import BUILT_IN, load_playbook
from core.strategy.template_checks import placeholders_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "kavomir"
PLAYBOOKS = {
    "built-in buyers": load_playbook(BUILT_IN / "buyers.yaml"),
    "built-in partners": load_playbook(BUILT_IN / "partners.yaml"),
    "example buyers": load_playbook(EXAMPLE / "playbook" / "buyers.yaml"),
    "example partners": load_playbook(EXAMPLE / "playbook" / "partners.yaml"),
}
NEEDED = {"phone", "email"}
WILLING = ("other", "agree", "give_contact", "state_need", "greeting")
ASKED_TO_BUY = ("offer", "ask_commitment")
QUESTIONS = ("ask_price", "ask_terms", "ask_product")


@dataclass
class Talk:
    playbook: Playbook
    known: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    stage: str = "opening"
    turns: int = 0
    asked: list[str] = field(default_factory=list)
    last_move: str | None = None
    agreed: bool = False

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
            agreed=self.agreed,
        )

    def find_next(self, situation: Situation, *, only_asking: bool = False) -> Move | None:
        asked = {fact: self.asked.count(fact) for fact in self.asked}
        memory = Memory(last_move=self.last_move, asked=asked, done=tuple(sorted(self.done)), turns=self.turns)
        return next_move(situation, self.playbook, memory, only_asking=only_asking)

    def take_turn(self, act: str) -> Move | None:
        """A question is answered and leads on with the next asking move; anything else leads on with any."""
        is_question = act in QUESTIONS
        self.agreed = self.agreed or (act == "agree" and self.last_move in ASKED_TO_BUY)
        move = self.find_next(self.situation(act, answered=is_question), only_asking=is_question)
        self.turns += 1
        if is_question:
            self.done.add("answer")
            self.last_move = "answer"
        if move is not None:
            self.done.add(move.id)
            self.last_move = move.id
            if move.id == "summarize":
                self.done.add("confirm")
                self.stage = "won"
            if not is_question:
                self.stage = max(self.stage, move.stage, key=self.playbook.stages.index)
            if move.asks is not None:
                assert move.asks not in self.known
                self.asked.append(move.asks)
        return move

    def calls_person(self, act: str) -> list[str]:
        return [rule.reason for rule in self.playbook.handoff if rule.when(self.situation(act))]


def steps(acts: Sequence[str], *, max_size: int) -> st.SearchStrategy[list[tuple[set[str], str, bool]]]:
    """Facts told unasked, what the customer does, and whether the bot's question is answered."""
    told = st.sets(st.sampled_from(FACT_NAMES), max_size=2)
    return st.lists(st.tuples(told, st.sampled_from(acts), st.booleans()), max_size=max_size)


@pytest.mark.parametrize("name", PLAYBOOKS)
@settings(max_examples=150)
@given(steps=steps(WILLING + QUESTIONS, max_size=12))
def test_a_willing_customer_reaches_the_sale_whatever_is_told_in_whatever_order(
    name: str, steps: list[tuple[set[str], str, bool]]
) -> None:
    talk = Talk(PLAYBOOKS[name])
    for told, act, replies in steps:
        talk.known |= told
        move = talk.take_turn(act)
        if move is not None and move.asks is not None and (replies or move.asks in NEEDED):
            talk.known.add(move.asks)
        if talk.stage == "won":
            break
    while talk.stage != "won" and talk.turns < 60:
        move = talk.take_turn("agree" if talk.last_move in ASKED_TO_BUY else "other")
        if move is None:  # nothing is left to lead with: a willing customer says by himself what to take
            assert not talk.agreed
            talk.agreed = True
            talk.known.add("product")
        talk.known |= {move.asks} if move and move.asks else set()
    assert talk.stage == "won"
    assert {"summarize", "confirm"} <= talk.done
    assert talk.known & NEEDED


@pytest.mark.parametrize("name", PLAYBOOKS)
@settings(max_examples=150)
@given(steps=steps((*WILLING, "decline"), max_size=25))
def test_the_moves_end_only_when_something_was_proposed_or_the_customer_goes(
    name: str, steps: list[tuple[set[str], str, bool]]
) -> None:
    talk = Talk(PLAYBOOKS[name])
    for told, act, replies in steps:
        talk.known |= told if replies else set()
        if talk.calls_person(act) or refuses(talk, act):
            return
        if talk.take_turn(act) is None:
            assert talk.done & {"offer", "recommend"}, act
            return
        if talk.stage == "won":
            return


def refuses(talk: Talk, act: str) -> bool:
    """The playbook lets the customer go."""
    farewell = talk.playbook.find_move("farewell")
    assert farewell is not None
    return farewell.is_open(talk.situation(act))


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_a_refusal_at_the_start_is_taken_as_one(playbook: Playbook) -> None:
    talk = Talk(playbook)
    talk.take_turn("greeting")
    assert refuses(talk, "decline")
    assert talk.find_next(talk.situation("decline")) is None


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_a_refused_phone_number_is_asked_for_once_then_an_address_then_a_person_is_called(playbook: Playbook) -> None:
    talk = Talk(playbook, known={"need", "product", "company", "city"})
    while talk.asked[-1:] != ["phone"] and talk.turns < 20:
        talk.take_turn("agree")
    move = talk.take_turn("decline")
    assert move is not None
    assert move.asks == "email"
    assert talk.calls_person("decline") == ["no_contact"]
    assert talk.calls_person("ask_price") == []


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_an_answered_first_question_is_not_followed_by_a_greeting(playbook: Playbook) -> None:
    talk = Talk(playbook)
    move = talk.find_next(talk.situation("greeting", "ask_price", answered=True), only_asking=True)
    assert move is not None
    assert move.id in ("ask_need", "ask_role")


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_silence_is_followed_up_by_a_move_that_is_open_and_asks_nothing(playbook: Playbook) -> None:
    talk = Talk(playbook)
    assert playbook.followups
    for followup in playbook.followups:
        move = playbook.find_move(followup.move)
        assert move is not None
        assert move.is_open(talk.situation())
        assert move.asks is None
        assert followup.when is not None
        assert followup.when(talk.situation())


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_every_move_that_asks_has_several_wordings(playbook: Playbook) -> None:
    for move in playbook.moves:
        for language in LANGUAGES:
            least = 1 if move.id == "answer" else 2
            assert len(move.templates[language]) >= least, (move.id, language)


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
def test_texts_that_another_question_may_follow_ask_nothing_themselves(playbook: Playbook) -> None:
    answers = [text for objection in playbook.objections for texts in objection.answers.values() for text in texts]
    assert answers
    assert not [text for text in answers if "?" in text]


@pytest.mark.parametrize("playbook", PLAYBOOKS.values(), ids=PLAYBOOKS)
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
