from core.embedding.scripted import ScriptedEmbedder


async def test_letter_case_and_spaces_do_not_matter() -> None:
    embedder = ScriptedEmbedder()
    assert await embedder.embed_query("Скільки  коштує") == await embedder.embed_query("скільки коштує ")


async def test_it_counts_the_texts_it_embedded() -> None:
    embedder = ScriptedEmbedder(dimensions=8)
    await embedder.embed_query("ціна")
    await embedder.embed_passages(["один", "два"])
    assert (embedder.queries, embedder.passages) == (1, 2)
