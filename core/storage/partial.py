"""What is still to be done, spelled as the partial indexes spell it: SQLite's planner does not look into bound values,
and would read the whole table."""

from typing import Final

import sqlalchemy as sa

UNREAD: Final = sa.text("inbox_messages.state = 'unread'")
OPEN: Final = sa.text("outbox_messages.state in ('queued', 'sending')")
HAS_MAIL: Final = sa.text("conversations.has_mail")
ASKED: Final = sa.text("job_requests.state = 'asked'")
LIVING_PROMISE: Final = sa.text("promises.state in ('open', 'overdue')")
