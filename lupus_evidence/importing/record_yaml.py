"""Records as YAML text in the house style: what is known, and blanks for the rest.

The text is built here rather than by PyYAML's dumper because of the blanks with their
comments, which no dumper writes, and because the records fold and quote by rules of
their own. A value reads back as exactly what it was; what stands in a blank, and why,
is the template's to say.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lupus_evidence.documents.text import visible
from lupus_evidence.records.field_types import MAX_TEXT, TO_READ
from lupus_evidence.records.schema import study_template
from lupus_evidence.vocabulary import Topic, topic

Scalar = str | int | bool | Decimal
"""A Decimal is a number kept with its digits; it reads back as their text."""

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


#: Keys of a value from the record's top; "*" stands for any arm and any list item.
Path = tuple[str, ...]

_LINE = re.compile(
    r"(?P<indent> *)(?P<item>- )?(?P<key>[a-z_]+):"
    r"(?: (?P<mark>\[?\"?\.\.\.\"?\]?))? *(?:# *(?P<comment>.*))?"
)
_CONTINUED = re.compile(r" {8,}# *(?P<comment>.*)")


@dataclass(frozen=True)
class TemplateBlank:
    """A blank as the template writes it.

    Parameters
    ----------
    mark : str
        Three dots, in quotes or brackets where a text or a list is wanted.
    comment : tuple of str
        Lines that say what is wanted.
    """

    mark: str = "..."
    comment: tuple[str, ...] = ()


def template_blanks() -> dict[Path, TemplateBlank]:
    """Return every blank of the study template by its path."""
    return _blanks_of(topic())


@cache
def _blanks_of(now: Topic) -> dict[Path, TemplateBlank]:  # noqa: ARG001 - in force
    """Return the blanks of the template of the topic in force."""
    found: dict[Path, TemplateBlank] = {}
    parents: list[tuple[int, str]] = []
    last: Path = ()
    for line in study_template("new-study").splitlines():
        more = _CONTINUED.fullmatch(line)
        if more and last in found:
            before = found[last]
            found[last] = TemplateBlank(before.mark, (*before.comment, more["comment"]))
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            last = ()
            continue
        depth = len(match["indent"]) + len(match["item"] or "")
        parents = [parent for parent in parents if parent[0] < depth]
        if match["item"]:
            parents.append((len(match["indent"]) + 1, "*"))
        names = tuple(name for _, name in parents)
        last = (*names, match["key"])
        parents.append((depth, "*" if names == ("arms",) else match["key"]))
        if match["mark"]:
            comment = (match["comment"],) if match["comment"] else ()
            found[last] = TemplateBlank(match["mark"], comment)
    return found


def blank_at(path: Path) -> TemplateBlank:
    """Return the template's blank at a path, or a bare one where it has none."""
    return template_blanks().get(path, TemplateBlank())


#: Columns of a record's text, as in the records that come with the package.
WIDTH = 88

#: Letters and digits of any script, and what never means anything in YAML.
_PLAIN = re.compile(r"[^\W_][\w .()'/%+&,;±≤≥×–-]*")
#: The same without what divides the items between brackets.
_PLAIN_INSIDE = re.compile(r"[^\W_][\w .()'/%+&±≤≥×–-]*")
_TO_ESCAPE = re.compile(r"[^ !#-\[\]-~]")
_NUMBER = re.compile(r"[0-9][0-9_]*(\.[0-9_]*)?([eE][+-]?[0-9]+)?|0[xob][0-9A-Fa-f_]+")
#: Words that some YAML reader or other takes for a truth value or for nothing.
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_ESCAPES = {
    "\\": r"\\",
    '"': r"\"",
    "\n": r"\n",
    "\t": r"\t",
    "\r": r"\r",
    "\0": r"\0",
}


def plain(text: str, *, inside: bool) -> bool:
    """Tell whether a text needs no quotes.

    Parameters
    ----------
    text : str
        One line.
    inside : bool
        Whether it stands inside brackets or a list.
    """
    shape = _PLAIN_INSIDE if inside else _PLAIN
    return (
        shape.fullmatch(text) is not None
        and not text.endswith(" ")
        and text.isprintable()
        and not _NUMBER.fullmatch(text)
        and text.casefold() not in _WORDS
    )


def _escaped(match: re.Match[str]) -> str:
    """Return a character as it stands between double quotes."""
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004 - what two hexadecimal digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - as above


def quoted(text: str) -> str:
    """Return a text between double quotes, whatever is in it."""
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def on_one_line(value: Scalar, *, inside: bool = False) -> str:
    """Return a value as it stands on one line.

    Parameters
    ----------
    value : str, int, bool or Decimal
        A text must not hold lone surrogates, which UTF-8 cannot say.
    inside : bool
        Whether it stands inside brackets or a list.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if plain(value, inside=inside) else quoted(value)


def key(name: str) -> str:
    """Return a name as it stands in front of a colon."""
    return name if _KEY.fullmatch(name) and name not in _WORDS else quoted(name)


def folded(text: str, indent: int) -> list[str] | None:
    """Return a long text as the lines of a folded block, or None if it cannot be one.

    A line may only end at a single space between two other characters: that is what
    a reader puts back.

    Parameters
    ----------
    text : str
        Of any length; one that no record may hold is not folded.
    indent : int
        Spaces in front of each line.
    """
    if not 0 < len(text) <= MAX_TEXT or not text.isprintable() or text.strip() != text:
        return None
    room = WIDTH - indent
    lines: list[str] = []
    for word in re.split(r"(?<! ) (?! )", text):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [" " * indent + line for line in lines]
