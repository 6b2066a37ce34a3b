"""Files that a platform keeps for an account, by the address they came from."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from core.domain.messages import OutboundMessage
from core.storage.database import per_dialect
from core.storage.tables import UploadRow, table

_uploads = table(UploadRow)

FRESH: Final = timedelta(days=1)
"""So long a file is taken for the one that still stands at its address: nobody tells us when it is another one."""


def _replace_older(insert: Any) -> Any:
    statement = insert(_uploads)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[_uploads.c.account_id, _uploads.c.url],
        set_={"file_id": new.file_id, "at": new.at},
        where=_uploads.c.file_id != new.file_id,
    )


_keep = per_dialect(_replace_older)


def with_upload(conn: sa.Connection, account: str, message: OutboundMessage, now: datetime) -> OutboundMessage:
    """The same, with the id under which the platform has its file."""
    attachment = message.attachments[0] if message.attachments else None
    if attachment is None or not attachment.url or attachment.external_id:
        return message
    same = sa.and_(_uploads.c.account_id == account, _uploads.c.url == attachment.url, _uploads.c.at > now - FRESH)
    found = conn.execute(sa.select(_uploads.c.file_id).where(same)).scalar()
    if found is None:
        return message
    return replace(message, attachments=(replace(attachment, external_id=str(found)), *message.attachments[1:]))


def keep_upload(conn: sa.Connection, account: str, url: str, file_id: str, now: datetime) -> None:
    """In the place of an older one; the same id again is as old as it was."""
    values = {"account_id": account, "url": url, "file_id": file_id, "at": now}
    conn.execute(_keep[conn.dialect.name], values)
