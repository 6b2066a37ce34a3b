import pytest
import sqlalchemy as sa

from core.ports import Document
from core.storage.database import Database
from rag import keywords
from rag.passages import NewPassage, remove_document, save_document
from rag.split import Piece
from tests.rag.texts import START


async def put(database: Database, source: str, texts: list[str]) -> None:
    def work(conn: sa.Connection) -> None:
        passages = [NewPassage(Piece(n, "", text), f"{source}{n}", b"\0" * 16) for n, text in enumerate(texts)]
        save_document(conn, Document(source, source, "uk", ""), source, passages, START)

    await database.write(work)


async def find(database: Database, question: str, limit: int = 10) -> list[str]:
    def work(conn: sa.Connection) -> list[str]:
        ids = keywords.search(conn, keywords.search_terms(question), limit)
        return [conn.execute(sa.text("SELECT text FROM passages WHERE id = :id"), {"id": n}).scalar_one() for n in ids]

    return await database.read(work)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("яка гарантія?", "Умови гарантії прості"),
        ("сроки доставки", "Доставка в течение дня"),
        ("ДОСТАВКА?", "швидка доставка"),
        ("ёмкость бака", "Емкость бака 2 литра"),
        ("обʼєм", "об'єм бака"),
        ("is KM-H1 in stock", "Model KM-H1 is here"),
        ("o'hara's \"AND\" (beans*) - NOT", "Beans from O'Hara"),
        ("back\\slash'quote", "a back\\slash'quote"),
    ],
)
async def test_words_are_found_in_another_form(database: Database, question: str, text: str) -> None:
    await put(database, "a", [text, "зовсім інше"])
    assert await find(database, question) == [text]


@pytest.mark.parametrize("question", ["", "?!", "як це", "\"' ) OR (", "🙂"])
async def test_a_question_without_significant_words_finds_nothing(database: Database, question: str) -> None:
    await put(database, "a", ["доставка", "or both"])
    assert await find(database, question) == []


async def test_a_rare_word_counts_more_than_a_common_one(database: Database) -> None:
    await put(database, "a", [f"машина номер {n}" for n in range(8)] + ["фільтр"])
    assert (await find(database, "фільтр машина"))[0] == "фільтр"


async def test_more_matching_words_come_first(database: Database) -> None:
    await put(database, "a", ["оплата", "доставка", "оплата та доставка", "решта", "нічого"])
    assert (await find(database, "доставка оплата"))[0] == "оплата та доставка"


async def test_removed_text_is_not_found(database: Database) -> None:
    await put(database, "a", ["доставка", "гарантія"])
    await put(database, "b", ["доставка ще"])
    await database.write(lambda conn: remove_document(conn, "a"))
    assert await find(database, "доставка гарантія") == ["доставка ще"]


async def test_no_more_than_the_limit_is_given(database: Database) -> None:
    await put(database, "a", [f"доставка {n}" for n in range(9)])
    assert len(await find(database, "доставка", limit=4)) == 4


def test_a_long_question_is_searched_by_its_longest_words() -> None:
    terms = keywords.search_terms(" ".join(f"слово{'о' * n}" for n in range(40)))
    assert len(terms) == keywords.MOST_TERMS
    assert terms == sorted(terms, key=len, reverse=True)
