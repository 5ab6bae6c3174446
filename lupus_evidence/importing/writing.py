"""Records as YAML text in the house style: what is known, and blanks for the rest.

The text is built here rather than by PyYAML's dumper because of the blanks with
their comments, which no dumper writes, and because the records fold and quote by
rules of their own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lupus_evidence.fields import TO_READ
from lupus_evidence.importing.blanks import Path, blank_at
from lupus_evidence.importing.scalars import WIDTH, Scalar, folded, key, on_one_line
from lupus_evidence.text import visible

#: Where the comments of blanks start, as in the template.
COMMENT_COLUMN = 24
#: Longest text that stands in brackets beside others; sentences get their own line.
MAX_IN_BRACKETS = 40
#: The words of a record's status; the template fills it in.
STATUSES = "published, registered (no results) or withdrawn"
#: Longest hint of a blank; the source has the rest.
MAX_HINT = 400


@dataclass(frozen=True)
class Blank:
    """What the source does not say.

    Parameters
    ----------
    hint : str
        What it says instead, put in front of the template's own comment.
    """

    hint: str = ""


@dataclass(frozen=True)
class Inline:
    """A few values that stand in braces on one line."""

    values: Mapping[str, Scalar]


Node = Scalar | Blank | Inline | Sequence["Node"] | Mapping[str, "Node"]


def render_record(fields: Mapping[str, Node], source: str) -> str:
    """Return the text of a record file.

    Parameters
    ----------
    fields : mapping of str to Node
        The record's fields in order; texts hold no lone surrogates.
    source : str
        What the record was made from, in words, for the comment on top.
    """
    top = [
        f"# From {visible(source)}. Fill in the blanks (marked ...), delete what the",
        "# source does not say. `lupus-evidence schema study` lists every field.",
    ]
    if "status" in fields and any(map(_is_open, fields.values())):
        known = fields["status"]
        then = known if isinstance(known, str) else STATUSES
        top.append(f"# When all is filled in, the status is: {then}.")
        fields = {**fields, "status": TO_READ}
    return "".join(f"{line}\n" for line in (*top, *_mapping(fields, 0, ())))


def entry_lines(name: str, node: Node, indent: int, path: Path = ()) -> list[str]:
    """Return the lines of one entry of a mapping.

    Parameters
    ----------
    name : str
        Its key.
    node : Node
        Its value.
    indent : int
        Spaces in front of it.
    path : tuple of str
        Keys to the mapping, by which a blank finds the template's comment.
    """
    return _entry(f"{' ' * indent}{key(name)}:", node, indent, (*path, name))


def in_braces(node: Node) -> str | None:
    """Return a value as it stands in braces or brackets; None if it cannot."""
    match node:
        case str() | bool() | int() | Decimal():
            return on_one_line(node, inside=True)
        case Inline():
            return _in_braces(node)
        case Blank() | Mapping():
            return None
    parts = [in_braces(item) for item in node]
    return None if None in parts else f"[{', '.join(filter(None, parts))}]"


def _in_braces(node: Inline) -> str:
    """Return a few values in braces."""
    pairs = (
        f"{key(name)}: {on_one_line(value, inside=True)}"
        for name, value in node.values.items()
    )
    return f"{{{', '.join(pairs)}}}"


def _is_open(node: Node) -> bool:
    """Tell whether a blank stands in a value."""
    match node:
        case Blank():
            return True
        case Mapping():
            return any(map(_is_open, node.values()))
        case str():
            return False
        case Sequence():
            return any(map(_is_open, node))
    return False


def _mapping(fields: Mapping[str, Node], indent: int, path: Path) -> list[str]:
    """Return the lines of a mapping's entries."""
    lines: list[str] = []
    for name, node in fields.items():
        part = "*" if path == ("arms",) else name
        lead = f"{' ' * indent}{key(name)}:"
        lines += _entry(lead, node, indent, (*path, part))
    return lines


def _entry(lead: str, node: Node, indent: int, path: Path) -> list[str]:
    """Return the lines of one value after its key or its dash."""
    match node:
        case Blank():
            return _blank(lead, node, path)
        case Inline():
            return [f"{lead} {_in_braces(node)}"]
        case str():
            return _text(lead, node, indent + 2)
        case bool() | int() | Decimal():
            return [f"{lead} {on_one_line(node)}"]
        case Mapping():
            below = _mapping(node, indent + 2, path)
            return [lead, *below] if below else [f"{lead} {{}}"]
    return _list(lead, node, indent + 2, path)


def _text(lead: str, text: str, indent: int) -> list[str]:
    """Return a text on its key's line, or folded below it where it is too long."""
    line = f"{lead} {on_one_line(text)}"
    below = folded(text, indent) if len(line) > WIDTH else None
    return [line] if below is None else [f"{lead} >-", *below]


def _list(lead: str, items: Sequence[Node], indent: int, path: Path) -> list[str]:
    """Return a list in brackets where it is short, else one item below another."""
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) == len(items) and all(len(text) <= MAX_IN_BRACKETS for text in texts):
        inner = ", ".join(on_one_line(text, inside=True) for text in texts)
        line = f"{lead} [{inner}]"
        if len(line) <= WIDTH or not items:
            return [line]
    lines = [lead]
    dash = f"{' ' * indent}-"
    for item in items:
        if isinstance(item, Mapping) and item:
            first, *rest = _mapping(item, indent + 2, (*path, "*"))
            lines += [f"{dash} {first.lstrip(' ')}", *rest]
        else:
            lines += _entry(dash, item, indent, (*path, "*"))
    return lines


def _blank(lead: str, node: Blank, path: Path) -> list[str]:
    """Return a blank with what the source says, then what the template says."""
    template = blank_at(path)
    line = f"{lead} {template.mark}"
    column = max(COMMENT_COLUMN, len(line) + 2)
    hint = visible(node.hint[:MAX_HINT]) + "..." * (len(node.hint) > MAX_HINT)
    room = max(WIDTH - column - 2, COMMENT_COLUMN)
    comment = (*textwrap.wrap(hint, room), *template.comment)
    if not comment:
        return [line]
    first, *rest = comment
    return [
        f"{line:<{column}}# {first}",
        *(f"{' ' * column}# {more}" for more in rest),
    ]
