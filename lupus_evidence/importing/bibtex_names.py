"""Authors in BibTeX: "and" between them, braces around what is one word or a group."""

from __future__ import annotations

import re

from lupus_evidence.importing.doubts import Doubt
from lupus_evidence.importing.latex import plain
from lupus_evidence.importing.names import author
from lupus_evidence.importing.people import people
from lupus_evidence.naming import is_group

_AND = re.compile(r"([{}])|(\s+and\s+)", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.? al\.?)", re.IGNORECASE)
#: "Doe J" and "Doe J. A.", which BibTeX itself would read the other way round.
_INITIALS_LAST = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_PIECE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}\S*|\S+")
_HINT = "see the page, and write surname and initials"
_LONGEST_INITIALS = 3


def authors(value: str, line: int) -> tuple[tuple[str, ...], list[Doubt]]:
    """Return the authors of a field as records write them, and doubts about them.

    Parameters
    ----------
    value : str
        "Doe, Jane and {SLE Cell Study Group} and others", in LaTeX.
    line : int
        Of the entry, for the doubts.
    """
    names: list[str] = []
    doubts: list[Doubt] = []
    for said in _apart(value):
        if _OTHERS.fullmatch(said):
            message = f"author: the list ends with {said!r}"
            doubts.append(Doubt("I104", message, _HINT, line))
            continue
        found, doubt = _one(said)
        names += found
        if doubt:
            doubts.append(Doubt("I104", f"author: {doubt}", _HINT, line))
    return tuple(names), doubts


def _apart(value: str) -> list[str]:
    """Return the names between those "and" that stand in no braces."""
    value = " ".join(value.split())
    found, depth, start = list[str](), 0, 0
    for sign in _AND.finditer(value):
        if sign[1]:
            depth += 1 if sign[1] == "{" else -1
        elif depth <= 0:
            found.append(value[start : sign.start()])
            start = sign.end()
    return [name for name in (*found, value[start:]) if name.strip(" ,{}")]


def _one(said: str) -> tuple[tuple[str, ...], str]:
    """Return the author of one name: by a comma, by braces, or by BibTeX's grammar."""
    braced = said[:1] == "{" and said[-1:] == "}" and len(_PIECE.findall(said)) == 1
    name = plain(said)
    if braced and "," not in name:
        return (name,), ""
    bare = re.sub(r"\{[^{}]*\}", "", said)
    if "," in name or is_group(name):
        if "," not in bare and "," in name and is_group(name):
            return (name,), ""
        found = people(name)
        return found.names, found.doubt
    words = [plain(piece) for piece in _PIECE.findall(said)]
    short = words[-1].replace(".", "").replace("-", "")
    initials = short.isupper() and len(short) <= _LONGEST_INITIALS
    if len(words) == 1 or (initials and _INITIALS_LAST.fullmatch(words[-1])):
        found = people(name)
        return found.names, found.doubt
    suffix = ""
    if _is_suffix(words[-1]) and len(words) > 2:  # noqa: PLR2004 - and a name
        suffix = words.pop()
    particle = next(
        (at for at, word in enumerate(words[1:-1], 1) if word[:1].islower()), 0
    )
    last = particle or len(words) - 1
    surname, given = " ".join(words[last:]), " ".join(words[:last])
    return (author(surname, given, suffix),), ""


def _is_suffix(word: str) -> bool:
    """Tell whether a word stands behind a surname: "Jr.", "III"."""
    return re.fullmatch(r"(?:[JS]r\.?|I{2,3}|IV)", word) is not None
