"""From searches to records: what is counted, and what is said not to be known."""

import csv
import io
import json

import pytest

HEADS = "title,authors,year,doi,pmid,registration,found_by,stage,decision,reason,record"
RECORD = """id: {id}
title: {title}
citation: {{authors: [Doe J], year: 2020{number}}}
{registered}design: single-arm-trial
status: published
reading: primary-abstract
population: {{enrolled: 20, lupus: 20}}
arms:
  msc: {{therapy: msc, n: 20}}
notes: [invented]
"""


def search(name, kind="database", hits=None, source=""):
    """A search of its file's name."""
    counted = "" if hits is None else f"hits: {hits}\n"
    source = source or name
    return f"id: {name}\nsource: {source}\nkind: {kind}\ndate: 2026-03\n{counted}"


@pytest.fixture
def made(tmp_path):
    """Write a folder of records, searches and decisions."""

    def make(rows="", searches=(), records=("doe-2020",), registered=""):
        root = tmp_path / "studies"
        (root / "_searches").mkdir(parents=True)
        for place, name in enumerate(records):
            text = RECORD.format(
                id=name,
                title=f"Report {name}",
                number=f", doi: 10.1000/{place}",
                registered=registered,
            )
            (root / f"{name}.yaml").write_text(text)
        for text in searches:
            name = text.partition("\n")[0].removeprefix("id: ")
            (root / "_searches" / f"{name}.yaml").write_text(text)
        if rows:
            (root / "_screening.csv").write_text(f"{HEADS}\n{rows}")
        return root

    return make


@pytest.fixture
def counts(run):
    """Return the numbers of a folder by route and item."""

    def count(root):
        done = run("flow", "--studies", root, "-f", "csv")
        assert done.exit_code == 0, done.stderr
        rows = csv.DictReader(io.StringIO(done.stdout))
        return {
            (row["route"], row["item"], row["detail"]): row["n"] or None for row in rows
        }

    return count


@pytest.fixture
def codes(run):
    """Return the codes that `check` finds in a folder, with their lines."""

    def found(root):
        done = run("check", root, "-f", "json")
        items = json.loads(done.stdout)["findings"]
        return [(item["code"], item["line"]) for item in items]

    return found


WHOLE = """\
Report,,2020,https://doi.org/10.1000/0,,,pubmed; embase,title-abstract,include,,
Report doe-2020,Doe J,2020,10.1000/0,,,pubmed,full-text,include,,
No lupus,Roe R,2019,,11,,pubmed,title-abstract,exclude,animals,
Lost,Low L,2018,,12,,embase,title-abstract,include,,
Lost,Low L,2018,,12,,embase,full-text,not-retrieved,,
"Other, read",Poe P,2017,10.1000/9,,,embase,full-text,exclude,no figures,
"""
BOTH = (search("pubmed", hits=2), search("embase", hits=3))


def test_where_every_hit_has_a_row_every_number_is_known(made, counts, codes):
    """5 hits of 4 reports: 1 found twice, 1 excluded, 1 not retrieved, 2 read."""
    root = made(WHOLE, BOTH)
    found = counts(root)
    expected = {
        "duplicates": "1",
        "screened": "4",
        "excluded": "1",
        "sought": "3",
        "missed": "1",
        "assessed": "2",
        "included-reports": "1",
    }
    assert found["databases", "database", "embase; pubmed"] == "5"
    for item, number in expected.items():
        assert found["databases", item, ""] == number, item
    assert found["databases", "excluded-after-reading", "no figures"] == "1"
    assert codes(root) == []


def test_an_uncounted_search_makes_numbers_unknown_and_never_0(made, counts, run):
    """Hits that nobody counted: what the table names is shown beside the "?"."""
    root = made(WHOLE, (BOTH[0], search("embase")))
    found = counts(root)
    assert found["databases", "database", "embase; pubmed"] is None
    assert found["databases", "duplicates", ""] is None
    assert found["databases", "screened", ""] is None
    text = run("flow", "--studies", root).stdout
    assert "Databases (n = ?, 4 named)" in text
    assert "Found twice (n = ?)" in text
    assert "n = 0" not in text


def test_without_searches_the_records_alone_are_counted(made, run):
    """The diagram says what is missing and where it would go."""
    text = run("flow", "--studies", made()).stdout
    assert "No search of a database or a" in text
    assert "Studies included (n = 1)" in text
    assert "_searches/" in text


def test_reports_of_one_registration_are_one_study(made, counts):
    """Two records with one trial number are two reports of one study."""
    root = made(
        records=("doe-2020", "roe-2021"), registered="registrations: [NCT00000001]\n"
    )
    found = counts(root)
    assert found["", "studies", ""] == "1"
    assert found["", "reports", ""] == "2"


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("Another,Roe R,1999,10.1000/5,,,", True),
        ("Another,Roe R,1999,,7,,", False),
        ("Cells in lúpus!,Doe J,2011,,,,", True),
        ("Cells in lupus,Doe J,2011,10.1000/6,,,", False),
        ("Cells in lupus,Doe J,2012,,,,", False),
        ("Cells in lupus,Roe R,2011,,,,", False),
    ],
)
def test_when_two_rows_are_one_report(made, run, second, same):
    """A shared DOI, else title, year and author; never against another DOI."""
    rows = (
        "Cells in lupus,Doe J,2011,10.1000/5,,,hand,title-abstract,exclude,,\n"
        f"{second}hand,title-abstract,exclude,,\n"
    )
    root = made(rows, (search("hand", "website"),))
    number = 1 if same else 2
    assert f"Websites (n = ?, {number} named)" in run("flow", "--studies", root).stdout


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Lost,,,,9,,pubmed,title-abstract,include,,", [("W607", 3)]),
        ("Lost,,,,9,,pubmed,full-text,include,,", [("W607", 3)]),
        ("Waits,,,,9,,pubmed,full-text,awaiting,,", []),
        ("Read,,,,9,,pubmed,full-text,exclude,,", [("E604", 3)]),
        ("Read,,,,9,,pubmde,full-text,exclude,why,", [("E602", 3)]),
        ("Read,,,,9,,pubmed,full-text,maybe,why,", [("E112", 3)]),
        ("Read,,,doi 5,9,,pubmed,full-text,exclude,why,", [("E112", 3)]),
        (",,,,,,pubmed,full-text,exclude,why,", [("E112", 3)]),
        ("Read,,,,9,,pubmed,,exclude,why,", [("E111", 3)]),
        ("Read,,,,9,,pubmed,full-text,include,,doe-2021", [("W607", 3), ("E606", 3)]),
    ],
)
def test_reports_that_vanish_and_wrong_cells_are_named_by_line(made, codes, row, found):
    """Each finding stands at the row it is about."""
    own = "Report doe-2020,,,,,,pubmed,full-text,include,,doe-2020\n"
    assert codes(made(f"{own}{row}\n", (search("pubmed"),))) == found


def test_a_record_that_stands_in_no_row_is_named(made, codes, run):
    """One finding for all of them, at the table."""
    row = "Waits,,,,9,,unknown,full-text,awaiting,,\n"
    root = made(row)
    assert codes(root) == [("W608", 1)]
    assert "1 record stands in no row: doe-2020" in run("check", root).output
    assert "Of these, in no search and no" in run("flow", "--studies", root).output


def test_the_cell_is_named_by_its_column(made, run):
    """A quoted comma before it does not move the column."""
    row = '"A, b",,,,9,,unknown,full-text,perhaps,,\n'
    text = run("check", made(row)).output
    assert "_screening.csv:2:32: error E112 decision: should be" in text


def test_hits_that_stand_in_no_row_are_counted(made, codes, run):
    """120 hits and one row: 119 reports are nowhere."""
    row = "Report doe-2020,,,,,,pubmed,full-text,include,,doe-2020\n"
    root = made(row, (search("pubmed", hits=120),))
    assert codes(root) == [("W609", 5)]
    assert "119 stand in no row" in run("check", root).output


def test_the_layout_of_the_r_package_is_whole_and_unknown_is_na(made, run, tmp_path):
    """R reads it: a number where one is known, NA where none is, no invented 0."""
    root = made(WHOLE, BOTH)
    target = tmp_path / "PRISMA.csv"
    assert run("flow", "--studies", root, "-f", "prisma", "-o", target).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    heads = ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    assert list(rows[0]) == heads
    n = {row["data"]: row["n"] for row in rows if row["data"] != "NA"}
    assert n["database_results"] == "5"
    assert n["database_specific_results"] == "embase, 3; pubmed, 2"
    assert n["dbr_excluded"] == "no figures, 1"
    assert (n["new_studies"], n["new_reports"]) == ("1", "1")
    assert n["website_results"] == n["previous_studies"] == "NA"
    assert "0" not in n.values()


def test_searches_are_no_records(made, run):
    """A folder of searches is not loaded as studies."""
    root = made(searches=BOTH)
    assert run("list", "--studies", root).exit_code == 0


def test_hostile_words_are_words(made, run, tmp_path):
    """Markup and escape sequences in a reason are text in every form."""
    row = "<script>,,,,9,,unknown,full-text,exclude,=cmd() \x1b[31m<b>,\n"
    root = made(row)
    for form in ("svg", "html", "markdown", "csv", "prisma", "json"):
        target = tmp_path / f"out.{form}"
        done = run("flow", "--studies", root, "-f", form, "-o", target, "--force")
        assert done.exit_code == 0, done.stderr
        text = target.read_text(encoding="utf-8")
        assert "\x1b" not in text
        assert "<script>" not in text or form in {"csv", "json"}


def test_the_bundled_records_say_what_is_not_known(run):
    """No database was searched, and that is what stands there."""
    text = run("flow").stdout
    assert "No search of a database or a" in text
    assert "Reports of them (n = " in text
    assert "n = 0" not in text


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_the_diagram_fits_the_screen(run, width):
    """Boxes on a wide screen, a list on a narrow one; no line is longer."""
    lines = run("flow", "--width", width).stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert any("┌" in line for line in lines) is (width >= 60)
    plain = run("flow", "--width", width, "--ascii").stdout
    assert plain.isascii()


def test_a_table_saved_by_a_spreadsheet_is_read(made, codes):
    """A byte order mark and other line ends are no mistake."""
    root = made("Report doe-2020,,,,,,unknown,full-text,include,,doe-2020\n")
    table = root / "_screening.csv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(root) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"stage;decision\nfull-text;include\n",
        b'stage,decision\n"full-text,include\n',
        b"stage,decision,stage\n",
        b"stage,decision\n" + b"a," * 50_000,
        b"stage,decision\n" + b'"' * 200_000,
        b"title,stage\nx,full-text\n",
    ],
)
def test_no_table_brings_the_program_down(made, run, content):
    """Whatever stands in the file, one finding says what is wrong with it."""
    root = made("x,,,,,,unknown,full-text,awaiting,,\n")
    (root / "_screening.csv").write_bytes(content)
    for command in (("check", root), ("flow", "--studies", root)):
        done = run(*command)
        assert done.exit_code == 1, done.output
        assert "_screening.csv" in done.output + done.stderr
        assert done.exception is None or isinstance(done.exception, SystemExit)


def test_no_search_brings_the_program_down(made, run):
    """A search that is no search is named by file, line and column."""
    root = made(searches=("id: x\nsource: [1\n", "id: y\nhits: many\nmood: bad\n"))
    done = run("check", root)
    assert done.exit_code == 1
    assert "_searches/x.yaml:3:1: error E102" in done.output
    assert "_searches/y.yaml:2:1: error E112 hits: should be a whole number" in (
        done.output
    )
    assert "error E110 there is no field mood" in done.output
    assert "a search has: id, source, kind" in done.output
