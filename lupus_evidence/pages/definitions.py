"""What words mean, as pages and as plain values."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.document import Block, Document, Facts, Paragraph, Section
from lupus_evidence.explanations.word_kinds import first_sentence, kinds
from lupus_evidence.writers.formats import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lupus_evidence.explanations.lookup import Explained


def explained_answer(found: Sequence[Explained]) -> Answer:
    """Return what was asked for as an answer.

    Parameters
    ----------
    found : sequence of Explained
        In the order asked for; if empty, what can be asked is the answer.
    """
    if not found:
        return Answer(
            None, pages=lambda: [_kinds_page()], data=lambda: {"kinds": _kind_lines()}
        )
    return Answer(
        None,
        pages=lambda: [_page(item) for item in found],
        data=lambda: {"documents": [_data(item) for item in found]},
    )


def _page(item: Explained) -> Document:
    """Return what one word means as a page."""
    blocks: list[Block] = [Paragraph(item.meaning)] if item.meaning else []
    if item.also:
        blocks.append(Facts("", (("Also written", ", ".join(item.also)),)))
    for heading, text in item.sections:
        name = heading.lower().replace(" ", "-")
        parts = tuple(_part(part) for part in text.split("\n\n"))
        blocks.append(Section(name, heading, parts))
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in item.members:
        groups.setdefault(one.group, []).append((one.name, one.meaning))
    blocks += [Facts(group, tuple(pairs)) for group, pairs in groups.items()]
    return Document(item.title, "", tuple(blocks))


def _part(text: str) -> Block:
    """Return a paragraph; an indented one is a part of a file."""
    if text.startswith("    "):
        return Paragraph(dedent(text), kept=True)
    return Paragraph(" ".join(text.split()))


def _kinds_page() -> Document:
    """Return what can be asked, by kind."""
    kinds = Facts("", tuple(_kind_lines().items()))
    examples = (
        "Each name in these lists can be asked too, and every word of an output as it "
        "stands there, alone or several at once: `explain hsct msc`, `explain E203`, "
        "`explain new centre`, `explain 90 in 3`."
    )
    return Document("What can be explained", "", (kinds, Paragraph(examples)))


def _kind_lines() -> dict[str, str]:
    """Return what each kind is, in one line."""
    lines = {}
    for kind in kinds():
        line = first_sentence(kind.about).partition(": ")[0].removesuffix(".")
        lines[kind.name] = f"{line}."
    return lines


def _data(item: Explained) -> dict[str, Any]:
    """Return what one word means as plain values."""
    return {
        "name": item.name,
        "title": item.title,
        "meaning": item.meaning,
        "also": list(item.also),
        "sections": [{"title": title, "text": text} for title, text in item.sections],
        "members": [
            {"name": one.name, "meaning": one.meaning, "group": one.group}
            for one in item.members
        ],
    }
