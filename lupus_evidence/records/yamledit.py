"""Values put into a YAML text in place: every other character stays as it is.

A text is taken apart only far enough to know where values start and end; nothing is
written out anew, so that comments, order and quoting are the person's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from lupus_evidence.records.yamltext import Path, event_loader


class EditError(Exception):
    """A place in a text where nothing can be put in safely."""


@dataclass
class Node:
    """A value of a text, and where it stands.

    Parameters
    ----------
    start, end : int
        Its first character, and the one behind its last.
    flow : bool
        Whether a list or mapping stands in brackets.
    block : bool
        Whether a text stands in lines below its key.
    items : list of Node
        Of a list.
    entries : dict of str to (int, Node)
        Of a mapping: where each key starts, and its value.
    kind : {"scalar", "list", "mapping"}
        What it is.
    """

    start: int
    end: int
    kind: str = "scalar"
    flow: bool = False
    block: bool = False
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)


def tree(text: str) -> Node:
    """Return the places of all values of a text that `yamltext.parse` accepts.

    Raises
    ------
    EditError
        If it is empty.
    """
    loader = event_loader(text)
    try:
        loader.get_event()  # the stream's start
        if isinstance(loader.get_event(), yaml.StreamEndEvent):
            raise EditError("the file is empty")
        return _node(loader.get_event, loader.get_event(), text)
    finally:
        loader.dispose()


def _node(following: Callable[[], Any], event: Any, text: str) -> Node:  # noqa: ANN401
    """Return the value that starts with an event."""
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        block = event.style in ("|", ">")
        if block:  # its end is where the next value starts
            end = start + len(text[start:end].rstrip())
        return Node(start, end, block=block)
    flow = bool(event.flow_style)
    if isinstance(event, yaml.SequenceStartEvent):
        node = Node(start, end, "list", flow)
        while not isinstance(item := following(), yaml.SequenceEndEvent):
            node.items.append(_node(following, item, text))
        last = node.items[-1].end if node.items else end
    else:
        node = Node(start, end, "mapping", flow)
        while not isinstance(item := following(), yaml.MappingEndEvent):
            value = _node(following, following(), text)
            node.entries[item.value] = (item.start_mark.index, value)
            last = max(value.end, item.end_mark.index + 1)
        last = last if node.entries else end
    node.end = item.end_mark.index if flow else last
    return node


def at(root: Node, path: Path) -> Node:
    """Return the value at some keys and indexes.

    Raises
    ------
    EditError
        If there is none.
    """
    node = root
    for part in path:
        if isinstance(part, str) and part in node.entries:
            node = node.entries[part][1]
        elif isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            raise EditError(f"there is no {'.'.join(map(str, path))}")
    return node


def with_entry(
    text: str,
    path: Path,
    name: str,
    *,
    lines: Callable[[int], Sequence[str]],
    inline: str | None,
    order: Sequence[str],
) -> str:
    """Return a text with one more entry in a mapping.

    Parameters
    ----------
    text : str
        What `yamltext.parse` accepts.
    path : tuple of str or int
        Keys to the mapping; empty for the whole text.
    name : str
        The new key.
    lines : callable
        Returns the lines of the entry at a number of spaces.
    inline : str or None
        The entry as it stands in braces; None if it cannot stand there.
    order : sequence of str
        In which keys stand; the new one goes behind the last of those before it.

    Raises
    ------
    EditError
        If the mapping is not there, or the entry cannot be put into it.
    """
    node = at(tree(text), path)
    if node.kind != "mapping":
        raise EditError(f"{'.'.join(map(str, path))} has no fields")
    before = set(order[: order.index(name)])
    above = [entry for key, entry in node.entries.items() if key in before]
    if node.flow:
        if inline is None:
            raise EditError(f"{name} cannot stand in braces")
        if not node.entries:
            return f"{text[: node.start + 1]}{inline}{text[node.end - 1 :]}"
        if not above:
            first = min(start for start, _ in node.entries.values())
            return f"{text[:first]}{inline}, {text[first:]}"
        place = max(value.end for _, value in above)
        return f"{text[:place]}, {inline}{text[place:]}"
    first = min(start for start, _ in node.entries.values())
    indent = first - (text.rfind("\n", 0, first) + 1)
    if above:
        place = _below(text, max(value.end for _, value in above), indent)
    else:
        place = first - indent
    return _with_lines(text, place, lines(indent))


def _with_lines(text: str, place: int, lines: Sequence[str]) -> str:
    """Return a text with lines at a place where one begins, ended as its own are."""
    end = "\r\n" if "\r\n" in text else "\n"
    before = text[:place]
    if before and not before.endswith("\n"):
        before += end
    return before + "".join(f"{line}{end}" for line in lines) + text[place:]


def _below(text: str, place: int, indent: int) -> int:
    """Return where the line below a value begins, and below comments that go on."""
    place = _next_line(text, place)
    while place < len(text):
        line = text[place : _next_line(text, place)]
        deep = len(line) - len(line.lstrip(" ")) > indent
        if not (deep and line.lstrip(" ").startswith("#")):
            break
        place += len(line)
    return place


def _next_line(text: str, place: int) -> int:
    """Return where the next line begins, or the end."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def with_value(
    text: str, path: Path, *, inline: str, below: Sequence[str] | None = None
) -> str:
    """Return a text with another value in the place of one.

    Parameters
    ----------
    text : str
        What `yamltext.parse` accepts.
    path : tuple of str or int
        Keys and indexes to the value.
    inline : str
        The new value as it stands behind its key, or its sign and first lines.
    below : sequence of str, optional
        Lines of it below its key and the comments there.

    Raises
    ------
    EditError
        If it is not there, or a comment would be lost with it.
    """
    node = at(tree(text), path)
    old = text[node.start : node.end]
    head = old.partition("\n")[0]
    if (node.block and "#" in head) or (node.kind != "scalar" and "#" in old):
        raise EditError(f"{'.'.join(map(str, path))} has a comment in it")
    if not below:
        return text[: node.start] + inline + text[node.end :]
    start = text.rfind("\n", 0, node.start) + 1
    indent = len(text[start:]) - len(text[start:].lstrip(" "))
    rest = text[: node.start] + inline + text[node.end :]
    if not inline:  # no blank is left behind the colon
        bare = rest[: node.start].rstrip(" ")
        line_ends = rest[node.start : node.start + 1] in ("", "\r", "\n")
        rest = (bare if line_ends else rest[: node.start]) + rest[node.start :]
        place = _below(rest, len(bare), indent)
    else:
        place = _below(rest, node.start + len(inline), indent)
    return _with_lines(rest, place, below)
