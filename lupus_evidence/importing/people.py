"""Authors as the records write them, out of what other files call them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lupus_evidence.importing.markup import without_markup
from lupus_evidence.importing.names import author
from lupus_evidence.naming import (
    SUFFIX,
    SUFFIX_OR_INITIALS,
    divided,
    is_group,
)

#: What is no author: an open list, or none.
_OPEN = re.compile(r"[,;\s]*\b(?:et al\.?|and others|u\. ?a\.)\s*$", re.IGNORECASE)
_NOBODY = re.compile(
    r"\W*(?:anon(?:ymous)?\.?|no authors?(?: listed)?|n/?a|none|unknown|others?|not"
    r" (?:available|known|stated))\W*|\W*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:dr|prof|professor|mr|mrs|ms|sir)\.?\s+(?=\S+[\s,])", re.IGNORECASE
)
#: Degrees and roles behind a name; those that could be initials stand apart.
_DEGREE = re.compile(
    r"(?:[BMDEL](?:[Aa]|[Ss]c|[Ee]d|[Pp]h(?:il|arm)|[Rr]es|[Mm]ed|[Mm]ed[Ss]c|[Cc]h|[Dd]ent)"
    r"|Ph ?D|D ?Phil|Dr ?PH|PsyD|PharmD|ScM|ScD|Dr|Prof|Eds?|ed|eds|Esq|M[Bb]\W?B[Cc]h"
    r"|M[Bb] ?Ch[Bb]|MBBS|BMBS|MPH|MBA|MHS|MHSc|MMSc|DMSc|DMD|DDS|DVM|FRCPC?|FRACP"
    r"|MRCP|FACP|FACR|MACR|FAAN|BSN|MSN|APRN|CRNP|CCRC|CCRP|RPh|DPT|LLM|MD"
    r"|MD\W?PhD|MSCE|MSCR|MSCI|PA-C|FRS)"
)
_PERHAPS_INITIALS = re.compile(r"MD|DO|M[AS]|B[AS]|RN|JD|NP|PA|PT|RD|OT|SM|EdD|MB")
_LETTERS = re.compile(r"[^\W\d_]")
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+|\s*[|•]\s*|\s+/\s+")
_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.[\s-]?)+[^\W\d_]?\.?")
_MAX_WORDS = 3


class Named(NamedTuple):
    """Authors of one field.

    Parameters
    ----------
    names : tuple of str
        As records write them; a text that cannot be divided stands as it is.
    doubt : str
        What a person should look at; mostly empty.
    """

    names: tuple[str, ...]
    doubt: str = ""


def people(text: str) -> Named:
    """Return the authors that one field of a file names.

    Parameters
    ----------
    text : str
        Mostly one person, "Doe, Jane J."; also several, a group, or nobody.

    Examples
    --------
    >>> people("Doe, Jane J.; Roe, Karl").names
    ('Doe JJ', 'Roe K')
    """
    said = " ".join(without_markup(text).split()).strip(" ;,")
    whole = _OPEN.sub("", said)
    if whole != said:
        found = people(whole) if whole else Named(())
        return Named(found.names, found.doubt or f"the list ends with {said[-6:]!r}")
    if _NOBODY.fullmatch(said):
        return Named((), f"{said!r} is nobody's name" if said else "")
    several = _several(said)
    if several:
        each = [people(name) for name in several]
        doubts = [item.doubt for item in each if item.doubt]
        names = tuple(name for item in each for name in item.names)
        return Named(names, doubts[0] if doubts else "")
    return _one(_TITLE.sub("", said))


def _several(said: str) -> list[str]:
    """Return the people of a field with certain signs between them; empty for one."""
    if ";" in said:
        return [part for part in map(str.strip, said.split(";")) if part]
    sides = _AND.split(said)
    if len(sides) > 1 and all("," in side or _is_short(side) for side in sides):
        return [side.strip(" ,") for side in sides]
    parts = [part.strip() for part in said.split(",")]
    bare = [re.sub(r"^(?:and|&)\s+", "", part) for part in parts]
    persons = [part for part in bare if not _behind(part)]
    if len(persons) > 1 and all(map(_is_short, persons)):
        return _joined(bare)
    halves = len(parts) // 2
    even = len(parts) % 2 == 0 and halves > 1
    if even and all(_INITIAL.fullmatch(part) for part in parts[1::2]):
        return [f"{parts[2 * at]}, {parts[2 * at + 1]}" for at in range(halves)]
    return []


def _joined(parts: list[str]) -> list[str]:
    """Return names with what stands behind them."""
    found: list[str] = []
    for part in parts:
        if found and _behind(part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _is_short(name: str) -> bool:
    """Tell whether a name is "Doe J": a surname and initials."""
    person = divided(name)
    return person is not None and bool(person.initials)


def _behind(part: str) -> bool:
    """Tell whether a part between commas stands behind a name: "Jr", "PhD"."""
    return bool(_suffix(part)) or _is_degree(part)


def _suffix(part: str) -> str:
    """Return "Jr" or "III" as records write it; empty for other words."""
    word = part.strip(" .()")
    if SUFFIX.fullmatch(word):
        return word[0].upper() + word[1:]
    if word.lower() in {"2nd", "3rd"}:
        return word.lower()
    if SUFFIX_OR_INITIALS.fullmatch(word.upper()) and len(word) > 1:
        return {"JR": "Jr", "SR": "Sr"}.get(word.upper(), word.upper())
    return ""


def _is_degree(part: str) -> bool:
    """Tell whether a word or a part between commas is a degree, or several."""
    word = part.strip(" ()").replace(".", "")
    if _DEGREE.fullmatch(word) or _PERHAPS_INITIALS.fullmatch(word):
        return True
    words = word.split()
    return len(words) > 1 and all(map(_is_degree, words))


def _one(said: str) -> Named:
    """Return one author, whether the surname comes first or last, or a group."""
    if is_group(said):
        sides = _AND.split(said)
        several = len(sides) > 1 and all(map(_is_like_a_person, sides))
        return Named((said,), f"{said!r} may be several people" if several else "")
    parts = [part.strip() for part in said.split(",")]
    first, *rest = parts
    suffix = next((_suffix(part) or "V" for part in rest[1:] if _ends(part)), "")
    if rest and _suffix(rest[0]) and (len(rest) > 1 or _is_plain_suffix(rest[0])):
        suffix = _suffix(rest.pop(0))
    elif rest and _behind(rest[0]) and _is_whole(first):
        suffix = suffix or _suffix(rest.pop(0))
    while rest and _is_degree(rest[0]) and (len(rest) > 1 or not _maybe(rest[0])):
        rest.pop(0)  # "Doe, M.Ed., Jane" and "Jane Doe, PhD"
    rest = [
        part
        for at, part in enumerate(rest)
        if at == 0 or not (_is_degree(part) or _ends(part))
    ]
    if not rest:
        return _uninverted(first, suffix)
    if len(rest) > 1:
        return Named((said,), f"{said!r} may be one person or several")
    return _inverted(first, rest[0], suffix)


def _is_whole(name: str) -> bool:
    """Tell whether a name is whole without what follows: "Doe JJ", "Jane J. Doe"."""
    return _is_short(name) or _first_names(name.split()) > 0


def _ends(part: str) -> bool:
    """Tell whether a part behind given names is a suffix; there, V is the fifth."""
    return bool(_suffix(part)) or part.strip(" .()") == "V"


def _first_names(words: list[str]) -> int:
    """Return how many words stand before the surname of "Jane J. Doe"; 0 if unknown."""
    last = (at + 1 for at, word in enumerate(words[:-1]) if _INITIAL.fullmatch(word))
    at = max(last, default=0)
    return at if len(words) - at <= _MAX_WORDS else 0


def _is_plain_suffix(part: str) -> bool:
    """Tell whether a part is "Jr" and the like, and no initials."""
    return SUFFIX.fullmatch(part.strip(" .()")) is not None


def _maybe(part: str) -> bool:
    """Tell whether a degree may be somebody's initials: "Doe, MD"."""
    return _PERHAPS_INITIALS.fullmatch(part.replace(".", "").strip()) is not None


def _inverted(family: str, given: str, suffix: str) -> Named:
    """Return an author of whom surname and given names are told apart."""
    words = family.split()
    if len(words) > 1 and _suffix(words[-1]):
        suffix = suffix or _suffix(words.pop())
    names, found = _given(given)
    suffix = suffix or found
    particles = list[str]()
    while len(names) > 1 and names[-1].islower() and len(names[-1]) > 1:
        particles.insert(0, names.pop())
    surname = " ".join((*particles, *words))
    letter = len(_LETTERS.findall(surname)) == 1 and surname.upper() != surname.lower()
    if letter and not all(map(_INITIAL.fullmatch, names)):
        whole = f"{family}, {given}"
        return Named((whole,), f"{whole!r} has a surname of one letter")
    return Named((author(surname, " ".join(names), suffix),))


def _given(text: str) -> tuple[list[str], str]:
    """Return given names without degrees, and the suffix among them."""
    words, suffix = text.split(), ""
    while len(words) > 1:
        last = words[-1].strip(",")
        dotted = "." in last and _DEGREE.fullmatch(last.replace(".", ""))
        if _suffix(last) and last.upper() not in {"V", "VI"} and not suffix:
            suffix = _suffix(words.pop())
        elif dotted or _DEGREE.fullmatch(last):
            words.pop()
        else:
            break
    return words, suffix


def _uninverted(name: str, suffix: str) -> Named:
    """Return an author without a comma: initials last, initials first, or a group."""
    words = name.split()
    while len(words) > 1 and _is_degree(words[-1]):
        if _maybe(words[-1]) and not _is_short(" ".join(words[:-1])):
            break
        words.pop()
    person = divided(" ".join(words))
    if person is not None and (person.initials or person.suffix):
        given = person.initials.replace("-", "")
        known = (person.family, given, suffix or _tidy(person.suffix))
        return Named((" ".join(filter(None, known)),))
    at = _first_names(words)
    if at:
        return Named((author(" ".join(words[at:]), " ".join(words[:at]), suffix),))
    whole = " ".join((*words, suffix)).strip()
    doubt = f"{whole!r} may be a person or a group: which is the surname?"
    return Named((whole,), doubt if _is_like_a_person(whole) else "")


def _is_like_a_person(name: str) -> bool:
    """Tell whether a name without initials has the look of a person's."""
    words = name.split()
    return 1 < len(words) <= _MAX_WORDS and all(map(str.istitle, words))


def _tidy(suffix: str) -> str:
    """Return a suffix as records write it."""
    return _suffix(suffix) or suffix
