"""Errors that say what, where and how to mend it."""


class SellerError(Exception):
    """Something a person can mend. `hint` says how."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f"\n  how to mend: {self.hint}" if self.hint else ""
        return f"{place}{self.what}{mend}"


class InvalidFirm(SellerError):
    """A file of the firm's folder cannot be used."""


class InvalidSettings(SellerError):
    """An environment variable or .env line cannot be used."""


class Unavailable(SellerError):
    """A part that is needed is missing or cannot be reached."""
