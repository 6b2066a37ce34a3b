"""What the Graph API answered to a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the parsed JSON, None when it was none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        return self.status < 300 and isinstance(self.body, Mapping) and "error" not in self.body

    @property
    def error(self) -> Mapping[str, Any]:
        """Empty when it is none, or not the platform's own."""
        told = self.body.get("error") if isinstance(self.body, Mapping) else None
        return told if isinstance(told, Mapping) else {}

    @property
    def codes(self) -> tuple[int | None, int | None]:
        """Code and subcode."""
        code, subcode = self.error.get("code"), self.error.get("error_subcode")
        return (code if isinstance(code, int) else None, subcode if isinstance(subcode, int) else None)

    @property
    def words(self) -> str:
        return str(self.error.get("message") or "")

    def get(self, name: str) -> Any:
        return self.body.get(name) if isinstance(self.body, Mapping) else None

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """The groups under `data`."""
        data = self.get("data")
        return [item for item in data if isinstance(item, Mapping)] if isinstance(data, list) else []
