"""Choosing among checks, counting findings, and findings for code scanners."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from invented import study_text

from lupus_evidence.checks import CheckReport
from lupus_evidence.diagnostics import Diagnostic, Place

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
