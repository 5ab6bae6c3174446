"""Tables and documents as Markdown that pastes into a reply or a manuscript."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lupus_evidence.documents.curve import CurvePlot
from lupus_evidence.documents.document import (
    Block,
    Document,
    Entries,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.flowchart import FlowChart
from lupus_evidence.documents.plot import Plot
from lupus_evidence.documents.text import cell, column_cell, visible
from lupus_evidence.writers.picture_tables import block_tables

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$&!])")


def escaped(text: str) -> str:
    """Return text in which Markdown and HTML see nothing but text."""
    return _SPECIAL.sub(r"\\\1", text)


def render_table(table: Table, level: int = 2) -> str:
    """Return a table in GitHub's form, its groups as a first column."""
    shown = table.screen_columns()
    lines = [f"{'#' * level} {escaped(cell(table.title))}", ""] if table.title else []
    if table.rows:
        lines.append("| " + " | ".join(escaped(c.heading) for c in shown) + " |")
        rules = ("---:" if c.align == "right" else "---" for c in shown)
        lines.append("| " + " | ".join(rules) + " |")
        for row in table.rows:
            cells = (escaped(column_cell(row, c)) for c in shown)
            lines.append("| " + " | ".join(cells) + " |")
    else:
        lines.append(escaped(table.empty))
    lines += [line for note in table.notes for line in ("", escaped(note))]
    return "\n".join(lines) + "\n"


def _block(block: Block, level: int) -> Iterator[str]:
    """Yield the parts of a block under its heading."""
    match block:
        case Table() | Plot() | CurvePlot() | FlowChart():
            for table in block_tables(block):
                yield render_table(table, level)
            return
        case Paragraph():
            yield _paragraph(block)
            return
    if block.title:
        yield f"{'#' * level} {escaped(cell(block.title))}\n"
    match block:
        case Facts():
            yield "".join(
                f"- **{escaped(label)}**: {escaped(cell(text))}\n"
                for label, text in block.pairs
            )
        case Entries():
            yield "".join(
                f"- **{escaped(f'{item.label} {cell(item.lead)}:')}** "
                + "  \n  ".join(
                    escaped(cell(line)) for line in (item.text, *item.lines)
                )
                + "\n"
                for item in block.items
            )
        case Sentences():
            yield "".join(f"- {escaped(cell(item))}\n" for item in block.items)
        case Section():
            for inner in block.blocks:
                yield from _block(inner, level + 1)


def _paragraph(block: Paragraph) -> str:
    """Return running text, its leading word strong, or lines as they stand."""
    if block.kept:
        return "\n".join(("```", *map(visible, block.text.split("\n")), "```", ""))
    text = escaped(cell(block.text))
    if block.lead is not None:
        text = f"**{escaped(cell(block.lead))}** {text}"
    return f"*{text}*\n" if block.note else f"{text}\n"


def render_document(document: Document) -> str:
    """Return a document with a heading per block."""
    parts = [f"# {escaped(cell(document.title))}\n"] if document.title else []
    if document.subtitle:
        parts.append(escaped(cell(document.subtitle)) + "\n")
    for block in document.blocks:
        parts += _block(block, 2)
    return "\n".join(parts)
