"""Commands in the documentation with the output that is printed under them.

``python tests/documentation.py`` writes what the program prints now into the pages,
and the pages that it makes as a whole; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from lupus_evidence.audit.articles import claims_schema
from lupus_evidence.checks.rules import document_all
from lupus_evidence.records.schema import study_schema

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Pages that the program makes as a whole.
MADE = {
    "study.schema.json": study_schema,
    "claims.schema.json": claims_schema,
    "checks.md": document_all,
}
#: 29 November 2026, in seconds since 1970: how long trials are silent is told of it.
TODAY = "1795910400"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sessions(text: str) -> list[tuple[str, str]]:
    """Return every command of a block with the output below it."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def output_of(command: str) -> str:
    """Return what a command prints, notes included, run in the repository's root."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": TODAY,
    }
    environment.pop("LUPUS_EVIDENCE_STUDIES", None)
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def documented() -> list[tuple[str, str, str]]:
    """Return page, command and printed output of every example."""
    return [
        (page.name, command, output)
        for page in PAGES
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
        for command, output in sessions(block)
    ]


def refreshed(text: str) -> str:
    """Return a page with the outputs as they are now."""

    def block(match: re.Match[str]) -> str:
        body = "".join(
            f"$ {command}\n{output_of(command)}"
            for command, _ in sessions(match.group(1))
        )
        return f"```console\n{body}```"

    return BLOCK.sub(block, text)


if __name__ == "__main__":
    for name, made in MADE.items():
        (ROOT / "docs" / name).write_text(made(), encoding="utf-8")
    for page in PAGES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
