"""A report rendered once, and a browser to open it in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from report.pages import invented, made

from lupus_evidence.report.html_page import render_report

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Debian's browser; another may be named.
CHROMIUM = os.environ.get("LUPUS_EVIDENCE_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing(what: str) -> None:
    """Skip where something is not installed; in continuous integration that fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The invented report."""
    return made(invented(), tmp_path_factory.mktemp("claims"))


@pytest.fixture(scope="session")
def html(report) -> str:
    """The invented report as a page."""
    return render_report(report)


@pytest.fixture(scope="session")
def page_file(html, tmp_path_factory) -> Path:
    """The invented report as a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, driven by Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    if not Path(CHROMIUM).exists():
        missing(f"a browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(ARGUMENTS)
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which checks a page for accessibility."""
    named = os.environ.get("LUPUS_EVIDENCE_AXE", "")
    path = Path(named) if named else Path("node_modules/axe-core/axe.min.js")
    if not path.is_file():
        missing("axe-core (set LUPUS_EVIDENCE_AXE to its axe.min.js)")
    return path.read_text(encoding="utf-8")
