"""What becomes of a file: records to write, and records to bring up to date.

A record gains what it lacks and loses nothing; where the two differ, that is said. Only
a register's entry changes: its status, its dates and how many people it enrols are what
the register says of them now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from lupus_evidence.documents.text import shortened, visible
from lupus_evidence.importing.known_reports import sort_reports
from lupus_evidence.importing.likeness import ENTRY, described
from lupus_evidence.importing.record_yaml import Inline, Node, entry_lines, in_braces
from lupus_evidence.importing.updates import (
    CITED,
    Change,
    Difference,
    changes,
    completed,
    differing,
    is_missing,
    lacking,
)
from lupus_evidence.records import yamltext
from lupus_evidence.records.files import Diagnostic, YamlProblem, read_text
from lupus_evidence.records.study import Study
from lupus_evidence.records.study_parts import Population, Setting, recorded_fields
from lupus_evidence.records.yamledit import EditError, at, tree, with_entry, with_value

if TYPE_CHECKING:
    from lupus_evidence.importing.known_reports import KnownBase, KnownReport, Sorted
    from lupus_evidence.importing.records import Source
    from lupus_evidence.importing.reference import Draft


@dataclass(frozen=True)
class Plan:
    """The reports of a file beside those that are known.

    Parameters
    ----------
    source : Source
        The file.
    bases : tuple of KnownBase
        What it was compared with.
    found : Sorted
        Which of its reports are known, new or alike.
    """

    source: Source
    bases: tuple[KnownBase, ...]
    found: Sorted

    def draft(self, report: KnownReport) -> Draft:
        """Return the record to be made of a report that stands in the file.

        Where it stands there several times, each account fills in what those before
        it leave out.
        """
        first, *others = (self.source.drafts[at] for at in report.items)
        if not others:
            return first
        return replace(
            first,
            fields=reduce(completed, (other.fields for other in others), first.fields),
            notes=tuple(
                dict.fromkeys(n for one in (first, *others) for n in one.notes)
            ),
            doubts=tuple(doubt for one in (first, *others) for doubt in one.doubts),
        )

    def refreshed(
        self, reports: Iterable[KnownReport], told: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[KnownReport, Refreshed]]:
        """Yield each of some records with what the file has besides, as far as it has.

        Parameters
        ----------
        reports : iterable of KnownReport
            Records that stand in the file too.
        told : callable, optional
            Called for each.
        """
        for report in reports:
            told()
            if report.path is None:
                continue
            text = read_text(report.path, report.shown)
            if isinstance(text, Diagnostic):
                continue
            accounts = [self.source.drafts[at].fields for at in report.items]
            yield report, refreshed(text, accounts)


def plan_of(
    source: Source,
    bases: Iterable[KnownBase] = (),
    told: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare a file's reports with those that are known, and with one another.

    Parameters
    ----------
    source : Source
        The file.
    bases : iterable of KnownBase
        What is known; of several, the first that knows a report counts.
    told : callable, optional
        Called for each report of the file.
    """
    bases = tuple(bases)
    drafts = source.drafts
    found = sort_reports(
        (described(draft.fields, draft.name) for draft in drafts),
        (report for base in bases for report in base.reports),
        own=lambda at: drafts[at].key,
        named=source.form == "csv",
        told=told,
    )
    return Plan(source, bases, found)


Path = tuple[str | int, ...]

#: In which order fields stand in a record, and in its parts.
_ORDERS: dict[Path, Callable[[], Sequence[str]]] = {
    (): lambda: tuple(Study.model_fields),
    ("citation",): lambda: CITED,
    ("population",): lambda: recorded_fields(Population),
    ("setting",): lambda: tuple(Setting.model_fields),
}
#: Characters of a value that a message repeats.
_MAX_SHOWN = 100


@dataclass(frozen=True)
class Refreshed:
    """What became of a record.

    Parameters
    ----------
    text : str
        The whole file as it should be.
    gained : tuple of str
        Fields that were put in, with their values, in words.
    changed : tuple of Difference
        What a register says now, and said before.
    differs : tuple of Difference
        What was left as it is although the file says otherwise.
    by_hand : tuple of str
        What could not be put in safely, in words.
    """

    text: str
    gained: tuple[str, ...] = ()
    changed: tuple[Difference, ...] = ()
    differs: tuple[Difference, ...] = ()
    by_hand: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was put in."""
        return bool(self.gained or self.changed)


def refreshed(text: str, accounts: Sequence[Mapping[str, Node]]) -> Refreshed:
    """Return a record's text with what other accounts of its report have besides.

    Parameters
    ----------
    text : str
        A record's file, whole; what is no record comes back as it is.
    accounts : sequence of mapping
        Fields of records made from a file, in the order of the file.
    """
    try:
        value = yamltext.parse(text)
    except YamlProblem:
        return Refreshed(text)
    if not isinstance(value, dict):
        return Refreshed(text)
    edit = _Edit(text, value)
    differs: list[Difference] = []
    for account in accounts:
        entry = account.get("publication") == value.get("publication") == ENTRY
        for path, node in lacking(edit.value, account).items():
            edit.gain(path, node)
        if entry:
            found, left = changes(edit.value, account)
            edit.by_hand += left
            for change in found:
                edit.change(change)
        differs += differing(edit.value, account)
    return Refreshed(
        edit.text,
        tuple(edit.gained),
        tuple(edit.changed),
        tuple(dict.fromkeys(differs)),
        tuple(dict.fromkeys(edit.by_hand)),
    )


class _Edit:
    """A record's text and value while things are put into both.

    Parameters
    ----------
    text : str
        The file.
    value : dict
        What it says.
    """

    def __init__(self, text: str, value: dict[str, Any]) -> None:
        self.text, self.value = text, value
        self.gained: list[str] = []
        self.changed: list[Difference] = []
        self.by_hand: list[str] = []

    def gain(self, path: Path, node: Node) -> bool:
        """Put in a value that is missing; tell whether that could be done."""
        said = f"{path[-1]} {_shown(node)}"
        done = self._put(path, node)
        (self.gained if done else self.by_hand).append(said)
        return done

    def change(self, change: Change) -> None:
        """Put in what a register says now."""
        before = _found(self.value, change.path)
        if is_missing(before):
            self.gain(change.path, change.node)
            return
        shown = Difference(change.name, _shown(before), _shown(change.node))
        if self._put(change.path, change.node):
            self.changed.append(shown)
        else:
            told = f"{shown.name} {shown.imported}, recorded as {shown.recorded}"
            self.by_hand.append(told)

    def _put(self, path: Path, node: Node) -> bool:
        """Put a value in, and make sure that all others stay as they are."""
        if not _leads(self.value, path):
            return False
        meant = deepcopy(self.value)
        _set(meant, path, _plain(node))
        try:
            text = _edited(self.text, self.value, path, node)
            if yamltext.parse(text) != meant:
                return False
        except (EditError, YamlProblem):
            return False
        self.text, self.value = text, meant
        return True


def _edited(text: str, value: Mapping[str, Any], path: Path, node: Node) -> str:
    """Return a text with a value in it, where a blank or another one was or new."""
    parent, name = path[:-1], path[-1]
    held = _found(value, parent)
    if parent and is_missing(held) and isinstance(name, str):
        return _edited(text, value, parent, {name: node})
    if isinstance(held, dict) and name not in held and isinstance(name, str):
        inside = in_braces(node)
        return with_entry(
            text,
            parent,
            name,
            lines=lambda indent: entry_lines(
                name, node, indent, tuple(map(str, parent))
            ),
            inline=None if inside is None else f"{name}: {inside}",
            order=_ORDERS[parent]() if parent in _ORDERS else (),
        )
    return _replaced(text, path, node)


def _replaced(text: str, path: Path, node: Node) -> str:
    """Return a text with a value in the place of a blank or of another value."""
    root = tree(text)
    old, parent = at(root, path), at(root, path[:-1])
    line = text.rfind("\n", 0, old.start) + 1
    indent = len(text[line:]) - len(text[line:].lstrip(" "))
    _, *below = entry_lines("it", node, indent)
    if parent.flow or not below:
        inline = in_braces(node) if parent.flow or not isinstance(node, str) else None
        if inline is None and not isinstance(node, str):
            raise EditError("it cannot stand there")
        first = entry_lines("it", node, 0)[0].removeprefix("it: ")
        return with_value(text, path, inline=first if inline is None else inline)
    if isinstance(node, str):  # folded, without a comment that would become text
        end = "\r\n" if "\r\n" in text else "\n"
        tail = text[old.end :].partition("\n")[0].strip()
        if tail:
            return with_value(text, path, inline=in_braces(node) or "")
        return with_value(text, path, inline=end.join([">-", *below]))
    return with_value(text, path, inline="", below=below)


def _found(value: Any, path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return the value at some keys and indexes; None if there is none."""
    for part in path:
        named = isinstance(value, dict) and part in value
        listed = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if not (named or listed):
            return None
        value = value[part]
    return value


def _leads(value: Any, path: Path) -> bool:  # noqa: ANN401 - as above
    """Tell whether a value can stand at some keys and indexes."""
    for deep, part in enumerate(path):
        held = _found(value, path[:deep])
        kind = dict if isinstance(part, str) else list
        if not (isinstance(held, kind) or is_missing(held)):
            return False
    return True


def _set(value: Any, path: Path, new: Any) -> None:  # noqa: ANN401 - as above
    """Put a value at some keys and indexes, with the mappings that lead there."""
    for part in path[:-1]:
        if isinstance(value, dict) and is_missing(value.get(part)):
            value[part] = {}
        value = value[part]
    value[path[-1]] = new


def _plain(node: Node) -> Any:  # noqa: ANN401 - what the file will hold
    """Return a value as the reader of records will get it."""
    if isinstance(node, Inline):
        return {key: _plain(value) for key, value in node.values.items()}
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(item) for item in node]
    return node


def _shown(node: Any) -> str:  # noqa: ANN401 - whatever a record holds
    """Return a value for a message."""
    plain = _plain(node)
    if isinstance(plain, dict):
        said = ", ".join(f"{key} {_shown(value)}" for key, value in plain.items())
    elif isinstance(plain, list):
        said = "; ".join(map(_shown, plain))
    else:
        said = str(plain)
    return visible(shortened(said, _MAX_SHOWN))
