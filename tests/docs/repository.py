"""What the tests of the documents look at: the files that git tracks, and the Markdown among them."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCED = re.compile(r"^(?P<fence>```+).*?^(?P=fence)\s*$", re.MULTILINE | re.DOTALL)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Tracked files and those that would be: new ones count from the moment they are written."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in sorted(names) if name and (ROOT / name).is_file())


def documents() -> tuple[Path, ...]:
    """The Markdown that people read; the example firm's knowledge is data and has its own tests."""
    return tuple(path for path in tracked_files() if path.suffix == ".md" and "examples" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def without_code_blocks(text: str) -> str:
    return _FENCED.sub("", text)


def table_under(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without its head."""
    section = text.split(f"{heading}\n", 1)[1]
    rows: list[list[str]] = []
    for line in section.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))])
        elif rows:
            break
    return rows[2:]
