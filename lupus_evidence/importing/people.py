"""Authors as the records write them, out of what other files call them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lupus_evidence.importing.markup import without_markup
from lupus_evidence.records.naming import (
    SUFFIX,
    SUFFIX_OR_INITIALS,
    divided,
    is_group,
)

#: What is no author: an open list, or none.
_OPEN = re.compile(
    r"[,;\s]*(?:\b(?:et al\.?|and others|u\. ?a\.)|…|(?<!\.)\.{3})\s*$", re.IGNORECASE
)
#: The word in front of a next author who stands in the next field.
_LOOSE = re.compile(r"(?:^|[\s,])(?:and|&)$")
_NOBODY = re.compile(
    r"\W*(?:anon(?:ymous)?\.?|no authors?(?: listed)?|n/?a|none|unknown|others?|not"
    r" (?:available|known|stated))\W*|\W*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:dr|prof|professor|mr|mrs|ms|sir)(?:\.,?\s+(?=\S)|\s+(?=\S+[\s,]))",
    re.IGNORECASE,
)
#: Degrees and roles behind a name; those that could be initials stand apart.
_DEGREE = re.compile(
    r"Ph ?D|D ?Phil|M ?Phil|[BM] ?Sc|[BM] ?Ed|[BM]Pharm|MRes|MMed|M ?Sci|[BM]MedSc"
    r"|Dr ?PH|PsyD|PharmD|ScM|ScD|DSc|DMSc|DMedSc|MMSc|MHSc|MChir|BDent|Dr|Prof|Eds?"
    r"|eds?|Esq"
    r"|M[Bb] ?B[Cc]h|M[Bb] ?Ch[Bb]|MBBS|BMBS|MPH|MBA|MHS|DMD|DDS|DVM|FRCPC?|FRACP|MRCP"
    r"|FACP|FACR|MACR|FAAN|BSN|MSN|APRN|CRNP|CCRC|CCRP|RPh|DPT|LLM|MD|MD\W?PhD|MSCE"
    r"|MSCR|MSCI|PA-C|FRS"
)
_PERHAPS_INITIALS = re.compile(r"MD|DO|M[AS]|B[AS]|RN|JD|NP|PA|PT|RD|OT|SM|EdD|MB|Ed")
_LETTERS = re.compile(r"[^\W\d_]")
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+|\s*[|•]\s*|\s*/\s*")
_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.[\s-]?)+[^\W\d_]?\.?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+")
#: "J Doe", "AB van der Berg", as Google Scholar writes names.
_INITIALS_FIRST = re.compile(
    r"((?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?)+)) "
    r"((?:[a-z'’]{1,4} ){0,3}[^\W\d_][\w'’-]*[a-z][\w'’-]*)"
)
_MAX_WORDS = 3
_A_NAME_AND_A_SURNAME = 2
#: Names that a person has on either side of the comma; more are several people's.
_MAX_NAMES = 4
#: Capitals of a given name that are initials already, "JM", or of a degree that may be.
_MAX_INITIALS = 3


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
    said = _LOOSE.sub("", said).strip(" ;,")
    said = re.sub(r"^(?:and|&)\s+", "", said)
    whole = _OPEN.sub("", said)
    if whole != said:
        found = people(whole) if whole else Named(())
        ending = said[len(whole) :].strip(" ,;")
        return Named(found.names, found.doubt or f"the list ends with {ending!r}")
    if _NOBODY.fullmatch(said):
        return Named((), f"{said!r} is nobody's name" if said else "")
    several = _several(said)
    if several:
        each = [people(name) for name in several]
        doubts = [item.doubt for item in each if item.doubt]
        names = tuple(name for item in each for name in item.names)
        return Named(names, doubts[0] if doubts else "")
    return _one(_TITLE.sub("", said))


def displayed(text: str) -> Named:
    """Return the authors of a text that has every given name in front of the surname.

    Parameters
    ----------
    text : str
        People as a database shows them, with semicolons or bars between them.

    Examples
    --------
    >>> displayed("Jane Doe; Jan van der Berg; Karl M. Roe").names
    ('Doe J', 'van der Berg J', 'Roe KM')
    """
    names: list[str] = []
    doubts: list[str] = []
    for name in re.split(r"[;|]", without_markup(text)):
        words = name.split()
        particle = next((at for at, word in enumerate(words) if word.islower()), 0)
        last = particle or (1 if len(words) == _A_NAME_AND_A_SURNAME else 0)
        plain = last and "," not in name and not is_group(name)
        if plain and not any(map(_behind, words)):
            surname, given = " ".join(words[last:]), " ".join(words[:last])
            names.append(author(surname, given))
            continue
        found = people(name)
        names += found.names
        doubts += filter(None, [found.doubt])
    return Named(tuple(names), doubts[0] if doubts else "")


def _several(said: str) -> list[str]:
    """Return the people of a field with certain signs between them; empty for one."""
    if ";" in said:
        return [part for part in map(str.strip, said.split(";")) if part]
    apart = [_INITIALS_FIRST.fullmatch(part.strip()) for part in said.split(",")]
    if len(apart) > 1 and all(apart):
        return [f"{name[2]}, {name[1]}" for name in apart if name]
    sides = _AND.split(said)
    if len(sides) > 1 and all("," in side or _is_short(side) for side in sides):
        return [side.strip(" ,") for side in sides]
    parts = [part.strip() for part in said.split(",")]
    bare = [re.sub(r"^(?:and|&)\s+", "", part) for part in parts]
    persons = [part for at, part in enumerate(bare) if at == 0 or not _behind(part)]
    if all(map(_is_whole, persons)) and not is_group(said):
        each = [name for part in _joined(bare) for name in _chained(part)]
        return each if len(each) > 1 else []
    halves = len(parts) // 2
    even = len(parts) % 2 == 0 and halves > 1
    if even and all(_INITIAL.fullmatch(part) for part in parts[1::2]):
        return [f"{parts[2 * at]}, {parts[2 * at + 1]}" for at in range(halves)]
    return []


def _chained(part: str) -> list[str]:
    """Return the names of "Nath M. Bhatia R. Glew L.", or the one name of others."""
    if "," in part:
        return [part]
    found: list[list[str]] = [[]]
    for word in part.split():
        initial = _INITIAL.fullmatch(word)
        if not initial and found[-1] and _INITIAL.fullmatch(found[-1][-1]):
            found.append([])
        found[-1].append(word)
    whole = all(
        len(words) > 1
        and _INITIAL.fullmatch(words[-1])
        and not _INITIAL.fullmatch(words[0])
        for words in found
    )
    return [" ".join(words) for words in found] if whole else [part]


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
    words, names = first.split(), rest[0].split()
    many = max(len(words), len(names)) > _MAX_NAMES + 1
    if len(rest) > 1 or many or len(_chained(rest[0])) > 1:
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
    return at if len(words) - at <= _MAX_WORDS and at <= _MAX_NAMES else 0


def _is_plain_suffix(part: str) -> bool:
    """Tell whether a part is "Jr" and the like, and no initials."""
    return SUFFIX.fullmatch(part.strip(" .()")) is not None


def _maybe(part: str) -> bool:
    """Tell whether a degree may be somebody's initials: "Doe, MD"."""
    word = part.replace(".", "").strip()
    return word == "Ed" or (word.isupper() and len(word) <= _MAX_INITIALS)


def _inverted(family: str, given: str, suffix: str) -> Named:
    """Return an author of whom surname and given names are told apart."""
    words = family.split()
    if len(words) > 1 and _suffix(words[-1]):
        suffix = suffix or _suffix(words.pop())
    names, found = _given(given)
    suffix = suffix or found
    while len(words) > 1 and _DOTTED.fullmatch(words[0]):  # "H. Doe, Jane"
        names.append(words.pop(0))
    particles = list[str]()
    while len(names) > 1 and names[-1].islower() and len(names[-1]) > 1:
        particles.insert(0, names.pop())
    surname = " ".join((*particles, *words))
    cased = surname.upper() != surname.lower()
    short = len(_LETTERS.findall(surname)) == 1
    lettered = cased and (short or _INITIAL.fullmatch(surname))
    if lettered and not all(map(_INITIAL.fullmatch, names)):
        whole = f"{family}, {given}"
        what = "a surname of one letter" if short else "initials for a surname"
        return Named((whole,), f"{whole!r} has {what}")
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


def initials(given: str, *, capitals: bool = False) -> str:
    """Return the initials of given names as PubMed prints them.

    Parameters
    ----------
    given : str
        "Jacob M.", "J. M.", "JM" or "Xiao-Dong".
    capitals : bool
        Whether the whole name is in capitals, so that "LI" is a name.

    Examples
    --------
    >>> initials("Xiao-Dong"), initials("J. M."), initials("JM")
    ('XD', 'JM', 'JM')
    """
    found = ""
    for part in re.split(r"[\s.\-‐]+", given):
        if part.isupper() and len(part) <= _MAX_INITIALS and not capitals:
            found += part
        elif part[:1].isupper() or part[:1].islower():
            found += part[0].upper()
        elif part.isalpha():  # Chinese and other scripts have no initials
            found += part
    return found


def author(family: str, given: str, suffix: str = "") -> str:
    """Return an author as the records write one: surname, initials, suffix."""
    capitals = len(family) > 1 and family.isupper()
    parts = (family, initials(given, capitals=capitals), suffix.strip(" ."))
    return " ".join(part for part in parts if part)
