"""A firm's folder in, all that the firm vouches for out; what is missing comes from the built-in one."""

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from core.domain.firm import Firm, Material, Product
from core.domain.playbook import Playbook
from core.domain.quiet_hours import QuietHours
from core.domain.vocabulary import LANGUAGES
from core.errors import InvalidFirm
from core.ports import Document
from core.strategy.catalogue_files import read_materials, read_price_list
from core.strategy.firm_file import FirmFile, read_firm_file
from core.strategy.load import BUILT_IN, build_playbook
from core.strategy.problems import Place, Problems
from core.strategy.text_files import read_text
from core.strategy.validate import AUDIENCES

ENTRIES = ("firm.yaml", "playbook", "knowledge", "price_list.csv", "materials.csv")

_DOCUMENT_NAME = re.compile(rf"([a-z0-9][a-z0-9_-]*)\.({'|'.join(LANGUAGES)})\.md")


@dataclass(frozen=True, slots=True)
class LoadedFirm:
    """`sources` are the playbooks' texts by audience, to be kept as versions; `parse_playbook` reads them again."""

    firm: Firm
    playbooks: Mapping[str, Playbook]
    documents: tuple[Document, ...]
    sources: Mapping[str, str]


def load_firm(folder: Path) -> LoadedFirm:
    """Raises InvalidFirm with every problem of every file in the folder."""
    if not folder.is_dir():
        hint = "name a folder with firm.yaml, playbook/, knowledge/, price_list.csv and materials.csv"
        raise InvalidFirm("there is no such folder", where=str(folder), hint=hint)
    problems = Problems()
    reader = _Reader(folder, problems)
    suggest_spellings(folder, problems)
    own, built_in = _firm_files(reader)
    languages = (own and own.languages) or built_in.languages
    currency = (own and own.currency) or built_in.currency or ""
    prices, shown = reader.own("price_list.csv"), reader.own("materials.csv")
    products = read_price_list(*prices, currency=currency, problems=problems) if prices else ()
    materials = read_materials(*shown, problems=problems) if shown else ()
    playbooks, sources = _playbooks(reader, languages)
    documents = tuple(_documents(reader))
    problems.raise_if_any()
    firm = _build_firm(own or built_in, built_in, products=products, materials=materials, version=reader.version())
    return LoadedFirm(firm=firm, playbooks=playbooks, documents=documents, sources=sources)


class _Reader:
    """Reads each source once and remembers it for the version. Gives (text, file name for messages)."""

    def __init__(self, folder: Path, problems: Problems) -> None:
        self.folder = folder
        self.problems = problems
        self._digest = hashlib.sha256()

    def own(self, name: str) -> tuple[str, str] | None:
        path = self.folder / name
        return self._read(path, name) if path.exists() else None

    def built_in(self, name: str) -> tuple[str, str]:
        found = self._read(BUILT_IN / name, f"builtin/{name}")
        assert found is not None
        return found

    def version(self) -> str:
        return self._digest.hexdigest()

    def _read(self, path: Path, name: str) -> tuple[str, str] | None:
        text = read_text(path, self.problems)
        if text is None:
            return None
        self._digest.update(f"{name}\0{len(text)}\0{text}".encode())
        return text, str(path)


def suggest_spellings(folder: Path, problems: Problems) -> None:
    """A misspelt name would silently mean the built-in file, or no prices at all."""
    present = {entry.name for entry in folder.iterdir()}
    missing = [entry for entry in ENTRIES if entry not in present]
    for name in sorted(present - set(ENTRIES)):
        near = difflib.get_close_matches(name.lower(), missing, n=1, cutoff=0.8)
        if near:
            problems.add(Place(str(folder / name)), "nothing reads this name", f"rename it to {near[0]}")


def _firm_files(reader: _Reader) -> tuple[FirmFile | None, FirmFile]:
    text, file = reader.built_in("firm.yaml")
    built_in = read_firm_file(text, file, problems=reader.problems)
    assert built_in is not None
    own = reader.own("firm.yaml")
    return (read_firm_file(*own, problems=reader.problems) if own else None), built_in


def _playbooks(reader: _Reader, languages: Sequence[str]) -> tuple[dict[str, Playbook], dict[str, str]]:
    folder = reader.folder / "playbook"
    known = [f"{audience}.yaml" for audience in AUDIENCES]
    for path in list_files(folder, reader.problems):
        if path.name not in known:
            reader.problems.add(Place(str(path)), "no audience reads this playbook", f"name it {' or '.join(known)}")
    playbooks, sources = {}, {}
    for audience in AUDIENCES:
        text, file = reader.own(f"playbook/{audience}.yaml") or reader.built_in(f"{audience}.yaml")
        playbook = build_playbook(text, file=file, languages=languages, problems=reader.problems)
        if playbook is None:
            continue
        if playbook.audience in AUDIENCES and playbook.audience != audience:
            what = f"the file is for {audience}, but its audience is {playbook.audience}"
            reader.problems.add(Place(file), what, f"write `audience: {audience}`")
        playbooks[audience] = playbook
        sources[audience] = text
    return playbooks, sources


def _documents(reader: _Reader) -> Iterator[Document]:
    for path in list_files(reader.folder / "knowledge", reader.problems):
        if path.suffix == ".pdf" or path.name == "pages.txt":
            continue  # read with the index, since reading them may take long or fail
        match = _DOCUMENT_NAME.fullmatch(path.name)
        if match is None:
            hint = f"name it topic.language.md in small Latin letters, language one of {', '.join(LANGUAGES)}"
            reader.problems.add(Place(str(path)), "the file's name does not say topic and language", hint)
            continue
        read = reader.own(f"knowledge/{path.name}")
        if read is None:
            continue
        if not read[0].strip():
            reader.problems.add(Place(str(path)), "the file is empty", "write it or delete it")
        yield Document(source=path.name, topic=match[1], language=match[2], text=read[0])


def list_files(folder: Path, problems: Problems) -> list[Path]:
    """Files by name; hidden ones do not count. A folder that does not exist has none."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        problems.add(Place(str(folder)), "this must be a folder", "put the files into a folder of this name")
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _build_firm(
    own: FirmFile, built_in: FirmFile, *, products: tuple[Product, ...], materials: tuple[Material, ...], version: str
) -> Firm:
    languages = own.languages or built_in.languages
    timezone = own.timezone or built_in.timezone or ""
    return Firm(
        name=own.name or built_in.name or "",
        languages=languages,
        default_language=own.default_language or languages[0],
        region=own.region or built_in.region or "",
        timezone=timezone,
        currency=own.currency or built_in.currency or "",
        on_duty=own.on_duty if own.on_duty is not None else built_in.on_duty or {},
        disclosure=own.disclosure,
        contacts=own.contacts,
        policies=own.policies,
        products=products,
        materials=materials,
        version=version,
        audiences=own.audiences,
        holidays=own.holidays,
        hand_over=own.hand_over,
        channel_texts=replace(own.channel_texts, default_language=own.default_language or languages[0]),
        quiet_hours=_quiet_hours(own.quiet_hours or built_in.quiet_hours, timezone),
    )


def _quiet_hours(hours: tuple[time, time] | None, timezone: str) -> QuietHours | None:
    return QuietHours(*hours, timezone) if hours and hours[0] != hours[1] else None
