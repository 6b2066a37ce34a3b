"""A real browser, when there is one: found on the PATH or named by CHROMIUM. REQUIRE_BROWSER=1 makes it a must."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.bots.desk.demo import PASSWORD
from tests.browser.server import Running, run_server

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 375, "height": 780}
PATIENCE_MS = 10_000


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = find_chromium()
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1, but no Chromium was found: install one or name it by CHROMIUM")
    if found is None:
        pytest.skip("NO BROWSER: the pages were not looked at. Install chromium or name one by CHROMIUM")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Of a module, no longer: while it is open, its thread has a loop, and no other test could run one."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path, chromium: str) -> Iterator[Running]:
    with run_server(tmp_path) as running:
        yield running


class Window:
    """One person's browser. A page that logs an error or breaks its policy fails the test."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.problems: list[str] = []
        context.set_default_timeout(PATIENCE_MS)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        page.goto(self.address + path)
        return page

    def sign_in(self, name: str = "olena", to: str = "/desk") -> Page:
        page = self.open(f"/desk/signin?next={to}")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{to}")
        return page


@pytest.fixture
def windows(browser: Browser, server: Running) -> Iterator["Windows"]:
    opened = Windows(browser, server.address)
    yield opened
    opened.close()


class Windows:
    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._opened: list[Window] = []

    def new(self, *, phone: bool = False, language: str = "en-US", scripts: bool = True) -> Window:
        context = self._browser.new_context(
            viewport=PHONE if phone else {"width": 1360, "height": 850},  # type: ignore[arg-type]
            locale=language,
            java_script_enabled=scripts,
        )
        window = Window(context, self._address)
        self._opened.append(window)
        return window

    def close(self) -> None:
        problems = [problem for window in self._opened for problem in window.problems]
        for window in self._opened:
            window.context.close()
        assert problems == []
