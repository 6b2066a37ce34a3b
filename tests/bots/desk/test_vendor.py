import hashlib
import re
from pathlib import Path

from bots.desk.pages import STATIC, TEMPLATES

VENDOR = STATIC / "vendor"


def test_vendored_files_are_the_ones_that_their_table_names() -> None:
    table = dict(re.findall(r"\| `([\w.]+)` \|.*`([0-9a-f]{64})`", (VENDOR / "README.md").read_text()))
    assert set(table) == {path.name for path in VENDOR.glob("*.js")}
    for name, digest in table.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


def test_each_vendored_file_has_its_licence_beside_it() -> None:
    assert {path.name.partition(".")[0] for path in VENDOR.glob("*.js")} == {
        path.stem.removeprefix("LICENSE-") for path in VENDOR.glob("LICENSE-*")
    }


def pages() -> list[Path]:
    chat = TEMPLATES.parents[1] / "webchat"
    return [*TEMPLATES.glob("*.html"), chat / "page.html"]


def test_no_page_needs_what_its_policy_forbids() -> None:
    for page in pages():
        source = page.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=|javascript:|hx-on|\bjs:", source), (
            page
        )


def test_no_page_fetches_from_elsewhere() -> None:
    for page in pages():
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.read_text()), page
