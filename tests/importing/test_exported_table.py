import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.catalogue import rates
from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records
from lupus_evidence.importing.exported_table import COLUMNS, MAX_ROWS, read_rows
from lupus_evidence.importing.record_yaml import Blank
from lupus_evidence.records.load import load
from lupus_evidence.records.study import Result, Study
from lupus_evidence.records.study_parts import SPECIFIC
from lupus_evidence.records.yamltext import parse
from lupus_evidence.vocabulary import AMONG, NAMED_ENDPOINTS, topic
from lupus_evidence.writers.tabular import render_separated

SAMPLE = Path(__file__).parent / "samples" / "table.csv"
#: What the table says of a result but cannot say again once it has been read back:
#: intervals made of a standard error or cut at 0 and 100 %, and disputes.
LOST = ("low", "high", "interval_method", "caution")


def filled(text, study):
    """Return an imported record with its blanks filled from the original."""
    record = parse(text)
    record["results"] = [
        {
            name: value
            for name, value in result.items()
            if value != "..." and not (name == "ci" and "..." in value)
        }
        for result in record["results"]
    ]
    if record["reading"] == "...":
        record["reading"] = study.reading
    for arm in record["arms"].values():
        del arm["n"]
    citation = {"year": study.citation.year, "doi": study.citation.doi}
    return Study.model_validate(
        record
        | {
            "title": study.title,
            "citation": citation,
            "design": study.design,
            "status": study.status,
            "setting": {},
            "population": {},
        }
    )


def table(*studies):
    """Return the table of results of some studies, as rows by column."""
    text = render_separated(rates.rates_table(rates.reported_rates(studies)))
    return text, list(csv.DictReader(io.StringIO(text)))


def imported(text, folder):
    """Import a table from a file."""
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return import_records(path)


def test_the_columns_are_those_of_the_table():
    """Every column is read, but for what follows from others, and judgements."""
    keys = [column.key for column in rates.columns() if column.audience != "screen"]
    follow = {"family", "band", "when", "caution"}
    read = {"lupus_specific" if name == SPECIFIC else name for name in COLUMNS}
    assert set(keys) - read == follow | {"bias", "bias_tool"}
    assert read <= set(keys)


def test_every_record_comes_back_from_the_table(tmp_path):
    """All studies out as CSV and in again: every row the same but for what is lost."""
    studies = {study.id: study for study in load().studies if study.results}
    text, _ = table(*studies.values())
    records = imported(text, tmp_path)
    assert {record.id for record in records} == set(studies)
    for record in records:
        study = studies[record.id]
        # no table holds the reasons of a judgement, so none comes back
        _, before = table(study.model_copy(update={"appraisal": ()}))
        _, after = table(filled(record.text, study))
        for old, new in zip(before, after, strict=True):
            if old["interval_method"] == "wilson" and "disputed" not in old["caution"]:
                assert new == old
            assert {key: old[key] for key in old if key not in LOST} == {
                key: new[key] for key in new if key not in LOST
            }


TEXTS = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="'"), min_size=1
).filter(lambda text: text.strip() == text and text.isprintable())


@st.composite
def results(draw):
    """Results that a record may hold and a table can say."""
    endpoint = draw(st.sampled_from(sorted(topic().endpoints)))
    fields = {
        "endpoint": endpoint,
        "arm": draw(st.sampled_from(["one", "two"])),
        "scope": draw(st.sampled_from(topic().scope_names)),
        "among": draw(st.sampled_from(AMONG)),
        "lupus_specific": draw(st.booleans()),
    }
    if endpoint in NAMED_ENDPOINTS:
        fields["name"] = draw(TEXTS)
    for key in ("subgroup", "printed", "definition", "where"):
        if draw(st.booleans()):
            fields[key] = draw(TEXTS)
    if draw(st.booleans()):
        months = draw(st.integers(0, 1200) | st.decimals(0, 1200, places=1))
        basis = draw(st.sampled_from(["visit", "kaplan-meier", "best-ever"]))
        fields["at"] = {"months": str(months), "basis": basis}
    n = draw(st.integers(1, 2000))
    if draw(st.booleans()):
        return fields | {"n": n, "events": draw(st.integers(0, n))}
    low, middle, high = sorted(
        draw(st.lists(st.integers(1, 99), min_size=3, max_size=3))
    )
    return fields | {
        "n": n,
        "kind": "kaplan-meier",
        "percent": str(middle),
        "ci": (f"{low}.5", str(high)),
        "level": draw(st.integers(50, 99)),
    }


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(st.lists(results(), min_size=1, max_size=6))
def test_results_come_back_equal(tmp_path_factory, given_results):
    """What the table carries of a result is what the imported record says."""
    study = Study.model_validate(
        {
            "id": "doe-2020",
            "title": "T",
            "citation": {"year": 2020, "doi": "10.1000/182"},
            "design": "cohort",
            "status": "published",
            "reading": "registry",
            "population": {},
            "arms": {"one": {"therapy": "hsct"}, "two": {"therapy": "uc-msc"}},
            "results": given_results,
        }
    )
    text, rows = table(study)
    (record,) = imported(text, tmp_path_factory.mktemp("table"))
    back = filled(record.text, study)

    def shown(item: Result) -> str:
        return repr(sorted(item.model_dump().items()))

    kept = {*(row["arm"] for row in rows)}
    assert {arm: back.arms[arm].therapy for arm in kept} == {
        arm: study.arms[arm].therapy for arm in kept
    }
    assert sorted(map(shown, back.results)) == sorted(map(shown, study.results))


def test_a_record_of_a_table():
    """Arms with therapies, citation as far as it goes, blanks for all the rest."""
    (draft,) = read_rows(SAMPLE.read_text(encoding="utf-8"))
    assert draft.name == "doe-2020"
    assert draft.fields["citation"]["year"] == 2020
    assert draft.fields["citation"]["doi"] == "10.1000/doe-2020"
    therapies = {arm: fields["therapy"] for arm, fields in draft.fields["arms"].items()}
    assert therapies == {"cells": "msc", "control": "placebo"}
    assert isinstance(draft.fields["reading"], Blank)
    last = draft.fields["results"][2]
    assert (last["where"], last["reading"]) == ("=review", "secondary")
    assert "line 4: the figure is marked as disputed" in draft.notes[0]


def changed(**cells):
    """Return a table of one row with some cells changed."""
    row = dict.fromkeys(COLUMNS, "") | {"study": "doe-2020", "endpoint": "death"}
    return rows_text([row | cells])


def rows_text(rows):
    """Return rows as CSV."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def test_rows_without_an_arm_still_give_arms():
    """A therapy that no named arm has becomes an arm; without any, one is blank."""
    (draft,) = read_rows(changed(therapy="hsct, uc-msc"))
    assert list(draft.fields["arms"]) == ["hsct", "uc-msc"]
    (draft,) = read_rows(changed())
    assert draft.fields["arms"]["treated"]["therapy"] == Blank()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("therapy,endpoint\n", "the columns study, name, .* are missing"),
        (changed(study="../evil"), "line 2: '../evil' cannot be a record's name"),
        (changed(study=""), "line 2: '' cannot be a record's name"),
        (changed(arm="A B"), "line 2: 'A B' cannot be an arm's name"),
        (changed(study="a\x1b[31m"), r"cannot be a record's name"),
        (changed() + "a,b\n", "line 3: 2 cells under 25 columns"),
        (changed() + '"a', "not CSV"),
        (changed(study2="x").replace("study2", "study"), "stands twice"),
    ],
)
def test_tables_of_another_shape_are_refused(text, message):
    """The line and what is wrong with it are named."""
    with pytest.raises(EvidenceError, match=message) as caught:
        list(read_rows(text))
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("year", "2019", "2020"),
        ("doi", "10.1000/1", "10.1000/2"),
        ("therapy", "hsct", "msc"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(key, one, other):
    """Two years, DOIs or therapies of one arm cannot both stand in a record."""
    row = dict.fromkeys(COLUMNS, "") | {"study": "doe-2020", "arm": "treated"}
    text = rows_text([row | {key: one}, row, row | {key: other}])
    with pytest.raises(EvidenceError, match=f"line 4: doe-2020 has {key} '{other}'"):
        list(read_rows(text))


def test_more_rows_than_anybody_has_are_refused():
    """A file made to exhaust memory ends early."""
    row = dict.fromkeys(COLUMNS, "") | {"study": "doe-2020"}
    with pytest.raises(EvidenceError, match="more than 20,000 rows"):
        list(read_rows(rows_text([row] * (MAX_ROWS + 1))))


def test_empty_rows_are_passed_over():
    """Spreadsheets leave rows of commas at the end."""
    (draft,) = read_rows(changed() + "," * (len(COLUMNS) - 1) + "\n\n")
    assert len(draft.fields["results"]) == 1


def test_many_lines_are_named_in_short():
    """A note names the first ten lines."""
    row = dict.fromkeys(COLUMNS, "") | {"study": "ab", "time_basis": "mean-follow-up"}
    (draft,) = read_rows(rows_text([row] * 30))
    assert draft.notes[0].startswith("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...: ")


#: How spreadsheets save the table, beside commas.
SAVED = {
    "semicolons and decimal commas": (";", ",", "", 0),
    "semicolons": (";", ".", "", 0),
    "tabs": ("\t", ".", "", 0),
    "a line that says so": (";", ",", "sep=;\r\n", 0),
    "a line that says commas": (",", ".", "sep=,\r\n", 0),
    "two empty columns": (",", ".", "", 2),
    "empty columns and semicolons": (";", ",", "", 3),
}


def saved(separator, point, above, empty):
    """Return the sample as a spreadsheet saves it."""
    rows = csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8")))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    for row in rows:
        numbers = (cell.replace(".", "", 1).isdigit() for cell in row)
        cells = [
            cell.replace(".", point) if number else cell
            for cell, number in zip(row, numbers, strict=True)
        ]
        writer.writerow(cells + [""] * empty)
    return above + buffer.getvalue()


@pytest.mark.parametrize("how", SAVED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_as_spreadsheets_save_it(how, encoding, tmp_path):
    """Separators, decimal commas, empty columns and encodings change nothing."""
    path = tmp_path / "table.txt"
    path.write_bytes(saved(*SAVED[how]).encode(encoding))
    found, expected = import_records(path), import_records(SAMPLE)
    assert [item.text for item in found] == [item.text for item in expected]
    assert all(item.doubts == () for item in found)


def test_cells_below_no_heading_are_told(tmp_path):
    """A column without a name is not read; its cells are named with their lines."""
    text = SAMPLE.read_text(encoding="utf-8")
    head, first, *rest = text.splitlines()
    lines = [f"{head},", f"{first},lost", *(f"{line}," for line in rest)]
    (found,) = imported("\n".join(lines), tmp_path)
    (doubt,) = found.doubts
    assert (doubt.code, doubt.place.line) == ("I108", 2)
    assert doubt.message.startswith("'lost', and what is below, ")


def test_lines_are_counted_from_the_file_s_first(tmp_path):
    """A line that says the separator, and empty ones, are lines too."""
    text = saved(";", ",", "sep=;\r\n\r\n", 0)
    with pytest.raises(EvidenceError, match="line 4: 1 cells under"):
        imported(text[: text.index("doe-2020")] + "doe-2020\r\n", tmp_path)


def test_a_column_that_stands_twice_is_named(tmp_path):
    """Which of the two is meant cannot be told."""
    text = SAMPLE.read_text(encoding="utf-8").replace("year,doi", "year,doi,n", 1)
    with pytest.raises(EvidenceError, match="the column 'n' stands twice"):
        imported(text, tmp_path)
