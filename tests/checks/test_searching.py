"""Searches, decisions and records held against each other, row by row."""

import hashlib

import pytest
from invented import study_text

from lupus_evidence.checks.searching import search_findings
from lupus_evidence.records.load import load

HEADS = "title,doi,found_by,stage,decision,reason,record"
#: The row of the one record, found by the one search.
OWN = "An invented trial,10.1000/doe-2020,pubmed,full-text,include,,doe-2020"
HITS = b"TI  - Cells in lupus\n"
DIGEST = hashlib.sha256(HITS).hexdigest()


@pytest.fixture
def told(tmp_path):
    """Check a folder of a record, a search and decisions: code, line, column, words.

    `rows` are the rows of the table, from line 2; None for no table.
    """

    def check(*rows, search="", name="pubmed", records=("doe-2020",), table=True):
        searches = tmp_path / "_searches"
        searches.mkdir(exist_ok=True)
        (searches / f"{name}.yaml").write_text(
            f"id: pubmed\nsource: PubMed\nkind: database\ndate: 2026-03-01\n{search}"
        )
        (searches / "pubmed.nbib").write_bytes(HITS)
        for record in records:
            (tmp_path / f"{record}.yaml").write_text(study_text(id=record))
        if table:
            text = "\n".join([HEADS, *(rows or (OWN,))])
            (tmp_path / "_screening.csv").write_text(f"{text}\n")
        check.found = search_findings(load(tmp_path))
        return [(item.code, item.place.line, item.message) for item in check.found]

    return check


def pointed_at(told, tmp_path):
    """What stands where each finding of a table points: the column's name."""
    lines = (tmp_path / "_screening.csv").read_text().splitlines()
    return [
        HEADS.split(",")[lines[at.line - 1][: at.column - 1].count(",")]
        for at in (item.place for item in told.found)
    ]


def of(found):
    """Codes and lines alone."""
    return [item[:2] for item in found]


def row(decision, stage="full-text", title="Cells in lupus", **more):
    """A row about a report that is no record."""
    given = {"doi": "10.1000/9", "by": "pubmed", "reason": "", "record": ""} | more
    return ",".join(
        [title, given["doi"], given["by"], stage, decision, given["reason"],
         given["record"]]
    )  # fmt: skip


EARLY = "title-abstract"


def test_a_base_in_order_has_nothing_to_say(told):
    """A record that its search found."""
    assert told() == []


def test_nothing_is_held_against_a_base_that_keeps_no_searches(tmp_path):
    """Records alone are a base as well."""
    (tmp_path / "doe-2020.yaml").write_text(study_text())
    assert search_findings(load(tmp_path)) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([row("include")], [("W607", 3)]),
        ([row("include", EARLY)], [("W607", 3)]),
        ([row("include", EARLY), row("awaiting")], []),
        ([row("include", EARLY), row("include")], [("W607", 4)]),
        ([row("include", EARLY), row("not-retrieved")], []),
        ([row("exclude", EARLY)], []),
        ([row("awaiting", EARLY)], []),
        ([row("exclude", reason="no lupus")], []),
        ([row("exclude")], [("E604", 3)]),
        ([row("include", EARLY), row("exclude")], [("E604", 4)]),
        # decided twice: alike, or differently, at one stage or at two
        ([row("exclude", EARLY), row("exclude", EARLY)], []),
        ([row("exclude", EARLY), row("include", EARLY)], [("E605", 4)]),
        ([row("exclude", EARLY), row("exclude", EARLY), row("include", EARLY)],
         [("E605", 5)]),
        ([row("include"), row("exclude", reason="no lupus")], [("E605", 4)]),
    ],
)  # fmt: skip
def test_what_was_decided_of_a_report_that_is_no_record(told, rows, found):
    """Lost between two stages, without a reason, decided differently: its row."""
    assert of(told(OWN, *rows)) == found


def test_two_decisions_name_each_other(told):
    """The report, the stage, both decisions, and the line of the first."""
    title = (
        "Cells of the umbilical cord for people with severe lupus nephritis in China"
    )
    rows = row("exclude", EARLY, title), row("awaiting", EARLY, title)
    ((code, line, message),) = told(OWN, *rows)
    assert (code, line) == ("E605", 4)
    for word in ("Cells of the umbilical", EARLY, "awaiting", "line 3", "exclude"):
        assert word in message
    assert title not in message, "a long title is cut"


@pytest.mark.parametrize("decision", ["exclude", "not-retrieved"])
def test_a_record_was_not_left_out(told, decision):
    """The row that says so is named, once, with the record."""
    left = OWN.replace("include", decision).replace(",,doe", ",why,doe")
    ((code, line, message),) = told(left, left)
    assert (code, line) == ("E606", 2)
    assert "doe-2020" in message
    assert decision in message


def test_names_lead_somewhere(told):
    """A record that is not there, a search that is not there; `unknown` is a name."""
    rows = [
        row("exclude", EARLY, doi="10.1000/7", by="unknown"),
        row("exclude", EARLY, "Other cells", doi="10.1000/8", by="embase"),
        row("awaiting", EARLY, "More cells", record="roe-2021"),
    ]
    found = told(OWN, *rows)
    assert of(found) == [("E602", 4), ("E606", 5)]
    assert "no search named 'embase'" in found[0][2]
    assert "no study named 'roe-2021'" in found[1][2]


def test_a_search_is_found_under_its_name(told):
    """`id` and file name agree."""
    ((code, line, message),) = told(name="embase")
    assert (code, line) == ("E602", 1)
    assert "embase" in message
    assert "pubmed" in message


@pytest.mark.parametrize(
    ("name", "digest", "found"),
    [
        ("pubmed.nbib", DIGEST, []),
        ("pubmed.nbib", DIGEST[::-1], [("E603", 7)]),
        ("other.nbib", DIGEST, [("E603", 6)]),
    ],
)
def test_the_hits_that_were_screened_are_there_and_the_same(told, name, digest, found):
    """The line of the digest, or of the name of a file that cannot be read."""
    search = f"file:\n  name: {name}\n  sha256: {digest}\n"
    said = told(search=search)
    assert of(said) == found
    assert all(name in message for *_, message in said)


@pytest.mark.parametrize(
    ("hits", "words"),
    [
        (2, None),
        (1, "1 hit, and the table names 2: 1 too many"),
        (3, "3 hits, and the table names 2: 1 stands in no row"),
        (5, "5 hits, and the table names 2: 3 stand in no row"),
        (0, "0 hits, and the table names 2: 2 too many"),
    ],
)
def test_hits_and_rows_are_as_many(told, hits, words):
    """Each report counts once, whatever the number of its rows."""
    rows = row("include", EARLY), row("awaiting")
    found = told(OWN, *rows, search=f"hits: {hits}\n")
    assert found == ([] if words is None else [("W609", 5, words)])


def test_hits_of_a_search_that_no_row_names_are_not_missed(told):
    """Who lists no hits of a search has counted them elsewhere."""
    assert told(OWN.replace("pubmed", "unknown"), search="hits: 5\n") == []


@pytest.mark.parametrize(
    ("records", "number", "verb"),
    [
        (("doe-2020", "roe-2021"), "1 record", " stands "),
        (("doe-2020", "poe-2021", "roe-2021"), "2 records", " stand "),
    ],
)
def test_records_that_stand_in_no_row_are_named(told, records, number, verb):
    """At the top of the table; where there is none, nobody expects rows."""
    ((code, line, message),) = told(records=records)
    assert (code, line) == ("W608", 1)
    assert message.startswith(number)
    assert verb in message
    assert all(name in message for name in records[1:])
    assert "doe-2020" not in message


def test_without_a_table_no_record_is_missing(told):
    """Searches may be kept before anything is screened."""
    assert told(table=False) == []


def test_one_row_that_names_the_search_is_enough(told):
    """`found_by` may be empty in the other rows of a record, not in all of them."""
    bare = OWN.replace("pubmed", "")
    ((code, line, message),) = told(bare, bare)
    assert (code, line) == ("W608", 2)
    assert "doe-2020" in message


def test_one_of_two_rows_names_the_search(told):
    """The second row says what the first leaves open."""
    assert told(OWN.replace("pubmed", ""), OWN) == []


LONG = "Cells of the umbilical cord for people with severe lupus nephritis in China"


@pytest.mark.parametrize(
    ("rows", "code", "field"),
    [
        ([row("include", title=LONG)], "W607", "decision"),
        ([row("include", EARLY, LONG)], "W607", "decision"),
        ([row("exclude", title=LONG)], "E604", "reason"),
        ([row("exclude", EARLY, LONG), row("awaiting", EARLY, LONG)],
         "E605", "decision"),
        ([OWN.replace("include", "not-retrieved").replace("An invented trial", LONG)],
         "E606", "decision"),
        ([row("awaiting", title=LONG, by="embase")], "E602", "found_by"),
        ([row("awaiting", title=LONG, record="roe-2021")], "E606", "record"),
        ([OWN.replace("pubmed", "")], "W608", "found_by"),
    ],
)  # fmt: skip
def test_a_finding_points_at_the_cell_and_has_the_level_of_its_code(
    told, tmp_path, rows, code, field
):
    """Where one has to write; titles are cut after 60 letters."""
    ((found, _, message),) = told(*([] if OWN[-9:] in rows[0] else [OWN]), *rows)
    assert found == code
    assert pointed_at(told, tmp_path) == [field]
    (item,) = told.found
    assert item.level == {"E": "error", "W": "warning"}[code[0]]
    assert item.hint
    if message.startswith("Cells"):
        assert len(message.partition(":")[0]) <= 60
    elif field in ("decision", "reason"):
        pytest.fail("the report is not named")


def test_what_was_let_in_after_two_readings_that_differ_is_not_lost(told):
    """Settling it comes first: nobody knows yet whether it is to be a record."""
    rows = row("include"), row("awaiting")
    assert of(told(OWN, *rows)) == [("E605", 4)]


def test_a_file_of_hits_that_changed_shows_its_digest(told):
    """And why a file cannot be read."""
    told(search=f"file:\n  name: pubmed.nbib\n  sha256: {DIGEST[::-1]}\n")
    assert DIGEST in told.found[0].hint
    assert told.found[0].level == "error"


def test_a_file_of_hits_that_is_not_there_says_so(told):
    """In the words of the machine."""
    ((_, _, message),) = told(search=f"file:\n  name: no.nbib\n  sha256: {DIGEST}\n")
    assert "no such file" in message


def test_each_search_is_held_against_its_own_hits(told, tmp_path):
    """A search without a number of hits hides none after it."""
    searches = tmp_path / "_searches"
    searches.mkdir()
    (searches / "embase.yaml").write_text(
        "id: embase\nsource: Embase\nkind: database\ndate: 2026-03-01\n"
    )
    assert of(told(search="hits: 4\n")) == [("W609", 5)]


def test_a_search_of_another_name_points_at_its_id(told, tmp_path):
    """Wherever in the file that stands."""
    searches = tmp_path / "_searches"
    searches.mkdir()
    (searches / "embase.yaml").write_text(
        "source: Embase\nkind: database\nid: scopus\ndate: 2026-03-01\n"
    )
    ((code, line, message),) = told()
    assert (code, line) == ("E602", 3)
    assert "embase" in message
    assert "scopus" in message
