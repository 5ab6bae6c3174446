"""Claims files are read strictly: file, line and column of everything wrong."""

import json
import os
import re
from pathlib import Path

import pytest

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.claim_checks import codes, page
from lupus_evidence.audit.claims_files import claims_schema, claims_template
from lupus_evidence.claims import KINDS, ClaimsFile
from lupus_evidence.errors import EvidenceError, RecordsNotFoundError
from lupus_evidence.load import load, validate

EXAMPLES = Path(__file__).parents[1] / "examples-claims"
BAD = sorted(path for path in EXAMPLES.iterdir() if not path.name.startswith("."))


@pytest.fixture(scope="module")
def base():
    """The bundled records."""
    return load()


def marked(path):
    """Return file, line and code of every marked line."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return {
        (file.name, number, code)
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for code in re.findall(r"# <- ([A-Z]\d{3})", line)
    }


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_a_bad_file_is_found_out_at_its_line(path, base):
    """Each example raises its code at the marked line, after which it is named."""
    found = audit(base, load_claims([path]))
    got = {
        (Path(item.place.file).name, item.place.line, item.code)
        for item in found.diagnostics
    }
    expected = marked(path)
    assert expected
    assert expected <= got
    assert {code for _, _, code in expected} == {path.name.partition("-")[0].upper()}
    extra = {code for _, _, code in got - expected}
    # two files of one folder cannot both be called after the id that they share
    assert extra <= ({"C103"} if path.is_dir() else set())


def test_all_bad_files_are_found_out_in_one_run(base):
    """A folder of mistakes gives all of them, and the audit still runs."""
    files = [path for path in BAD if path.is_file()]
    found = audit(base, load_claims(files))
    got = {
        (Path(item.place.file).name, item.place.line, item.code)
        for item in found.diagnostics
    }
    assert {mark for path in files for mark in marked(path)} <= got
    assert found.has_errors


def test_an_unusable_article_is_named_and_not_audited(base):
    """Only a study that these records lack leaves an article auditable."""
    bad = load_claims([EXAMPLES / "c203-impossible-percent.yaml"])
    assert audit(base, bad).articles == ()
    unknown = load_claims([EXAMPLES / "c201-unknown-study.yaml"])
    assert len(audit(base, unknown).articles) == 1


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_page_and_an_example(code):
    """A person who sees a code can read what it means, and a test shows it."""
    text = page(code)
    for heading in ("What it checks", "Why it matters", "Example"):
        assert heading in text
    assert any(path.name.startswith(code.lower()) for path in BAD)


def test_hints_lead_to_the_claims_schema():
    """Whoever mistypes a field is sent to the schema of claims, not of studies."""
    item = load_claims([EXAMPLES / "e110-unknown-field.yaml"]).diagnostics[0]
    assert "schema claims" in item.hint


@pytest.mark.parametrize(
    "text",
    ["", "[]", "42", "\ufeffid: a", "id: [", "claims: &a [*a]", "\t", "id: \0"],
    ids=["empty", "list", "number", "bom", "open", "alias", "tab", "nul"],
)
def test_what_is_no_claims_file_gets_a_diagnostic(tmp_path, text):
    """Nothing that a file may hold ends in a traceback."""
    path = tmp_path / "page.yaml"
    path.write_text(text, encoding="utf-8")
    found = load_claims([path])
    assert found.files == ()
    assert found.diagnostics


def test_a_bad_file_leaves_the_others(tmp_path, base):
    """One broken article does not hide another."""
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    good = (EXAMPLES / "c102-article-twice" / "first.yaml").read_text(encoding="utf-8")
    (tmp_path / "first.yaml").write_text(good, encoding="utf-8")
    found = audit(base, load_claims([tmp_path]))
    assert [article.id for article in found.articles] == ["first"]
    assert found.has_errors


def test_a_missing_path_is_refused(tmp_path):
    """A file that is not there is a wrong call, not an empty audit."""
    with pytest.raises(RecordsNotFoundError, match="there is no file"):
        load_claims([tmp_path / "nowhere.yaml"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_refused(tmp_path):
    """A folder that cannot be listed is said to be closed."""
    tmp_path.chmod(0)
    try:
        with pytest.raises(RecordsNotFoundError, match="permission denied"):
            load_claims([tmp_path])
    finally:
        tmp_path.chmod(0o700)


def test_the_template_shows_every_kind_of_claim():
    """Whoever fills it in meets each kind once."""
    text = claims_template("clinic-page-2026")
    assert text.startswith("#")
    assert "id: clinic-page-2026" in text
    for kind in KINDS:
        assert f"kind: {kind}" in text


def test_the_template_names_only_fields_that_exist():
    """Filled in with anything at all, the template has no unknown field."""
    text = claims_template("clinic-page-2026").replace(": ...", ": x")
    found = validate(ClaimsFile, text, "page.yaml")
    assert isinstance(found, list)
    assert {item.code for item in found} == {"E112"}


@pytest.mark.parametrize("name", ["", "Two Words", "../up", "a--b", "-a"])
def test_a_template_needs_a_name_that_can_be_an_id(name):
    """A name that no claims file can have is refused."""
    with pytest.raises(EvidenceError):
        claims_template(name)


def test_the_schema_knows_every_kind_and_explains_fields():
    """Editors offer the fields of each kind with their meaning."""
    schema = json.loads(claims_schema())
    kinds = {
        part["properties"]["kind"]["const"]
        for name, part in schema["$defs"].items()
        if name.endswith("Claim") and "kind" in part["properties"]
    }
    assert kinds == set(KINDS)
    assert schema["$defs"]["RateClaim"]["properties"]["therapy"]["description"]
    assert schema["$defs"]["RateClaim"]["properties"]["says"]["description"]
