"""What loading refuses in files, YAML and fields, and what waits to be filled in."""

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.checks.rules import Finding, Verdict, check, document
from lupus_evidence.records.files import (
    SUFFIXES,
    Diagnostic,
    Place,
    holds_separator,
    may_be_cut,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lupus_evidence.records.load import EvidenceBase


document(
    "E101",
    """
    A file that cannot be read.

    What it checks
    --------------
    Each record is a regular file of at most 5 MB that may be opened, and each article
    that is audited one of at most 10 MB.
    Links that lead nowhere, pipes and devices named `.yaml` are reported.

    Why it matters
    --------------
    A record that is silently passed over is a study left out of every table.

    Example
    -------
    `studies/doe-2020.yaml` is a link to a file that was moved.

    Source
    ------
    A record is about 4 KB; the limit keeps one bad file from filling the memory.
    """,
)
document(
    "E102",
    """
    Not YAML.

    What it checks
    --------------
    The file can be read as YAML.
    The line is the one at which reading stopped; the cause often stands just before.

    Why it matters
    --------------
    Nothing in the file can be used.

    Example
    -------
        population: {enrolled: 20

    The bracket is never closed.

    Source
    ------
    YAML 1.1, https://yaml.org/spec/1.1/, as libyaml reads it.
    """,
)
document(
    "E103",
    """
    The same key twice.

    What it checks
    --------------
    No mapping has a key twice.

    Why it matters
    --------------
    Most YAML readers keep the last and drop the others without a word, so a copied
    line would replace a figure.

    Example
    -------
        events: 12
        n: 39
        events: 21

    Source
    ------
    YAML 1.1, section 3.2.1.1: the keys of a mapping are unique.
    """,
)
document(
    "E104",
    """
    A feature of YAML that is not read here.

    What it checks
    --------------
    Anchors, aliases, tags, keys that are lists or mappings, and a second document in
    one file are refused.

    Why it matters
    --------------
    They let a file say more than it shows: an alias repeats a figure from elsewhere,
    and a few lines of aliases unfold to gigabytes.

    Example
    -------
        results: &first
          - {endpoint: relapse}
        measurements: *first

    Write the values out instead.

    Source
    ------
    StrictYAML, https://hitchdev.com/strictyaml/, leaves out the same features for
    the same reasons.
    """,
)
document(
    "E105",
    """
    Nested too deeply.

    What it checks
    --------------
    Lists and mappings are nested at most 20 deep; a record needs five.

    Why it matters
    --------------
    Deep nesting in a record is a slip, and in a hostile file it is meant to exhaust
    the reader.

    Example
    -------
        results: [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]

    Source
    ------
    CWE-674, uncontrolled recursion, https://cwe.mitre.org/data/definitions/674.html
    """,
)
document(
    "E106",
    """
    Not plain UTF-8.

    What it checks
    --------------
    The file is UTF-8 without a byte order mark.

    Why it matters
    --------------
    Names such as Charité, and signs such as ± and ≤, turn into others when a file is
    read in the wrong encoding.

    Example
    -------
    A record saved as Windows-1252, where é is the single byte 0xE9.

    Source
    ------
    RFC 3629, sections 3 and 6.
    """,
)
document(
    "E107",
    """
    Not a record.

    What it checks
    --------------
    The file is a mapping of fields to values; it is not empty and no list.

    Why it matters
    --------------
    An empty file under a study's name looks like a study, and has none.

    Example
    -------
        - wang-2013

    Start from `lupus-evidence new wang-2013` instead.

    Source
    ------
    `lupus-evidence schema study`.
    """,
)
document(
    "E110",
    """
    A field that does not exist.

    What it checks
    --------------
    Every field is one that the schema knows.

    Why it matters
    --------------
    A misspelt field would be left out of every table without a word.

    Example
    -------
        - {endpoint: relapse, event: 5, n: 20}

    The field is called `events`.

    Source
    ------
    `lupus-evidence schema study`.
    """,
)
document(
    "E111",
    """
    A field that every record needs.

    What it checks
    --------------
    No required field is missing: id, title, citation, design, status, reading,
    population, arms, and within them what makes them usable.

    Why it matters
    --------------
    A figure without a therapy, or a study without a design, fits into no table.

    Example
    -------
        arms:
          msc: {n: 20}

    The arm does not say which therapy it is.

    Source
    ------
    `lupus-evidence schema study`.
    """,
)
document(
    "E112",
    """
    A value that the field cannot hold.

    What it checks
    --------------
    Each value has its field's form: counts are whole numbers, printed figures plain
    decimal numbers, dates exist, therapies and endpoints are of the vocabulary. A
    study has at least one arm and at most 100.

    Why it matters
    --------------
    A value of the wrong form is a slip, or a figure that means something else.

    Example
    -------
        n: twenty

    Source
    ------
    `lupus-evidence schema study`.
    """,
)


#: What is said of a value that a comment cuts short, here and of claims files.
CUT_SHORT = "the text from {word} on is not read: after a blank, # begins a comment"
QUOTE_IT = "put the whole text in quotes; or, for a comment, a blank after the #"


@check("E113", "base")
def file_name_differs(base: EvidenceBase) -> Verdict:
    """A file that is not named after its study.

    What it checks
    --------------
    The record `wang-2013` stands in a file called `wang-2013.yaml`.

    Why it matters
    --------------
    People find a record by its file, and a copied file whose id was never changed is
    the commonest way to get one study twice.

    Example
    -------
        # in doe-2020.yaml
        id: doe-2021

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    for file in base.files:
        path = PurePath(file.file)
        if path.suffix in SUFFIXES and path.stem != file.study.id:  # not of a pipe
            message = f"the file is named {path.stem}, the record {file.study.id}"
            found.append(Finding(("id",), message, "rename one of them", file))
    return found


@check("E114", "base")
def id_taken(base: EvidenceBase) -> Verdict:
    """Two files with one id.

    What it checks
    --------------
    No two records of a folder and its subfolders have the same id.

    Why it matters
    --------------
    Overlaps and commands name a study by its id, and its people would be counted
    twice.

    Example
    -------
    `msc/doe-2020.yaml` and `hsct/doe-2020.yaml` both begin with `id: doe-2020`.

    Source
    ------
    The convention of this evidence base.
    """
    found = []
    for first, second in pairwise(base.files):
        if first.study.id == second.study.id:
            message = f"the id {second.study.id} is also in {first.file}"
            found.append(Finding(("id",), message, "give it another id", second))
    return found


@check("W513", "base")
def value_cut_short(base: EvidenceBase) -> Verdict:
    """A text of which only the beginning is read.

    What it checks
    --------------
    No value without quotes is followed by ` #` and a letter or digit.
    YAML takes a comment sign after a blank, and all that follows it, for a comment.
    A comment with a blank after its sign is meant as one and passes.

    Why it matters
    --------------
    A title or a place in the paper is cut in the middle, and nothing looks wrong.

    Example
    -------
        title: Results of trial #2 in {condition}

    The title read is "Results of trial".

    Source
    ------
    YAML 1.2.2, section 6.6, https://yaml.org/spec/1.2.2/#66-comments.
    """
    suspected = [file for file in base.files if may_be_cut(file.text)]
    if not suspected:  # nor is a YAML parser needed
        return []
    from lupus_evidence.records.yamltext import cut_values

    return [
        Finding(path, CUT_SHORT.format(word=word), QUOTE_IT, file)
        for file in suspected
        for path, word in cut_values(file.text)
    ]


@check("W514", "base")
def unseen_line_end(base: EvidenceBase) -> Verdict:
    """A line end that nobody sees.

    What it checks
    --------------
    No text holds the characters U+0085, U+2028 or U+2029.

    Why it matters
    --------------
    They come along when text is copied from a PDF or a web page.
    Editors show nothing there; some programs that read YAML end the line there, and
    get another record. Here they are read as part of the text.

    Example
    -------
    A title copied from a PDF has U+2028 where the PDF began a new line.

    Source
    ------
    YAML 1.1, section 4.1.4, counts them as line ends; YAML 1.2.2, section 5.4, does
    not: https://yaml.org/spec/1.2.2/#54-line-break-characters.
    """
    suspected = [file for file in base.files if holds_separator(file.text)]
    if not suspected:
        return []
    from lupus_evidence.records.yamltext import separated_values

    return [
        Finding(
            path,
            f"the text holds a line end that editors do not show (U+{ord(sign):04X})",
            "write a blank instead of it",
            file,
        )
        for file in suspected
        for path, sign in separated_values(file.text)
    ]


document(
    "W520",
    """
    To be read, and nothing is left to fill in.

    What it checks
    --------------
    A record whose status is `to-read` has blanks (`...`), or fields that every record
    needs are missing.
    As long as it has, `check` counts its blanks and calls none of them a mistake; what
    it says already is checked.

    Why it matters
    --------------
    A record to be read is in no list and no figure: a filled one would be forgotten.

    Example
    -------
        status: to-read
        # and every blank of the template is filled in

    Source
    ------
    The convention of this evidence base.
    """,
)


def filled_in(base: EvidenceBase) -> Iterator[Diagnostic]:
    """Find records that wait although nothing is left to fill in.

    Parameters
    ----------
    base : EvidenceBase
        Loaded records.
    """
    broken = {item.place.file for item in base.diagnostics}
    for item in base.unread:
        if item.blanks or item.file in broken:
            continue
        from lupus_evidence.records.yamltext import position

        yield Diagnostic(
            Place(item.file, *position(item.text, ("status",))),
            "W520",
            "warning",
            f"{item.id} is to be read, but nothing is left to fill in",
            "set the status: published, registered (no results) or withdrawn",
        )
