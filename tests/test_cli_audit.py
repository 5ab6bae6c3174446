import json


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
