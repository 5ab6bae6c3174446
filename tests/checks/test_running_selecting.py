"""Choosing among checks, counting findings, and findings for code scanners."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from invented import study_text

from lupus_evidence.checks import CheckReport
from lupus_evidence.records.files import Diagnostic, Place

MISTAKES = Path(__file__).parents[1] / "examples" / "thirty-mistakes"


def found(run, *words):
    """The codes of what is found among thirty mistakes, in order."""
    done = run("check", MISTAKES, *words)
    return re.findall(r": (?:error|warning) ([EW]\d{3}) ", done.output), done


def test_only_what_is_selected(run):
    """A code, or how codes begin, in either case, with commas or repeated."""
    every, _ = found(run)
    for words, kept in (
        (("--select", "E1"), "E1"),
        (("--select", "e203"), "E203"),
        (("--select", "E2,W"), ("E2", "W")),
        (("--select", "E2", "--select", "W"), ("E2", "W")),
    ):
        some, _ = found(run, *words)
        assert some == [code for code in every if code.startswith(kept)]
        assert some


def test_the_longer_beginning_wins():
    """What stands closer to one check decides, and a tie leaves it out."""
    place = Place("doe-2020.yaml", 1, 1)
    every = ("E101", "E201", "E204", "W501")
    report = CheckReport(
        tuple(Diagnostic(place, c, "error", "") for c in every), 1, 1, 1
    )
    for select, ignore, kept in (
        ([], [], every),
        (["E2"], ["E204"], ("E201",)),
        (["E204"], ["E2"], ("E204",)),
        (["E2"], ["E2"], ()),
        (["E2", "E204"], ["E20"], ("E204",)),
        ([], ["E"], ("W501",)),
        ([], ["E2"], ("E101", "W501")),
    ):
        shown = report.only(select, ignore).diagnostics
        assert tuple(item.code for item in shown) == kept


def test_what_is_left_out_does_not_fail(run, folder):
    """The exit status is that of the findings shown."""
    text = study_text(events=50)
    (folder / "doe-2020.yaml").write_text(text, encoding="utf-8")
    assert run("check", folder).exit_code == 1
    assert run("check", folder, "--ignore", "E203").exit_code == 0
    assert run("check", folder, "--select", "E203").exit_code == 1
    assert "1 error," in run("check", folder, "--select", "E203").stdout


@pytest.mark.parametrize("word", ["Q", "E999", "", "E2,Q1"])
def test_a_check_that_does_not_exist_is_no_selection(word, run):
    """A misspelt code would let everything pass."""
    done = run("check", "--select", word)
    assert done.exit_code == 2
    assert "no check named" in done.stderr


def test_statistics_count_findings_by_check(run):
    """A line a check, the commonest first, with what it is called."""
    every, _ = found(run)
    done = run("check", MISTAKES, "--statistics")
    assert done.exit_code == 1
    *lines, summary = done.stdout.splitlines()
    rows = [
        re.fullmatch(r" *(\d+)  ([EW]\d{3})  (\S.*)", line).groups() for line in lines
    ]
    assert {code: int(count) for count, code, _ in rows} == {
        code: every.count(code) for code in every
    }
    counts = [int(count) for count, _, _ in rows]
    assert counts == sorted(counts, reverse=True)
    assert "28 errors, 2 warnings" in summary
    assert run("check", "--statistics", "-f", "json").exit_code == 2


def test_sarif_says_what_the_other_formats_say(run):
    """Every finding with rule, level, file, line and column, as SARIF 2.1.0 has them.

    The output was also validated against the OASIS schema of version 2.1.0 (errata 01).
    """
    content = json.loads(run("check", MISTAKES, "-f", "sarif").stdout)
    plain = json.loads(run("check", MISTAKES, "-f", "json").stdout)["findings"]
    assert content["version"] == "2.1.0"
    (part,) = content["runs"]
    rules = part["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {item["code"] for item in plain}
    assert len(part["results"]) == len(plain)
    for result, item in zip(part["results"], plain, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == item["code"]
        assert result["level"] == item["level"]
        assert result["message"]["text"].startswith(item["message"])
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == item["file"]
        if item["line"]:
            region = {"startLine": item["line"], "startColumn": item["column"]}
            assert place["region"] == region


#: What the schema of SARIF 2.1.0 (errata 01) requires of each object written here.
REQUIRED = {
    "sarifLog": {"version", "runs"},
    "run": {"tool"},
    "tool": {"driver"},
    "toolComponent": {"name"},
    "reportingDescriptor": {"id"},
    "multiformatMessageString": {"text"},
    "result": {"message"},
    "suppression": {"kind"},
}
LEVELS = {"none", "note", "warning", "error"}


def sarif_objects(content):
    """Yield every object of a log with the name of its kind in the schema."""
    yield "sarifLog", content
    for part in content["runs"]:
        yield "run", part
        yield "tool", part["tool"]
        yield "toolComponent", part["tool"]["driver"]
        for rule in part["tool"]["driver"]["rules"]:
            yield "reportingDescriptor", rule
            for name in ("shortDescription", "fullDescription", "help"):
                yield "multiformatMessageString", rule[name]
        for result in part["results"]:
            yield "result", result
            for suppression in result.get("suppressions", ()):
                yield "suppression", suppression


@pytest.mark.parametrize("where", [(), (MISTAKES,)], ids=["bundled", "mistakes"])
def test_sarif_is_what_its_schema_asks_for(where, run):
    """Required properties, known words, numbers from 1, each rule once."""
    content = json.loads(run("check", *where, "-f", "sarif").stdout)
    assert content["$schema"].endswith("/sarif-2.1.0.json")
    for kind, item in sarif_objects(content):
        assert set(item) >= REQUIRED[kind], kind
    (part,) = content["runs"]
    assert part["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    rules = part["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in LEVELS
        assert rule["shortDescription"]["text"].endswith(".")
    for result in part["results"]:
        assert result["level"] in LEVELS
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert set(place) >= {"artifactLocation"}
        assert all(number >= 1 for number in place.get("region", {}).values())
        for suppression in result.get("suppressions", ()):
            assert suppression["kind"] in {"inSource", "external"}


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("records", "records/doe-2020.yaml"),
        ("./records/doe-2020.yaml", "records/doe-2020.yaml"),
        ("../here/records", "../here/records/doe-2020.yaml"),
    ],
)
def test_sarif_names_files_from_where_one_stands(
    typed, uri, run, tmp_path, monkeypatch
):
    """A code host finds them in the repository: no folder of one machine before."""
    here = tmp_path / "here"
    (here / "records").mkdir(parents=True)
    (here / "records" / "doe-2020.yaml").write_text("id: [", encoding="utf-8")
    monkeypatch.chdir(here)
    (part,) = json.loads(run("check", typed, "-f", "sarif").stdout)["runs"]
    (location,) = part["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri
    (part,) = json.loads(run("check", here, "-f", "sarif").stdout)["runs"]
    (location,) = part["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {
        "uri": "records/doe-2020.yaml"
    }


def test_sarif_of_a_file_elsewhere_has_its_whole_address(run, tmp_path, monkeypatch):
    """Where the way from here is longer than the path, the path is an address."""
    (tmp_path / "doe-2020.yaml").write_text("id: [", encoding="utf-8")
    deep = tmp_path.joinpath(*["deep"] * 40)
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    (part,) = json.loads(run("check", tmp_path, "-f", "sarif").stdout)["runs"]
    (location,) = part["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "doe-2020.yaml").as_uri()


def test_sarif_suppresses_what_a_record_gives_a_reason_for(run):
    """A scanner does not open an alert for it, and keeps the reason."""
    (part,) = json.loads(run("check", "-f", "sarif").stdout)["runs"]
    assert part["results"]
    for result in part["results"]:
        (suppression,) = result["suppressions"]
        assert suppression["kind"] == "inSource"
        assert suppression["justification"]


def test_sarif_of_names_that_are_no_addresses(run, tmp_path):
    """Blanks, percent signs and letters of other alphabets are encoded in addresses."""
    folder = tmp_path / "a b%é"
    folder.mkdir()
    (folder / "doe-2020.yaml").write_text("id: [", encoding="utf-8")
    (part,) = json.loads(run("check", folder, "-f", "sarif").stdout)["runs"]
    place = part["results"][0]["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert uri.isascii()
    assert " " not in uri
    assert unquote(uri).endswith("a b%é/doe-2020.yaml")


def test_sarif_of_a_name_that_is_not_utf_8(run, tmp_path, monkeypatch):
    """Its bytes are encoded as they are."""
    (tmp_path / os.fsdecode(b"doe-\xff.yaml")).write_text("id: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("check", ".", "-f", "sarif")
    assert done.exit_code == 1
    assert '"uri": "doe-%FF.yaml"' in done.stdout
