"""What a study file may say, and what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import study_text
from pydantic import ValidationError

from lupus_evidence.records import study_parts
from lupus_evidence.records.field_types import Reported
from lupus_evidence.records.load import load
from lupus_evidence.records.study import Arm, Measurement, Overlap, Result, Study, Time
from lupus_evidence.records.validation import validate

MINIMAL = {
    "id": "doe-2020",
    "title": "An invented trial",
    "citation": {},
    "design": "cohort",
    "status": "published",
    "reading": "primary-abstract",
    "population": {},
    "arms": {"msc": {"therapy": "msc"}},
}


def result(**fields):
    """Validate a result with some fields."""
    return Result.model_validate({"endpoint": "relapse"} | fields)


def test_the_least_that_a_study_says():
    """Eight fields make a study; everything else may be unknown."""
    study = Study.model_validate(MINIMAL)
    assert study.results == study.measurements == study.overlaps == ()
    assert study.citation.year is None
    assert study.population.enrolled is None


@pytest.mark.parametrize("field", MINIMAL)
def test_each_of_those_is_needed(field):
    """Without any one of them it is no study."""
    rest = {name: value for name, value in MINIMAL.items() if name != field}
    with pytest.raises(ValidationError, match=field):
        Study.model_validate(rest)


def test_models_cannot_be_changed():
    """What was checked is what is used."""
    study = Study.model_validate(MINIMAL)
    with pytest.raises(ValidationError, match="frozen"):
        study.title = "Another"


@pytest.mark.parametrize("at", [24, "24", {"months": 24}, {"months": "24"}])
def test_a_bare_number_is_a_visit_at_that_month(at):
    """``at: 24`` stands for a fixed visit at 24 months."""
    assert result(at=at).at == Time(months=24, basis="visit")


@pytest.mark.parametrize("at", [True, "a year", -1, [24], {"month": 24}, 1201, "nan"])
def test_what_is_no_time_is_refused(at):
    """A time is a number of months from 0 to 100 years, or a mapping."""
    with pytest.raises(ValidationError):
        result(at=at)


@pytest.mark.parametrize("percent", ["31.0", 31])
def test_percent_is_kept_as_printed(percent):
    """A percentage is a printed number, decimals and all."""
    assert result(percent=percent).percent == Reported(str(percent))


@pytest.mark.parametrize("percent", ["31 %", "31,0", True, 31.0, None.__class__, "1e2"])
def test_what_is_no_printed_number_is_refused(percent):
    """No signs, no commas, no floats that have lost their digits."""
    with pytest.raises(ValidationError):
        result(percent=percent)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"endpoint": "remision"}, "endpoint"),
        ({"among": "everybody"}, "among"),
        ({"kind": "guess"}, "kind"),
        ({"scope": "liver"}, "scope"),
        ({"level": 100}, "level"),
        ({"ci": ["1", "2", "3"]}, "ci"),
        ({"ci": ["1"]}, "ci"),
        ({"events": -1}, "events"),
        ({"n": "20"}, "n"),
        ({"where": ""}, "where"),
        ({"note": "x" * 4001}, "note"),
        ({"acknowledged": {"E2": "why"}}, "acknowledged"),
        ({"acknowledged": {"E204": ""}}, "acknowledged"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_result_refuses(fields, where):
    """A wrong value is refused and named."""
    with pytest.raises(ValidationError) as caught:
        result(**fields)
    assert where in caught.value.errors()[0]["loc"]


def test_a_misspelt_word_is_answered_with_the_nearest():
    """The message offers the endpoint that was meant."""
    with pytest.raises(ValidationError, match="complete-remission"):
        result(endpoint="complete-remision")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (study_parts.Citation, {"doi": "https://doi.org/10.1/2"}),
        (study_parts.Citation, {"doi": "10.1000/a b"}),
        (study_parts.Citation, {"pmid": "PMID 1"}),
        (study_parts.Citation, {"pmcid": "123"}),
        (study_parts.Citation, {"url": "javascript:alert(1)"}),
        (study_parts.Citation, {"url": "ftp://example.org"}),
        (study_parts.Citation, {"year": 20}),
        (study_parts.Citation, {"year": "2020"}),
        (study_parts.Setting, {"countries": ["Sweden"]}),
        (study_parts.Setting, {"countries": ["se"]}),
        (study_parts.Recruitment, {"start": "2010-13"}),
        (study_parts.Recruitment, {"start": "2010-02-30"}),
        (study_parts.Recruitment, {"start": "spring 2010"}),
        (study_parts.Recruitment, {"start": "２０１０"}),
        (Arm, {"therapy": "stem cells"}),
        (Overlap, {"study": "Wang 2013", "certainty": "likely", "because": "x"}),
        (Overlap, {"study": "wang-2013", "certainty": "perhaps", "because": "x"}),
        (Measurement, {"measure": "weight"}),
    ],
)
def test_parts_refuse(model, fields):
    """Identifiers, dates, countries and names have one form each."""
    with pytest.raises(ValidationError):
        model.model_validate(fields)


@pytest.mark.parametrize("date", ["2010", 2010, "2010-02", "2012-02-29"])
def test_dates_are_as_exact_as_the_source(date):
    """A year, a month or a day that exists."""
    assert study_parts.Recruitment.model_validate({"start": date}).start == str(date)


@pytest.mark.parametrize("name", ["../evil", "Doe-2020", "doe_2020", "-doe", "a", ""])
def test_an_id_can_be_a_file_name(name):
    """No path, no capitals, no odd hyphens."""
    with pytest.raises(ValidationError, match="id"):
        Study.model_validate(MINIMAL | {"id": name})


def test_a_study_has_no_thousand_arms():
    """Each result is held against every arm, so their number has a limit."""
    arms = {f"arm-{number}": {"therapy": "msc"} for number in range(101)}
    with pytest.raises(ValidationError, match="at most 100 arms, not 101"):
        Study.model_validate(MINIMAL | {"arms": arms})
    arms.popitem()
    assert len(Study.model_validate(MINIMAL | {"arms": arms}).arms) == 100


def test_a_study_has_an_arm():
    """Without an arm there is no therapy."""
    with pytest.raises(ValidationError, match="arms"):
        Study.model_validate(MINIMAL | {"arms": {}})


@given(st.integers(0, 1_000_000), st.integers(0, 100))
def test_counts_and_percentages_survive_export(events, percent):
    """What is written out as JSON is read back the same."""
    before = result(events=events, percent=f"{percent}.0", ci=["1.0", "99.50"])
    assert Result.model_validate(before.model_dump(mode="json")) == before


def test_every_bundled_study_survives_export():
    """A record written as JSON values is the record that was read."""
    for study in load().studies:
        assert Study.model_validate(study.model_dump(mode="json")) == study


def test_invented_record_is_valid():
    """The record that other tests change is without fault."""
    assert isinstance(validate(Study, study_text(), "doe-2020.yaml"), Study)
