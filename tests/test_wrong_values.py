"""Whatever is given, the answer is in words that say what to give instead."""

import copy
import json
import re
import shlex

import pytest
from pydantic import BaseModel

from lupus_evidence import api
from lupus_evidence.cli.app import COMMANDS, _built
from lupus_evidence.errors import EvidenceError
from lupus_evidence.records.claims import ClaimsFile
from lupus_evidence.records.field_types import WRITTEN
from lupus_evidence.records.load import load
from lupus_evidence.records.study import Base, Study
from lupus_evidence.records.validation import validate

#: How the libraries behind the program talk.
FOREIGN = re.compile(
    r"Value error|[Ii]nput should|valid (integer|number|string|dictionary|tuple|bool)"
    r"|unable to|Invalid value|Missing (argument|option|parameter)|No such option"
    r"|requires an argument|does not take|unexpected extra|instance of|\bNone\b|\bstr\b"
    r"|String should|pattern|permitted|Traceback"
)

WRONG = [
    ("list -f yaml", "there is no form 'yaml' here; there are: table"),
    ("list -f", "-f needs a value: Form of the output"),
    ("list --sort x", "There are: id, year, people, therapy, design"),
    ("list --since x", "--since takes a year from 1900 to 2100, such as 2015, and was"),
    ("list --since 2015.5", "--since takes a year"),
    ("list --since 20155", "such as 2015, and was given '20155'"),
    ("list --min-people x", "--min-people takes a whole number from 0 on, such as"),
    ("list --min-people -1", "--min-people takes a whole number"),
    ("list --width 5", "--width takes a number of columns from 20 on"),
    ("list --width wide", "--width takes a number of columns from 20 on"),
    ("list --therapy", "--therapy needs a value: Only this therapy"),
    ("list --force=yes", "--force takes no value"),
    ("list --fromat csv", "no option --fromat. Did you mean --format?"),
    ("list --qqqq", "no option --qqqq. See `lupus-evidence list --help`"),
    ("list -x", "no option -x."),
    ("list one two", "'one two' is more than is asked for"),
    ("table --at 5y", "--at takes months, such as 60, and was given '5y'"),
    ("table --at -3", "--at takes months, such as 60, and was given '-3'"),
    ("table --at 0", "--at takes months, such as 60, and was given '0'"),
    ("table --interval x", "--interval takes wilson, exact or jeffreys"),
    ("compare hsct msc --at -3", "--at takes months, such as 60"),
    ("compare hsct msc --at 12 --at 1.5", "months, such as 60, and was given '1.5'"),
    (
        "compare hsct msc --min-n 0",
        "--min-n takes a whole number from 1 on, such as",
    ),
    ("compare hsct msc --method x", "--method takes bayes, glmm, reml, "),
    ("compare hsct msc --overlap x", "--overlap takes largest, latest or keep-all"),
    ("compare hsct msc --tau-prior x", "--tau-prior takes a number from 0.01 to 10"),
    ("compare hsct msc --tau-prior 99", "--tau-prior takes a number from 0.01 to 10"),
    ("forest", "ENDPOINT is missing"),
    ("forest overall-survival --at -3", "--at takes months, such as 60"),
    ("forest", "ENDPOINT is missing"),
    ("show", "STUDY is missing: Names of studies"),
    ("show wang-2013 -f xml", "there is no form 'xml' here; there are: table"),
    ("export -f x", "there is no form 'x' here; there are: csv"),
    ("import", "FILE is missing"),
    ("import x -f x", "--format takes nbib, ris, bibtex, wos, endnote"),
    ("import x --alike y", "--alike takes all or numbers, such as 1,3, and was given"),
    ("import x --alike", "--alike needs a value: Write these of the reports"),
    ("import x --alike 3-1", "3-1 runs backwards: type 1-3"),
    ("import x --refresh -o -", "changes the records of a folder: leave -o - out"),
    ("import x --refresh=1", "--refresh takes no value"),
    ("check -f x", "there is no form 'x' here; there are: text, json"),
    ("audit 99", "there is no claim 99; the claims are 1 to "),
    ("audit 5-3", "5-3 runs backwards: type 3-5"),
    ("audit 3 --summary", "--summary leaves out what --full or a number asks for"),
    ("schema x", "schema takes study, claims or topic, and was given 'x'"),
    ("schema", "study, claims or topic is missing: What the schema"),
    ("report --scope kidney --scope lung", "name one --scope"),
    ("--qqqq", "no option --qqqq. See `lupus-evidence --help`"),
    ("--version=3", "--version takes no value"),
]


@pytest.mark.parametrize(("command", "said"), WRONG, ids=[wrong for wrong, _ in WRONG])
def test_a_wrong_command_line_is_told_what_is_taken(command, said, run):
    """One line on standard error, exit status 2, and no parser's wording."""
    done = run(*shlex.split(command))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not FOREIGN.search(done.stderr)


#: Options that take any text or any path.
ANYTHING = {
    "--output",
    "--retractions",
    "--studies",
    "--title",
    "--text",
    "--article",
    "--claim",
    "--claims",
    "--save-claims",
}
#: What each command cannot do without.
NEEDED = {
    "show": ["wang-2013"],
    "compare": ["hsct", "msc"],
    "forest": ["overall-survival"],
    "curve": ["overall-survival"],
    "import": ["x"],
    "diff": [".", "."],
    "new": ["doe-2099"],
    "schema": ["study"],
    "init": ["."],
}


def valued_options():
    """Yield every option of every command that takes a value of some kind."""
    for command in COMMANDS:
        for item in _built(command).params:
            name = max(item.opts, key=len)
            if name.startswith("--") and name not in ANYTHING and not item.is_flag:
                yield command, name


@pytest.mark.thorough
@pytest.mark.parametrize(("command", "option"), list(valued_options()))
def test_every_option_refuses_a_wrong_value_in_words(command, option, run):
    """Numbers, choices and names alike: the value or what is taken, in one line."""
    given = NEEDED.get(command, [])
    for value in ("?!", "-7.5"):
        done = run(command, *given, f"{option}={value}")
        assert done.exit_code == 2, (value, done.output)
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert value in done.stderr
        assert re.search("takes|there (is|are) no", done.stderr)
        assert not FOREIGN.search(done.stderr)


@pytest.mark.parametrize("months", [0, -3, float("nan")])
def test_the_library_refuses_months_that_are_none(months):
    """A time before the treatment, or at it, is no time after it."""
    with pytest.raises(EvidenceError, match="months should be more than 0"):
        api.select(load(), "msc", "overall-survival", months=months)


BAD = [None, True, "x", "", [], ["x"], {}, {"a": 1}, -5, 3, 10**12, "...", "x" * 70_000]


def places(value, path=()):
    """Yield the path of every value within a value."""
    items = value.items() if isinstance(value, dict) else ()
    for key, item in (*items, *(enumerate(value) if isinstance(value, list) else ())):
        yield (*path, key)
        yield from places(item, (*path, key))


def with_bad(value, path, bad):
    """Return a copy of a value with something else at a path."""
    changed = within = copy.deepcopy(value)
    for part in path[:-1]:
        within = within[part]
    within[path[-1]] = bad
    return changed


STUDY = {
    "id": "doe-2020",
    "title": "An invented trial",
    "citation": {
        "authors": ["Doe J"],
        "year": 2020,
        "doi": "10.1000/182",
        "pmid": "1",
        "pmcid": "PMC1",
        "url": "https://example.org",
    },
    "registrations": ["NCT00000001"],
    "design": "cohort",
    "status": "published",
    "reading": "registry",
    "setting": {
        "countries": ["SE"],
        "centres": ["X"],
        "recruitment": {"start": "2015"},
    },
    "population": {"enrolled": 9, "lupus": 9, "age": {"mean": "31.5"}},
    "arms": {"msc": {"therapy": "msc", "n": 9}},
    "follow_up": {"median": "30", "longest": 60},
    "results": [
        {
            "arm": "msc",
            "endpoint": "death",
            "at": {"months": 12, "basis": "visit"},
            "events": 1,
            "n": 9,
            "among": "treated",
            "ci": ["1", "2"],
            "acknowledged": {"E204": "as printed"},
        }
    ],
    "measurements": [{"measure": "sledai", "arm": "msc", "value": {"mean": "3"}}],
    "overlaps": [{"study": "roe-2021", "certainty": "likely", "because": "same"}],
}
CLAIMS = {
    "id": "a-page",
    "article": {"title": "A page", "url": "https://example.org", "seen": "2026-01"},
    "claims": [
        {"id": "one", "says": "Half.", "kind": "rate", "figures": [{"amount": "half"}]},
        {"id": "two", "says": "Cured.", "kind": "statement", "topic": "cure"},
    ],
}


@pytest.mark.parametrize(
    ("model", "value"),
    [
        (Study, STUDY),
        (ClaimsFile, CLAIMS),
        (Base, {"version": "1", "searched": "2026"}),
    ],
    ids=["study", "claims", "base"],
)
def test_every_wrong_value_of_a_record_is_answered_in_words(model, value):
    """Each field with each kind of wrong value: never the validator's wording."""
    answers = 0
    for path in places(value):
        for bad in BAD:
            text = json.dumps(with_bad(value, path, bad))
            found = validate(model, text, "doe-2020.yaml")
            for item in [] if isinstance(found, BaseModel) else found:
                assert not FOREIGN.search(f"{item.message} {item.hint}"), item
                assert len(item.hint) < 100
                answers += 1
    assert answers > len(list(places(value)))


@pytest.mark.parametrize(
    ("path", "bad", "said"),
    [
        (("citation", "year"), "x", "citation.year: should be a whole number"),
        (("citation", "year"), 20, "citation.year: should be 1950 or more"),
        (("citation", "authors"), "Doe J", "should be a list, such as [one, another]"),
        (
            ("citation", "doi"),
            "https://doi.org/10.1/x",
            "a DOI alone, such as 10.1000/",
        ),
        (("title",), "", "title: is empty"),
        (("arms",), [], "arms: should be fields of its own"),
        (("design",), "trial", "design: should be randomised-trial, controlled-trial,"),
        (("population", "enrolled"), 10**7, "should be 1000000 or less"),
        (("results", 0, "at"), "5y", "at.months: should be months, such as 60"),
        (("results", 0, "at", "months"), -3, "should be months, such as 60"),
        (("results", 0, "at", "months"), True, "should be months, such as 60"),
        (("results", 0, "at", "months"), "1e3", "should be months, such as 60"),
        (("results", 0, "at"), {"low": "x"}, "at.low: should be months, such as 60"),
        (("follow_up", "longest"), "2 years", "should be months, such as 60"),
        (("follow_up", "longest"), 5000, "should be 1200 or less"),
        (("setting", "countries", 0), "Sweden", "a country's two capital letters"),
    ],
)
def test_what_should_stand_there_is_said(path, bad, said):
    """The field by its path, then what it takes."""
    found = validate(Study, json.dumps(with_bad(STUDY, path, bad)), "doe-2020.yaml")
    assert said in found[0].message


def test_months_of_a_claim_are_months():
    """An article's "after 5 years" is 60."""
    figures = ("claims", 0, "figures")
    text = json.dumps(with_bad(CLAIMS, figures, [{"months": "5y"}]))
    said = [item.message for item in validate(ClaimsFile, text, "a-page.yaml")]
    assert "claims.0.figures.0.months: should be months, such as 60" in said


@pytest.mark.parametrize(
    ("text", "kind"), [("words", "text"), ("[1]", "a list"), ("3", "a number")]
)
def test_a_file_that_is_no_record_is_called_what_it_is(text, kind):
    """No name of a Python type."""
    (found,) = validate(Study, text, "doe-2020.yaml")
    assert found.message == f"the file is {kind}, not a record"


@pytest.mark.parametrize("model", [Study, ClaimsFile, Base])
def test_every_form_of_a_text_has_words(model):
    """No regular expression has to be shown to anybody."""
    schema = json.dumps(model.model_json_schema())
    used = map(json.loads, re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema))
    dates_and_decimals = {r"^[0-9]{4}(-[0-9]{2}){0,2}$", r"^[+-]?[0-9]+(\.[0-9]+)?$"}
    assert set(used) - dates_and_decimals <= set(WRITTEN)
