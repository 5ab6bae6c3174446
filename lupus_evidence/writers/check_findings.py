"""Findings of `check` for people, for programs, for GitHub and for code scanners."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from lupus_evidence import __version__
from lupus_evidence.checks.rules import Check, catalogue, sections
from lupus_evidence.documents.text import plural, visible
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from lupus_evidence.checks import CheckReport
    from lupus_evidence.documents.values import Receipt
    from lupus_evidence.records.files import Diagnostic
    from lupus_evidence.writers.terminal import Look


def _text(report: CheckReport, look: Look) -> str:
    """Write one finding per line, its hint below, the summary last."""
    lines = []
    for item in report.diagnostics:
        if item.acknowledged is not None:
            continue
        level = look.style(item.level, "red" if item.level == "error" else "magenta")
        place = visible(str(item.place))
        lines.append(f"{place}: {level} {item.code} {visible(item.message)}")
        if item.hint:
            lines.append(look.style(f"    {visible(item.hint)}", "dim"))
    for waits in report.unread:
        blanks = plural(waits.blanks, "blank")
        lines.append(f"{visible(waits.file)}: to read, {blanks} left")
    lines.append(look.style(visible(report.summary), "bold"))
    return "\n".join(lines) + "\n"


def findings_data(report: CheckReport) -> dict[str, object]:
    """Return every finding, acknowledged ones too, as plain values.

    Parameters
    ----------
    report : CheckReport
        What was checked and found.
    """
    return {
        "folder": report.whose,
        "records": report.records,
        "results": report.results,
        "checks_run": report.checks_run,
        "errors": report.errors,
        "warnings": report.warnings,
        "acknowledged": report.acknowledged,
        "to_read": [
            {"file": item.file, "id": item.id, "blanks": item.blanks}
            for item in report.unread
        ],
        "findings": [_plain(item) for item in report.diagnostics],
    }


def _plain(item: Diagnostic) -> dict[str, object]:
    """Return one finding as plain values."""
    rest = asdict(item)
    place = rest.pop("place")
    return {**place, **rest}


def _escaped(text: str, *, attribute: bool = False) -> str:
    """Escape text for a workflow command (actions/toolkit, command.ts)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if attribute else text


def render_github(report: CheckReport) -> str:
    """Write findings as GitHub workflow commands, which become annotations."""
    lines = []
    for item in report.diagnostics:
        if item.acknowledged is not None:
            continue
        place = item.place
        spot = f",line={place.line},col={place.column}" if place.line else ""
        message = item.message.removesuffix(".")
        message = f"{message}. {item.hint}" if item.hint else item.message
        file = _escaped(visible(place.file), attribute=True)
        lines.append(
            f"::{item.level} file={file}{spot},"
            f"title={item.code}::{_escaped(visible(message))}"
        )
    return "\n".join([*lines, visible(report.summary)]) + "\n"


_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _sarif(report: CheckReport) -> str:
    """Write findings in SARIF 2.1.0, as code scanners read them.

    References
    ----------
    OASIS, Static Analysis Results Interchange Format Version 2.1.0,
    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    used = sorted({item.code for item in report.diagnostics})
    driver = {
        "name": "lupus-evidence",
        "semanticVersion": __version__,
        "rules": [_rule(catalogue()[code]) for code in used],
    }
    content = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [
                    _sarif_result(item, used.index(item.code))
                    for item in report.diagnostics
                ],
            }
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def _rule(item: Check) -> dict[str, object]:
    """Return what a scanner shows of a check: its title, its page, its level."""
    parts = sections(item)
    return {
        "id": item.code,
        "shortDescription": {"text": f"{item.title}."},
        "fullDescription": {"text": " ".join(parts["What it checks"].split())},
        "help": {"text": f"{item.page}\n"},
        "defaultConfiguration": {"level": item.level},
    }


def _sarif_result(item: Diagnostic, rule: int) -> dict[str, object]:
    """Return one finding with its place; an acknowledged one is suppressed."""
    message = item.message.removesuffix(".")
    message = f"{message}. {item.hint}" if item.hint else item.message
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(item.place.file)}}
    if item.place.line:
        location["region"] = {
            "startLine": item.place.line,
            "startColumn": item.place.column,
        }
    found: dict[str, object] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": item.level,
        "message": {"text": visible(message)},
        "locations": [{"physicalLocation": location}],
    }
    if item.acknowledged is not None:
        found["suppressions"] = [
            {"kind": "inSource", "justification": visible(item.acknowledged)}
        ]
    return found


def _uri(file: str) -> str:
    """Return a file's address: relative where its path is, so that code hosts find it.

    What stands elsewhere is named in full, with file:// as RFC 8089 has it.
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def render_statistics(report: CheckReport, look: Look) -> str:
    """Return how many findings each check has, the most first, and the summary.

    Parameters
    ----------
    report : CheckReport
        What was checked and found.
    look : Look
        Width and colour.
    """
    counts = Counter(
        item.code for item in report.diagnostics if item.acknowledged is None
    )
    width = len(str(max(counts.values(), default=0)))
    lines = [
        f"{count:>{width}}  {code}  {catalogue()[code].title}"
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return "\n".join([*lines, look.style(visible(report.summary), "bold")]) + "\n"


def findings_answer(
    report: CheckReport, receipt: Receipt, look: Look, *, statistics: bool = False
) -> Answer:
    """Return findings in all their forms.

    Parameters
    ----------
    report : CheckReport
        What was checked and found.
    receipt : Receipt
        What the records are.
    look : Look
        Width and colour of the text for people.
    statistics : bool
        Whether that text counts the findings of each check instead.
    """
    text = render_statistics if statistics else _text
    return Answer(
        receipt,
        data=lambda: findings_data(report),
        texts={
            "text": lambda: text(report, look),
            "github": lambda: render_github(report),
            "sarif": lambda: _sarif(report),
        },
    )
