"""What of the lead table is wanted, as its address says it: every view can be bookmarked and sent to a colleague."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from urllib.parse import urlencode

from core.storage.lead_table import COLUMNS, PAGE, LeadFilter, LeadOrder

_FILTERS = tuple(field.name for field in fields(LeadFilter))
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class LeadView:
    filter: LeadFilter
    order: LeadOrder
    page: int = 1

    def query(self, **changes: str | int) -> str:
        """The address of a neighbouring view; a changed filter or order begins at its first page."""
        values: dict[str, str | int] = {**asdict(self.filter), "sort": self.order.column, "dir": self._direction}
        values["page"] = self.page if not changes else 1
        values.update(changes)
        default = {"sort": "last_message", "dir": "desc", "page": 1}
        return urlencode({name: value for name, value in values.items() if value and default.get(name) != value})

    def sorted_by(self, column: str) -> str:
        """The address for a click on a column's head: a second click turns the order round."""
        if column == self.order.column:
            return self.query(sort=column, dir="asc" if self.order.descending else "desc")
        return self.query(
            sort=column, dir="desc" if column in ("score", "last_message", "quantity", "budget") else "asc"
        )

    @property
    def active(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name, value in asdict(self.filter).items() if value}

    def pages(self, total: int) -> int:
        return max(1, -(-total // PAGE))

    @property
    def _direction(self) -> str:
        return "desc" if self.order.descending else "asc"


def read_view(query: Mapping[str, str]) -> LeadView:
    """Whatever cannot be used counts as not given."""
    wanted = LeadFilter(**{name: query.get(name, "").strip()[:LONGEST_TEXT] for name in _FILTERS})
    column = query.get("sort", "")
    if column not in COLUMNS:
        column = LeadOrder().column
    number = query.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    return LeadView(wanted, LeadOrder(column, query.get("dir") != "asc"), max(page, 1))
