"""YAML text to plain values, strictly: a small subset read the same way by everyone.

Only null, true, false and plain decimal integers are resolved. Every other scalar
stays the text it was, so "52.0" keeps its decimal and ``no`` stays a word. Duplicate
keys, anchors, aliases, tags and more than one document are refused. The parser is
libyaml's; values are built from its events in one pass, which is also why this is
faster than PyYAML's own constructors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from sys import intern
from typing import Any

import yaml

from lupus_evidence.records.files import (
    SEPARATORS,
    YamlProblem,
    holds_separator,
    may_be_cut,
)

try:
    from yaml import CSafeLoader as EventLoader
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as EventLoader  # type: ignore[assignment]

#: A record nests study > results > result > at > months: 5; 20 leaves room.
MAX_DEPTH = 20
#: How libyaml (0.2.6 and newer) says that it stopped at a depth of its own, 1,000. It
#: reads up to a line ahead of us, so it may meet it before we have counted to ours.
_PARSER_TOO_DEEP = "exceeded maximum nesting depth"
#: A study with 10,000 results holds about 120,000 values; more is no record, and
#: answering for each of a million values would take minutes and gigabytes.
MAX_VALUES = 200_000

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}

Value = Any
"""None, bool, int, str, list of values or dict of str to value."""


def _problem(event: Any, code: str, message: str, hint: str) -> YamlProblem:  # noqa: ANN401
    """Make a problem at an event's start."""
    mark = event.start_mark
    return YamlProblem(code, message, hint, mark.line + 1, mark.column + 1)


def _too_deep(line: int, column: int) -> YamlProblem:
    """Make the problem of a value inside too many others."""
    return YamlProblem(
        "E105", f"nested more than {MAX_DEPTH} deep", "flatten it", line, column
    )


def _scalar(event: yaml.ScalarEvent) -> Value:
    """Resolve a plain scalar; keep everything else as text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text


def _refuse_extras(event: Any) -> None:  # noqa: ANN401 - any node event
    """Refuse aliases, anchors and tags: they make files say more than they show."""
    if isinstance(event, yaml.AliasEvent):
        raise _problem(
            event, "E104", "aliases (*name) are not read here", "write it out"
        )
    if event.anchor is not None:
        raise _problem(
            event, "E104", "anchors (&name) are not read here", "write the value out"
        )
    if event.tag is not None:
        raise _problem(
            event, "E104", f"the tag {event.tag!r} is not read here", "remove the tag"
        )


class _Builder:
    """Build one value from the parser's events.

    Events are told apart by their exact class and plain scalars first: nine of ten
    events are scalars, and every command waits for this.
    """

    def __init__(self, text: str) -> None:
        self._loader = EventLoader(text)
        self.next = self._loader.get_event
        self._values = 0

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
        self._values += 1
        if self._values > MAX_VALUES:
            raise _problem(
                event, "E105", f"more than {MAX_VALUES:,} values", "split the file"
            )
        if event.anchor is not None or event.tag is not None:
            _refuse_extras(event)
        if type(event) is yaml.ScalarEvent:
            return _scalar(event)
        if depth >= MAX_DEPTH:
            mark = event.start_mark
            raise _too_deep(mark.line + 1, mark.column + 1)
        if type(event) is yaml.SequenceStartEvent:
            return self.sequence(depth + 1)
        return self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Value]:
        """Return the list whose start was just read."""
        items = []
        following = self.next
        event = following()
        while type(event) is not yaml.SequenceEndEvent:
            items.append(self.value(event, depth))
            event = following()
        return items

    def mapping(self, depth: int) -> dict[str, Value]:
        """Return the mapping whose start was just read."""
        pairs: dict[str, Value] = {}
        following = self.next
        event = following()
        while type(event) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise _problem(
                    event, "E104", "a key must be a word", "quote it or rename it"
                )
            if event.anchor is not None or event.tag is not None:
                _refuse_extras(event)
            key: str = event.value
            if key in pairs:
                raise _problem(
                    event,
                    "E103",
                    f"the key {key!r} stands here twice",
                    "keep one of the two",
                )
            pairs[key] = self.value(following(), depth)
            event = following()
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
    lasting, stand_ins = _one_line(text)
    try:
        builder = _Builder(lasting)
        value = builder.document()
        return _restored(value, stand_ins) if stand_ins else value
    except UnicodeEncodeError as error:
        before = text[: error.start]
        raise _character(before, "half of a surrogate pair") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if error.problem == _PARSER_TOO_DEEP:
            raise _too_deep(line, column) from error
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
            before = lasting.encode()[: error.position].decode(errors="ignore")
        raise _character(before, error.reason) from error
    finally:
        if builder is not None:
            builder.dispose()


def _one_line(text: str) -> tuple[str, dict[int, str]]:
    """Return a text in which no separator ends a line, and what stands for them.

    Lines would otherwise be counted that nobody sees. Each separator is replaced by one
    character of the private use area that the text does not hold.
    """
    if not holds_separator(text):
        return text, {}
    held = set(text)
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in held)
    stand_ins = {ord(kept): next(free, " ") for kept in SEPARATORS}
    found = {ord(free): chr(kept) for kept, free in stand_ins.items()}
    return text.translate(stand_ins), found


def _restored(value: Value, stand_ins: dict[int, str]) -> Value:
    """Return a value with the characters in it that its stand-ins are for."""
    if isinstance(value, str):
        return value.translate(stand_ins)
    if isinstance(value, (list, tuple)):
        return type(value)(_restored(item, stand_ins) for item in value)
    if isinstance(value, dict):
        return {
            key.translate(stand_ins): _restored(item, stand_ins)
            for key, item in value.items()
        }
    return value


Path = tuple[str | int, ...]

#: What cuts a value: blanks, comment signs, then no blank.
_CUT = re.compile(r"[ \t]+(#+[^\s#]\S*)")


def cut_values(text: str) -> Iterator[tuple[Path, str]]:
    """Yield the plain values that a comment without a blank after its sign cuts short.

    Parameters
    ----------
    text : str
        A text that `parse` accepts.

    Yields
    ------
    tuple
        Keys and indexes from the top, and the first word that is not read: "#2".
    """
    if not may_be_cut(text):
        return
    for path, event in _scalars(text):
        cut = _CUT.match(text, event.end_mark.index) if event.implicit[0] else None
        if cut is not None:
            yield path, cut[1]


def separated_values(text: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts that hold a separator, with the first one in each.

    Parameters
    ----------
    text : str
        A text that `parse` accepts.

    Yields
    ------
    tuple
        Keys and indexes from the top, and the character.
    """
    _, stand_ins = _one_line(text)
    if stand_ins:
        for path, event in _scalars(text):
            written = text[event.start_mark.index : event.end_mark.index]
            for character in written:
                if character in SEPARATORS:
                    yield path, character
                    break


def _scalars(text: str) -> Iterator[tuple[Path, Any]]:
    """Yield the events of a text's words and numbers, with keys and indexes to them."""
    _, stand_ins = _one_line(text)
    loader = event_loader(text)
    try:
        loader.get_event()  # the stream's start
        if not isinstance(loader.get_event(), yaml.StreamEndEvent):
            for path, event in _within(loader.get_event, loader.get_event(), ()):
                yield _restored(path, stand_ins), event
    finally:
        loader.dispose()


def event_loader(text: str) -> Any:  # noqa: ANN401 - PyYAML's, without types
    """Return the parser of a text, which counts lines and places as editors do.

    Parameters
    ----------
    text : str
        A text that `parse` accepts.
    """
    return EventLoader(_one_line(text)[0])


def _within(
    following: Callable[[], Any],
    event: Any,  # noqa: ANN401 - any event
    path: Path,
) -> Iterator[tuple[Path, Any]]:
    """Yield the words and numbers of the value that starts with this event."""
    if isinstance(event, yaml.SequenceStartEvent):
        index = 0
        while not isinstance(item := following(), yaml.SequenceEndEvent):
            yield from _within(following, item, (*path, index))
            index += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := following(), yaml.MappingEndEvent):
            yield from _within(following, following(), (*path, key.value))
    else:
        yield path, event


def position(text: str, path: Path) -> tuple[int, int]:
    """Return line and column of a value, found by reading the text again.

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
    lasting, stand_ins = _one_line(text)
    written = {ord(kept): chr(free) for free, kept in stand_ins.items()}
    mark, children = _tree(lasting)
    for part in _restored(path, written):
        found = _child(children, part)
        if found is None:
            break
        mark, children = (found, None) if isinstance(found, int) else found
    return (mark >> _COLUMN_BITS) + 1, (mark & _COLUMN_MASK) + 1


#: Line and column of a place share one integer; no file has a longer line than this.
_COLUMN_BITS = 24
_COLUMN_MASK = (1 << _COLUMN_BITS) - 1

_Spot = int | tuple[int, Any]
"""Where a value stands, and for lists and mappings where their parts do."""


@lru_cache(maxsize=128)
def _tree(text: str) -> tuple[int, Any]:
    """Return a text's places; who asks for one place of a file asks for more."""
    loader = EventLoader(text)
    try:
        loader.get_event()  # the stream's start
        if isinstance(loader.get_event(), yaml.StreamEndEvent):
            return 0, None
        spot = _spot(loader.get_event, loader.get_event())
    finally:
        loader.dispose()
    return (spot, None) if isinstance(spot, int) else spot


def _mark(event: Any) -> int:  # noqa: ANN401 - any event
    """Return where an event starts."""
    mark = event.start_mark
    return int(mark.line << _COLUMN_BITS | mark.column)


def _spot(following: Callable[[], Any], event: Any) -> _Spot:  # noqa: ANN401
    """Return the places of the value that starts with this event."""
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        item = following()
        while not isinstance(item, yaml.SequenceEndEvent):
            items.append(_spot(following, item))
            item = following()
        return _mark(event), items
    if isinstance(event, yaml.MappingStartEvent):
        entries: dict[str, _Spot] = {}
        key = following()
        while not isinstance(key, yaml.MappingEndEvent):
            value = _spot(following, following())
            mark = _mark(key)
            entries[intern(key.value)] = (
                mark if isinstance(value, int) else (mark, value[1])
            )
            key = following()
        return _mark(event), entries
    return _mark(event)


def _child(children: Any, part: str | int) -> _Spot | None:  # noqa: ANN401
    """Return where a part of a list or mapping stands."""
    found: _Spot | None = None
    if isinstance(children, dict):
        found = children.get(str(part))
    elif (
        isinstance(children, list)
        and isinstance(part, int)
        and 0 <= part < len(children)
    ):
        found = children[part]
    return found
