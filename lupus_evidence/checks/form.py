"""The pages of what loading refuses: files, YAML and fields."""

from __future__ import annotations

from lupus_evidence.checks.registry import document

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
