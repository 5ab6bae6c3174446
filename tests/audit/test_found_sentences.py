"""What is told of a figure that was found: place, time, denominator, source."""

import pytest

from lupus_evidence.render.audit.words import sentence

COMPLETE = "endpoint: complete-remission"
REMISSION = f"{COMPLETE}, among: treated"


def said(world, code, claim=40, head=""):
    """Return what a claim of remission at one year is told with a code, or None."""
    verdict = world.verdict(
        "kind: rate, therapy: msc, cites: doe-2015, figures: "
        f'[{{{COMPLETE}, months: 12, percent: "{claim}"}}]',
        head,
    )
    words = [sentence(f.words) for f in verdict.findings if f.code == code]
    return words[0] if words else None


@pytest.mark.parametrize(
    ("where", "place"), [("", ""), (", where: Table 2", " (Table 2)")]
)
def test_the_place_in_the_paper_is_told_where_it_is_known(world, where, place):
    """Without one the sentence ends at the study."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60{where}")
    assert said(world, "figure-found") == (
        f"The figure is real: it stands in doe-2015{place}."
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("at: 24", "The study gives the figure at 2 years."),
        ("at: {months: 24, basis: visit}", "The study gives the figure at 2 years."),
        (
            "at: {months: 24, basis: kaplan-meier}",
            "The study gives the figure at 2 years (read off a curve).",
        ),
        (
            "at: {months: 24, basis: median-follow-up}",
            "The figure was seen after 2 years (median follow-up).",
        ),
        (
            "at: {months: 24, basis: mean-follow-up}",
            "The figure was seen after 2 years (mean follow-up).",
        ),
        (
            "at: {months: 24, basis: best-ever}",
            "The figure was seen at some time within 2 years.",
        ),
        (
            "at: {months: 24, basis: longest}",
            "The figure was seen at some time within 2 years.",
        ),
        (
            "at: {basis: best-ever}",
            "The figure was seen at some time during follow-up.",
        ),
        ("note: No time.", "The study does not say when."),
    ],
)
def test_another_time_of_the_cited_study_is_told_as_what_it_is(world, at, words):
    """A visit gives a figure; a follow-up is when it was seen."""
    world.study("doe-2015", f"{REMISSION}, {at}, events: 24, n: 60")
    assert said(world, "other-time") == f"The article speaks of 1 year. {words}"


@pytest.mark.parametrize("whole", ["treated", "enrolled"])
def test_everybody_is_those_treated_or_those_who_entered(world, whole):
    """20 of 40 followed is 20 of 70 of those who should have been."""
    world.study(
        "doe-2015",
        f"{COMPLETE}, among: followed, at: 12, events: 20, n: 40",
        f"{COMPLETE}, among: {whole}, at: 12, events: 20, n: 70",
        n=70,
    )
    assert said(world, "wrong-kind-of-denominator", 50) == (
        f"The figure counts only the followed. Of everybody {whole}, 20 of 70 people "
        "(29 %, 19 to 40) were in complete remission at 1 year."
    )


@pytest.mark.parametrize(
    "other",
    [
        "endpoint: any-remission, among: treated, at: 12, events: 20, n: 60",
        f"{COMPLETE}, among: evaluable, at: 12, events: 20, n: 60",
        f"{COMPLETE}, among: treated, at: 24, events: 20, n: 60",
        (
            f"{COMPLETE}, among: treated, at: {{months: 12, basis: longest}}, "
            "events: 20, n: 60"
        ),
        f"{COMPLETE}, among: treated, at: 12, events: 30, n: 60",
    ],
)
def test_what_is_no_count_of_everybody_is_not_held_against_a_figure(world, other):
    """Another outcome, denominator or time is not it, nor is the same percentage."""
    line = f"{COMPLETE}, among: followed, at: 12, events: 20, n: 40"
    world.study("doe-2015", line, other)
    assert said(world, "wrong-kind-of-denominator", 50) is None


def test_a_study_without_controls_is_named(world):
    """Everybody got the treatment, and the article does not say so."""
    world.study("doe-2015", f"{REMISSION}, at: 12, events: 24, n: 60")
    assert said(world, "no-control-group") == (
        "In doe-2015 everybody got the treatment. Nobody knows how they would have "
        "done without it."
    )
    assert said(world, "no-control-group", head=", tells: [no-control]") is None


@pytest.mark.parametrize("own", [True, False])
def test_a_figure_seen_second_hand_names_its_study(world, own):
    """The reading of the figure counts, else that of the record."""
    line = f"{REMISSION}, at: 12, events: 24, n: 60"
    world.study("doe-2015", f"{line}, reading: secondary" if own else line)
    path = world.records / "doe-2015.yaml"
    text = path.read_text(encoding="utf-8")
    if not own:
        text = text.replace("reading: primary-abstract", "reading: secondary")
    path.write_text(text, encoding="utf-8")
    assert said(world, "second-hand") == (
        "This figure of doe-2015 was seen only in another source, such as a press "
        "release or a review."
    )


@pytest.mark.parametrize(
    ("population", "share"),
    [
        ({"n": 60, "lupus": 20}, ": 20 of 60 people had lupus"),
        ({"n": 60, "lupus": "null"}, ""),
        ({"n": "null", "lupus": 20}, ""),
    ],
)
def test_a_figure_for_several_diseases_says_what_is_known_of_lupus(
    world, population, share
):
    """How many have lupus is told where both numbers are known."""
    line = f"{REMISSION}, at: 12, events: 24, n: 60, lupus_specific: false"
    world.study("doe-2015", line, **population)
    assert said(world, "other-disease") == (
        f"doe-2015 has this figure, but for several diseases{share}."
    )
