from core.storage.database import Database
from core.storage.playbooks import PlaybookVersion, find_version, publish
from tests.core.storage.samples import NOW

VERSION = PlaybookVersion("d1", "buyers", "1", "version: 1\nназва: «Покупці» 🛒\n", "playbook/buyers.yaml")


async def test_a_published_version_is_kept_word_for_word(database: Database) -> None:
    assert await database.write(lambda conn: publish(conn, VERSION, NOW))
    assert await database.read(lambda conn: find_version(conn, "d1")) == VERSION


async def test_a_version_is_published_once(database: Database) -> None:
    await database.write(lambda conn: publish(conn, VERSION, NOW))
    assert not await database.write(lambda conn: publish(conn, VERSION, NOW))


async def test_an_unknown_version_is_not_found(database: Database) -> None:
    assert await database.read(lambda conn: find_version(conn, "d2")) is None
