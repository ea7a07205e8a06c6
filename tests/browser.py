"""A browser for the tests: Chromium without a window, driven by Playwright, that tells all that it complains of.

Where there is none, tests skip and say why; with ``CASUALTY_EXTRACT_BROWSER=required`` they fail.
``CASUALTY_EXTRACT_CHROMIUM`` names one that is not on the path.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "CASUALTY_EXTRACT_BROWSER"
PROGRAM = "CASUALTY_EXTRACT_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Nothing that asks the network by itself; tests run as root in containers, where the sandbox cannot."""


@contextlib.contextmanager
def launched() -> Iterator[Any]:
    """Give a browser: ``launched() as browser``."""
    program = _program()
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


def _program() -> str:
    named = os.environ.get(PROGRAM, "")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), "")
    if found:
        return found
    told = f"there is no browser: none of {', '.join(NAMES)} is on the path, and {PROGRAM} names none"
    if os.environ.get(VARIABLE) == "required":
        pytest.fail(told)
    pytest.skip(told)


@dataclass
class Look:
    """A page that is open, and what went wrong with it so far.

    Attributes:
        page: Playwright's page.
        complaints: errors and warnings of its console, errors of its script.
        requests: what it asked for beside itself.
        dialogs: what it opened over itself.
    """

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    file: str = ""

    def listen(self) -> None:
        """Note from now on what goes wrong."""
        self.page.on("console", self._complained)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("dialog", self._opened)

    def visit(self, file: Path, address: str = "", *, ready: bool = True) -> None:
        """Open a file, and wait for its script to be done; what went wrong before is forgotten."""
        self.file = file.as_uri()
        self.complaints.clear()
        self.requests.clear()
        self.dialogs.clear()
        self.page.goto(self.file + address)
        if ready:
            self.page.wait_for_selector("html[data-ready]", state="attached")

    def _complained(self, told: Any) -> None:
        if told.type in {"error", "warning"}:
            self.complaints.append(told.text)

    def _asked(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.file:
            self.requests.append(request.url)

    def _opened(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def count(self, selector: str) -> int:
        return int(self.page.locator(selector).count())

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.textContent"))


@contextlib.contextmanager
def looking(browser: Any, file: Path | None = None, address: str = "", **how: Any) -> Iterator[Look]:
    """Open a file in a context of its own: ``looking(browser, file, "#view=map", color_scheme="dark") as look``."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **how})
    look = Look(context.new_page())
    look.listen()
    if file is not None:
        look.visit(file, address)
    yield look
    context.close()
