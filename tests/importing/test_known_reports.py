"""Import knows what is there: known, new, and alike for a person to decide."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lupus_evidence.importing.known_reports import KnownReport, sort_reports
from lupus_evidence.importing.likeness import Described
from lupus_evidence.records.load import bundled_folder, load
from lupus_evidence.records.yamltext import parse

HEADS = "title,authors,year,doi,pmid,pmcid,registration,stage,decision,reason,record"
CELLS = "Cells in lupus, a trial of many people"


def ris(title=CELLS, author="Doe, Jane", year=2020, kind="JOUR", **tags):
    """One reference in RIS."""
    lines = [f"TY  - {kind}", f"AU  - {author}", f"TI  - {title}", f"PY  - {year}"]
    lines += [f"{tag}  - {value}" for tag, value in tags.items()]
    return "\n".join([*lines, "ER  - ", ""])


@pytest.fixture
def bring(run, tmp_path):
    """Import references into a folder; return the counts and all that was said."""

    def brought(*references, options=(), folder="base"):
        path = tmp_path / "search.ris"
        path.write_text("\n".join(references), encoding="utf-8")
        done = run("import", path, "-o", tmp_path / folder, *options)
        assert done.exit_code == 0, done.output
        first = done.stderr.splitlines()[0]
        assert first.startswith(f"{len(references)} report")
        return first.rpartition(": ")[2], done.stderr

    return brought


def contents(folder):
    """Every file of a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        # numbers
        ({"DO": "10.1000/a"}, {"DO": "10.1000/A", "title": "Else"}, "1 known, 0 new"),
        ({"C2": "PMID: 7"}, {"C2": "PMID: 7", "title": "Else"}, "1 known, 0 new"),
        ({"C2": "PMC123"}, {"C2": "PMC123", "title": "Else"}, "1 known, 0 new"),
        # title, year and first author, capitals, accents and signs apart
        ({}, {"title": CELLS.upper() + "."}, "1 known, 0 new"),
        ({"DO": "10.1000/a"}, {"C2": "PMID: 7"}, "1 known, 0 new"),
        ({"author": "Dôe, J."}, {"author": "Doe, Jane"}, "1 known, 0 new"),
        # a preprint and its article: another DOI, the same title
        (
            {"DO": "10.1000/a"},
            {"DO": "10.1000/b"},
            "0 known, 0 new, 1 looks alike",
        ),
        # one number shared, another against it
        (
            {"C2": "PMID: 7", "DO": "10.1000/a"},
            {"C2": "PMID: 7", "DO": "10.1000/b", "title": "Else"},
            "0 known, 0 new, 1 looks alike",
        ),
        # the year of another edition, a slip in the title, a subtitle left out
        ({}, {"year": 2021}, "0 known, 0 new, 1 looks alike"),
        ({}, {"year": 2031}, "0 known, 0 new, 1 looks alike"),
        ({}, {"title": CELLS.replace("many", "mny")}, "0 known, 0 new, 1 looks alike"),
        ({}, {"title": f"{CELLS}: a follow-up"}, "0 known, 0 new, 1 looks alike"),
        ({}, {"author": "Poe, Pat"}, "0 known, 0 new, 1 looks alike"),
        # the parts of a series, each with its DOI
        (
            {"DO": "10.1000/a", "title": f"{CELLS} part 1"},
            {"DO": "10.1000/b", "title": f"{CELLS} part 2"},
            "0 known, 1 new",
        ),
        # short titles that many reports have
        ({"title": "Reply"}, {"title": "Reply", "author": "Poe, P"}, "0 known, 1 new"),
        ({"title": "Reply"}, {"title": "Reply", "year": 2025}, "0 known, 1 new"),
        ({}, {"title": "Something else altogether, of others"}, "0 known, 1 new"),
    ],
)
def test_what_is_known_new_or_alike(bring, tmp_path, before, after, counts):
    """Numbers first, then title, year and first author; contradictions are shown."""
    bring(ris(**before))
    held = contents(tmp_path / "base")
    assert bring(ris(**after))[0] == counts
    assert len(contents(tmp_path / "base")) == len(held) + ("1 new" in counts)
    assert held.items() <= contents(tmp_path / "base").items()


def test_the_second_time_nothing_is_new_and_no_byte_changes(bring, tmp_path):
    """Three reports, once more: all known, the folder as it was."""
    given = [ris(), ris("Other", DO="10.1000/b"), ris("Third", "Roe, R", 1999)]
    assert bring(*given)[0] == "0 known, 3 new"
    held = contents(tmp_path / "base")
    counts, said = bring(*given)
    assert counts == "3 known, 0 new"
    assert len(said.splitlines()) == 1
    assert contents(tmp_path / "base") == held


@pytest.mark.parametrize("sample", ["citations.nbib", "citations.ris", "trial.json"])
def test_every_form_is_known_again(run, tmp_path, sample):
    """PubMed's, RIS, a register's: imported twice, known the second time."""
    path = Path(__file__).parent / "samples" / sample
    run("import", path, "-o", tmp_path)
    held = contents(tmp_path)
    done = run("import", path, "-o", tmp_path)
    assert done.exit_code == 0
    assert f": {len(held)} known, 0 new" in done.stderr
    assert contents(tmp_path) == held


def test_a_table_is_known_by_the_names_in_it(run, tmp_path):
    """A table of results has no titles; its names are those of the records."""
    table = tmp_path / "table.csv"
    run("table", "-f", "csv", "-o", table)
    run("import", table, "-o", tmp_path / "base")
    held = contents(tmp_path / "base")
    done = run("import", table, "-o", tmp_path / "base")
    assert f": {len(held)} known, 0 new" in done.stderr
    assert contents(tmp_path / "base") == held


#: Forms of citations that are written and read, and a file of each.
ROUND = {"ris": "all.ris", "bibtex": "all.bib", "csl-json": "all"}


@pytest.mark.parametrize("form", ROUND)
def test_the_records_find_themselves_in_their_own_export(run, tmp_path, form):
    """Every bundled record, out and in: all known, each its own, nothing else."""
    path = tmp_path / ROUND[form]
    run("export", "-f", form, "-o", path)
    base = tmp_path / "base"
    base.mkdir()
    for file in bundled_folder("studies").glob("[!_]*.yaml"):
        (base / file.name).write_bytes(file.read_bytes())
    held = contents(base)
    done = run("import", path, "-o", base, "--details")
    count = len(load().studies)
    assert done.stderr.splitlines()[0].endswith(f": {count} known, 0 new")
    assert contents(base) == held
    known = [line for line in done.stderr.splitlines() if "  known: no. " in line]
    places = {
        line.split(", ")[1].split("/")[-1].split(".yaml")[0]: line.split(",")[0]
        for line in known
    }
    names = [study.id for study in load().studies]
    assert places == {
        name: f"  known: no. {number}" for number, name in enumerate(names, 1)
    }


def test_a_report_is_one_record_however_often_the_file_has_it(bring, tmp_path):
    """What one account leaves out another fills in; the third brings both together."""
    counts, said = bring(
        ris(DO="10.1000/a"),
        ris("Told otherwise", C2="PMID: 7", T2="Lupus", VL="3"),
        ris(DO="10.1000/a", AN="PMID 7", C2="PMID: 7"),
        ris("Another one", "Poe, P"),
    )
    assert counts == "0 known, 2 new, 2 repeated in the file"
    record = parse((tmp_path / "base" / "doe-2020.yaml").read_text("utf-8"))
    assert record["title"] == CELLS
    assert record["citation"] == {
        "authors": ["Doe J"],
        "year": 2020,
        "journal": "Lupus",
        "volume": "3",
        "doi": "10.1000/a",
        "pmid": "7",
    }
    assert sorted(contents(tmp_path / "base")) == ["doe-2020.yaml", "poe-2020.yaml"]
    assert "I106" not in said


def trial(number, title="Invented cells", *, doi=""):
    """A record that carries a registration."""
    kind = "" if doi else "publication: registry-entry\n"
    cited = f"citation: {{year: 2020, doi: {doi}}}\n" if doi else "citation: {}\n"
    return f"id: x\ntitle: {title}\n{cited}registrations: [{number}]\n{kind}"


ENTRY = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Official"}
    }
}


def test_details_say_what_became_of_each(bring):
    """What is one report in the file, what it was compared with, what is known."""
    bring(ris(DO="10.1000/a"))
    given = [ris("New one"), ris(DO="10.1000/a"), ris("New one.")]
    said = bring(*given, options=["--details"])[1]
    assert "base: 1 record, 0 reports left out at screening" in said
    assert "known: no. 2, " in said
    assert "one report: no. 1 and no. 3, doe-2020" in said
    assert "wrote" in said


def test_the_current_folder_is_compared_without_those_below(run, tmp_path, monkeypatch):
    """Who names no folder may stand in one that holds anything."""
    (tmp_path / "below").mkdir()
    for folder in (tmp_path / "below", tmp_path):
        number = "10.1000/a" if folder == tmp_path else "10.1000/b"
        text = f"id: a\ntitle: A\ncitation: {{doi: {number}}}\n"
        (folder / "a.yaml").write_text(text, "utf-8")
    (tmp_path / "_base.yaml").write_text("version: 1\n", "utf-8")
    (tmp_path / "search").write_text(
        ris("One", DO="10.1000/a") + ris("Two", DO="10.1000/b"), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert ": 1 known, 1 new" in run("import", "search").stderr
    assert ": 2 known, 0 new" in run("import", "search", "-o", tmp_path).stderr


@pytest.mark.parametrize("doi", ["", "10.1000/a"])
def test_an_entry_is_known_to_whatever_carries_its_registration(run, tmp_path, doi):
    """The register's entry, and a paper of the trial."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "x.yaml").write_text(trial("NCT00000001", doi=doi), "utf-8")
    path = tmp_path / "trial.json"
    path.write_text(json.dumps(ENTRY), "utf-8")
    done = run("import", path, "-o", base, "--details")
    assert ": 1 known, 0 new" in done.stderr
    assert "x.yaml (same registration)" in done.stderr


def test_two_papers_of_one_trial_are_two_reports(run, tmp_path):
    """A registration is shared by all reports of a study."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "x.yaml").write_text(trial("NCT00000001", doi="10.1000/a"), "utf-8")
    path = tmp_path / "paper.nbib"
    path.write_text(
        "PMID- 7\nTI  - Later results\nAU  - Doe J\nDP  - 2022\n"
        "SI  - ClinicalTrials.gov/NCT00000001\n",
        "utf-8",
    )
    assert ": 0 known, 1 new" in run("import", path, "-o", base).stderr


def test_a_report_without_numbers_is_no_entry_for_sharing_a_registration(run, tmp_path):
    """A meeting's abstract about a registered trial is shown beside its entry."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "x.yaml").write_text(trial("NCT00000001"), "utf-8")
    path = tmp_path / "abstract.ris"
    note = "NCT00000001; lupus-evidence record doe-2020"
    path.write_text(ris("An abstract of it", kind="ABST", N1=note), "utf-8")
    done = run("import", path, "-o", base)
    assert ": 0 known, 0 new, 1 looks alike" in done.stderr
    assert "same registration" in done.stderr


def test_what_was_left_out_at_screening_does_not_come_back(bring, tmp_path):
    """Excluded, or not to be had: known, with the reason. Let in: it is written."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "_screening.csv").write_text(
        f"{HEADS}\n"
        "Mice,Low L,2011,10.1000/m,,,,title-abstract,exclude,animals,\n"
        f"Lost,Low L,2012,,,,,title-abstract,include,,\n"
        "Lost,Low L,2012,,,,,full-text,not-retrieved,,\n"
        "Wanted,Low L,2013,,,,,title-abstract,include,,\n"
        "Read,Low L,2014,,9,,,full-text,exclude,no one with lupus,\n",
        "utf-8",
    )
    given = [
        ris("Mice again", DO="10.1000/m"),
        ris("Lost", "Low, L", 2012),
        ris("Wanted", "Low, L", 2013),
        ris("Told otherwise", C2="PMID: 9"),
        ris("Brand new"),
    ]
    counts, said = bring(*given)
    assert counts == "3 known, 2 new"
    assert (
        "of the known, 3 left out at screening: excluded: animals (1); its text could "
        "not be had (1); excluded: no one with lupus (1)"
    ) in said
    assert sorted(parse(text)["title"] for name, text in texts(base)) == [
        "Brand new",
        "Wanted",
    ]
    counts, said = bring(*given, options=["--details"])
    assert counts == "5 known, 0 new"
    assert "_screening.csv:2, excluded: animals (same DOI)" in said


def test_reports_without_title_and_number_are_not_doubled(bring, tmp_path):
    """The same name is all there is: a person decides the second time."""
    given = ["TY  - JOUR\nAU  - Doe, J\nPY  - 2020\nER  - \n"] * 2
    assert bring(*given)[0] == "0 known, 2 new"
    counts, said = bring(*given)
    assert counts == "0 known, 0 new, 2 look alike"
    assert "same name, and neither title nor number to tell them apart" in said
    assert len(texts(tmp_path / "base")) == 2


def test_many_reasons_are_told_by_the_commonest(bring, tmp_path):
    """Five of them, and how many there are besides."""
    base = tmp_path / "base"
    base.mkdir()
    rows = [
        f"Report {n},Doe J,2020,10.1000/{n},,,,title-abstract,exclude,why {n % 7},"
        for n in range(15)
    ]
    (base / "_screening.csv").write_text("\n".join([HEADS, *rows, ""]), "utf-8")
    said = bring(*[ris(DO=f"10.1000/{n}") for n in range(15)])[1]
    assert "15 left out at screening: excluded: why 0 (3); " in said
    assert said.splitlines()[1].endswith("; 2 reasons more")


def texts(folder):
    """The records of a folder."""
    paths = sorted(folder.glob("*.yaml"))
    return [(path.name, path.read_text(encoding="utf-8")) for path in paths]


def test_one_that_looks_like_an_excluded_report_says_so(bring, tmp_path):
    """The reason stands beside it."""
    base = tmp_path / "base"
    base.mkdir()
    row = f'"{CELLS}",Doe J,2020,10.1000/m,,,,title-abstract,exclude,animals,'
    (base / "_screening.csv").write_text(f"{HEADS}\n{row}\n", "utf-8")
    counts, said = bring(ris(DO="10.1000/other"))
    assert counts == "0 known, 0 new, 1 looks alike"
    assert "_screening.csv:2 (excluded: animals)" in said


def test_look_alikes_are_shown_side_by_side_and_written_when_asked(bring, tmp_path):
    """By their numbers; once written they are known."""
    base = tmp_path / "base"
    bring(ris(DO="10.1000/a"), ris("A title of its own, long enough", "Roe, R"))
    given = [
        ris(DO="10.1000/b"),
        ris("A title of its own, long enough.", "Roe, R", 2021),
        ris("New"),
    ]
    counts, said = bring(*given)
    assert counts == "0 known, 1 new, 2 look alike"
    lines = [line.strip() for line in said.splitlines()]
    at = lines.index("2 reports look like others and are not written; is it the same?")
    assert lines[at + 1 : at + 3] == [
        f"1  Doe J 2020. {CELLS} 10.1000/b",
        f"Doe J 2020. {CELLS} 10.1000/a",
    ]
    assert lines[at + 3].endswith(
        "doe-2020.yaml; 100 of 100 letters of the title alike, another DOI"
    )
    assert lines[at + 6].endswith("alike, another year")
    assert "add --alike 1" in lines[at + 7]
    assert len(texts(base)) == 3
    counts, said = bring(*given, options=["--alike", "2"])
    assert counts == "1 known, 0 new, 2 look alike"
    assert [name for name, _ in texts(base) if name.startswith("roe-2021")]
    assert "1 report looks like another" in said
    counts, said = bring(*given, options=["--alike", "all"])
    assert counts == "2 known, 0 new, 1 looks alike"
    assert "looks like another" not in said
    assert len(texts(base)) == 5
    assert bring(*given)[0] == "3 known, 0 new"


def test_a_look_alike_that_is_the_same_report_is_shown_once(bring, tmp_path):
    """A row among the decisions keeps it away, and `check` has nothing against it."""
    bring(ris(DO="10.1000/a"))
    assert bring(ris(DO="10.1000/b"))[0] == "0 known, 0 new, 1 looks alike"
    row = f'"{CELLS}",Doe J,2020,10.1000/b,,,,title-abstract,exclude,preprint,'
    (tmp_path / "base" / "_screening.csv").write_text(f"{HEADS}\n{row}\n", "utf-8")
    counts, said = bring(ris(DO="10.1000/b"), ris(DO="10.1000/a"))
    assert counts == "2 known, 0 new"
    assert "of the known, 1 left out at screening: excluded: preprint (1)" in said


def test_look_alikes_within_a_file(bring, tmp_path):
    """The first is written, the second waits."""
    counts, said = bring(ris(DO="10.1000/a"), ris(DO="10.1000/b"))
    assert counts == "0 known, 1 new, 1 looks alike"
    assert "no. 1 of the file" in said
    assert len(texts(tmp_path / "base")) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("x", "--alike takes all or numbers, such as 1,3, and was given 'x'"),
        (",", "--alike takes all or numbers, such as 1,3, and was given ','"),
        ("2", "there is no look-alike 2; they are 1 to 1"),
        ("0", "there is no look-alike 0; they are 1 to 1"),
        ("3-1", "3-1 runs backwards"),
    ],
)
def test_a_wrong_number_of_a_look_alike(bring, run, tmp_path, given, message):
    """It is said, and nothing is written."""
    bring(ris(DO="10.1000/a"))
    path = tmp_path / "other.ris"
    path.write_text(ris(DO="10.1000/b") + ris("New"), "utf-8")
    done = run("import", path, "-o", tmp_path / "base", "--alike", given)
    assert done.exit_code == 2
    assert message in done.stderr
    assert len(texts(tmp_path / "base")) == 1


@pytest.mark.parametrize("screen", [True, False])
def test_another_base(bring, run, tmp_path, screen, monkeypatch):
    """--studies, or its variable, names a further folder that knows reports."""
    bring(ris(), folder="elsewhere")
    path = tmp_path / "search.ris"
    path.write_text(ris() + ris("New"), "utf-8")
    output = "-" if screen else tmp_path / "inbox"
    done = run("import", path, "-o", output, "--studies", tmp_path / "elsewhere")
    assert ": 1 known, 1 new" in done.stderr
    assert ("title: New" in done.stdout) is screen
    assert (CELLS in done.stdout) is False
    monkeypatch.setenv("LUPUS_EVIDENCE_STUDIES", str(tmp_path / "elsewhere"))
    assert ": 1 known, 1 new" in run("import", path, "-o", "-").stderr
    done = run("import", path, "-o", "-", "--studies", tmp_path / "missing")
    assert done.exit_code == 2
    assert "missing is not a folder of records" in done.stderr


def test_the_screen_alone_knows_nothing_but_the_file(run, tmp_path):
    """Without a base: each report of the file once."""
    path = tmp_path / "search.ris"
    path.write_text(ris() + ris() + ris("New"), "utf-8")
    done = run("import", path, "-o", "-")
    assert ": 0 known, 2 new, 1 repeated in the file" in done.stderr
    assert done.stdout.count("id: ") == 2


def test_force_writes_what_is_known_too(bring, tmp_path):
    """A record of the same name is replaced; nothing else is compared."""
    bring(ris())
    record = tmp_path / "base" / "doe-2020.yaml"
    record.write_text("id: doe-2020\ntitle: mine\n", "utf-8")
    assert bring(ris(), options=["--force"])[0] == "0 known, 1 new"
    assert parse(record.read_text("utf-8"))["title"] == CELLS


def test_records_below_with_mistakes_or_half_filled_in_are_known(bring, tmp_path):
    """Whatever can be told of a record counts; what cannot be read is said."""
    base = tmp_path / "base"
    (base / "below").mkdir(parents=True)
    wrong = "id: a\ntitle: Wrong\ncitation: {doi: 10.1000/a, year: x}\nnonsense: 1\n"
    (base / "below" / "a.yaml").write_text(wrong, "utf-8")
    (base / "b.yaml").write_text("id: b\ntitle: [\n", "utf-8")
    counts, said = bring(ris(DO="10.1000/a"), ris("New"))
    assert counts == "1 known, 1 new"
    assert "not compared with 1 file in error: see `check`" in said
    assert "b.yaml" in said


def test_a_search_of_hundreds_is_told_in_a_screenful(bring):
    """Counts, the look-alikes, a way to see more: no line for each report."""
    titles = [f"{invented(n)} {invented(-n)} and lupus" for n in range(1, 241)]
    bring(*[ris(title, DO=f"10.1000/{n}") for n, title in enumerate(titles[:100])])
    near = [ris(title, DO=f"10.1000/x{n}") for n, title in enumerate(titles[:40])]
    given = [ris(title, DO=f"10.1000/{n}") for n, title in enumerate(titles)]
    counts, said = bring(*given, *near)
    assert counts == "100 known, 140 new, 40 look alike"
    assert len(said.splitlines()) < 40
    assert "and 30 more: --details tells all" in said
    assert "wrote 140 records into" in said


def invented(number):
    """A word that is like no other one."""
    chance = random.Random(number)  # noqa: S311 - no secret
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=14))


TITLES = (
    "Mesenchymal stem cells in refractory lupus nephritis",
    "Mesenchymal stem cells in refractory lupus nephritis.",
    "Mesenchymal stromal cells in refractory lupus nephritis",
    "Mesenchymal stem cells in refractory lupus nephritis: part 2",
    "Autologous transplantation for people with severe lupus",
    "Reply",
    "",
)


def some(kind, values):
    """A number of a kind, or none."""
    return st.sampled_from((None, *values)).map(lambda value: value and (kind, value))


REPORTS = st.builds(
    lambda title, year, author, numbers, registered, entry: Described(
        "doe-2020",
        title,
        year,
        author,
        tuple(filter(None, numbers)),
        registered,
        "registry-entry" if entry else "article",
    ),
    st.sampled_from(TITLES),
    st.sampled_from((None, 2020, 2021, 2025)),
    st.sampled_from(("", "Doe J", "Poe P")),
    st.tuples(
        some("doi", ("10.1000/a", "10.1000/b")),
        some("pmid", ("1", "2")),
        some("pmcid", ("PMC1",)),
    ),
    st.sampled_from(((), ("NCT00000001",), ("NCT00000001", "NCT00000002"))),
    st.booleans(),
)


def as_record(report, name):
    """A report as a record that is known."""
    return KnownReport(report, (report.identity,), "record", f"{name}.yaml")


@pytest.mark.thorough
@settings(max_examples=400)
@given(st.lists(REPORTS, max_size=8), st.lists(REPORTS, max_size=4))
def test_no_report_is_lost_or_counted_twice(found, base):
    """Known, new or alike: each report of the file in exactly one of them."""
    known = [as_record(report, number) for number, report in enumerate(base)]
    done = sort_reports(found, known)
    everything = (*done.known, *done.new, *(report for report, _ in done.alike))
    places = [at for report in everything for at in report.items]
    assert sorted(places) == list(range(len(found)))
    assert all(len(report.items) == len(report.how) for report in everything)
    assert all(report.items == sorted(report.items) for report in everything)
    assert done.reports == len(found)


@settings(max_examples=400)
@given(REPORTS)
def test_a_report_that_tells_itself_apart_is_known_the_second_time(report):
    """A number, a title, or a register's number of its own entry."""
    done = sort_reports([report], [as_record(report, "a")])
    told = report.title or report.own or (report.is_entry and report.registrations)
    assert bool(done.known) is bool(told)
    assert bool(done.new or done.alike) is not bool(told)


@settings(max_examples=400)
@given(REPORTS, REPORTS)
def test_numbers_that_contradict_are_never_united(one, other):
    """Another DOI is another report, whatever else agrees."""
    mine, theirs = dict(one.own), dict(other.own)
    against = [kind for kind in mine if kind in theirs and mine[kind] != theirs[kind]]
    done = sort_reports([other], [as_record(one, "a")])
    if against:
        assert not done.known
