"""Findings of `check` for people, for programs and for GitHub's annotations."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from lupus_evidence.text import visible

if TYPE_CHECKING:
    from lupus_evidence.checks import CheckReport
    from lupus_evidence.diagnostics import Diagnostic
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
    lines.append(look.style(visible(report.summary), "bold"))
    return "\n".join(lines) + "\n"


def _json(report: CheckReport) -> str:
    """Write every finding, acknowledged ones too, as JSON."""
    content = {
        "schema_version": 1,
        "folder": report.whose,
        "records": report.records,
        "results": report.results,
        "checks_run": report.checks_run,
        "errors": report.errors,
        "warnings": report.warnings,
        "acknowledged": report.acknowledged,
        "findings": [_plain(item) for item in report.diagnostics],
    }
    return json.dumps(content, indent=2) + "\n"


def _plain(item: Diagnostic) -> dict[str, object]:
    """Return one finding as plain values."""
    rest = asdict(item)
    place = rest.pop("place")
    return {**place, **rest}


def _escaped(text: str, *, attribute: bool = False) -> str:
    """Escape text for a workflow command (actions/toolkit, command.ts)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if attribute else text


def _github(report: CheckReport) -> str:
    """Write findings as GitHub workflow commands, which become annotations."""
    lines = []
    for item in report.diagnostics:
        if item.acknowledged is not None:
            continue
        place = item.place
        spot = f",line={place.line},col={place.column}" if place.line else ""
        message = f"{item.message}. {item.hint}" if item.hint else item.message
        file = _escaped(visible(place.file), attribute=True)
        lines.append(
            f"::{item.level} file={file}{spot},"
            f"title={item.code}::{_escaped(visible(message))}"
        )
    return "\n".join([*lines, visible(report.summary)]) + "\n"


def render_findings(report: CheckReport, form: str, look: Look) -> str:
    """Return the findings in the form asked for.

    Parameters
    ----------
    report : CheckReport
        What was checked and found.
    form : {"text", "json", "github"}
        For people, programs or annotations.
    look : Look
        Width and colour, for text.
    """
    if form == "json":
        return _json(report)
    return _github(report) if form == "github" else _text(report, look)
