"""A bundle to hand on is what the Data Package standard says, whatever the records."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest
from invented import study_text

from lupus_evidence.pages.bundle import bundle, sides
from lupus_evidence.pages.bundle_rules import rules_of
from lupus_evidence.records.load import load

pytestmark = pytest.mark.thorough

TABLES = (
    "studies",
    "arms",
    "overlaps",
    "results",
    "measurements",
    "appraisals",
    "figures",
    "counted",
    "left_out",
)


@pytest.fixture(scope="module")
def bundled():
    """The bundle of the bundled records."""
    return bundle(load())


@pytest.fixture
def export(run):
    """Write a bundle and return where it is."""

    def write(target, *words, code=0):
        done = run("export", "-f", "datapackage", "-o", target, *words)
        assert done.exit_code == code, done.stderr
        return target

    return write


def validated(path, *more):
    """Return what frictionless finds wrong: table, type, and what else it tells."""
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    wrong = [("package", error["type"]) for error in report["errors"]]
    return wrong + [
        (task["name"], error["type"], *(error.get(key) for key in more))
        for task in report["tasks"]
        for error in task["errors"]
    ]


def described(folder):
    """Return what a package says of itself."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows(folder, name):
    """Return a table's rows."""
    text = (folder / f"{name}.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text)))


def schemas(folder):
    """Return every table's schema by its name."""
    return {item["name"]: item["schema"] for item in described(folder)["resources"]}


def test_the_bundled_records_are_a_valid_package(export, tmp_path):
    """Frictionless finds every cell, key and hash as the descriptor says."""
    assert validated(export(tmp_path / "bundle.zip")) == []


def test_an_archive_and_a_folder_hold_the_same(export, tmp_path):
    """The ending decides; bytes and hashes are the same, and the same twice."""
    folder, archive = export(tmp_path / "out"), export(tmp_path / "out.zip")
    with zipfile.ZipFile(archive) as held:
        assert {name: held.read(name) for name in held.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }
    again = export(tmp_path / "again.zip")
    assert archive.read_bytes() == again.read_bytes()
    for item in described(folder)["resources"]:
        content = (folder / item["path"]).read_bytes()
        assert item["bytes"] == len(content)
        assert item["hash"] == f"sha256:{sha256(content).hexdigest()}"


def test_the_bytes_are_those_of_the_records_alone(
    export, folder, tmp_path, monkeypatch
):
    """Neither the path of their folder nor where the program runs is in them."""
    one = export(tmp_path / "one.zip", "--studies", folder)
    monkeypatch.chdir(folder)
    other = export(tmp_path / "other.zip", "--studies", ".")
    assert one.read_bytes() == other.read_bytes()
    monkeypatch.chdir("/")
    counted = rows(export(tmp_path / "out", "--studies", folder), "counted")
    assert {row["file"] for row in counted} == {"doe-2020.yaml", "roe-2021.yaml"}


def test_a_wrong_cell_would_be_found(export, folder, tmp_path):
    """The schema says enough that a slip of a later hand is no valid package."""
    made = export(tmp_path / "out", "--studies", folder)
    assert validated(made / "datapackage.json") == []
    wrong = {
        "events": ("-1", "constraint-error"),
        "among": ("people", "constraint-error"),
        "endpoint": ("", "constraint-error"),
        "n": ("many", "type-error"),
        "study": ("poe-1999", "foreign-key"),
        "arm_id": ("doe-2020/nobody", "foreign-key"),
    }
    path = made / "results.csv"
    right = rows(made, "results")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, right[0].keys())
        writer.writeheader()
        writer.writerows(right)
        writer.writerows({**right[0], key: value} for key, (value, _) in wrong.items())
    found = validated(made / "datapackage.json", "fieldName")
    for column, (_, kind) in wrong.items():
        named = None if kind == "foreign-key" else column
        assert ("results", kind, named) in found, column
    assert sum(kind == "foreign-key" for _, kind, _ in found) >= 2


def test_every_column_says_what_it_means_and_no_rule_is_for_none(bundled):
    """Meanings are the models' own; a rule for a column that is gone is a mistake."""
    assert tuple(item.table.name for item in bundled.resources) == TABLES
    for item in bundled.resources:
        columns = {column.key: column for column in item.table.data_columns()}
        assert set(item.rules) <= set(columns), item.table.name
        assert {one.column for one in item.references} <= set(columns)
        for key, column in columns.items():
            rule = item.rules.get(key)
            assert column.meaning or (rule and rule.meaning), key
    told = rules_of("results")["among"]
    assert told.meaning == "What kind of denominator `n` is."
    assert told.required
    assert "treated" in told.names
    told = rules_of("measurements")["baseline_sd"]
    assert told.meaning == "Before treatment. Standard deviation."
    assert (told.kind, told.required) == ("number", False)
    assert rules_of("studies")["authors"].meaning.endswith("Separated by semicolons.")


def test_what_is_in_no_figure_is_there_with_its_reason(export, run, tmp_path):
    """Each result that `compare` leaves out, by figure, study and reason."""
    made = export(tmp_path / "out")
    told = json.loads(run("compare", "hsct", "msc", "-f", "json").stdout)
    expected = {
        (
            *(cell[key] for key in ("therapy", "endpoint", "scope")),
            cell["band"]["name"],
            *(item[key] for key in ("study", "reason", "text")),
        )
        for cell in told["rows"]
        for item in cell["excluded"]
    }
    left = rows(made, "left_out")
    keys = ("therapy", "endpoint", "scope", "when", "study", "reason", "text")
    assert expected
    assert expected <= {tuple(row[key] for key in keys) for row in left}
    figures = {row["id"]: row for row in rows(made, "figures")}
    for cell in told["rows"]:
        band = cell["band"]["label"]
        name = f"{cell['therapy']}, {cell['endpoint']}, {cell['scope']}, {band}"
        if name in figures and cell["estimate"] is not None:
            assert float(figures[name]["estimate"]) == cell["estimate"]
    numbers = {row["id"] for row in rows(made, "results")}
    for row in rows(made, "counted"):
        assert set(row["results"].split()) <= numbers


def test_it_says_what_it_rests_on(export, tmp_path):
    """Licence, sources, version and receipt are the records' own."""
    base = load()
    told = described(export(tmp_path / "out"))
    assert told["profile"] == "tabular-data-package"
    assert told["version"] == base.base.version
    assert told["licenses"][0]["name"] == base.base.licence
    assert [one["title"] for one in told["sources"]] == list(base.base.sources)
    assert told["receipt"]["data_hash"] == told["id"] == base.data_hash
    assert told["receipt"]["searched"] == base.base.searched
    assert "created" not in told
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert base.data_hash in page
    assert "do not add their rows up" in page


BASE = "version: '1'\nsearched: 2026-01\nsources: [A shelf]\nlicence: {}\n"


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0", "path": "https://creativecommons.org/"}),
        ("ODbL-1.0", {"name": "ODbL-1.0"}),
        ("Ask the keepers", {"path": "LICENCE.txt"}),
    ],
)
def test_records_of_one_s_own_have_their_own_terms(
    licence, told, export, folder, tmp_path
):
    """A licence that has no name stands in a file of its own."""
    (folder / "_base.yaml").write_text(BASE.format(licence), encoding="utf-8")
    made = export(tmp_path / "out", "--studies", folder)
    (found,) = described(made)["licenses"]
    assert found.keys() == told.keys()
    assert all(found[key].startswith(value) for key, value in told.items())
    words = made / "LICENCE.txt"
    assert words.exists() == ("path" in told and "name" not in told)
    assert not words.exists() or words.read_text(encoding="utf-8") == f"{licence}\n"
    assert validated(made / "datapackage.json") == []


def test_records_that_state_nothing_of_themselves(export, folder, tmp_path):
    """Without _base.yaml there is no licence and no version, and nothing is made up."""
    made = export(tmp_path / "out", "--studies", folder)
    assert {"licenses", "version", "sources"}.isdisjoint(described(made))
    page = (made / "README.md").read_text(encoding="utf-8")
    assert "**licence of the records**: not stated" in page
    assert "do not add their rows up" not in page


@pytest.mark.parametrize(
    "therapies", [(), ("car-t",), ("uc-msc", "msc"), ("placebo", "rituximab", "hsct")]
)
def test_any_records_make_a_bundle(therapies, export, tmp_path):
    """None, one therapy alone, one within another, and several that are no default."""
    records = tmp_path / "records"
    records.mkdir()
    for number, therapy in enumerate(therapies):
        text = study_text(id=f"doe-{2000 + number}", therapy=therapy, centre=therapy)
        path = records / f"doe-{2000 + number}.yaml"
        path.write_text(text, encoding="utf-8")
    made = export(tmp_path / "out", "--studies", records)
    assert validated(made / "datapackage.json") == []
    given = {row["therapy"] for row in rows(made, "figures")}
    assert given == set(therapies) - {"uc-msc"}
    assert len(sides(load(records).studies)) >= 2


def test_a_name_that_stands_for_nothing_is_told(run, folder, tmp_path):
    """The package stays valid, and says no more than is true."""
    text = (
        study_text() + "overlaps: [{study: poe-1999, certainty: likely, because: x}]\n"
    )
    (folder / "doe-2020.yaml").write_text(text, encoding="utf-8")
    made = tmp_path / "out"
    done = run("export", "-f", "datapackage", "-o", made, "--studies", folder)
    assert done.exit_code == 0
    assert "overlaps.csv: other poe-1999 is none of studies.csv" in done.stderr
    assert [one["fields"] for one in schemas(made)["overlaps"]["foreignKeys"]] == [
        ["study"]
    ]
    assert validated(made / "datapackage.json") == []


def test_hostile_texts_stay_texts(export, folder, tmp_path):
    """Formulas, escapes and quotation marks in records and in what they state."""
    title = '\'=HYPERLINK("x"), "q"\''
    (folder / "doe-2020.yaml").write_text(study_text(title=title), encoding="utf-8")
    licence = r'"=1+1 \e[31m <b>"'
    (folder / "_base.yaml").write_text(BASE.format(licence), encoding="utf-8")
    made = export(tmp_path / "out", "--studies", folder)
    titles = [row["title"] for row in rows(made, "studies")]
    assert titles[0] == '\'=HYPERLINK("x"), "q"'
    for path in made.iterdir():
        assert b"\x1b" not in path.read_bytes(), path.name
    assert validated(made / "datapackage.json") == []


def test_a_folder_is_replaced_only_when_asked(run, folder, tmp_path):
    """Nothing is written where anything would be lost; what else is there stays."""
    made = tmp_path / "out"
    made.mkdir()
    (made / "mine.txt").write_text("mine", encoding="utf-8")
    (made / "figures.csv").write_text("mine", encoding="utf-8")
    words = ("export", "-f", "datapackage", "-o", made, "--studies", folder)
    refused = run(*words)
    assert refused.exit_code == 2
    assert "figures.csv exists; add --force" in refused.stderr
    assert {path.name for path in made.iterdir()} == {"mine.txt", "figures.csv"}
    assert run(*words, "--force").exit_code == 0
    assert (made / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert validated(made / "datapackage.json") == []


def test_a_file_is_no_folder(run, folder, tmp_path):
    """Nor is a folder made in one that is not there; the answer says so."""
    path = tmp_path / "taken"
    path.write_text("mine", encoding="utf-8")
    for target in (path, tmp_path / "none" / "out"):
        done = run("export", "-f", "datapackage", "-o", target, "--studies", folder)
        assert done.exit_code == 2
        assert "cannot be made" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_pipe_gets_the_archive(run, folder):
    """As of every form that is no text."""
    done = run("export", "-f", "datapackage", "--studies", folder)
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"PK")
