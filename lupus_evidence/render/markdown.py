"""Tables and documents as Markdown that pastes into a reply or a manuscript."""

from __future__ import annotations

import re

from lupus_evidence.render.cells import cell
from lupus_evidence.results import Document, Facts, Sentences, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$&!])")


def escaped(text: str) -> str:
    """Return text in which Markdown and HTML see nothing but text."""
    return _SPECIAL.sub(r"\\\1", text)


def render_table(table: Table) -> str:
    """Return a table in GitHub's form, its groups as a first column."""
    shown = [(index, table.columns[index]) for index in table.screen_columns()]
    lines = [f"## {escaped(table.title)}", ""] if table.title else []
    if table.rows:
        lines.append("| " + " | ".join(escaped(c.heading) for _, c in shown) + " |")
        rules = ("---:" if c.align == "right" else "---" for _, c in shown)
        lines.append("| " + " | ".join(rules) + " |")
        for row in table.rows:
            cells = (escaped(cell(row[index])) for index, _ in shown)
            lines.append("| " + " | ".join(cells) + " |")
    else:
        lines.append(escaped(table.empty))
    lines += [line for note in table.notes for line in ("", escaped(note))]
    return "\n".join(lines) + "\n"


def _facts(block: Facts) -> str:
    """Return labelled facts as a list."""
    head = f"## {escaped(block.title)}\n\n" if block.title else ""
    return head + "".join(
        f"- **{escaped(label)}**: {escaped(cell(text))}\n"
        for label, text in block.pairs
    )


def _sentences(block: Sentences) -> str:
    """Return sentences as a list under their heading."""
    items = "".join(f"- {escaped(cell(item))}\n" for item in block.items)
    return f"## {escaped(block.title)}\n\n{items}"


def render_document(document: Document) -> str:
    """Return a document with a heading per block."""
    parts = [f"# {escaped(cell(document.title))}\n"]
    if document.subtitle:
        parts.append(escaped(cell(document.subtitle)) + "\n")
    for block in document.blocks:
        match block:
            case Facts():
                parts.append(_facts(block))
            case Sentences():
                parts.append(_sentences(block))
            case Table():
                parts.append(render_table(block))
    return "\n".join(parts)
