"""YAML text to plain values, strictly: a small subset read the same way by everyone.

Only null, true, false and plain decimal integers are resolved. Every other scalar
stays the text it was, so "52.0" keeps its decimal and ``no`` stays a word. Duplicate
keys, anchors, aliases, tags and more than one document are refused. The parser is
libyaml's; values are built from its events in one pass, which is also why this is
faster than PyYAML's own constructors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as EventLoader
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as EventLoader  # type: ignore[assignment]

#: A record nests study > results > result > at > months: 5; 20 leaves room.
MAX_DEPTH = 20

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}

Value = Any
"""None, bool, int, str, list of values or dict of str to value."""


@dataclass(eq=False)
class YamlProblem(Exception):  # noqa: N818 - a finding about a file, not a fault
    """A text that is not the YAML we read.

    Parameters
    ----------
    code : str
        The diagnostic's code.
    message, hint : str
        What is wrong and what to do.
    line, column : int
        Counted from 1.
    """

    code: str
    message: str
    hint: str
    line: int
    column: int


def _problem(event: Any, code: str, message: str, hint: str) -> YamlProblem:  # noqa: ANN401
    """Make a problem at an event's start."""
    mark = event.start_mark
    return YamlProblem(code, message, hint, mark.line + 1, mark.column + 1)


def _scalar(event: yaml.ScalarEvent) -> Value:
    """Resolve a plain scalar; keep everything else as text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _refuse_extras(event: Any) -> None:  # noqa: ANN401 - any node event
    """Refuse anchors and tags: they make files say more than they show."""
    if event.anchor is not None:
        raise _problem(
            event, "E104", "anchors (&name) are not read here", "write the value out"
        )
    if event.tag is not None:
        raise _problem(
            event, "E104", f"the tag {event.tag!r} is not read here", "remove the tag"
        )


class _Builder:
    """Build one value from the parser's events."""

    def __init__(self, text: str) -> None:
        self._loader = EventLoader(text)
        self.next = self._loader.get_event

    def document(self) -> Value:
        """Return the only document's value; None for an empty file."""
        self.next()  # the stream's start
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self.value(self.next(), 0)
        self.next()  # the document's end
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _problem(
                event, "E104", "a second document starts here", "one record per file"
            )
        return value

    def value(self, event: Any, depth: int) -> Value:  # noqa: ANN401 - any event
        """Return the value that starts with this event."""
        if isinstance(event, yaml.AliasEvent):
            raise _problem(
                event, "E104", "aliases (*name) are not read here", "write it out"
            )
        if event.anchor is not None or event.tag is not None:
            _refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth >= MAX_DEPTH:
            raise _problem(
                event, "E105", f"nested more than {MAX_DEPTH} deep", "flatten it"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth + 1)
        return self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Value]:
        """Return the list whose start was just read."""
        items = []
        event = self.next()
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self.value(event, depth))
            event = self.next()
        return items

    def mapping(self, depth: int) -> dict[str, Value]:
        """Return the mapping whose start was just read."""
        pairs: dict[str, Value] = {}
        event = self.next()
        while not isinstance(event, yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _problem(
                    event, "E104", "a key must be a word", "quote it or rename it"
                )
            _refuse_extras(event)
            key: str = event.value
            if key in pairs:
                raise _problem(
                    event,
                    "E103",
                    f"the key {key!r} stands here twice",
                    "keep one of the two",
                )
            pairs[key] = self.value(self.next(), depth)
            event = self.next()
        return pairs

    def dispose(self) -> None:
        """Free what the parser holds."""
        self._loader.dispose()


def _character(before: str, reason: str) -> YamlProblem:
    """Make the problem of a character that YAML does not allow, by what precedes it."""
    return YamlProblem(
        "E102",
        f"not YAML: {reason}",
        "remove the control character",
        before.count("\n") + 1,
        len(before) - (before.rfind("\n") + 1) + 1,
    )


def parse(text: str) -> Value:
    """Return the value of a YAML text.

    Parameters
    ----------
    text : str
        One document.

    Returns
    -------
    object
        None, bool, int, str, list or dict with str keys.

    Raises
    ------
    YamlProblem
        If the text is not YAML, or not the subset that is read here.
    """
    builder = None
    try:
        builder = _Builder(text)
        return builder.document()
    except UnicodeEncodeError as error:
        before = text[: error.start]
        raise _character(before, "half of a surrogate pair") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlProblem(
            "E102",
            f"not YAML: {error.problem or error.context}",
            "look for a missing space after a colon, a tab or an unclosed quote",
            line,
            column,
        ) from error
    except yaml.reader.ReaderError as error:
        if issubclass(EventLoader, yaml.reader.Reader):
            before = text[: error.position]
        else:  # libyaml counts bytes
            before = text.encode()[: error.position].decode(errors="ignore")
        raise _character(before, error.reason) from error
    finally:
        if builder is not None:
            builder.dispose()


Path = tuple[str | int, ...]


class _PlaceLoader(EventLoader):
    """Read places alone: nobody asks for types, which saves a third of the time."""

    def resolve(self, *_node: Any) -> str:  # noqa: ANN401 - PyYAML is untyped
        """Return no tag."""
        return ""

    def descend_resolver(self, *_node: Any) -> None:  # noqa: ANN401 - as above
        """Keep no account of where in the text the reader is."""

    def ascend_resolver(self) -> None:
        """Keep none on the way back either."""


def position(text: str, path: Path) -> tuple[int, int]:
    """Return line and column of a value, found by walking the text's node tree.

    Meant for the moment when something is wrong or asked for: reading a file keeps no
    positions.

    Parameters
    ----------
    text : str
        A text that `parse` accepts.
    path : tuple of str or int
        Keys and indexes from the top; a part that does not exist ends the walk at
        its parent's key.

    Returns
    -------
    tuple of int
        Line and column, from 1: of the key for a mapping's value, of the item for a
        list's.
    """
    node = _tree(text)
    mark = node.start_mark if node is not None else None
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        mark, node = found
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


@lru_cache(maxsize=128)
def _tree(text: str) -> Any:  # noqa: ANN401 - PyYAML's nodes are untyped
    """Return a text's node tree; who asks for one place of a file asks for more."""
    loader = _PlaceLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _child(node: Any, part: str | int) -> tuple[Any, Any] | None:  # noqa: ANN401
    """Return where a child starts, and the child."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark, value
    elif (
        isinstance(node, yaml.SequenceNode)
        and isinstance(part, int)
        and 0 <= part < len(node.value)
    ):
        return node.value[part].start_mark, node.value[part]
    return None
