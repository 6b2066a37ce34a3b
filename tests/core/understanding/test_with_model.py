"""A model may better the local reading where it can prove what it says; whatever else it does changes nothing."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core.domain.allowance import UNDERSTANDING, Allowance
from core.domain.conversation import Line
from core.domain.facts import FoundFact, Witness
from core.domain.ids import MessageId
from core.domain.turn import Turn, Understood
from core.llm.scripted import ScriptedModel
from core.understanding.model_prompt import build_prompt
from core.understanding.with_model import ModelUnderstanding
from tests.core.understanding.turns import NOW, turn

TEXT = "Добрий день, мене звуть Зореслав Пугач, нам би десь пів вагона цегли до Тернополя"
UNSURE = Understood("uk", "smalltalk", ("smalltalk",), 0.31)
SURE = Understood("uk", "object_price", ("object_price",), 0.93)


class FixedUnderstanding:
    def __init__(self, understood: Understood) -> None:
        self._understood = understood

    async def understand(self, turn: Turn) -> Understood:
        return self._understood


def reply(*acts: str, facts: tuple[tuple[str, str, str], ...] = (), query: str | None = None) -> str:
    found = [{"name": name, "value": value, "quote": quote} for name, value, quote in facts]
    return json.dumps({"acts": acts, "facts": found, "query": query}, ensure_ascii=False)


async def understand(said: str, text: str = TEXT, local: Understood = UNSURE, **more: Any) -> Understood:
    model = ScriptedModel([said])
    return await ModelUnderstanding(local=FixedUnderstanding(local), model=model).understand(turn(text, **more))


async def test_a_good_answer_betters_an_unsure_reading() -> None:
    facts = (("name", "Зореслав Пугач", "Зореслав Пугач"), ("city", "Тернопіль", "Тернополя"))
    understood = await understand(reply("greeting", "state_need", facts=facts, query="доставка цегли до Тернополя"))
    assert (understood.act, set(understood.acts)) == ("state_need", {"greeting", "state_need"})
    assert {fact.name: fact.value for fact in understood.facts} == {"name": "Зореслав Пугач", "city": "Тернопіль"}
    assert understood.query == "доставка цегли до Тернополя"
    assert (understood.model, understood.tokens > 0, understood.language) == ("scripted", True, "uk")
    for fact in understood.facts:
        assert TEXT[fact.witness.start : fact.witness.end] in ("Зореслав Пугач", "Тернополя")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Звісно! Ось що я зрозумів: клієнт хоче цеглу.",
        '{"acts": ["state_need"',
        "[" * 5000,
        "null",
        '["state_need"]',
        '{"acts": "state_need", "facts": {}, "query": 7}',
        reply("хоче купити", "buy"),
        reply(query="what is the weather like in Paris"),
        reply(query="ціни на нафту завтра"),
        reply(facts=(("phone", "+380671234567", "0671234567"),)),
        reply(facts=(("phone", "+380671234567", "Тернополя"),)),
        reply(facts=(("email", "a@b.com", TEXT),)),
        reply(facts=(("budget", "5000", "пів вагона"), ("budget", "5000 UAH", "Тернополя"))),
        reply(facts=(("quantity", "7", "Тернополя"), ("iban", "1", "день"), ("role", "king", "цегли"))),
        reply(facts=(("name", "Олена", "Зореслав Пугач"), ("deadline", "2026-12-01", "десь"))),
    ],
)
async def test_an_answer_that_proves_nothing_changes_nothing(said: str) -> None:
    understood = await understand(said)
    assert replace(understood, model="local", tokens=0) == UNSURE


async def test_a_silent_model_is_not_waited_for() -> None:
    model = ScriptedModel([reply("agree")], delay=30)
    understanding = ModelUnderstanding(local=FixedUnderstanding(UNSURE), model=model, timeout_s=0.35)
    assert await understanding.understand(turn(TEXT)) == UNSURE


async def test_a_model_that_fails_leaves_the_local_reading() -> None:
    model = ScriptedModel([reply("agree")], failures=1)
    understanding = ModelUnderstanding(local=FixedUnderstanding(UNSURE), model=model)
    assert await understanding.understand(turn(TEXT)) == UNSURE
    assert (await understanding.understand(turn(TEXT))).act == "agree"
    assert len(model.prompts) == 2


@pytest.mark.parametrize(
    ("local", "said", "acts"),
    [
        (SURE, ("agree",), ("object_price", "agree")),
        (SURE, ("opt_out", "ask_human", "erase_me"), ("object_price",)),
        (replace(SURE, act="agree", acts=("agree",)), ("object_price",), ("agree",)),
        (replace(UNSURE, probability=0.6), ("erase_me", "agree"), ("agree",)),
        (UNSURE, ("ask_human",), ("ask_human",)),
        (replace(UNSURE, act="other", acts=("other",), probability=0.9), ("opt_out",), ("opt_out",)),
        (UNSURE, ("other",), ("smalltalk",)),
    ],
)
async def test_risky_acts_and_sure_readings_are_not_the_models_to_change(
    local: Understood, said: tuple[str, ...], acts: tuple[str, ...]
) -> None:
    assert (await understand(reply(*said), local=local)).acts == acts


@pytest.mark.parametrize("act", ["opt_out", "erase_me", "ask_human"])
async def test_nothing_is_asked_where_nothing_can_be_bettered(act: str) -> None:
    model = ScriptedModel([reply("agree")])
    for local in (replace(UNSURE, probability=1.0), replace(SURE, act=act, acts=(act,))):
        assert await ModelUnderstanding(local=FixedUnderstanding(local), model=model).understand(turn(TEXT)) == local
    spent = replace(turn(TEXT), allowance=Allowance(calls={UNDERSTANDING: 0}))
    assert await ModelUnderstanding(local=FixedUnderstanding(UNSURE), model=model).understand(spent) == UNSURE
    late = replace(turn(TEXT), allowance=Allowance(seconds=0.1))
    assert await ModelUnderstanding(local=FixedUnderstanding(UNSURE), model=model).understand(late) == UNSURE
    assert model.prompts == []


async def test_a_local_fact_stays_and_proves_its_act() -> None:
    budget = FoundFact("budget", {"amount": 900, "currency": "UAH"}, Witness(MessageId(1), 0, 3))
    local = replace(UNSURE, facts=(budget,), acts=("state_budget", "smalltalk"))
    understood = await understand(reply("agree", facts=(("budget", "800", "800 грн"),)), "900 або 800 грн", local)
    assert understood.facts == (budget,)
    assert set(understood.acts) == {"agree", "state_budget"}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("у чоловіка номер 0671234567", ("phone", "+380671234567", "0671234567")),
        ("я писала вам на sales@shop.ua", ("email", "sales@shop.ua", "sales@shop.ua")),
        ("а чого він за 5000 грн?", ("budget", "5000 UAH", "5000 грн")),
        ("у конкурентів він по 5000 грн", ("budget", "5000 UAH", "5000 грн")),
        ("минулого року купували 100 штук", ("quantity", "100", "100 штук")),
    ],
)
async def test_what_the_rules_have_ruled_out_a_model_does_not_bring_back(text: str, fact: tuple[str, str, str]) -> None:
    assert (await understand(reply("agree", facts=(fact,)), text)).facts == ()


async def test_values_are_read_by_code_and_not_by_the_model() -> None:
    facts = (
        ("budget", "999999 USD", "дві тисячі"),
        ("quantity", "1000", "двадцять"),
        ("deadline", "2030-01-01", "до 5 грудня"),
    )
    text = "двадцять ковдр, дві тисячі, до 5 грудня"
    understood = await understand(reply("state_need", facts=facts), text)
    assert {fact.name: fact.value for fact in understood.facts} == {
        "budget": {"amount": 2000, "currency": "UAH"},
        "quantity": 20,
        "deadline": {"text": "до 5 грудня", "date": "2026-12-05"},
    }


async def test_a_question_is_completed_from_what_was_said_before() -> None:
    model = ScriptedModel([reply("ask_terms", query="how long does delivery take")])
    line = Line(MessageId(1), "bot", "Delivery costs 90 UAH.", NOW)
    asked = replace(turn("and how long?"), history=(line,))
    local = FixedUnderstanding(replace(UNSURE, language="en"))
    understood = await ModelUnderstanding(local=local, model=model).understand(asked)
    assert understood.query == "how long does delivery take"


def test_the_prompt_holds_nothing_of_the_turn_before_the_turn() -> None:
    known = turn("купую", known={"phone": "+380671234567", "city": "Київ"})
    prompt = build_prompt(known, "uk")
    assert prompt.system == build_prompt(turn("інше"), "en").system
    assert "купую" in prompt.user
    assert "Київ" in prompt.user
    assert "+380671234567" not in prompt.user
    assert (prompt.purpose, prompt.schema is not None, prompt.allowance) == (UNDERSTANDING, True, known.allowance)
