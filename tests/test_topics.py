"""A base on any topic: its file, its words, and no word of another topic anywhere."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from lupus_evidence.importing.record_yaml import template_blanks
from lupus_evidence.records.files import Diagnostic
from lupus_evidence.records.load import load
from lupus_evidence.records.study import Study
from lupus_evidence.records.validation import validate
from lupus_evidence.topics import bundled_topic, read_topic, unnamed_topic
from lupus_evidence.vocabulary import Topic, using

BASES = Path(__file__).parent / "bases"
#: An invented base: two therapies, an outcome, and a sentence of an article.
SCLEROSIS = (
    "sclerosis",
    ("hsct", "cyclophosphamide"),
    "skin-response",
    "In systemic sclerosis 92 % were alive five years after their own stem cells.",
)
NEPHRITIS = (
    "nephritis",
    ("rituximab", "ciclosporin"),
    "any-remission",
    "With rituximab 90 % with membranous nephritis were in remission after two years.",
)
#: Words of the bundled topic that no output of another may have.
FOREIGN = re.compile(
    r"lupus|\bSLE\b|SLEDAI|\{(?:condition|field|specific)\}", re.IGNORECASE
)
OWN_NAME = re.compile(r"lupus[-_ ]evidence", re.IGNORECASE)


def commands(base, pair, outcome, sentence):
    """Yield every command on a base, as words."""
    folder = BASES / base
    first = min(p.stem for p in folder.glob("[a-z]*.yaml"))
    on = ("--studies", folder)
    forms = ("-f", "csv"), ("-f", "json"), ("-f", "markdown"), ("-f", "html"), ()
    for form in forms:
        yield ("list", *on, *form)
        yield ("table", *on, *form)
        yield ("compare", *pair, "--full", *on, *form)
        yield ("compare", *on, *form)
        yield ("forest", outcome, *on, *form)
        yield ("audit", "--claim", sentence, *on, *form)
        if form != ("-f", "csv"):
            yield ("show", first, "--full", *on, *form)
    if base == "sclerosis":
        yield ("curve", "overall-survival", "--full", *on)
    yield ("forest", outcome, "-f", "svg", "-o", "-", *on)
    yield ("flow", *on)
    yield ("check", folder)
    for form in ("ris", "bibtex", "csl-json", "jsonl"):
        yield ("export", "-f", form, *on)
    for kind in ("therapies", "endpoints", "scopes", "measures", "words", "checks"):
        yield ("explain", kind)
    for kind in ("findings", "verdicts", "times", "families"):
        yield ("explain", kind)
    yield ("explain", "E220")
    yield ("new", "doe-2026", "-o", "-")
    yield ("schema", "study")
    yield ("schema", "claims")
    yield ("--help",)
    for name in ("list", "table", "compare", "report", "init", "import", "explain"):
        yield (name, "--help")


@pytest.mark.thorough
@pytest.mark.parametrize("base", [SCLEROSIS, NEPHRITIS], ids=lambda base: base[0])
def test_no_command_speaks_of_another_topic(base, run, monkeypatch):
    """Every command on an invented base works, and says no word of lupus."""
    monkeypatch.setenv("LUPUS_EVIDENCE_STUDIES", str(BASES / base[0]))
    for words in commands(*base):
        result = run(*words)
        assert result.exit_code in (0, 1), (words, result.output)
        assert result.output.strip(), words
        found = FOREIGN.search(OWN_NAME.sub("", result.output))
        assert not found, (words, result.output[max(0, found.start() - 99) :][:200])


@pytest.mark.parametrize("base", [SCLEROSIS, NEPHRITIS], ids=lambda base: base[0])
def test_report_speaks_of_its_topic(base, run, tmp_path):
    """The page of an invented base has its title, and no word of lupus."""
    page = tmp_path / "report.html"
    result = run("report", "--studies", BASES / base[0], "-o", page)
    assert result.exit_code == 0, result.output
    text = page.read_text(encoding="utf-8")
    assert load(BASES / base[0]).topic.title in text
    assert not FOREIGN.search(OWN_NAME.sub("", text))


@pytest.mark.parametrize("base", [SCLEROSIS, NEPHRITIS], ids=lambda base: base[0])
def test_bundle_speaks_of_its_topic(base, run, tmp_path):
    """What is handed on of an invented base has the topic's names of columns."""
    folder = tmp_path / "bundle"
    result = run(
        "export", "-f", "datapackage", "-o", folder, "--studies", BASES / base[0]
    )
    assert result.exit_code == 0, result.output
    field = load(BASES / base[0]).topic.condition.field
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not FOREIGN.search(OWN_NAME.sub("", text)), file
    for name in ("studies", "arms"):
        head = (folder / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
        assert field in head.split(",")


@pytest.mark.parametrize("base", [SCLEROSIS, NEPHRITIS], ids=lambda base: base[0])
def test_imports_and_differences_speak_of_the_topic(base, run, tmp_path):
    """A base's own export is known to it, a new report gets its fields, and `diff`."""
    folder = tmp_path / "studies"
    shutil.copytree(BASES / base[0], folder)
    run("export", "-f", "ris", "-o", tmp_path / "all.ris", "--studies", folder)
    known = run("import", tmp_path / "all.ris", "-o", folder)
    assert ", 0 new" in known.output, known.output
    new = "TY  - JOUR\nAU  - Nielsen, N\nPY  - 2022\nTI  - Quite another\nER  - \n"
    (tmp_path / "new.ris").write_text(new, encoding="utf-8")
    added = run("import", tmp_path / "new.ris", "-o", folder)
    field = load(folder).topic.condition.field
    text = (folder / "nielsen-2022.yaml").read_text(encoding="utf-8")
    assert f"  {field}: ..." in text
    compared = run("diff", BASES / base[0], folder, "-t", base[1][0], "-t", base[1][1])
    assert compared.exit_code in (0, 1), compared.output
    for said in (known.output, added.output, text, compared.output):
        assert not FOREIGN.search(OWN_NAME.sub("", said))


def test_records_count_people_under_the_topics_name():
    """What a topic calls its condition is the field of its records, there and back."""
    base = load(BASES / "sclerosis")
    assert base.diagnostics == ()
    study = next(item.study for item in base.files if item.study.id == "franke-2010")
    assert study.population.with_condition == 16
    assert study.population.groups == {"lung_disease": 8}
    assert not study.results[0].condition_specific
    written = study.model_dump(mode="json", exclude_defaults=True)
    assert written["population"]["sclerosis"] == 16
    assert written["population"]["lung_disease"] == 8
    assert written["population"]["skin_score"]["mean"] == "25.3"
    assert written["results"][0]["sclerosis_specific"] is False


def test_other_topics_fields_are_no_fields():
    """A record of systemic sclerosis that counts lupus is told so, with its place."""
    text = (BASES / "sclerosis" / "anders-2008.yaml").read_text(encoding="utf-8")
    text = text.replace("sclerosis: 12", "lupus: 12")
    with using(load(BASES / "sclerosis").topic):
        (found,) = validate(Study, text, "anders-2008.yaml")
    assert (found.code, found.message) == ("E110", "there is no field population.lupus")
    assert text.splitlines()[found.place.line - 1][found.place.column - 1 :].startswith(
        "lupus"
    )


def test_wrong_values_are_named_as_the_record_names_them():
    """A condition's count that is no number is reported under the topic's field."""
    text = (BASES / "sclerosis" / "anders-2008.yaml").read_text(encoding="utf-8")
    text = text.replace("sclerosis: 12", "sclerosis: many").replace(
        "lung_disease: 6", "lung_disease: -1"
    )
    with using(load(BASES / "sclerosis").topic):
        found = validate(Study, text, "anders-2008.yaml")
    said = {item.message.partition(":")[0] for item in found}
    assert said == {"population.sclerosis", "population.lung_disease"}


def test_pooled_figures_do_not_depend_on_the_topic(run, tmp_path):
    """The same counts under another topic's names give the same pooled figures."""
    figures = {}
    for field in ("sclerosis", "lupus"):
        folder = tmp_path / field
        shutil.copytree(BASES / "sclerosis", folder)
        if field == "lupus":
            (folder / "_topic.yaml").write_text("extends: lupus\n", encoding="utf-8")
        for path in folder.glob("[a-z]*.yaml"):
            text = path.read_text(encoding="utf-8").replace("sclerosis", field)
            text = re.sub(r", lung_disease: \d+, skin_score: \{[^}]*\}", "", text)
            text = re.sub(r"^  - \{endpoint: skin.*\n", "", text, flags=re.MULTILINE)
            text = re.sub(r"(?s)measurements:.*", "", text)
            path.write_text(text, encoding="utf-8")
        result = run(
            "compare", "--studies", folder, "hsct", "cyclophosphamide", "-f", "csv"
        )
        assert result.exit_code == 0, result.output
        rows = [row.split(",") for row in result.stdout.splitlines()]
        figures[field] = [[*row[:2], *row[3:20]] for row in rows]
    assert figures["sclerosis"] == figures["lupus"]
    assert len(figures["lupus"]) > 5


WRONG = {
    "compare: [hsct, mcs]": ("E115", 2, "there is no therapy mcs in this topic"),
    "therapies: {hsct: {label: own cells, wider: hsct}}": (
        "E115",
        2,
        "the therapy would include itself",
    ),
    "outcomes: {death: {label: death, family: harm, verb: died, opposite: relapse}}": (
        "E115",
        2,
        "has another opposite",
    ),
    "times: [{months: 12, from: 9}, {months: 6, from: 3}]": ("E115", 2, "above it"),
    "times: [{months: 30, from: 9}, {months: 40, from: 18}]": ("E115", 2, "30 months"),
    "groups: {enrolled: {label: all, about: All.}}": ("E115", 2, "every record has"),
    "colour: blue": ("E110", 2, "there is no field colour"),
    "outcomes: {relapse: {phrases: ['(a+)+b']}}": ("E112", 2, "the phrase"),
    "outcomes: {relapse: {phrases: ['(came back']}}": ("E112", 2, "cannot be read"),
    "title: ...": ("E112", 2, "is still a blank"),
    'title: "\\e[31mred"': ("E112", 2, "printable characters"),
    "condition: {name: x, field: A-B}": ("E112", 2, "such as skin_score"),
    "score: {field: Skin, label: skin}": ("E112", 2, "such as skin_score"),
    "compare: [hsct": ("E102", 2, ""),
}


@pytest.mark.parametrize("line", WRONG)
def test_topics_errors_have_their_place(line):
    """What a topic says wrong is named with code, line and column."""
    code, number, message = WRONG[line]
    found = read_topic(f"extends: lupus\n{line}\n", "_topic.yaml")
    assert isinstance(found, list)
    assert all(isinstance(item, Diagnostic) for item in found)
    assert code in {item.code for item in found}
    (first, *_) = [item for item in found if item.code == code]
    assert message in first.message
    assert first.place.line >= number or code == "E102"


@pytest.mark.parametrize(
    "text",
    ["", "- a", "extends: gout\n", "a: &x 1\n", "\xff", "extends: [lupus]\n"]
    + [
        f"extends: lupus\n{line}\n"
        for line in (
            "condition: {name: x, field: enrolled}",
            "condition: null",
            "outcomes: null",
            "therapies: [1]",
            "times: []",
            "outcomes: {relapse: null}",
            "outcomes: {any-remission: {parts: [complete-remission]}}",
        )
    ],
)
def test_a_broken_topic_breaks_no_command(text, run, tmp_path):
    """Whatever the file holds, commands answer in words, and `check` says what."""
    shutil.copytree(BASES / "nephritis", tmp_path / "base")
    file = tmp_path / "base" / "_topic.yaml"
    file.write_bytes(text.encode("latin-1"))
    assert run("check", tmp_path / "base").exit_code == 1
    for words in (("list",), ("compare", "hsct", "msc")):
        result = run(*words, "--studies", tmp_path / "base")
        assert result.exit_code in (1, 2), result.output
        assert "Traceback" not in result.output


def test_errors_of_a_topic_are_told_by_check(run, tmp_path):
    """A base whose topic is wrong is checked all the same, and exits with 1."""
    folder = tmp_path / "base"
    shutil.copytree(BASES / "nephritis", folder)
    file = folder / "_topic.yaml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("[rituximab, ciclosporin]", "[rituximab, aspirin]"))
    result = run("check", folder)
    assert result.exit_code == 1
    assert "E115" in result.output
    assert "there is no therapy aspirin in this topic" in result.output


def test_records_alone_are_read_in_the_topic_above_them(run, tmp_path):
    """One record, named by itself or in a subfolder, has the topic of its base."""
    folder = tmp_path / "base"
    shutil.copytree(BASES / "sclerosis", folder)
    inner = folder / "older"
    inner.mkdir()
    moved = shutil.move(folder / "anders-2008.yaml", inner)
    assert run("check", moved).exit_code == 0
    assert "6 records" in run("check", folder).output


def test_base_without_topic_is_of_the_bundled_one_only_if_it_says_so(tmp_path):
    """Records that count people with lupus are of that topic; others of none."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "said").mkdir()
    text = (BASES / "sclerosis" / "anders-2008.yaml").read_text(encoding="utf-8")
    text = re.sub(r", lung_disease: \d+, skin_score: \{[^}]*\}", "", text)
    text = re.sub(r"^  - \{endpoint: skin.*\n", "", text, flags=re.MULTILINE)
    unsaid = text.replace("sclerosis: 12, ", "")
    (tmp_path / "plain" / "anders-2008.yaml").write_text(unsaid, encoding="utf-8")
    said = text.replace("sclerosis: 12", "lupus: 12")
    (tmp_path / "said" / "anders-2008.yaml").write_text(said, encoding="utf-8")
    plain, of_condition = load(tmp_path / "plain"), load(tmp_path / "said")
    assert plain.diagnostics == of_condition.diagnostics == ()
    assert plain.topic is unnamed_topic()
    assert not plain.topic.is_named
    assert of_condition.topic is bundled_topic()


def test_base_without_topic_names_no_condition(run, tmp_path):
    """Its pages speak of no disease, and `check` says that the topic is missing."""
    text = (BASES / "sclerosis" / "anders-2008.yaml").read_text(encoding="utf-8")
    text = re.sub(r", lung_disease: \d+, skin_score: \{[^}]*\}", "", text)
    text = re.sub(r"^  - \{endpoint: skin.*\n", "", text, flags=re.MULTILINE)
    text = text.replace("sclerosis: 12, ", "")
    (tmp_path / "anders-2008.yaml").write_text(text, encoding="utf-8")
    checked = run("check", tmp_path)
    assert checked.exit_code == 0
    assert "W521" in checked.output
    shown = run("compare", "hsct", "msc", "--studies", tmp_path)
    assert not FOREIGN.search(OWN_NAME.sub("", shown.output))


@pytest.mark.parametrize(
    ("base", "condition", "checked"),
    [("", "lupus", True), ("sclerosis", "systemic sclerosis", False)],
)
def test_how_many_fall_ill_is_asked_of_the_topics_condition(
    base, condition, checked, run, tmp_path
):
    """Known rates of lupus judge a claim about lupus and about nothing else."""
    page = tmp_path / "page.txt"
    page.write_text(
        f"The incidence of {condition} is 5 new cases per 100,000 a year.\n"
    )
    on = ("--studies", BASES / base) if base else ()
    said = run("audit", page, "--full", *on).output
    assert f"Read as: new cases of {condition}, 5 per 100,000 a year." in said
    assert ("Supported" in said) is checked
    assert ("no reference value" in said) is not checked


def test_an_import_without_a_topic_says_which_blanks_it_makes(run, tmp_path):
    """Nobody gets the bundled topic's fields without a word about it."""
    file = tmp_path / "new.ris"
    text = "TY  - JOUR\nAU  - Nielsen, N\nPY  - 2022\nTI  - Quite another\nER  - \n"
    file.write_text(text, encoding="utf-8")
    bare = run("import", file, "-o", tmp_path / "bare")
    assert "no _topic.yaml: blanks are those of the bundled topic, lupus" in bare.output
    run("init", tmp_path / "base", "--condition", "gout")
    own = run("import", file, "-o", tmp_path / "base" / "studies")
    assert "_topic.yaml" not in own.output


def test_what_is_kept_of_one_topic_is_not_another_ones():
    """The template's blanks follow the topic in force, whichever came first."""
    with using(load(BASES / "sclerosis").topic):
        assert ("population", "sclerosis") in template_blanks()
    with using(bundled_topic()):
        assert ("population", "lupus") in template_blanks()
        assert ("population", "sclerosis") not in template_blanks()


def test_null_takes_away_what_is_taken_over():
    """An entry set to null is gone; others keep their order, new ones come last."""
    found = read_topic(
        "extends: lupus\n"
        "condition: {name: scleroderma, field: ssc}\n"
        "measures: {sledai: null, skin: skin score}\n",
        "_topic.yaml",
    )
    assert isinstance(found, Topic)
    names = list(found.measures)
    usual = list(bundled_topic().measures)
    assert names == [*(name for name in usual if name != "sledai"), "skin"]
    assert found.whole == "ssc"
    assert found.endpoints["relapse"].lay == "Scleroderma came back"


def test_bundled_topic_is_read_from_its_own_file():
    """The records that come along have a topic like any other base."""
    assert load().topic is bundled_topic()
    assert load().topic.whole == load().topic.condition.field == "lupus"


def test_new_bases_can_be_checked_at_once(run, tmp_path):
    """`init` writes topic, record, page, hook, workflow; `check` finds no mistake."""
    folder = tmp_path / "base"
    made = run("init", folder, "--condition", "systemic sclerosis")
    assert made.exit_code == 0, made.output
    assert (folder / ".githooks" / "pre-commit").stat().st_mode & 0o111
    assert (folder / ".github" / "workflows" / "check.yml").is_file()
    record = (folder / "studies" / "doe-2026.yaml").read_text(encoding="utf-8")
    assert "systemic_sclerosis: ..." in record
    assert "lupus:" not in record
    checked = run("check", folder / "studies", "--strict")
    assert checked.exit_code == 0, checked.output
    assert "blanks left" in checked.output
    assert load(folder / "studies").topic.condition.name == "systemic sclerosis"


@pytest.mark.parametrize(
    "condition", ['a: b # {x} "y"', "Sjögren's syndrome", "ABOUT TITLE", "x-1 disease"]
)
def test_any_name_of_a_condition_is_kept(condition, run, tmp_path):
    """What stands in the new topic reads back as what was typed."""
    assert run("init", tmp_path / "b", "--condition", condition).exit_code == 0
    assert load(tmp_path / "b" / "studies").topic.condition.name == condition


@pytest.mark.parametrize("condition", ["", "12", "a\nb", "é" * 3, "x" * 300])
def test_what_is_no_condition_is_refused(condition, run, tmp_path):
    """Nothing is written, and the message says what to give."""
    result = run("init", tmp_path / "b", "--condition", condition)
    assert result.exit_code == 2
    assert not (tmp_path / "b").exists()


def test_new_bases_replace_nothing(run, tmp_path):
    """Files that are there stay, unless --force says otherwise."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path, "--condition", "gout")
    assert result.exit_code == 2
    assert "README.md" in result.output
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "studies").exists()
    assert run("init", tmp_path, "--condition", "gout", "--force").exit_code == 0


def test_completion_offers_names_of_the_folder_named():
    """What a shell offers is of the topic of --studies."""
    from lupus_evidence.cli.completing import complete_endpoint, complete_therapy

    line = SimpleNamespace(params={"studies": str(BASES / "nephritis")})
    assert [name for name, _ in complete_therapy(line, "")] == [
        "rituximab",
        "ciclosporin",
        "supportive-care",
    ]
    assert ("kidney-failure", "kidney failure") in complete_endpoint(line, "kid")
