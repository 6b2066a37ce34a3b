import pytest
import sqlalchemy as sa

from core.ports import Document
from core.storage.database import Database
from rag import keywords
from rag.passages import Embedded, NewPassage, remove_document, save_document
from rag.split import Piece
from tests.rag.texts import START


async def put(database: Database, source: str, texts: list[str]) -> None:
    def work(conn: sa.Connection) -> None:
        passages = [
            NewPassage(Piece(n, "", text), f"{source}{text}", Embedded(b"\0" * 16)) for n, text in enumerate(texts)
        ]
        save_document(conn, Document(source, source, "uk", ""), source, passages, START)

    await database.write(work)


async def find(database: Database, question: str) -> list[str]:
    """Texts that hold any term of the question, in order of id."""

    def work(conn: sa.Connection) -> list[str]:
        found = keywords.find(conn, keywords.search_terms(question))
        ids = sorted({passage_id for ids in found for passage_id in ids})
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
        ("is KM-H1 good", "Model KM-H1 is here"),
        ("o'hara's \"AND\" (beans*) - NOT", "Beans from O'Hara"),
        ("back\\slash'quote", "a back\\slash'quote"),
        ("чай є?", "Зелений чай"),
        ("which tea", "Green tea."),
    ],
)
async def test_words_are_found_in_another_form(database: Database, question: str, text: str) -> None:
    await put(database, "a", [text, "зовсім інше"])
    assert await find(database, question) == [text]


@pytest.mark.parametrize(
    ("question", "text"),
    [("чай", "Звичайний напій"), ("tea", "Our team"), ("ставка", "Доставка"), ("card", "Картридж для води")],
)
async def test_a_word_inside_another_word_is_not_found(database: Database, question: str, text: str) -> None:
    await put(database, "a", [text])
    assert await find(database, question) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("а в розстрочку дасте?", "Оплата трьома частинами"),
        ("do you do installments?", "You can pay in equal instalments"),
        ("пересылка", "Доставим за день"),
        ("скільки коштує пересилка", "Delivery takes a day"),
    ],
)
async def test_another_word_of_the_same_meaning_is_found(database: Database, question: str, text: str) -> None:
    await put(database, "a", [text, "зовсім інше"])
    assert await find(database, question) == [text]


@pytest.mark.parametrize("question", ["", "?!", "як це", "\"' ) OR (", "🙂"])
async def test_a_question_without_significant_words_finds_nothing(database: Database, question: str) -> None:
    await put(database, "a", ["доставка", "or both"])
    assert await find(database, question) == []


async def test_each_term_has_the_passages_that_hold_it(database: Database) -> None:
    await put(database, "a", ["машина та фільтр", "машина", "інше"])
    found = await database.read(lambda conn: keywords.find(conn, keywords.search_terms("машина фільтр жираф")))
    assert sorted(len(ids) for ids in found) == [0, 1, 2]


async def test_removed_text_is_not_found(database: Database) -> None:
    await put(database, "a", ["доставка", "машина"])
    await put(database, "b", ["доставка ще"])
    await database.write(lambda conn: remove_document(conn, "a"))
    assert await find(database, "доставка машина") == ["доставка ще"]


async def test_changed_text_is_found_by_its_new_words_only(database: Database) -> None:
    await put(database, "a", ["стара назва"])
    await put(database, "a", ["новий виріб"])
    assert await find(database, "назва") == []
    assert await find(database, "виріб") == ["новий виріб"]


def test_a_long_question_is_searched_by_its_longest_words() -> None:
    terms = keywords.search_terms(" ".join(f"слово{'о' * n}" for n in range(40)))
    assert len(terms) == keywords.MOST_TERMS
    assert terms == sorted(terms, key=len, reverse=True)
