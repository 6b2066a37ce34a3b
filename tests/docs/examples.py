"""What stands in the documents as an example, made true: files are written, commands run, Python is executed.

A `yaml`, `csv` or `markdown` block under the comment `<!-- file: NAME -->` becomes that file in a scratch folder. The
lines of a `console` block that begin with `$` run there, and the lines below them must be what they print (`...` stands
for anything). A `python` block is executed. Blocks of other languages are only shown.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from core.settings import Settings
from tests.docs.repository import ROOT

FILE = re.compile(r"<!-- file: (\S+) -->\n\Z")
LONGEST_COMMAND_S = 110
COMMAND = "import sys; sys.argv[0] = 'seller'; from bots.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what the document says it prints."""

    command: str
    printed: str


class Scratch:
    """A folder in which a document's examples live, with the `seller` command on its path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tools = folder / ".tools"
        tools.mkdir()
        script = tools / "seller"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{COMMAND}" "$@"\n')
        script.chmod(0o755)
        settings = {name.upper() for name in Settings.model_fields}
        kept = {name: value for name, value in os.environ.items() if name.upper() not in settings}
        path = f"{tools}{os.pathsep}{kept.get('PATH', '')}"
        self._environment = {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "NO_COLOR": "1"}

    def write(self, example: Example) -> str | None:
        named = FILE.search(example.document.text[: example.start])
        if named is None:
            return None
        path = self.folder / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(example.parsed), encoding="utf-8")
        return None

    def run(self, example: Example) -> str | None:
        for step in steps(str(example.parsed)):
            printed = self._output(step.command)
            if not matches(step.printed, printed):
                return f"$ {step.command}\nshould print\n{step.printed}\nbut prints\n{printed}"
        return None

    def _output(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST_COMMAND_S,
            check=False,
        )
        return done.stdout.decode().strip()


def steps(block: str) -> Iterator[Step]:
    command = ""
    printed: list[str] = []
    for line in block.strip().splitlines():
        if line.startswith("$ "):
            if command:
                yield Step(command, "\n".join(printed))
            command, printed = line[2:], []
        else:
            printed.append(line)
    if command:
        yield Step(command, "\n".join(printed))


def matches(expected: str, printed: str) -> bool:
    """Whether the text is the expected one, where `...` stands for anything, also over lines."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def evaluate(document: Path, scratch: Scratch) -> int:
    """Run all examples of a document in their order; their number. Raises AssertionError at a bad one."""
    parsers = [CodeBlockParser(language, scratch.write) for language in ("yaml", "csv", "markdown")]
    book = Sybil(parsers=[*parsers, CodeBlockParser("console", scratch.run), PythonCodeBlockParser()])
    examples = list(book.parse(document).examples())
    for example in examples:
        example.evaluate()
    return len(examples)
