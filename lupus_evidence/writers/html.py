"""Documents as plain HTML without script: for notebooks, and with a style for files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from lupus_evidence.documents.curve import CurvePlot
from lupus_evidence.documents.document import (
    Block,
    Column,
    Document,
    Entries,
    Facts,
    Paragraph,
    Section,
    Sentences,
    Table,
)
from lupus_evidence.documents.flowchart import FlowChart
from lupus_evidence.documents.plot import LIGHTS, Plot, PlotLine, PlotPanel
from lupus_evidence.documents.text import capital, cell, column_cell, small, visible
from lupus_evidence.documents.values import Noted, Value
from lupus_evidence.vocabulary.colours import ON_DARK, ON_WHITE
from lupus_evidence.writers.inline_svg import (
    axis_svg,
    curve_legend,
    curve_svg,
    interval_svg,
)
from lupus_evidence.writers.picture_tables import block_tables
from lupus_evidence.writers.table_layout import (
    columns_below,
    headed_rows,
    shared_headings,
)

_HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>:root{{color-scheme:light dark}}"
    "body{{font:16px/1.4 system-ui,sans-serif;margin:2em auto;max-width:75em;"
    "padding:0 1em}}table{{border-collapse:collapse;margin:1em 0}}th{{text-align:left}}"
    "th[align=right]{{text-align:right}}th,td{{padding:.2em 1em .2em 0;"
    "vertical-align:top}}td[align=right]{{white-space:nowrap}}"
    "th[colspan]{{padding-top:1em}}tr+tr td{{border-top:1px solid #8884}}"
    ".curve{{max-width:100%;height:auto}}{colours}"
    "</style></head><body>\n"
)

_COLOURS = "@media(prefers-color-scheme:dark){{{}}}".format(
    "".join(
        f".t{place}{{--c:{colour};--ct:{colour}}}"
        for place, colour in enumerate(ON_DARK)
    )
)

#: A light is as round on paper as on the screen, and has its colour there too.
_ROUND = (
    "display:inline-block;width:1.4em;line-height:1.4;border-radius:50%;"
    "text-align:center;font-weight:600;color:#1b1f24;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact"
)


def render_documents(documents: Sequence[Document]) -> str:
    """Return documents as one HTML file.

    Parameters
    ----------
    documents : sequence of Document
        The first one's title is the file's.
    """
    title = documents[0].title if documents else "Nothing to show"
    body = "".join(render_document(page) for page in documents)
    return f"{_HEAD.format(title=_text(title), colours=_COLOURS)}{body}</body></html>\n"


def render_document(document: Document) -> str:
    """Return a document as a fragment of HTML.

    Parameters
    ----------
    document : Document
        Its title becomes a third-level heading, as fits a notebook.
    """
    parts = [f"<h3>{_text(document.title)}</h3>"] if document.title else []
    parts += [f"<p>{_text(document.subtitle)}</p>"] if document.subtitle else []
    parts += [line for block in document.blocks for line in _block(block, 4)]
    return "\n".join(parts) + "\n"


def _block(block: Block, level: int) -> Iterator[str]:
    """Yield a block under its heading."""
    if isinstance(block, (Plot, CurvePlot, FlowChart)):
        yield from _picture(block, level)
        return
    if not isinstance(block, Paragraph) and block.title:
        yield f"<h{level}>{_text(block.title)}</h{level}>"
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Section():
            for inner in block.blocks:
                yield from _block(inner, min(level + 1, 6))
        case Table():
            yield _table(block)
        case Facts():
            rows = (
                f"<tr><th>{_text(label)}</th><td>{_text(text)}</td></tr>"
                for label, text in block.pairs
            )
            yield f"<table>{''.join(rows)}</table>"
        case Entries():
            rows = (
                f"<dt>{_text(item.label)} <strong>{_text(item.lead.text)}:</strong> "
                f"{_text(item.text)}</dt>"
                + "".join(f"<dd>{_text(line)}</dd>" for line in item.lines)
                for item in block.items
            )
            yield f"<dl>{''.join(rows)}</dl>"
        case Sentences():
            items = "".join(f"<li>{_text(item)}</li>" for item in block.items)
            yield f"<ul>{items}</ul>"


def _paragraph(block: Paragraph) -> str:
    """Return running text, its leading word strong, or lines as they stand."""
    if block.kept:
        lines = "\n".join(map(visible, block.text.split("\n")))
        return f"<pre>{escape(lines)}</pre>"
    text = _text(block.text)
    if block.lead is not None:
        text = f"<strong>{_text(block.lead.text)}</strong> {text}"
    return f"<p><small>{text}</small></p>" if block.note else f"<p>{text}</p>"


def _text(text: str) -> str:
    """Return text in which a browser sees nothing but text."""
    return escape(cell(text))


def _table(table: Table) -> str:
    """Return a table with its headings, and its notes below."""
    notes = "".join(f"<p><small>{_text(note)}</small></p>" for note in table.notes)
    if not table.rows:
        return f"<p>{_text(table.empty)}</p>{notes}"
    shown = columns_below(table)
    head = "</tr><tr>".join(_headings(shown))
    rows = []
    for one in headed_rows(table):
        if one.heading:
            heading = escape(one.heading)
            rows.append(f'<tr><th colspan="{len(shown)}">{heading}</th></tr>')
        cells = (f"<td{_side(c)}>{_cell(one.row, c)}</td>" for c in shown)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    body = "".join(rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"


def _headings(columns: Sequence[Column]) -> Iterator[str]:
    """Yield the rows of headings, those that several columns share first."""
    shared = shared_headings(columns)
    if shared:
        yield "".join(
            f'<th colspan="{count}">{escape(over)}</th>'
            if over
            else "<td></td>" * count
            for over, count in shared
        )
    yield "".join(f"<th{_side(c)}>{escape(c.heading)}</th>" for c in columns)


def _cell(row: Mapping[str, Value], column: Column) -> str:
    """Return a cell, the signs of its notes raised."""
    value = row.get(column.key)
    if isinstance(value, Noted) and value.notes:
        return f"{_text(value.text)} <sup>{_text(', '.join(value.notes))}</sup>"
    return escape(column_cell(row, column))


def _side(column: Column) -> str:
    """Return the attribute of a column of figures."""
    return ' align="right"' if column.align == "right" else ""


def _picture(plot: Plot | CurvePlot | FlowChart, level: int) -> Iterator[str]:
    """Yield a picture, and below it what its marks stand for."""
    if isinstance(plot, FlowChart):
        yield from map(_table, block_tables(plot))
    elif isinstance(plot, Plot):
        yield from _plot(plot, level)
    else:
        yield f"<div>{curve_svg(plot)}</div>"
        yield f"<p><small>{_text(curve_legend(plot))}</small></p>"


def _plot(plot: Plot, level: int) -> Iterator[str]:
    """Yield a picture."""
    for panel in plot.panels:
        if panel.title:
            yield f"<h{level}>{_text(panel.title)}</h{level}>"
        yield _panel(panel, plot)
        if plot.of_trials:
            for group in panel.groups:
                yield f"<p><small>{_text(capital(group.spread))}</small></p>"
    if plot.scale.meaning:
        yield f"<p><small>{_text(capital(plot.scale.meaning))}</small></p>"
    if plot.bias:
        signs = ", ".join(f"{sign} {meaning}" for sign, meaning in plot.bias)
        yield f"<p><small>{_text(f'Risk of bias: {signs}.')}</small></p>"


def _panel(panel: PlotPanel, plot: Plot) -> str:
    """Return a part of a picture as a table with an interval drawn in each line."""
    headings = "study", small(plot.headings.people), plot.headings.rate
    before = "".join(map(_head, headings))
    axis = axis_svg("#5b6470", plot.scale)
    last = _head("bias") if plot.bias else ""
    head = f"{before}<th>{axis}</th>{_head('share')}{last}"
    rows = []
    for group in panel.groups:
        name = ", ".join(filter(None, (capital(group.name), group.among)))
        rows.append(f"<tr>{_head(name, 6 if plot.bias else 5)}</tr>")
        for line in group.lines:
            label, people, rate, weight = (escape(text) for text in line.texts)
            drawn = interval_svg(line, ON_WHITE[group.colour], plot.scale)
            cells = [label, people, rate, drawn, weight]
            cells += [_light(line, plot)] if plot.bias else []
            rows.append(f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>")
    body = "".join(rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _light(line: PlotLine, plot: Plot) -> str:
    """Return a study's risk of bias: its sign on a round light, its word said aloud."""
    sign = escape(plot.sign(line))
    if line.bias is None:
        return sign
    words = f"risk of bias: {escape(plot.judged(line))}"
    return (
        f'<span role="img" title="{words}" aria-label="{words}" style="{_ROUND};'
        f'background:{LIGHTS[line.bias]}">{sign}</span>'
    )


def _head(text: str, columns: int = 1) -> str:
    """Return a heading over one column or more."""
    return f'<th align="left" colspan="{columns}">{_text(text)}</th>'
