"""Which webhook fields, permissions and versions of the Graph there are for us, as dated data.

Source: Messenger Platform and Instagram Platform pages on webhooks and permissions, Graph API changelog; 2026-11.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bots.meta.flavour import Flavour

NEEDED: Final[Mapping[Flavour, tuple[str, ...]]] = {
    Flavour.PAGE: ("messages", "messaging_postbacks", "message_echoes"),
    Flavour.LINKED: ("messages",),
    Flavour.LOGIN: ("messages", "messaging_postbacks"),
}
"""Without these an account does not hear people. Of the page, or with Instagram Login of the account."""

WANTED: Final[Mapping[Flavour, tuple[str, ...]]] = {
    Flavour.PAGE: (
        "messaging_referrals", "messaging_optins", "message_edits", "message_reactions", "messaging_handovers",
        "standby", "feed",
    ),
    Flavour.LINKED: (),
    Flavour.LOGIN: ("messaging_referral", "message_reactions", "message_edit", "comments", "live_comments"),
}  # fmt: skip
"""It works without them, and hears less."""

OF_THE_APP: Final[Mapping[Flavour, tuple[str, ...]]] = {
    Flavour.PAGE: NEEDED[Flavour.PAGE],
    Flavour.LINKED: ("messages", "messaging_postbacks"),
}
"""What the application itself has to listen to; with Instagram Login nobody can be asked."""

WANTED_OF_THE_APP: Final[Mapping[Flavour, tuple[str, ...]]] = {
    Flavour.PAGE: WANTED[Flavour.PAGE],
    Flavour.LINKED: ("comments", "live_comments"),
}
"""It works without them, and hears less: of an Instagram account behind a page only the application hears comments."""

PERMISSIONS: Final[Mapping[Flavour, tuple[str, ...]]] = {
    Flavour.PAGE: ("pages_messaging", "pages_manage_metadata"),
    Flavour.LINKED: ("instagram_basic", "instagram_manage_messages", "pages_manage_metadata"),
}

VERSIONS_END: Final[Mapping[str, date]] = {"v24.0": date(2028, 2, 18), "v25.0": date(2028, 7, 29)}
