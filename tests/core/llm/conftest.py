from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from core.llm.anthropic_model import AnthropicModel
from core.llm.openai_model import OpenAIModel
from tests.emulators.llm import ModelServer, run_model_server

KEY = "sk-very-secret-key-12345"
Model = OpenAIModel | AnthropicModel
Build = Callable[..., Model]


@pytest.fixture(params=["openai", "anthropic", "gemini"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(kind: str) -> Iterator[ModelServer]:
    with run_model_server(kind, key=KEY) as server:
        yield server


@pytest.fixture
async def build(kind: str, server: ModelServer) -> AsyncIterator[Build]:
    """A model that asks the stand-in of its kind."""
    built: list[Model] = []

    def build(**values: object) -> Model:
        arguments = {"api_key": KEY, "model": "small", "base_url": server.url, "timeout": 5.0, **values}
        model: Model = (AnthropicModel if kind == "anthropic" else OpenAIModel)(**arguments)  # type: ignore[arg-type]
        built.append(model)
        return model

    yield build
    for model in built:
        await model.close()
