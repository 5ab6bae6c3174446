import pytest

from lupus_evidence.errors import EvidenceError
from lupus_evidence.importing import import_records
from lupus_evidence.importing.exported_table import read_rows
from lupus_evidence.importing.plain_table import MAX_ROWS
from lupus_evidence.importing.record_yaml import Blank, Inline
from lupus_evidence.importing.result_table import COLUMNS
from lupus_evidence.records.load import load
from lupus_evidence.records.study_parts import SPECIFIC

HEADER = "study,therapy,outcome,events,n,months\n"


def read(text):
    """Return the drafts that a table gives."""
    return list(read_rows(text))


def result(text):
    """Return the one result of a table and its doubts."""
    (draft,) = read(text)
    (found,) = draft.fields["results"]
    return found, draft.doubts


def test_a_study_a_therapy_an_outcome_and_two_numbers():
    """Words become the base's names; what a record needs besides is a blank."""
    (draft,) = read(f"{HEADER}Doe 2021,Umbilical cord MSC,complete remission,7,20,12\n")
    assert draft.name == "doe-2021"
    assert draft.fields["results"] == [
        {
            "endpoint": "complete-remission",
            "arm": "umbilical-cord-msc",
            "at": 12,
            "events": 7,
            "n": 20,
            "among": Blank(),
            "where": Blank(),
        }
    ]
    arm = draft.fields["arms"]["umbilical-cord-msc"]
    assert arm == {"therapy": "uc-msc", "n": Blank()}
    assert draft.fields["citation"]["year"] == 2021
    assert draft.fields["citation"]["authors"] == Blank("the table calls it Doe 2021")
    assert draft.fields["title"] == Blank()
    assert "publication" not in draft.fields
    assert draft.doubts == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_stands_between_the_cells(separator):
    """Rows of one study are one record, with an arm for each therapy."""
    text = (
        "Study,Treatment,End point,Responders,Total,Time (months)\n"
        "Doe 2021,hsct,overall survival,18,20,60\n"
        "Roe 2022,msc,overall survival,15,21,60\n"
        "Doe 2021,msc,overall survival,17,20,60\n"
    ).replace(",", separator)
    first, second = read(text)
    assert list(first.fields["arms"]) == ["hsct", "msc"]
    assert [item["events"] for item in first.fields["results"]] == [18, 17]
    assert second.name == "roe-2022"


@pytest.mark.parametrize(
    ("row", "field", "blank"),
    [
        ("x,msc,feeling better,7,20,12", "endpoint", "feeling better"),
        ("x,msc,complete remission,some,20,12", "events", "some"),
        ("x,msc,complete remission,7.5,20,12", "events", "7.5"),
        ("x,msc,complete remission,7,?,12", "n", "?"),
        ("x,msc,complete remission,7,20,at discharge", "at", "at discharge"),
    ],
)
def test_what_cannot_be_told_is_a_blank_with_its_words(row, field, blank):
    """Asked about with its line, never guessed."""
    found, doubts = result(HEADER + row)
    assert found[field] == Blank(blank)
    assert [(doubt.code, doubt.line) for doubt in doubts] == [("I111", 2)]


def test_a_word_of_several_meanings_is_a_blank_with_them():
    """A family stands for its members, and a result has one outcome."""
    found, doubts = result(f"{HEADER}x,msc,remission,7,20,12\n")
    assert found["endpoint"].hint.startswith("remission: complete-remission, ")
    assert [doubt.code for doubt in doubts] == ["I111"]
    (draft,) = read(f"{HEADER}x,magic,complete remission,7,20,12\n")
    assert draft.fields["arms"]["magic"]["therapy"] == Blank("magic")


@pytest.mark.parametrize(
    ("heading", "said", "at"),
    [
        ("months", "12", 12),
        ("months", "12 months", 12),
        ("months", "5 years", 60),
        ("time", "6 mo", 6),
        ("follow-up", "1.5 years", 18),
        ("months", "", Blank()),
    ],
)
def test_times(heading, said, at):
    """Years are twelve months; a number alone is one where the heading says so."""
    table = f"study,therapy,outcome,events,n,{heading}\nx,msc,death,7,20,{said}\n"
    assert result(table) == (result(table)[0] | {"at": at}, ())


def test_a_number_without_a_unit_is_no_time():
    """Months or years?"""
    found, doubts = result("study,outcome,events,n,time\nx,death,7,20,5\n")
    assert found["at"] == Blank("5")
    assert [doubt.code for doubt in doubts] == ["I111"]


def test_percentages():
    """Alone they are an estimate; beside a count they are left out with a word."""
    found, _ = result("study,outcome,%,n\nx,death,35.5%,20\n")
    assert (str(found["percent"]), found["n"]) == ("35.5", 20)
    assert found["kind"] == Blank()
    assert "events" not in found
    (draft,) = read("study,outcome,events,n,percent\nx,death,7,20,35\n")
    assert "line 2: percentages beside a count are left out" in draft.notes
    assert "percent" not in draft.fields["results"][0]
    found, _ = result("study;outcome;%;n\nx;death;35,5;20\n")
    assert str(found["percent"]) == "35.5"


@pytest.mark.parametrize(
    ("heading", "said", "share"),
    [
        ("percent", "35", "35"),
        ("percent", "0.5%", "0.5"),
        ("rate", "0.29", "29"),
        ("rate", "29%", "29"),
        ("rate", "0", "0"),
    ],
)
def test_shares_and_percentages(heading, said, share):
    """A rate is a share of one, as in our own tables, unless a sign says otherwise."""
    found, doubts = result(f"study,outcome,{heading},n\nx,death,{said},20\n")
    assert (str(found["percent"]), doubts) == (share, ())


@pytest.mark.parametrize(("heading", "said"), [("percent", "0.35"), ("rate", "35")])
def test_a_share_or_a_percentage_is_not_guessed(heading, said):
    """0.35 below "percent" may be 35 of a hundred."""
    found, doubts = result(f"study,outcome,{heading},n\nx,death,{said},20\n")
    assert found["percent"] == Blank(said)
    assert [doubt.code for doubt in doubts] == ["I111"]


def test_two_numbers_in_one_cell():
    """Seven of twenty."""
    found, doubts = result("study,outcome,events,n\nx,death,7/20,\n")
    assert (found["events"], found["n"], doubts) == (7, 20, ())


def test_columns_of_our_own_and_of_citations():
    """What a record has a place for goes there."""
    (draft,) = read(
        "study,outcome,events,n,months,time_basis,among,scope,where,title,authors,"
        "journal,doi,arm,colour\n"
        'x,death,7,20,60,kaplan-meier,treated,lupus,Table 2,Cells,"Doe, Jane; Roe, A.",'
        "Lupus,10.1000/a,Cells only,red\n"
    )
    (found,) = draft.fields["results"]
    assert found["at"] == Inline({"months": 60, "basis": "kaplan-meier"})
    assert (found["among"], found["where"]) == ("treated", "Table 2")
    assert draft.fields["title"] == "Cells"
    citation = draft.fields["citation"]
    assert citation["authors"] == ("Doe J", "Roe A")
    assert (citation["journal"], citation["doi"]) == ("Lupus", "10.1000/a")
    assert draft.fields["arms"]["cells-only"]["label"] == "Cells only"
    assert [(doubt.code, doubt.line) for doubt in draft.doubts] == [("I109", 1)]
    assert "'colour'" in draft.doubts[0].message


def test_our_own_table_without_one_of_its_columns():
    """Intervals, names and readings come over as from the whole table."""
    own = {SPECIFIC: "lupus_specific"}
    columns = [own.get(name, name) for name in COLUMNS if name != "definition"]
    row = {
        "study": "doe-2021",
        "therapy": "msc",
        "endpoint": "overall-survival",
        "months": "60",
        "time_basis": "kaplan-meier",
        "n": "40",
        "rate": "0.84",
        "low": "0.7",
        "high": "0.95",
        "level": "90",
        "interval_method": "as printed",
        "kind": "kaplan-meier",
        "lupus_specific": "False",
        "reading": "registry",
    }
    cells = ",".join(row.get(name, "") for name in columns)
    found, doubts = result(f"{','.join(columns)}\n{cells}\n")
    assert (str(found["percent"]), found["ci"]) == ("84", ("70", "95"))
    assert (found["level"], found["kind"]) == (90, "kaplan-meier")
    assert (found["lupus_specific"], found["reading"]) == (False, "registry")
    assert found["at"] == Inline({"months": 60, "basis": "kaplan-meier"})
    assert doubts == ()


def test_intervals_of_no_known_method_are_asked_about():
    """They may be shares or percentages, printed or worked out."""
    found, doubts = result("study,outcome,events,n,low,high\nx,death,7,20,15,59\n")
    assert "ci" not in found
    assert [(doubt.code, doubt.line) for doubt in doubts] == [("I109", 1)]
    assert "'low', 'high'" in doubts[0].message


def test_rows_without_a_study_are_told():
    """They belong to nobody."""
    (draft,) = read(f"{HEADER},msc,death,1,2,3\nx,msc,death,1,2,3\n")
    assert [(doubt.code, doubt.line) for doubt in draft.doubts] == [("I111", 2)]


def test_a_table_of_no_rows_and_one_of_too_many():
    """The first gives nothing, the second is refused."""
    assert read(HEADER) == []
    with pytest.raises(EvidenceError, match="more than 20,000 rows"):
        read(HEADER + "x,msc,death,1,2,3\n" * (MAX_ROWS + 1))


def test_the_records_wait_with_their_blanks_counted(tmp_path):
    """What is missing is no mistake."""
    path = tmp_path / "table.csv"
    path.write_text(
        f"{HEADER}Doe 2021,uc-msc,complete remission,7,20,12\n", encoding="utf-8"
    )
    (record,) = import_records(path)
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / f"{record.id}.yaml").write_text(record.text, encoding="utf-8")
    found = load(folder)
    assert [item for item in found.diagnostics if item.severity == "error"] == []
