"""Pages of invented firms in three languages, with what customers ask about them: see README.md for the format."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.errors import SellerError
from core.ports import Document

HERE: Final = Path(__file__).parent
SEED: Final = HERE / "firms"
"""What the adapter is trained on."""
KEPT: Final = HERE / "kept"
"""What it never sees: the search is calibrated on these."""
NO_TRADE: Final = HERE / "no_trade.txt"
"""Messages that no firm has an answer to."""

_LINE: Final = re.compile(r"(?P<mark>H |\? |! |)(?P<language>uk|ru|en): (?P<text>.+)")
_ANSWER: Final = " => "


@dataclass(frozen=True, slots=True)
class Ask:
    """A customer's question; `answer` is copied from the section's text, empty when nothing of the firm answers."""

    language: str
    text: str
    answer: str = ""


@dataclass(slots=True)
class Section:
    """Headings and texts by language."""

    topic: str
    headings: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    strange: list[Ask] = field(default_factory=list)
    """Questions that sound near to it and have no answer in any section."""


@dataclass(slots=True)
class Firm:
    name: str
    sections: list[Section] = field(default_factory=list)


def read_firms(folder: Path) -> list[Firm]:
    """Raises SellerError with file and line."""
    return [read_firm(file) for file in sorted(folder.glob("*.txt"))]


def read_firm(file: Path) -> Firm:
    firm, topic = Firm(""), ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("### "):
            firm.sections.append(Section(topic))
        elif line.startswith("## "):
            topic = line[3:].strip()
        elif line.startswith("# "):
            firm.name = line[2:].strip()
        elif line.strip() and not (firm.sections and _add(firm.sections[-1], line.strip())):
            raise SellerError(
                "This is no line of a firm's pages.", where=f"{file}:{number}", hint=f"see {HERE.name}/README.md"
            )
    return firm


def read_no_trade(file: Path = NO_TRADE) -> list[Ask]:
    """Raises SellerError with file and line."""
    asks = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is not None and not found["mark"]:
            asks.append(Ask(found["language"], found["text"].strip()))
        elif not line.startswith("#"):
            raise SellerError("This is no message.", where=f"{file}:{number}", hint="write `uk: …`, `ru: …` or `en: …`")
    return asks


def documents(firm: Firm) -> list[Document]:
    """The pages as they would stand in a knowledge folder."""
    held: dict[tuple[str, str], list[str]] = {}
    for section in firm.sections:
        for language, text in section.texts.items():
            page = held.setdefault((section.topic, language), [f"# {title(section)}"])
            page.append(f"## {section.headings[language]}\n\n{text}")
    return [
        Document(f"{topic}.{language}.md", topic, language, "\n\n".join(parts) + "\n")
        for (topic, language), parts in held.items()
    ]


def title(section: Section) -> str:
    return section.topic.replace("-", " ").capitalize()


def seed_digest(folder: Path = SEED, no_trade: Path = NO_TRADE) -> str:
    """SHA-256 of the seed files in the order of their names."""
    digest = hashlib.sha256()
    for file in (*sorted(folder.glob("*.txt")), no_trade):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _add(section: Section, line: str) -> bool:
    found = _LINE.fullmatch(line)
    if found is None:
        return False
    mark, language, text = found["mark"].strip(), found["language"], found["text"].strip()
    if mark == "H":
        section.headings[language] = text
    elif mark == "!":
        section.strange.append(Ask(language, text))
    elif mark == "?":
        question, _, answer = text.partition(_ANSWER)
        section.asks.append(Ask(language, question.strip(), answer.strip()))
        return _stands_in(answer, section.texts.get(language, ""))
    else:
        section.texts[language] = text
    return True


def _stands_in(answer: str, text: str) -> bool:
    words: Sequence[str] = answer.strip().strip(".").lower().split()
    return bool(words) and " ".join(words) in " ".join(text.lower().split())
