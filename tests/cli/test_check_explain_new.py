"""`check`, `explain`, `new`, `diff` and `schema`: what keeps records in order."""

import json
import re
import shutil
import subprocess

import pytest
from invented import study_text

from lupus_evidence import checks, vocabulary
from lupus_evidence.audit import claim_checks
from lupus_evidence.audit.verdicts import VERDICTS
from lupus_evidence.explanations.lookup import OTHERWISE, subjects
from lupus_evidence.reading import refusals

BLANKS = {
    'title: "..."': 'title: "An invented trial"',
    'authors: ["..."]': 'authors: ["Doe J"]',
    "year: ...": "year: 2026",
    'journal: "..."': 'journal: "J Invented"',
    "doi: ...": "doi: 10.1000/182",
    "design: ...": "design: single-arm-trial",
    "reading: ...": "reading: primary-abstract",
    "countries: [...]": "countries: [SE]",
    'centres: ["..."]': 'centres: ["Invented Hospital, Nowhere"]',
    "enrolled: ...": "enrolled: 12",
    "lupus: ...": "lupus: 12",
    "status: to-read": "status: published",
    "therapy: ...": "therapy: msc",
    "endpoint: ...": "endpoint: complete-remission",
    "at: ...": "at: 12",
    "events: ...": "events: 3",
    "n: ...": "n: 12",
    "among: ...": "among: treated",
    'where: "..."': 'where: "Abstract"',
}


def test_new_record_passes_check_once_its_blanks_are_filled(run, tmp_path):
    """The template needs nothing but its blanks."""
    made = run("new", "doe-2026", "-o", tmp_path)
    assert made.exit_code == 0
    path = tmp_path / "doe-2026.yaml"
    text = path.read_text(encoding="utf-8")
    unfilled = run("check", tmp_path)
    assert unfilled.exit_code == 0
    assert f"{path}: to read, 19 blanks left" in unfilled.output
    assert "1 record to read, 19 blanks left" in unfilled.output
    for blank, filled in BLANKS.items():
        assert blank in text, blank
        text = text.replace(blank, filled)
    path.write_text(text, encoding="utf-8")
    result = run("check", tmp_path, "--strict")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"1 record in {tmp_path}/, 1 result, ")


def test_a_record_to_read_is_checked_counted_and_used_nowhere(run, folder):
    """A slip in it is an error at its place; a list says that one waits."""
    run("new", "poe-2026", "-o", folder)
    path = folder / "poe-2026.yaml"
    listed = run("list", "--studies", folder)
    assert listed.exit_code == 0
    assert "poe-2026" not in listed.stdout
    assert "1 record to read, not used" in listed.stderr
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("year: ...", "year: soon"), encoding="utf-8")
    done = run("check", folder)
    assert done.exit_code == 1
    assert "poe-2026.yaml:7:3: error E112 citation.year: should be" in done.output
    assert "to read, 18 blanks left" in done.output


def test_new_refuses_a_name_that_is_no_id_and_a_file_that_exists(run, tmp_path):
    """Neither a path in the name nor an existing record gets through."""
    assert run("new", "../evil", "-o", tmp_path).exit_code == 2
    (tmp_path / "doe-2026.yaml").write_text("mine", encoding="utf-8")
    assert run("new", "doe-2026", "-o", tmp_path).exit_code == 2
    assert (tmp_path / "doe-2026.yaml").read_text(encoding="utf-8") == "mine"


def test_a_new_file_goes_where_its_like_are(run, tmp_path, monkeypatch):
    """Into ./studies or ./claims where there is one, and it is said where."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    here = tmp_path / "here"
    (here / "studies").mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("LUPUS_EVIDENCE_STUDIES", str(elsewhere))
    assert "wrote studies/doe-2026.yaml" in run("new", "doe-2026").output
    assert (here / "studies" / "doe-2026.yaml").is_file()
    assert "wrote clinic.yaml" in run("new", "clinic", "--claims").output
    assert (here / "clinic.yaml").is_file()
    assert run("new", "roe-2026", "-o", "mine").exit_code == 0
    assert (here / "mine" / "roe-2026.yaml").is_file()
    assert run("new", "poe-2026", "-o", "-").output.count("id: poe-2026") == 1
    assert not list(elsewhere.iterdir()), "what is read is not written to"


def test_new_refuses_a_file_in_place_of_a_folder(run, tmp_path):
    """The file's name is the record's, so -o names the folder alone."""
    refused = run("new", "doe-2026", "-o", tmp_path / "other.yaml")
    assert refused.exit_code == 2
    assert "is no folder" in refused.output
    assert not list(tmp_path.iterdir())


def test_check_names_file_line_and_column(run, folder):
    """An impossible count is reported at its own line, with what to do."""
    text = study_text(id="bad-2020", events=21, centre="Third, City")
    (folder / "bad-2020.yaml").write_text(text, encoding="utf-8")
    line = text.splitlines().index("    events: 21") + 1
    result = run("check", folder)
    assert result.exit_code == 1
    assert f"bad-2020.yaml:{line}:5: error E2" in result.output


@pytest.mark.parametrize("form", ["json", "github"])
def test_check_findings_for_programs(run, folder, form):
    """Findings come as JSON, or as workflow commands that become annotations."""
    (folder / "bad.yaml").write_text("id: a\nid: b\n", encoding="utf-8")
    result = run("check", folder, "-f", form)
    assert result.exit_code == 1
    if form == "json":
        content = json.loads(result.output)
        (finding,) = [f for f in content["findings"] if f["code"] == "E103"]
        assert (finding["line"], finding["column"]) == (2, 1)
        assert content["errors"] == 1
    else:
        assert re.search(
            r"(?m)^::error file=\S+bad\.yaml,line=2,col=1,title=E103::", result.output
        )


def test_bundled_records_are_clean(run):
    """The records that come with the package have nothing unacknowledged."""
    result = run("check", "--strict")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(
        r"\d+ records in studies/ \(bundled\), \d+ results, [\d,]+ checks: "
        r"0 errors, 0 warnings, \d+ acknowledged",
        result.output.strip().splitlines()[-1],
    )


def test_explain_a_code_and_a_term(run):
    """A code prints its manual page, a term its meaning, anything else the nearest."""
    page = run("explain", "e103")
    assert page.exit_code == 0
    assert "E103" in page.output
    assert "still under observation" in run("explain", "followed").output
    unknown = run("explain", "folowed")
    assert unknown.exit_code == 2
    assert "followed" in unknown.output


@pytest.mark.parametrize(
    ("words", "term"),
    [
        (("new", "centre"), "new-centre"),
        (("new center",), "new-centre"),
        (("(vary)",), "vary"),
        (("context", "missing"), "supported-context-missing"),
        (("supported, context missing",), "supported-context-missing"),
        (("95 % interval",), "interval"),
        (("95 % CI",), "confidence-interval"),
        (("Complete remission",), "complete-remission"),
        (("a new autoimmune disease",), "secondary-autoimmunity"),
        (("credible",), "credible-interval"),
        (("lupus nephritis",), "lupus-nephritis"),
        (("time", "not", "stated"), "time-not-stated"),
        (("est.",), "estimate"),
        (("I²",), "i²"),
        (("umbilical-cord MSC",), "uc-msc"),
        (("HSCT",), "hsct"),
        (("Treatment-Related-Mortality",), "treatment-related-mortality"),
        (("mean", "rate"), "mean-rate"),
        (("over all people",), "mean-rate"),
        (("90 in 3",), "people"),
        (("rate (95 % interval)",), "rate"),
        (("of people treated",), "treated"),
        (("still followed",), "followed"),
        (("(curve)",), "kaplan-meier"),
        (("meaning",), "definition"),
        (("imprecision",), "imprecision"),
        (("left", "out"), "left-out"),
        (("GRADE",), "certainty"),
        (("3", "of", "6"), "people"),
        (("est. of 28",), "estimate"),
        (("–",), "–"),
        (("?",), "?"),
        (("mind",), "mind"),
        (("best",), "best-ever"),
        (("any",), "any-time"),
        (("typical",), "typical-centre"),
        (("posterior",), "posterior"),
        (("follow-up",), "follow-up"),
        (("among",), "denominators"),
        (("ASCT",), "hsct"),
        (("TRM",), "treatment-related-mortality"),
        (("renal",), "kidney"),
        (("RCT",), "randomised-trial"),
        (("typical centre",), "typical-centre"),
        (("at least",), "at-least"),
        (("any time",), "any-time"),
        (("(best ever)",), "best-ever"),
        (("fails-check",), "fails-check"),
        (("few people",), "few-people"),
        (("prior",), "prior"),
        (("too different",), "vary"),
        (("relapses",), "relapse"),
        (("W506",), "W506 (warning): A trial without results that has results."),
    ],
)
def test_terms_are_found_as_outputs_write_them(run, words, term):
    """What stands in a heading, a cell or a sentence can be typed as it stands."""
    done = run("explain", *words)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == term


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("hsct MSC", ["hsct", "msc"]),
        ("hsct new centre", ["hsct", "new-centre"]),
        ("new centre vary therapies", ["new-centre", "vary", "therapies"]),
    ],
)
def test_several_terms_are_explained_one_after_the_other(run, words, titles):
    """Words that are one term together are that term; the others are each their own."""
    done = run("explain", *words.split(), "-f", "json")
    assert done.exit_code == 0
    assert [item["name"] for item in json.loads(done.output)["documents"]] == titles


def test_one_unknown_word_among_several_is_named(run):
    """The others are not explained alone, as if nothing had been missed."""
    done = run("explain", "hsct", "magic")
    assert done.exit_code == 2
    assert "'magic'" in done.output
    assert "blood-forming" not in done.output


KINDS = {
    "therapy": ("therapies", vocabulary.topic().therapies),
    "endpoint": ("endpoints", vocabulary.topic().endpoints),
    "scope": ("scopes", vocabulary.topic().scope_names),
    "design": ("designs", vocabulary.DESIGNS),
    "reading": ("readings", vocabulary.READINGS),
    "status": ("statuses", vocabulary.STATUSES),
    "verdict": ("verdicts", VERDICTS),
    "denominator": ("denominators", vocabulary.AMONG),
    "time": ("times", [band.name for band in vocabulary.topic().all_bands]),
    "family": ("families", vocabulary.FAMILIES),
    "check": (
        "checks",
        [*checks.codes(), *claim_checks.CLAIMS.ordered(), *refusals.codes()],
    ),
}


@pytest.mark.parametrize("singular", KINDS)
def test_a_kind_lists_its_names_with_a_meaning_each(run, singular):
    """By singular or plural; each name is there, with something said of it."""
    plural, names = KINDS[singular]
    done = run("explain", plural, "-f", "json")
    assert run("explain", singular.upper(), "-f", "json").output == done.output
    (page,) = json.loads(done.output)["documents"]
    told = {item["name"]: item["meaning"] for item in page["members"]}
    assert set(names) <= told.keys()
    assert all(len(meaning) > 3 for meaning in told.values())
    assert page["meaning"].endswith(".")


def test_explain_alone_says_what_can_be_asked(run):
    """Every kind with a line of its own, on one screen."""
    done = run("explain", "--width", 80)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert len(lines) <= 24
    for plural, _ in KINDS.values():
        assert any(line.split()[:1] == [plural] for line in lines), plural


def test_explanations_come_in_every_form_of_a_page(run, tmp_path):
    """As Markdown by name or by ending, an example's lines as they stand."""
    target = tmp_path / "words.md"
    assert run("explain", "E203", "mean rate", "-o", target).exit_code == 0
    text = target.read_text(encoding="utf-8")
    assert "## What it checks" in text
    assert "```\n- {endpoint: infection, events: 21, n: 20}\n```" in text
    assert "# mean-rate" in text
    assert "<pre>- {endpoint: infection" in run("explain", "E203", "-f", "html").output


@pytest.mark.parametrize(
    "names",
    [
        vocabulary.DENOMINATORS,
        vocabulary.TIME_BASES.keys() - {"visit", "longest", "response-duration"},
        vocabulary.KINDS.keys() - {"count"},
        vocabulary.DESIGNS,
        vocabulary.READINGS,
        vocabulary.topic().therapies,
        vocabulary.topic().endpoints,
    ],
    ids=["among", "times", "kinds", "designs", "readings", "therapies", "endpoints"],
)
def test_every_name_of_the_vocabulary_is_explained(names):
    """What stands in a column as a code has a meaning."""
    assert set(names) <= set(subjects())


def test_every_other_spelling_leads_to_a_term():
    """No alias points nowhere, or hides a term of its own."""
    for spelling, term in OTHERWISE.items():
        assert spelling not in subjects()
        assert term in subjects()


def test_schema_is_json_that_describes_every_field(run):
    """Editors get a schema in which each field says what it means."""
    schema = json.loads(run("schema", "study").output)
    parts = [schema, *schema["$defs"].values()]
    for part in parts:
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name


@pytest.fixture
def newer(folder, tmp_path):
    """The same records with one figure corrected, one record added, one removed."""
    changed = tmp_path / "newer"
    shutil.copytree(folder, changed)
    text = (changed / "doe-2020.yaml").read_text(encoding="utf-8")
    (changed / "doe-2020.yaml").write_text(
        text.replace("events: 5", "events: 6"), encoding="utf-8"
    )
    added = study_text(id="poe-2022", year=2022, events=9, centre="Fourth, Village")
    (changed / "poe-2022.yaml").write_text(added, encoding="utf-8")
    (changed / "roe-2021.yaml").unlink()
    return changed


def test_diff_names_records_fields_and_moved_figures(run, folder, newer):
    """Every change is named field by field, and each figure with what moved it."""
    content = json.loads(run("diff", folder, newer, "-f", "json").output)
    (page,) = content["documents"]
    assert page["added"] == ["poe-2022"]
    assert page["removed"] == ["roe-2021"]
    assert page["changes"] == [
        {
            "study": "doe-2020",
            "field": "results[complete-remission, treated, 12 months].events",
            "old": "5",
            "new": "6",
        }
    ]
    figures = {item["therapy"]: item for item in page["figures"]}
    assert figures["msc"]["because"] == ["doe-2020", "poe-2022"]
    assert (figures["msc"]["old"]["k"], figures["msc"]["new"]["k"]) == (1, 2)
    assert figures["msc"]["old"]["rate"] == 0.25
    assert figures["hsct"]["new"] == {"k": 0, "people": 0, "rate": None, "ci": None}


def test_diff_of_the_same_records_is_empty(run, folder):
    """Nothing changed is said in words."""
    result = run("diff", folder, folder)
    assert result.exit_code == 0
    assert "No field changed." in result.output
    assert "No figure moved." in result.output


def git(folder, *arguments):
    """Run git as somebody."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(folder, newer, tmp_path):
    """A project with records in ./studies and two commits."""
    root = tmp_path / "project"
    shutil.copytree(folder, root / "studies")
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    shutil.rmtree(root / "studies")
    shutil.copytree(newer, root / "studies")
    git(root, "add", "-A")
    git(root, "commit", "-m", "second")
    return root


def test_diff_between_git_revisions(run, repository):
    """Two revisions of a folder of records can be compared, and it is said where."""
    records = repository / "studies"
    result = run("diff", "HEAD~1", "HEAD", "--studies", records, "-f", "json")
    (page,) = json.loads(result.output)["documents"]
    assert (page["added"], page["removed"]) == (["poe-2022"], ["roe-2021"])
    assert page["read"] == f"studies/ of the repository {repository}"


@pytest.mark.parametrize("name", ["nowhere", "--output=/tmp/x", "-h;ls"])
def test_diff_refuses_what_is_neither_folder_nor_revision(run, repository, name):
    """An unknown revision, or an option in its place, is wrong use."""
    records = repository / "studies"
    result = run("diff", "--studies", records, "--", name, records)
    assert result.exit_code == 2
    assert "neither a folder nor a revision" in result.output


def test_a_result_that_came_or_went_is_one_line(run, folder, newer):
    """On the screen the whole item is one row; a corrected field is its own."""
    path = newer / "doe-2020.yaml"
    added = (
        "  - {endpoint: death, arm: treated, events: 1, n: 20, among: treated, "
        "where: Table 2}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    there = run("diff", folder, newer).output
    item = "endpoint death; arm treated; events 1; n 20; among treated; where Table 2"
    assert there.count("results[death, treated]") == 1
    assert item in there
    assert "results[complete-remission, treated, 12 months].events" in there
    assert run("diff", newer, folder).output.count(item) == 1
