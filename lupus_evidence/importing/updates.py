"""What a record lacks and another account of its report has, and where they differ.

A register is an account that changes: what it says now is held against what a record
has from an earlier time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lupus_evidence.documents.text import visible
from lupus_evidence.importing.record_yaml import Blank, Inline, Node
from lupus_evidence.records.field_types import BLANK
from lupus_evidence.records.identity import folded, surname
from lupus_evidence.records.study_parts import Citation
from lupus_evidence.vocabulary import topic

#: The fields of a citation that files tell, in the records' order.
CITED = tuple(name for name in Citation.model_fields if name != "unconfirmed")
#: Fields beside the citation that a record may gain, in the records' order.
BESIDE = ("title", "citation", "notices", "registrations")
#: What files carry only where there is nothing better.
_SECOND_BEST = frozenset({"url"})
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset({"the", "of", "and", "in", "for", "on", "de", "la", "der"})


class Difference(NamedTuple):
    """A value that a record and a file do not agree about.

    Parameters
    ----------
    name : str
        The field.
    recorded, imported : str
        As each of them has it, in words.
    """

    name: str
    recorded: str
    imported: str


def is_missing(value: Any) -> bool:  # noqa: ANN401 - whatever the file holds
    """Tell whether a value is not there, or a blank."""
    if isinstance(value, (list, tuple)):
        return all(map(is_missing, value))
    return value is None or value == BLANK or isinstance(value, Blank)


def cited(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the citation among a record's fields."""
    found = fields.get("citation")
    return found if isinstance(found, dict) else {}


def lacking(
    fields: Mapping[str, Any], other: Mapping[str, Any]
) -> dict[tuple[str, ...], Node]:
    """Return what a record lacks and another account of its report has, by its keys.

    Parameters
    ----------
    fields, other : mapping
        Fields of a record, from a file or about to be written.
    """
    found: dict[tuple[str, ...], Node] = {}
    for name in BESIDE:
        missing = name != "citation" and is_missing(fields.get(name))
        if missing and not is_missing(other.get(name)):
            found[name,] = other[name]
    mine, theirs = cited(fields), cited(other)
    numbered = any(mine.get(name) for name in ("doi", "pmid", "url"))
    for name in CITED:
        if name in _SECOND_BEST and (numbered or fields.get("registrations")):
            continue
        if is_missing(mine.get(name)) and not is_missing(theirs.get(name)):
            found["citation", name] = theirs[name]
    return found


def completed(fields: Mapping[str, Node], other: Mapping[str, Node]) -> dict[str, Node]:
    """Return the fields of a new record with what another account of it has besides.

    Parameters
    ----------
    fields, other : mapping of str to Node
        Of records about to be written.
    """
    gained = lacking(fields, other)
    citation = dict(cited(fields))
    for path, node in gained.items():
        if path[0] == "citation":
            citation[path[-1]] = node
    ordered = {name: citation[name] for name in CITED if name in citation}
    whole = {**fields, "citation": {**ordered, **citation}}
    whole |= {path[0]: node for path, node in gained.items() if len(path) == 1}
    for name, node in fields.items():
        if isinstance(node, Blank) and not is_missing(other.get(name)):
            whole[name] = other[name]
    return {name: whole[name] for name in (*BESIDE, *whole) if name in whole}


def differing(
    fields: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield what two accounts of a report say differently.

    Capitals, accents, signs, shortened pages and the usual abbreviations of journals
    are no difference.

    Parameters
    ----------
    fields, other : mapping
        Fields of a record, from a file or about to be written.
    """
    pairs = [("title", fields.get("title"), other.get("title"))]
    mine, theirs = cited(fields), cited(other)
    pairs += [
        (name, mine.get(name), theirs.get(name))
        for name in CITED
        if name not in _SECOND_BEST
    ]
    for name, one, two in pairs:
        if is_missing(one) or is_missing(two):
            continue
        if name == "authors":
            yield from _authors(one, two)
        elif not _same(name, str(one), str(two)):
            yield Difference(name, visible(str(one)), visible(str(two)))
    yield from _unregistered(fields, other)


def _unregistered(
    fields: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield the registrations that only a file has."""
    mine, theirs = fields.get("registrations"), other.get("registrations")
    if is_missing(mine) or is_missing(theirs) or not isinstance(mine, (list, tuple)):
        return
    known = {str(number).lower() for number in mine}
    more = [str(number) for number in theirs or () if str(number).lower() not in known]
    if more:
        told = ", ".join(map(str, mine))
        yield Difference("registrations", visible(told), visible(", ".join(more)))


def _authors(mine: Any, theirs: Any) -> Iterator[Difference]:  # noqa: ANN401 - as above
    """Yield a difference between two lists of authors; a shorter one is none."""
    one = [surname(str(name)) for name in mine]
    two = [surname(str(name)) for name in theirs]
    if one == two or one[: len(two)] == two:
        return
    if two[: len(one)] == one:
        yield Difference("authors", f"{len(one)} named", f"{len(two)} named")
        return
    told = (", ".join(map(str, names)) for names in (mine, theirs))
    yield Difference("authors", *map(visible, told))


def _same(name: str, one: str, two: str) -> bool:
    """Tell whether two values of a field say the same."""
    if folded(one) == folded(two):
        return True
    if name == "journal":
        return _shortened(one, two) or _shortened(two, one)
    if name == "pages":
        (first, _, last), (start, _, end) = one.partition("-"), two.partition("-")
        either = last.endswith(end) or end.endswith(last)
        return first.strip() == start.strip() and either
    return False


def _shortened(short: str, long: str) -> bool:
    """Tell whether a journal's name is another one abbreviated, word by word."""
    few, many = (
        [word for word in _WORD.findall(text.casefold()) if word not in _SMALL_WORDS]
        for text in (short, long)
    )
    return len(few) == len(many) and all(
        whole.startswith(part) for part, whole in zip(few, many, strict=True)
    )


#: When the register last changed the entry, as `registry_status` has it.
_ENTERED = re.compile(r"\(entry of (?P<date>[0-9]{4}(?:-[0-9]{2}){0,2})\)")
#: Notes about dates that an import wrote.
_DATES = re.compile(
    r"(?:Primary completion|End of study) [0-9-]+(?: \(\w+\))?"
    r"(?:, end of study [0-9-]+(?: \(\w+\))?)?\."
)


class Change(NamedTuple):
    """A value that a register gives now.

    Parameters
    ----------
    name : str
        What it is, in words.
    path : tuple of str or int
        Where it goes.
    node : Node
        The value.
    """

    name: str
    path: tuple[str | int, ...]
    node: Node


def changes(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> tuple[list[Change], list[str]]:
    """Return what is to change in the record of a register's entry.

    Parameters
    ----------
    recorded : mapping
        The record's fields.
    entry : mapping
        Fields of a record made from the entry as it is now.

    Returns
    -------
    tuple
        The changes, and in words what a person has to decide.
    """
    said, now = recorded.get("registry_status"), entry.get("registry_status")
    before, after = _entered(said), _entered(now)
    if before and after and after < before[: len(after)]:
        older = f"nothing: the file's entry of {after} is older than that of {before}"
        return [], [older]
    people, left = _people(recorded, entry)
    return [
        *_status(said, now),
        *_start(recorded, entry),
        *_completion(recorded, entry),
        *people,
        *_dates(recorded.get("notes"), entry.get("notes")),
    ], left


def _entered(said: Any) -> str:  # noqa: ANN401 - whatever the file holds
    """Return when a register last changed an entry; empty if a record does not say."""
    found = _ENTERED.search(said) if isinstance(said, str) else None
    return found["date"] if found else ""


def _status(said: Any, now: Any) -> Iterator[Change]:  # noqa: ANN401 - as above
    """Yield the status; what a person wrote behind the register's words stays."""
    if not isinstance(now, str) or is_missing(now):
        return
    text = said if isinstance(said, str) else ""
    if text.startswith(now):
        return
    own = _ENTERED.search(text)
    more = text[own.end() :] if own else ""
    yield Change("status", ("registry_status",), f"{now}{more}")


def _start(recorded: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Change]:
    """Yield when people began to be treated."""
    setting = recorded.get("setting")
    dates = setting.get("recruitment") if isinstance(setting, dict) else None
    given = (entry.get("setting") or {}).get("recruitment")
    now = given.values.get("start") if isinstance(given, Inline) else None
    if now is None:
        return
    known = dates.get("start") if isinstance(dates, dict) else None
    if is_missing(dates):
        yield Change("start", ("setting", "recruitment"), Inline({"start": now}))
    elif str(known) != str(now):
        yield Change("start", ("setting", "recruitment", "start"), now)


def _completion(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield when the trial ended or is to end."""
    given, known = entry.get("completion"), recorded.get("completion")
    if not isinstance(given, Inline):
        return
    before = known if isinstance(known, dict) else {}
    if {key: str(value) for key, value in before.items()} != {
        key: str(value) for key, value in given.values.items()
    }:
        yield Change("end", ("completion",), given)


def _people(
    recorded: Mapping[str, Any], entry: Mapping[str, Any]
) -> tuple[list[Change], list[str]]:
    """Return how many people are planned or enrolled, and what does not fit."""
    known, given = recorded.get("population"), entry.get("population") or {}
    known = known if isinstance(known, dict) else {}
    found: list[Change] = []
    left: list[str] = []
    for name in ("planned", "enrolled"):
        now, before = given.get(name), known.get(name)
        if type(now) is not int or now == before:
            continue
        fewer = [
            key
            for key in (topic().condition.field, "analysed", "female", *topic().groups)
            if name == "enrolled" and type(known.get(key)) is int and known[key] > now
        ]
        if fewer:
            told = f"enrolled {now}, below the {known[fewer[0]]} of {fewer[0]}"
            left.append(told)
        elif name == "planned" and is_missing(before) and "enrolled" in known:
            left.append(f"planned {now}, beside enrolled {known['enrolled']}")
        else:
            found.append(Change(name, ("population", name), now))
    return found, left


def _dates(notes: Any, given: Any) -> Iterator[Change]:  # noqa: ANN401 - as above
    """Yield when the study ends, where an earlier import wrote a note of it."""
    if not isinstance(notes, list):
        return
    now = next((text for text in given or () if _DATES.fullmatch(str(text))), None)
    for at, note in enumerate(notes):
        if isinstance(note, str) and _DATES.fullmatch(note) and now not in (None, note):
            yield Change("dates", ("notes", at), str(now))
