"""Claims files are read strictly: file, line and column of everything wrong."""

import json
import os
import re
from pathlib import Path

import pytest
from audit.made import falls

from lupus_evidence.audit import audit, load_claims
from lupus_evidence.audit.articles import claims_schema, claims_template
from lupus_evidence.audit.claim_checks import CLAIMS
from lupus_evidence.checks.rules import sections
from lupus_evidence.errors import EvidenceError, RecordsNotFoundError
from lupus_evidence.records.claims import KINDS, ClaimsFile
from lupus_evidence.records.validation import validate

PLAIN = """\
id: {}
article: {{title: A page, kind: blog}}
claims:
  - id: one
    kind: direction
    says: A score fell.
    therapy: msc
    changes: [{{measures: [sledai], direction: falls}}]
"""
EXAMPLES = Path(__file__).parents[1] / "examples-claims"
BAD = sorted(path for path in EXAMPLES.iterdir() if not path.name.startswith("."))


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
    assert expected == got
    assert {code for _, _, code in expected} == {path.name.partition("-")[0].upper()}


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
    """A study that these records lack is a warning: the claim is answered."""
    bad = load_claims([EXAMPLES / "c203-impossible-percent.yaml"])
    assert audit(base, bad).articles == ()
    unknown = audit(base, load_claims([EXAMPLES / "w201-unknown-study.yaml"]))
    assert [item.level for item in unknown.diagnostics] == ["warning"]
    assert not unknown.has_errors
    (claim,) = unknown.articles[0].claims
    assert claim.verdict.findings[0].code == "cited-study-unknown"


@pytest.mark.parametrize("code", CLAIMS.ordered())
def test_every_code_has_a_page_and_an_example(code):
    """A person who sees a code can read what it means, and a test shows it."""
    page = CLAIMS.ordered()[code]
    assert page.title
    found = sections(page)
    assert list(found) == ["What it checks", "Why it matters", "Example"]
    assert all(found.values())
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


def write(folder, *names, **texts):
    """Write a claims file for each name, called after its id, and other texts."""
    for name in names:
        text = PLAIN.format(name)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_bytes(text)


def ids(found):
    """Return the ids of the files that could be read."""
    return [item.content.id for item in found.files]


def test_a_folder_is_read_without_hidden_and_other_files(tmp_path):
    """Names that start with a dot or an underscore, and other kinds, are left out."""
    write(tmp_path, "page")
    text = PLAIN.format("page")
    for name in (".page.yaml", "_page.yaml", "page.txt", "page.yaml.bak", "page"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("Xylem", "other"):
        (tmp_path / f"{name}.yml").write_text(
            PLAIN.format(name.lower()), encoding="utf-8"
        )
    found = load_claims([tmp_path])
    assert not found.diagnostics
    assert ids(found) == ["other", "page", "xylem"]


def test_articles_stand_in_order_of_id_and_then_of_file(tmp_path):
    """Whatever order they are named in, and whatever their files are called."""
    write(tmp_path, "zebra", "apple", **{"a-copy": PLAIN.format("zebra").encode()})
    paths = [tmp_path / f"{name}.yaml" for name in ("zebra", "apple", "a-copy")]
    found = load_claims(paths)
    assert ids(found) == ["apple", "zebra", "zebra"]
    assert [item.file.rpartition("/")[2] for item in found.files] == [
        *("apple.yaml", "a-copy.yaml", "zebra.yaml")
    ]


def test_a_file_that_is_no_text_leaves_those_behind_it(tmp_path):
    """Bytes that are no UTF-8 are told, and the next file is read."""
    write(tmp_path, "middle", broken=b"id: \xff\xfe", last=b"id: [")
    found = load_claims([tmp_path])
    assert ids(found) == ["middle"]
    assert [item.place.file.rpartition("/")[2] for item in found.diagnostics] == [
        *("broken.yaml", "last.yaml")
    ]


def test_without_a_path_the_articles_of_the_package_are_read():
    """They are called claims/..., wherever they are installed."""
    found = load_claims()
    assert found.files
    assert all(item.file.startswith("claims/") for item in found.files)


def test_a_missing_path_is_named(tmp_path):
    """Whoever mistypes a path reads it again in the message."""
    path = tmp_path / "nowhere.yaml"
    message = re.escape(f"there is no file or folder {path}")
    with pytest.raises(RecordsNotFoundError, match=f"^{message}$"):
        load_claims([path])


@pytest.mark.parametrize("missing", [os.R_OK, os.X_OK])
def test_a_folder_that_may_not_be_listed_or_entered_is_named(
    tmp_path, monkeypatch, missing
):
    """Either permission is needed, and the message says which folder lacks it."""
    write(tmp_path, "page")
    monkeypatch.setattr(os, "access", lambda _, wanted: not wanted & missing)
    message = re.escape(f"{tmp_path} cannot be listed: permission denied")
    with pytest.raises(RecordsNotFoundError, match=f"^{message}$"):
        load_claims([tmp_path])


@pytest.mark.parametrize("name", ["", "Two Words", "../up", "a--b", "-a"])
def test_a_template_needs_a_name_that_can_be_an_id(name):
    """It says which name it refuses, and what would do."""
    with pytest.raises(EvidenceError) as caught:
        claims_template(name)
    assert str(caught.value) == (
        f"{name!r} cannot be the name of a claims file: use lower-case letters, "
        "digits and single hyphens, such as clinic-page-2026"
    )


def test_every_claim_keeps_its_number_and_line(world):
    """Three claims, at the lines on which they start."""
    world.study("doe-2015")
    two_lines = falls().replace(", changes", ",\n      changes")
    (article,) = world.audit(two_lines, two_lines, falls()).articles
    found = [(item.number, item.id, item.place.line) for item in article.claims]
    assert found == [(1, "claim-1", 4), (2, "claim-2", 6), (3, "claim-3", 8)]
    assert {item.place.column for item in article.claims} == {5}


def test_the_schema_in_the_docs_is_the_models_own():
    """Editors read the schema that the program would print."""
    docs = Path(__file__).parents[2] / "docs" / "claims.schema.json"
    assert docs.read_text(encoding="utf-8") == claims_schema()
