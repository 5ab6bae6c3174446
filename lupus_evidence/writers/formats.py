"""Every form in which an answer can be had, named once: name, endings, writer.

A command says which parts its answer has (a page, tables, data, a picture, a bundle,
or a text of its own); a form says which part it writes. What a command takes, refuses,
completes and names in its help follows from that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lupus_evidence.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from lupus_evidence.documents.document import Bundle, Document, Table
    from lupus_evidence.documents.values import Receipt
    from lupus_evidence.writers.terminal import Look


@dataclass(frozen=True)
class Answer:
    """What a command found, its parts made only when a form asks for them.

    Parameters
    ----------
    receipt : Receipt or None
        What it rests on; None where no records are asked.
    pages : callable, optional
        Returns the documents for a person.
    tables : callable, optional
        Returns tables of values; the first is the one that CSV holds.
    data : callable, optional
        Returns plain values for JSON; the tables' rows if omitted.
    figure : callable, optional
        Takes "svg", "png" or "pdf" and returns the picture.
    texts : mapping of str to callable
        Forms that only this command has, or JSON as another standard says it, by name.
    bundle : callable, optional
        Returns tables to hand on together.
    """

    receipt: Receipt | None
    pages: Callable[[], Sequence[Document]] | None = None
    tables: Callable[[], Sequence[Table]] | None = None
    data: Callable[[], dict[str, Any]] | None = None
    figure: Callable[[str], str | bytes] | None = None
    texts: Mapping[str, Callable[[], str | bytes]] = field(default_factory=dict)
    bundle: Callable[[], Bundle] | None = None


def narrowed(answer: Answer, columns: Sequence[str], rows: int | None) -> Answer:
    """Return an answer with some columns of its first table, and its first rows.

    Parameters
    ----------
    answer : Answer
        One that has tables.
    columns : sequence of str
        Names of columns, in the order wanted; all of them if empty. A page is then
        that table.
    rows : int or None
        How many rows, counted from the first; all of them if None.
    """
    from lupus_evidence.documents.document import Document

    def first_table() -> Table:
        table = _tables(answer)[0].with_columns(columns)
        return table if rows is None else table.first_rows(rows)

    def pages() -> list[Document]:
        if columns or rows is None:
            return [Document("", "", (first_table(),))]
        return [page.first_rows(rows) for page in _pages(answer)]

    return replace(
        answer,
        pages=pages,
        tables=lambda: [first_table(), *_tables(answer)[1:]],
        data=None,
    )


@dataclass(frozen=True)
class Format:
    """One form of output.

    Parameters
    ----------
    name : str
        As one types it.
    part : str
        Which part of an answer it writes; its own name where it is a text that only
        some commands have.
    write : callable
        Takes the answer and what the screen can show.
    endings : tuple of str
        Of files that are written in this form.
    binary : bool
        Whether it is nothing to be read on a screen.
    manuscript : bool
        Whether it is for a manuscript, which has a comparison as a summary of findings.
    files : callable, optional
        Takes the answer and returns the files of a folder by their names, where the
        form may be one too.
    """

    name: str
    part: str
    write: Callable[[Answer, Look], str | bytes]
    endings: tuple[str, ...] = ()
    binary: bool = False
    manuscript: bool = False
    files: Callable[[Answer], Mapping[str, bytes]] | None = None


def _page(answer: Answer, look: Look) -> str:
    """Write the pages for a terminal or a pipe; a table where there is no page."""
    from lupus_evidence.writers.terminal import render_document

    return "\n".join(render_document(page, look) for page in _pages(answer))


def _markdown(answer: Answer, look: Look) -> str:  # noqa: ARG001
    """Write the pages as Markdown."""
    from lupus_evidence.writers.markdown import render_document

    return "\n".join(render_document(page) for page in _pages(answer))


def _html(answer: Answer, look: Look) -> str:  # noqa: ARG001
    """Write the pages as one plain HTML file."""
    from lupus_evidence.writers.html import render_documents

    return render_documents(_pages(answer))


def _pages(answer: Answer) -> Sequence[Document]:
    """Return the pages."""
    if answer.pages is None:
        raise OutputError("there is no page here")
    return answer.pages()


def _tables(answer: Answer) -> Sequence[Table]:
    """Return the tables."""
    if answer.tables is None:
        raise OutputError("there is no table here")
    return answer.tables()


def _csv(answer: Answer, look: Look) -> str:  # noqa: ARG001
    """Write the first table, comma separated."""
    from lupus_evidence.writers.tabular import render_separated

    return render_separated(_tables(answer)[0])


def _tsv(answer: Answer, look: Look) -> str:  # noqa: ARG001
    """Write the first table, tab separated."""
    from lupus_evidence.writers.tabular import render_separated

    return render_separated(_tables(answer)[0], "\t")


def _json(answer: Answer, look: Look) -> str:  # noqa: ARG001
    """Write the data, or the rows of the first table, with the receipt.

    JSON whose form another standard says is a text of its own and stays as it is.
    """
    from lupus_evidence.writers import tabular

    if "json" in answer.texts:
        return str(answer.texts["json"]())
    if answer.data is not None:
        return tabular.dump(answer.data(), answer.receipt)
    return tabular.render_table(_tables(answer)[0], answer.receipt)


def _xlsx(answer: Answer, look: Look) -> bytes:  # noqa: ARG001
    """Write every table as a sheet of one spreadsheet file."""
    from lupus_evidence.writers.tabular import render_workbook

    return render_workbook(_tables(answer))


def _docx(answer: Answer, look: Look) -> bytes:  # noqa: ARG001
    """Write the pages as one Word file."""
    from lupus_evidence.writers.word import render_documents

    return render_documents(_pages(answer))


def _figure(name: str) -> Callable[[Answer, Look], str | bytes]:
    """Return the writer of one kind of picture."""

    def write(answer: Answer, look: Look) -> str | bytes:  # noqa: ARG001
        if answer.figure is None:
            raise OutputError("there is no picture here")
        return answer.figure(name)

    return write


def _package(answer: Answer) -> dict[str, bytes]:
    """Write the bundle as the files of a Data Package."""
    from lupus_evidence.writers.datapackage import package_files

    if answer.bundle is None:
        raise OutputError("there is no bundle here")
    return package_files(answer.bundle())


def _package_zip(answer: Answer, look: Look) -> bytes:  # noqa: ARG001
    """Write the bundle as a Data Package in one archive."""
    from lupus_evidence.writers.datapackage import zipped

    return zipped(_package(answer))


def _own(name: str) -> Callable[[Answer, Look], str | bytes]:
    """Return the writer of a text that only some commands have."""
    return lambda answer, _: answer.texts[name]()


FORMATS: tuple[Format, ...] = (
    Format("table", "pages", _page, (".txt",)),
    Format("csv", "tables", _csv, (".csv",)),
    Format("tsv", "tables", _tsv, (".tsv",)),
    Format("json", "data", _json, (".json",)),
    Format("markdown", "pages", _markdown, (".md", ".markdown"), manuscript=True),
    Format("html", "pages", _html, (".html", ".htm")),
    Format("docx", "pages", _docx, (".docx",), binary=True, manuscript=True),
    Format("xlsx", "tables", _xlsx, (".xlsx",), binary=True),
    Format(
        "datapackage", "bundle", _package_zip, (".zip",), binary=True, files=_package
    ),
    Format("svg", "figure", _figure("svg"), (".svg",)),
    Format("png", "figure", _figure("png"), (".png",), binary=True),
    Format("pdf", "figure", _figure("pdf"), (".pdf",), binary=True),
    Format("r", "r", _own("r"), (".r",)),
    Format("metafor", "metafor", _own("metafor"), (".csv",)),
    Format("report", "report", _own("report"), (".html", ".htm"), binary=True),
    Format("jsonl", "jsonl", _own("jsonl"), (".jsonl",)),
    Format("robvis", "robvis", _own("robvis"), (".csv",)),
    Format("revman", "revman", _own("revman"), (".csv",)),
    Format("prisma", "prisma", _own("prisma"), (".csv",)),
    Format("ris", "ris", _own("ris"), (".ris",)),
    Format("bibtex", "bibtex", _own("bibtex"), (".bib",)),
    Format("csl-json", "csl-json", _own("csl-json")),
    Format("text", "text", _own("text"), (".txt",)),
    Format("github", "github", _own("github")),
    Format("sarif", "sarif", _own("sarif"), (".sarif",)),
)


def formats_of(parts: Sequence[str]) -> tuple[Format, ...]:
    """Return the forms that an answer with these parts can be had in.

    Parameters
    ----------
    parts : sequence of str
        Names of parts, the one for a person first; its form is the default. A form's
        own name stands for that one of its part alone.
    """
    return tuple(
        sorted(
            (form for form in FORMATS if form.part in parts or form.name in parts),
            key=lambda form: form.part != parts[0],
        )
    )


def chosen_format(
    parts: Sequence[str], name: str | None, output: Path | None
) -> Format:
    """Return the form to write in: as asked, by the file's ending, or the default.

    Parameters
    ----------
    parts : sequence of str
        What the answer has, the part for a person first.
    name : str, optional
        The form asked for.
    output : Path, optional
        The file to write; None or "-" for the screen.

    Raises
    ------
    OutputError
        If there is no such form here, or the file's ending says another one.
    """
    known = formats_of(parts)
    ending = "" if output is None or str(output) == "-" else output.suffix.lower()
    if name is None:
        return _by_ending(known, ending, output) if ending else known[0]
    form = next((item for item in known if item.name == name.lower()), None)
    if form is None:
        names = ", ".join(item.name for item in known)
        raise OutputError(f"there is no form '{name}' here; there are: {names}")
    others = {item for known_form in FORMATS for item in known_form.endings}
    if ending in others and ending not in form.endings:
        raise OutputError(
            f"-f {form.name} and the ending {ending} of {output} contradict each other"
        )
    return form


def _by_ending(known: Sequence[Format], ending: str, output: Path | None) -> Format:
    """Return the first form with this ending."""
    for form in known:
        if ending in form.endings:
            return form
    endings = ", ".join(dict.fromkeys(e for form in known for e in form.endings))
    raise OutputError(
        f"{output}: nothing here is written as {ending}; known endings: {endings}"
    )
