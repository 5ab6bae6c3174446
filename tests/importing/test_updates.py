"""Known records gain what they lack, lose nothing, and keep every other byte."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.importing.plan import refreshed
from lupus_evidence.importing.records import read_source
from lupus_evidence.records.load import load
from lupus_evidence.records.yamltext import parse

SAMPLE = Path(__file__).parent / "samples" / "trial.json"
RECORD = """\
# yaml-language-server: $schema=../docs/study.schema.json
id: doe-2020
title: 'Cells in lupus'   # as printed
citation:
  # the page says no more
  year: 2020
  doi: 10.1000/a          # from the page

# no registration is known
design: single-arm-trial
notes: [ "one",  'two' ]
"""
FULL = {
    "title": "Cells in Lupus.",
    "citation": {
        "authors": ("Doe J", "Roe R"),
        "year": 2020,
        "journal": "Lupus: the journal, new",
        "volume": "3",
        "pages": "1-9",
        "doi": "10.1000/A",
        "pmid": "7",
    },
    "registrations": ("NCT00000001",),
}


def test_a_record_gains_lines_and_every_other_byte_stays():
    """Each field where the records have it, quoted as records quote."""
    done = refreshed(RECORD, [FULL])
    assert done.text == RECORD.replace(
        "  year: 2020\n",
        "  authors: [Doe J, Roe R]\n  year: 2020\n",
    ).replace(
        "  # the page says no more\n  authors: [Doe J, Roe R]\n  year: 2020\n",
        "  # the page says no more\n  authors: [Doe J, Roe R]\n  year: 2020\n"
        '  journal: "Lupus: the journal, new"\n  volume: "3"\n  pages: 1-9\n',
    ).replace(
        "# from the page\n",
        '# from the page\n  pmid: "7"\nregistrations: [NCT00000001]\n',
    )
    assert done.gained == (
        "registrations NCT00000001",
        "authors Doe J; Roe R",
        "journal Lupus: the journal, new",
        "volume 3",
        "pages 1-9",
        "pmid 7",
    )
    assert done.differs == done.by_hand == done.changed == ()
    assert refreshed(done.text, [FULL]).text == done.text


def test_in_braces_too():
    """A citation on one line stays on one line."""
    before = "id: a\ncitation: {year: 2020}   # seen\n"
    done = refreshed(before, [{"citation": FULL["citation"]}])
    assert done.text == (
        'id: a\ncitation: {authors: [Doe J, Roe R], year: 2020, journal: "Lupus: the '
        'journal, new", volume: "3", pages: 1-9, doi: 10.1000/A, pmid: "7"}   # seen\n'
    )


def test_blanks_are_filled_in_and_their_comments_stay():
    """What waits to be filled in is missing as well."""
    before = (
        "id: a\ntitle: ...              # as printed\ncitation:\n"
        "  authors: [...]        # surname and initials\n"
        "                        # first author first\n"
        '  year: ...\n  journal: "..."\nstatus: to-read\n'
    )
    citation = {
        "authors": tuple(f"Longname{n} AB" for n in range(9)),
        "year": 2020,
        "journal": "Lupus",
    }
    done = refreshed(before, [{"title": "Cells, in lupus", "citation": citation}])
    people = "".join(f"    - Longname{n} AB\n" for n in range(9))
    assert done.text == (
        "id: a\ntitle: Cells, in lupus              # as printed\ncitation:\n"
        "  authors:         # surname and initials\n"
        "                        # first author first\n"
        f"{people}"
        "  year: 2020\n  journal: Lupus\nstatus: to-read\n"
    )


LONG = " ".join(["Cells in lupus nephritis"] * 5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: ...", f"title: >-\n  {LONG[:83]}\n  {LONG[84:]}"),
        ("title: ... # seen", f"title: {LONG} # seen"),
        ("title: ...\r", f"title: >-\r\n  {LONG[:83]}\r\n  {LONG[84:]}\r"),
    ],
)
def test_a_long_title_is_folded_unless_a_comment_stands_there(before, after):
    """A comment below it would become a part of it."""
    done = refreshed(f"id: a\n{before}\nx: 1\n", [{"title": LONG}])
    assert done.text == f"id: a\n{after}\nx: 1\n"
    assert parse(done.text)["title"] == LONG


@pytest.mark.parametrize(
    ("field", "recorded", "imported", "differs"),
    [
        ("year", 2019, 2020, True),
        ("journal", "Ann Rheum Dis", "Annals of the rheumatic diseases", False),
        ("journal", "Lupus", "Blood", True),
        ("pages", '"1031-1035"', "1031-5", False),
        ("pages", '"1031-1035"', "1032-5", True),
        ("authors", "[Doe J]", ("Doe J", "Roe R"), True),
        ("authors", "[Doe J, Roe R]", ("Doe J",), False),
        ("authors", "[Dôe J]", ("Doe JA",), False),
        ("pmid", '"7"', "8", True),
    ],
)
def test_a_value_that_differs_is_said_and_left(field, recorded, imported, differs):
    """Shorter pages and journals, accents and initials are no difference."""
    before = f"id: a\ncitation:\n  {field}: {recorded}\n"
    done = refreshed(before, [{"citation": {field: imported}}])
    assert done.text == before
    assert not done.gained
    assert [item.name for item in done.differs] == ([field] if differs else [])


def test_a_retraction_reaches_the_record():
    """Whoever imports a search again learns of it."""
    before = "id: a\ncitation: {year: 2020}\ndesign: cohort\n"
    notices = [{"kind": "retraction", "source": "PubMed 7"}]
    done = refreshed(before, [{"notices": notices}])
    assert done.text == (
        "id: a\ncitation: {year: 2020}\nnotices:\n  - kind: retraction\n"
        "    source: PubMed 7\ndesign: cohort\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "- a\n",
        "a: [\n",
        "citation: words\n",
        "citation: [a]\n",
        "citation: ~\nid: a\n",
    ],
)
def test_what_is_no_record_comes_back_as_it_is_or_whole(text):
    """Nothing is put where it cannot be."""
    done = refreshed(text, [{"citation": {"doi": "10.1000/a"}}])
    if done.is_changed:
        assert parse(done.text)["citation"] == {"doi": "10.1000/a"}
    else:
        assert done.text == text


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "authors": st.lists(st.text("Ab c,:#", min_size=1), min_size=1, max_size=20),
        "year": st.integers(1950, 2100),
        "journal": st.text(min_size=1, max_size=120).map(lambda t: " ".join(t.split())),
        "volume": st.text("0123456789 ()", min_size=1),
        "doi": st.from_regex(r"10\.[0-9]{4}/[!-~]{1,20}", fullmatch=True),
        "pmid": st.from_regex(r"[0-9]{1,9}", fullmatch=True),
    },
)


@settings(max_examples=60)
@given(FIELDS, st.sampled_from(load().files))
def test_whatever_a_file_says_the_rest_of_a_record_stays(citation, file):
    """Of every bundled record: all lines are there still, and all values."""
    done = refreshed(file.text, [{"citation": citation}])
    before, after = parse(file.text), parse(done.text)
    assert {k: v for k, v in after.items() if k != "citation"} == {
        k: v for k, v in before.items() if k != "citation"
    }
    cited = before.get("citation", {})
    assert cited.items() <= after.get("citation", {}).items()
    kept = iter(done.text)
    assert all(letter in kept for letter in file.text)


def test_a_register_says_nothing_to_a_record_of_another_shape():
    """Where a record has words instead of fields, it is left to a person."""
    (draft,) = read_source(SAMPLE).drafts
    before = (
        "id: a\npublication: registry-entry\nsetting: words\npopulation: words\n"
        "notes: words\nregistry_status: ...\n"
    )
    done = refreshed(before, [draft.fields])
    assert parse(done.text)["setting"] == "words"
    assert [text.split(" ")[0] for text in done.by_hand] == ["recruitment", "enrolled"]


@pytest.fixture
def entry(run, tmp_path):
    """A register's entry as a record, and a way to import it again, changed."""
    base = tmp_path / "base"
    run("import", SAMPLE, "-o", base)
    path = base / "nct09999991.yaml"

    def again(**modules):
        trial = json.loads(SAMPLE.read_text("utf-8"))
        for name, values in modules.items():
            trial["protocolSection"][name] |= values
        later = tmp_path / "later.json"
        later.write_text(json.dumps(trial), "utf-8")
        before = path.read_text("utf-8")
        done = run("import", later, "-o", base, "--refresh")
        assert done.exit_code == 0, done.output
        assert ": 1 known, 0 new" in done.stderr
        return before, path.read_text("utf-8"), done.stderr

    return path, again


def test_an_entry_that_did_not_change_keeps_every_byte(entry):
    """Nothing is said to be new."""
    before, after, said = entry[1]()
    assert after == before
    assert len(said.splitlines()) == 1


def test_status_dates_and_enrolment_follow_the_register(entry):
    """What was there and what is there now is said; nothing else moves."""
    before, after, said = entry[1](
        statusModule={
            "overallStatus": "COMPLETED",
            "lastUpdatePostDateStruct": {"date": "2026-02-01", "type": "ACTUAL"},
            "startDateStruct": {"date": "2018-11-18", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2025-12", "type": "ACTUAL"},
        },
        designModule={"enrollmentInfo": {"count": 79, "type": "ACTUAL"}},
    )
    changed = {
        "registry_status: Active, not recruiting, no results posted (entry of "
        "2025-08-21)": "registry_status: Completed, no results posted (entry of "
        "2026-02-01)",
        "{start: 2018-10-26}": "{start: 2018-11-18}",
        "enrolled: 81": "enrolled: 79",
        "completion: {planned: 2026-03}": "completion: {actual: 2025-12}",
    }
    expected = before
    for old, new in changed.items():
        assert old in expected
        expected = expected.replace(old, new)
    assert after == expected
    assert "enrolled '81' is now '79'" in said
    assert "start '2018-10-26' is now '2018-11-18'" in said
    assert "status 'Active, not recruiting, no results posted (entry of" in said
    assert "refreshed 1 record" in said


def test_an_older_entry_changes_nothing(entry):
    """A file from a drawer does not turn time back."""
    before, after, said = entry[1](
        statusModule={
            "overallStatus": "RECRUITING",
            "lastUpdatePostDateStruct": {"date": "2020-01-01", "type": "ACTUAL"},
        }
    )
    assert after == before
    assert "the file's entry of 2020-01-01 is older than that of 2025-08-21" in said


def test_what_a_person_wrote_behind_the_status_stays(entry):
    """And a number below one that rests on it is left to a person."""
    path, again = entry
    text = path.read_text("utf-8")
    text = text.replace("of 2025-08-21)", "of 2025-08-21); a page says otherwise")
    text = text.replace("  lupus: ...   ", "  lupus: 80    ")
    path.write_text(text, "utf-8")
    before, after, said = again(
        statusModule={
            "overallStatus": "COMPLETED",
            "lastUpdatePostDateStruct": {"date": "2026-02-01", "type": "ACTUAL"},
        },
        designModule={"enrollmentInfo": {"count": 79, "type": "ACTUAL"}},
    )
    record = parse(after)
    assert record["registry_status"] == (
        "Completed, no results posted (entry of 2026-02-01); a page says otherwise"
    )
    assert record["population"]["enrolled"] == 81
    assert "enrolled 79, below the 80 of lupus" in said
    assert before != after


def test_a_paper_of_the_trial_is_no_entry(run, tmp_path):
    """What a register says does not go into the record of a paper."""
    base = tmp_path / "base"
    base.mkdir()
    text = (
        "id: a\ntitle: Paper\ncitation: {year: 2020, doi: 10.1000/a, authors: [D J], "
        "journal: J}\nregistrations: [NCT09999991]\npopulation: {enrolled: 70}\n"
    )
    (base / "a.yaml").write_text(text, "utf-8")
    done = run("import", SAMPLE, "-o", base, "--refresh")
    assert ": 1 known, 0 new" in done.stderr
    assert (base / "a.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("more", [("-o", "-"), ("--force",)])
def test_refresh_needs_a_folder_of_records(run, tmp_path, monkeypatch, more):
    """It is said what stands against it."""
    monkeypatch.chdir(tmp_path)
    done = run("import", SAMPLE, "--refresh", *more)
    assert done.exit_code == 2
    assert f"leave {' '.join(more)} out" in done.stderr


def test_records_of_another_base_are_not_touched(run, tmp_path):
    """Only the folder that is written into is refreshed."""
    other = tmp_path / "other"
    other.mkdir()
    text = "id: a\ntitle: A title of a report\ncitation: {doi: 10.1000/a}\n"
    (other / "a.yaml").write_text(text, "utf-8")
    path = tmp_path / "search.ris"
    path.write_text("TY  - JOUR\nPY  - 2020\nDO  - 10.1000/a\nER  - \n", "utf-8")
    done = run("import", path, "-o", tmp_path / "b", "--studies", other, "--refresh")
    assert done.exit_code == 0
    assert (other / "a.yaml").read_text("utf-8") == text
