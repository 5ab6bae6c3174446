"""What an audit says, word for word where a word or a figure could be lost."""

import pytest

from lupus_evidence.audit.compared import links_of
from lupus_evidence.audit.sentences import duration, named, outcome_verb, when
from lupus_evidence.claims import Source
from lupus_evidence.models import Result
from lupus_evidence.render.audit.words import sentence


def text_of(verdict, code):
    """Return the sentence of a verdict's first finding with a code."""
    return next(sentence(f.words) for f in verdict.findings if f.code == code)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 month"),
        (6, "6 months"),
        (4.5, "4.5 months"),
        (12, "1 year"),
        (27, "27 months"),
        (48, "4 years"),
    ],
)
def test_a_time_is_said_as_people_say_it(months, words):
    """Whole years are years, everything else is months, and one is singular."""
    assert duration(months) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, ", at a time that is not stated"),
        ({"basis": "longest", "high": 60}, " at some time during follow-up"),
        ({"months": 12, "basis": "visit"}, " at 1 year"),
        ({"months": 60, "basis": "kaplan-meier"}, " at 5 years (read off a curve)"),
        (
            {"months": 27, "basis": "mean-follow-up"},
            " after 27 months (mean follow-up)",
        ),
        (
            {"months": 30, "basis": "median-follow-up"},
            " after 30 months (median follow-up)",
        ),
        ({"months": 24, "basis": "best-ever"}, " at some time within 2 years"),
        ({"months": 24, "basis": "longest"}, " at some time within 2 years"),
    ],
)
def test_what_kind_of_time_it_is_stands_beside_it(at, words):
    """A visit, a curve, a middle of follow-up and "ever" are not the same."""
    assert when(Result.model_validate({"endpoint": "death", "at": at})) == words


@pytest.mark.parametrize(
    ("endpoint", "name", "scope", "words"),
    [
        ("complete-remission", None, "lupus", "were in complete remission"),
        ("complete-remission", None, "kidney", ("were in complete remission of the "
         "kidney")),
        ("any-remission", None, "lung", ("were in complete or partial remission of the "
         "lung")),
        ("any-response", None, "lupus", "responded"),
        ("any-response", None, "kidney", "responded in the kidney"),
        ("no-response", None, "blood", "did not respond in the blood"),
        ("death", None, "kidney", "died"),
        ("other-harm", "flare of gout", "lupus", "had this: flare of gout"),
    ],
)  # fmt: skip
def test_what_people_had_is_said_with_its_organ(endpoint, name, scope, words):
    """An organ belongs to a remission or response; a named harm keeps its name."""
    assert outcome_verb(endpoint, name, scope) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_in_a_sentence(names, words):
    """Commas, and one "and" before the last."""
    assert named(names) == words


def test_every_identifier_of_a_source_becomes_an_address():
    """A reader can follow DOI, PubMed, PubMed Central and page alike."""
    source = Source.model_validate(
        {
            "label": "Doe",
            "unit": "percent",
            "doi": "10.1000/182",
            "pmid": "12345678",
            "pmcid": "PMC1234567",
            "url": "https://example.org/page",
        }
    )
    assert links_of(source) == (
        "https://doi.org/10.1000/182",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/",
        "https://example.org/page",
    )


ACCOUNT = "kind: statement, topic: study-account, therapies: [msc], cites: doe-2015"


def test_an_account_with_everything_right_is_supported(world):
    """The sentence names the people once where all of them have lupus."""
    world.study("doe-2015", "endpoint: relapse, at: 12, events: 0, n: 60")
    claim = f"{ACCOUNT}, people: 60"
    verdict = world.verdict(claim, head=", tells: [no-control]")
    assert verdict.word == "supported"
    assert sentence(verdict.sentence) == "doe-2015 has 60 people."
    assert [finding.code for finding in verdict.findings] == ["study-found"]
    assert text_of(verdict, "study-found") == "The study exists: doe-2015."
    place = verdict.findings[0].evidence[0].place
    assert place.line == 7


def test_an_account_names_age_and_women_that_differ(world):
    """Both printed figures stand beside the article's, each at its own line."""
    world.study(
        "doe-2015", lupus="40, age: {median: '33'}, female_percent: '91.5'"
    )  # fmt: skip
    claim = f'{ACCOUNT}, people: 61, median_age: "30", female_percent: "90"'
    verdict = world.verdict(claim, head=", tells: [no-control]")
    differ = [f for f in verdict.findings if f.code == "detail-differs"]
    assert [sentence(f.words) for f in differ] == [
        "The study has 60 people; the article says 61.",
        "The study prints median age 33; the article says 30.",
        "The study prints 91.5 % women; the article says 90.",
    ]
    assert [f.evidence[0].about for f in differ] == [
        "enrolled",
        "age",
        "female_percent",
    ]
    said = sentence(verdict.sentence)
    assert said == "doe-2015 has 60 people, 40 of them with lupus."


@pytest.mark.parametrize(
    ("people", "code"), [(66, "detail-differs"), (54, "detail-differs"),
                         (67, "people-differ"), (53, "people-differ")]
)  # fmt: skip
def test_a_tenth_more_or_fewer_people_is_still_the_same_study(
    world, codes, people, code
):
    """60 people may be told as 54 to 66."""
    world.study("doe-2015")
    assert code in codes(world.verdict(f"{ACCOUNT}, people: {people}"))


@pytest.mark.parametrize(("lupus", "mixed"), [(29, True), (30, False)])
def test_half_with_lupus_is_still_a_study_of_lupus(world, codes, lupus, mixed):
    """Of 60 people, 30 with lupus are half, 29 are not."""
    world.study("doe-2015", lupus=lupus)
    found = codes(world.verdict(f"{ACCOUNT}, people: 60"))
    assert ("other-disease" in found) is mixed


def test_the_outcome_of_an_account_is_of_its_own_time(world):
    """Remission at 12 months is not quoted for a claim about 60."""
    world.study(
        "doe-2015",
        "endpoint: relapse, at: 12, events: 6, n: 60, among: treated",
        "endpoint: relapse, at: 60, events: 12, n: 60, among: treated",
    )
    claim = f"{ACCOUNT}, outcome: {{endpoint: relapse, months: {{}}}}"
    late = world.verdict(claim.replace("{}", "60"))
    assert sentence(late.sentence) == (
        "doe-2015 has 60 people. 12 of 60 people (20 %, 12 to 32) relapsed at 5 years."
    )
    assert late.rests_on == (("doe-2015", 1),)
    early = world.verdict(claim.replace("{}", "12"))
    assert early.rests_on == (("doe-2015", 0),)
    assert world.verdict(claim.replace("{}", "24")).rests_on == ()


SCORE = "Disease activity score (SLEDAI)"
FELL = (
    "kind: direction, therapy: msc, changes: [{measures: [sledai], direction: falls}]"
)


def measured(*lines):
    """Return the measurements part of a record."""
    rows = "".join(f"  - {{arm: cells, measure: sledai, {line}}}\n" for line in lines)
    return f"measurements:\n{rows}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            'at: 12, baseline: {mean: "10"}, value: {median: "6"}, unit: points',
            (
                f"{SCORE} fell in doe-2015. Seen in doe-2015. For example, from 10 to "
                f"6 "
                "points at 1 year in doe-2015."
            ),
        ),
        (
            'at: 6, change: {mean: "-4"}, unit: points',
            (
                f"{SCORE} fell in doe-2015. Seen in doe-2015. For example, a change of "
                f"-4 "
                "points at 6 months in doe-2015."
            ),
        ),
        (
            "at: 6, direction: falls",
            (
                f"{SCORE} fell in doe-2015. Seen in doe-2015. This is said in words "
                f"only, "
                "without figures."
            ),
        ),
        (
            'at: 6, baseline: {mean: "10"}, value: {mean: "10"}',
            (
                f"{SCORE} fell in 0 of 1 study that follows it; it did not change in "
                f"1. "
                "Not so in doe-2015 (it did not change)."
            ),
        ),
        (
            'at: 6, baseline: {mean: "10"}, value: {mean: "10.5"}',
            (
                f"{SCORE} fell in 0 of 1 study that follows it; it rose in 1. "
                "Not so in doe-2015 (it rose)."
            ),
        ),
    ],
)
def test_a_direction_is_told_with_its_figures(world, line, words):
    """From where to where, in which unit, when and in which study."""
    world.study("doe-2015", more=measured(line))
    verdict = world.verdict(FELL, head=", tells: [no-control]")
    kept = [f for f in verdict.findings if f.code != "study-not-named"]
    rows = [verdict.sentence, *(finding.words for finding in kept)]
    assert " ".join(sentence(row) for row in rows) == words


def test_controls_that_only_words_describe_are_told_in_words(world):
    """A control arm without figures is "in words only", with its time."""
    arms = "  cells: {therapy: uc-msc, n: 30}\n  placebo: {therapy: placebo, n: 30}"
    both = measured('at: 6, baseline: {mean: "9"}, value: {mean: "4"}')
    other = "  - {arm: placebo, measure: sledai, at: 6, direction: falls}\n"
    world.study("trial-2017", design="randomised-trial", arms=arms, more=both + other)
    assert text_of(world.verdict(FELL), "controls-changed-too") == (
        "People without the treatment changed the same way: in trial-2017, with the "
        "treatment from 9 to 4 at 6 months, without it in words only at 6 months."
    )


def test_a_control_at_another_time_is_no_comparison(world, codes):
    """What controls did at 12 months is not held against 6 months of treatment."""
    arms = "  cells: {therapy: uc-msc, n: 30}\n  placebo: {therapy: placebo, n: 30}"
    both = measured('at: 6, baseline: {mean: "9"}, value: {mean: "4"}')
    other = "  - {arm: placebo, measure: sledai, at: 12, direction: falls}\n"
    world.study("trial-2017", design="randomised-trial", arms=arms, more=both + other)
    assert "controls-changed-too" not in codes(world.verdict(FELL))


def test_measurements_of_other_diseases_and_without_direction_are_passed_over(world):
    """The one usable measurement behind two others still counts."""
    lines = (
        'at: 6, value: {mean: "4"}',
        "at: 6, direction: rises, lupus_specific: false",
        "at: 3, direction: falls",
    )
    world.study("doe-2015", more=measured(*lines))
    said = sentence(world.verdict(FELL).sentence)
    assert said == "Disease activity score (SLEDAI) fell in doe-2015."


DOSE = (
    "kind: background, quantity: cells-per-dose, therapy: uc-msc, "
    'value: "{}", unit: million-cells'
)


def test_a_dose_given_to_everybody_is_compared_as_it_is(world):
    """200 million are 4 times 50 million, whatever a person weighs."""
    arms = "  cells: {therapy: uc-msc, n: 60, dose: 200 million cells}"
    world.study("doe-2015", arms=arms)
    verdict = world.verdict(DOSE.format(50))
    assert verdict.word == "not found"
    said = sentence(verdict.sentence)
    assert "Most often it was 200 million cells, given to everybody, that is" in said
    assert "4 times the article's figure." in said
    fits = world.verdict(DOSE.format(200))
    assert sentence(fits.sentence) == "200 million cells fits the dose in doe-2015."


@pytest.mark.parametrize(("value", "word"), [(50, "supported"), (90, "supported"),
                         (49, "not found"), (91, "not found")])  # fmt: skip
def test_a_dose_per_kg_reaches_from_a_light_to_a_heavy_adult(world, value, word):
    """One million per kg is 50 to 90 million, ends included."""
    arms = "  cells: {therapy: uc-msc, n: 60, dose: 1 million cells per kg}"
    world.study("doe-2015", arms=arms)
    assert world.verdict(DOSE.format(value)).word == word
