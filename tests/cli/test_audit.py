"""`audit` on the command line: claims, articles, what cannot be read."""

import json
import shlex
from pathlib import Path

import pytest

SECOND = Path(__file__).parents[1] / "audit" / "second-article.yaml"


def test_audit_of_the_bundled_article_answers_every_claim(run):
    """All seventeen claims get a verdict and a sentence."""
    result = run("audit", "--summary")
    assert result.exit_code == 0
    assert "17 claims:" in " ".join(result.output.split())


def test_fail_on_makes_the_status_1(run):
    """A verdict that was asked for fails a build; an unknown one is wrong use."""
    assert run("audit", "--summary", "--fail-on", "overstated").exit_code == 1
    assert run("audit", "--summary", "--fail-on", "understated").exit_code == 0
    assert run("audit", "--fail-on", "overblown").exit_code == 2


def test_audit_as_json_names_places(run):
    """Programs get the verdicts with file and line of the evidence."""
    content = json.loads(run("audit", "-f", "json").output)
    assert content["schema_version"] == 2
    text = json.dumps(content)
    assert "wang-2013.yaml" in text
    assert '"line"' in text


def test_a_bad_claims_file_is_diagnosed(run, tmp_path):
    """A claims file with an unknown kind is reported with its place, status 1."""
    path = tmp_path / "bad.yaml"
    path.write_text("id: bad\nclaims:\n  - {kind: rumour}\n", encoding="utf-8")
    result = run("audit", path)
    assert result.exit_code == 1
    assert "bad.yaml:" in result.output


def test_new_claims_file_and_schema(run, tmp_path):
    """`new --claims` writes a template, `schema claims` prints JSON Schema."""
    assert run("new", "clinic", "--claims", "-o", tmp_path).exit_code == 0
    path = tmp_path / "clinic.yaml"
    assert path.read_text(encoding="utf-8").count("\n") > 10
    assert json.loads(run("schema", "claims").output)["$defs"]


def test_numbers_ask_for_claims_in_full(run):
    """Single numbers and ranges, in any order, with or without a file."""
    text = run("audit", "3", "10-12").output
    assert [line.split(".")[0] for line in text.splitlines() if line[:1].isdigit()
            and ". " in line[:4]] == ["3", "10", "11", "12"]  # fmt: skip
    assert "studies/wang-2013.yaml:" in text
    second = run("audit", SECOND, "2", "--width", "80").output
    assert "2. In four Chinese hospitals" in second
    assert "1. " not in second


def test_next_names_the_file_that_was_typed(run):
    """What to type next works as it stands there, for one's own article too."""
    text = " ".join(run("audit", SECOND).output.split())
    assert f"Next: lupus-evidence audit {shlex.quote(str(SECOND))} " in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("99",), "there is no claim 99"),
        (("12-10",), "type 10-12"),
        (("10", "--summary"), "--summary"),
        (("--full", "--summary"), "--summary"),
        (("nowhere.yaml",), "nowhere.yaml"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(run, words, message):
    """Status 2, and the message says what to type."""
    result = run("audit", *words)
    assert result.exit_code == 2
    assert message in " ".join(result.output.replace("│", " ").split())


def test_verdicts_can_be_named_as_they_are_shown(run):
    """What the screen calls too rosy is what `--fail-on` and `explain` know."""
    assert run("audit", "--fail-on", "too-rosy").exit_code == 1
    assert run("audit", "--fail-on", "Context missing").exit_code == 1
    assert "overstated" in run("explain", "too rosy").output


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "tsv", "json"])
@pytest.mark.parametrize("depth", [(), ("--full",), ("--summary",), ("10",)])
def test_every_form_at_every_depth(run, form, depth):
    """All of them are written, and hold claim 10."""
    result = run("audit", *depth, "-f", form)
    assert result.exit_code == 0
    assert "over four years" in result.output
