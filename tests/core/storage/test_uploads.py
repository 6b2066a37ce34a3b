"""Files that a platform keeps: by account and address, and only as long as they are likely the same."""

from datetime import timedelta

import pytest

from core.domain.messages import Attachment, AttachmentKind, OutboundMessage
from core.storage.database import Database
from core.storage.uploads import FRESH, keep_upload, with_upload
from tests.core.storage.samples import NOW

URL = "https://example.com/c.pdf"
FILE = OutboundMessage("", attachments=(Attachment(AttachmentKind.FILE, url=URL),))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("account", "after", "found"),
    [("page", SECOND, "7"), ("another", SECOND, None), ("page", FRESH + SECOND, None)],
    ids=["again", "another account", "a day later"],
)
async def test_a_file_is_known_to_its_account_for_a_day(
    database: Database, account: str, after: timedelta, found: str | None
) -> None:
    await database.write(lambda conn: keep_upload(conn, "page", URL, "7", NOW))
    message = await database.read(lambda conn: with_upload(conn, account, FILE, NOW + after))
    assert (message.attachments[0].external_id, message.attachments[0].url) == (found, URL)


async def test_a_new_id_takes_the_place_of_the_old_one_and_the_same_grows_no_younger(database: Database) -> None:
    for file_id, at in (("7", NOW), ("7", NOW + FRESH), ("8", NOW + FRESH)):
        await database.write(lambda conn, f=file_id, at=at: keep_upload(conn, "page", URL, f, at))  # type: ignore[misc]
        later = await database.read(lambda conn: with_upload(conn, "page", FILE, NOW + FRESH + SECOND))
        assert later.attachments[0].external_id == (None if file_id == "7" else "8")


async def test_what_has_no_file_or_one_already_stays_as_it_is(database: Database) -> None:
    text = OutboundMessage("привіт")
    known = OutboundMessage("", attachments=(Attachment(AttachmentKind.FILE, url=URL, external_id="5"),))
    await database.write(lambda conn: keep_upload(conn, "page", URL, "7", NOW))
    assert await database.read(lambda conn: [with_upload(conn, "page", m, NOW) for m in (text, known)]) == [text, known]
