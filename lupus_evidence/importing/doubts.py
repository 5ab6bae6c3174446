"""What an import does not understand: a code each, with its manual page."""

from __future__ import annotations

from typing import NamedTuple

HEADINGS = ("What it says", "Why it matters", "Example")


class Doubt(NamedTuple):
    """Something in a file that a person should look at.

    Parameters
    ----------
    code : str
        Has a manual page in `PROBLEMS`.
    message : str
        What stands there and what was done with it.
    hint : str
        What to do.
    line : int
        Counted from 1; 0 if it is not known.
    """

    code: str
    message: str
    hint: str
    line: int = 0


#: The title of each code's page, and what stands under each heading.
PROBLEMS: dict[str, tuple[str, str, str, str]] = {
    "I101": (
        "A field outside every report.",
        (
            "A line has the form of a field but stands between two reports, and is not "
            "read. A report begins with TY in RIS and with PMID in PubMed's format, or "
            "with the fields right in front of it. A row of a table without title, "
            "authors and numbers cites nothing."
        ),
        (
            "Databases write their search strategy between reports. It may also be "
            "part of a report whose beginning or end is missing."
        ),
        "`C1  - Database: Invented` below the `ER  -` of one report.",
    ),
    "I102": (
        "A tag that is not known.",
        "A line has the form of a field, and its tag is none of the format's.",
        (
            "It may be a field of another program, or the second line of the field "
            "above, which is then incomplete."
        ),
        "`SLE - a review`, where the title above ends in the middle.",
    ),
    "I103": (
        "A DOI that cannot be read.",
        (
            "A field for a DOI holds none, several, or one with characters that no "
            "DOI has."
        ),
        "With a wrong or a missing DOI, one report is counted as two.",
        "`DO  - 10.1000/ábc`",
    ),
    "I104": (
        "Authors that cannot be told apart.",
        (
            "A field holds several people, a name that may be a person's or a group's, "
            "or a surname of one letter. What stands there is carried over as it is."
        ),
        "A record is named for its first author, and known again by it.",
        "`AU  - Doe, Jane, Roe, Karl`: two people or one?",
    ),
    "I105": (
        "A date without a year.",
        "A date's field holds no year.",
        "The record's year stays blank, and its name has none.",
        "`PY  - in press`",
    ),
    "I106": (
        "A number that may be PubMed's.",
        (
            "A report has an accession number of digits, and the file does not say "
            "which database it belongs to. It is left out."
        ),
        "Numbers of Embase and of PubMed look the same.",
        "`AN  - 612345678`",
    ),
    "I107": (
        "A value that the record has no place for.",
        (
            "A value is left out because another stands in its place, because it is "
            "longer than a record's text may be, or because it is none of its field."
        ),
        "It is told so that nothing is lost without a word.",
        "A number of the article beside the pages: the pages are taken.",
    ),
    "I108": (
        "A column without a name.",
        "A table has cells below an empty cell of the header row. They are not read.",
        "Figures below a lost heading would be left out without a word.",
        "`study,endpoint,,n`",
    ),
    "I109": (
        "A column that is not known.",
        (
            "A table has a column whose name is none of those that are read or known "
            "to be left out. Names that are read: Title, Authors, Journal, Year, "
            "Volume, Issue, Pages, Article Number, DOI, PMID, PMCID, Language, URL, "
            "Publication Type, and what databases call them; in a table of results "
            "those of `lupus-evidence table -f csv`."
        ),
        "A DOI below an unusual name would be lost without a word.",
        "`Title,Authors,Identifier`",
    ),
    "I110": (
        "An entry that is broken.",
        (
            "A report of the file cannot be read, or not all of it: a brace or a "
            "quotation mark is missing, or a field stands twice."
        ),
        "A report that is left out is missing from the flow chart too.",
        "`@article{doe2021, title = {Cells in {lupus}, year = 2021}`",
    ),
    "I111": (
        "A word that is not known.",
        (
            "A cell of a table of results holds a therapy, an outcome, or a number "
            "that cannot be told. It stays blank, with the cell's words beside it."
        ),
        "A result is compared by these words; a guess would put it in a wrong row.",
        "`outcome` says `remission`: complete or partial?",
    ),
    "I112": (
        "A formula without a value, or a sheet that is not read.",
        (
            "A spreadsheet's formula has no stored value (formulas are never worked "
            "out here), or the file has other sheets with cells in them."
        ),
        "Their figures would be missing without a word.",
        "`=B2/C2`, saved by a program that stores no values",
    ),
}


def codes() -> tuple[str, ...]:
    """Return the codes of all that an import may not understand."""
    return tuple(PROBLEMS)


def manual(code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the title of a code's manual page and its texts under their headings."""
    title, *texts = PROBLEMS[code]
    return title, tuple(zip(HEADINGS, texts, strict=True))
