"""A record and its file: one id, one file of that name, text that is read whole."""

# A page is titled after what is wrong, not after what the function does.

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from lupus_evidence.checks.registry import Finding, Verdict, check
from lupus_evidence.textfiles import SUFFIXES, holds_separator, may_be_cut

if TYPE_CHECKING:
    from lupus_evidence.load import EvidenceBase


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
    from lupus_evidence.yamltext import cut_values

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
    from lupus_evidence.yamltext import separated_values

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
