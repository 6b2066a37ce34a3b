"""The ways an account is opened."""

from enum import StrEnum


class Flavour(StrEnum):
    """Whose token opens the account, and with it host, way of sending, subscription and life of the token."""

    PAGE = "page"
    LINKED = "linked"
    """An Instagram account behind a page: the page's token, at the page's host."""
    LOGIN = "login"
    """An Instagram account by its own login: its own token for sixty days, at Instagram's host."""
