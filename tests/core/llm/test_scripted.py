import pytest

from core.llm.scripted import ScriptedModel
from core.ports import LanguageModelFailed, Prompt


async def test_it_fails_as_often_as_it_was_told_and_then_speaks_in_turn() -> None:
    model = ScriptedModel(["one", "two"], failures=1)
    with pytest.raises(LanguageModelFailed):
        await model.complete(Prompt("", "a"))
    assert [(await model.complete(Prompt("", text))).text for text in "bcd"] == ["one", "two", "two"]
    assert [prompt.user for prompt in model.prompts] == ["a", "b", "c", "d"]
