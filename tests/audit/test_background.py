"""Claims about the disease: a figure beside its sources, by arithmetic."""

import pytest
from audit.made import background, codes, told

YEARLY = "per-100000-a-year"
WOMEN = "women-per-man"
SICK = "in 100,000 people fall ill in a year"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("5", "contradicted"),
        ("5.5", "understated"),
        ("7.5", "understated"),
        ("8", "supported"),
        ("12", "supported"),
        ("12.5", "overstated"),
        ("19.5", "overstated"),
        ("20", "contradicted"),
    ],
)
def test_the_ends_of_a_range_and_twice_and_half_of_the_value(world, value, word):
    """Beside 10 (8 to 12), 8 to 12 fit; up to 5 and from 20 on it is contradicted."""
    source = f'value: "10", low: "8", high: "12", unit: {YEARLY}'
    assert world.verdict(background("incidence", value, YEARLY, source)).word == word


@pytest.mark.parametrize(
    ("value", "word"),
    [("4", "understated"), ("5", "supported"), ("6", "supported"),
     ("8", "supported"), ("8.5", "overstated")],
)  # fmt: skip
def test_between_two_sources_is_within_them(world, value, word):
    """Sources of 5 and of 8: 6 is above one and below the other, and fits."""
    sources = (f'value: "{each}", unit: {YEARLY}' for each in (5, 8))
    verdict = world.verdict(background("incidence", value, YEARLY, *sources))
    assert verdict.word == word


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("incidence", YEARLY, f"{{}} {SICK}"),
        ("incidence", "per-100000", f"{{}} {SICK}"),
        ("incidence", "percent", "{} % fall ill in a year"),
        ("prevalence", "per-100000", "{} in 100,000 people live with it"),
        ("prevalence", "percent", "{} % live with it"),
        ("symptom-prevalence", "percent", "{} % have such symptoms"),
        ("sex-ratio", WOMEN, "{} women to each man"),
    ],
)
def test_every_quantity_has_its_words_in_every_unit(world, quantity, unit, words):
    """A value, a value with its interval and a range; the whole in the source's unit.

    The interval stands behind the unit where that is a percent sign.
    """
    verdict = world.verdict(
        background(
            *(quantity, "10", unit),
            f'value: "10", unit: {unit}',
            f'value: "10", low: "8", high: "12", unit: {unit}',
            f'low: "9", high: "11", unit: {unit}, note: As printed.',
        )
    )
    interval = words.replace("{} %", "10 % (8 to 12)").replace("{}", "10 (8 to 12)")
    assert verdict.word == "supported"
    assert told(verdict) == [
        f"Other sources: {words.format('8 to 12')}.",
        f"Source 1: {words.format('10')}.",
        f"Source 2: {interval}.",
        f"Source 3: {words.format('9 to 11')}. As printed.",
    ]
    assert [finding.links for finding in verdict.findings] == [
        (f"https://doi.org/10.1000/{number}",) for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("claim", "word", "said"),
    [
        (
            background(
                *("incidence", "0.5", "percent", f'value: "5", unit: {YEARLY}'),
                'quantity: prevalence, value: "50", unit: per-100000',
            ),
            "contradicted",
            [
                (
                    f"Source 1: 5 {SICK}. The article's 0.5 % is 500 in 100,000, 100 "
                    "times that."
                ),
                f"Source 1: 5 {SICK}. The article's figure is 100 times that.",
                (
                    "Source 2: 50 in 100,000 people live with it. The article's figure "
                    "is 10 times that."
                ),
            ],
        ),
        (
            background(
                *("prevalence", "2000", "per-100000"),
                'value: "2", low: "1", high: "2.5", unit: percent',
            ),
            "supported",
            [
                "Other sources: 1 to 2.5 % live with it.",
                "Source 1: 2 % (1 to 2.5) live with it.",
            ],
        ),
        (
            background("incidence", "1", YEARLY, f'value: "5", unit: {YEARLY}'),
            "contradicted",
            [f"Source 1: 5 {SICK}. That is 5 times the article's figure."] * 2,
        ),
        (
            background(
                "incidence", "5", YEARLY,
                'quantity: prevalence, value: "5", unit: percent',
            ),
            "not checkable",
            ["There is no reference value to compare this with."],
        ),
    ],
)  # fmt: skip
def test_units_are_brought_to_one_scale(world, claim, word, said):
    """1 % is 1,000 in 100,000; another quantity is shown and decides nothing."""
    verdict = world.verdict(claim)
    assert verdict.word == word
    assert told(verdict) == said


@pytest.mark.parametrize(
    ("value", "source", "word", "said"),
    [
        (
            *("6", 'value: "18", to: "2"', "contradicted"),
            (
                "9 women to each man (printed as 18 to 2). The article's 6 to 2 makes "
                "3; the source's figure is 3 times that."
            ),
        ),
        (
            *("24", 'value: "6"', "contradicted"),
            "6 women to each man. The article's 24 to 2 makes 12, 2 times that.",
        ),
        (
            *("24", 'low: "2", high: "9"', "contradicted"),
            "2 to 9 women to each man. The article's 24 to 2 makes 12, above that.",
        ),
        (
            *("2", 'low: "2", high: "9"', "contradicted"),
            "2 to 9 women to each man. The article's 2 to 2 makes 1, below that.",
        ),
    ],
)
def test_a_ratio_is_divided_out(world, value, source, word, said):
    """Printed as 18 to 2, it is 9 to 1; a range only says on which side."""
    claim = background(
        "sex-ratio", value, WOMEN, f"{source}, unit: {WOMEN}", more=', to: "2"'
    )
    verdict = world.verdict(claim)
    assert verdict.word == word
    assert told(verdict)[0] == f"Source 1: {said}"


@pytest.mark.parametrize(
    ("value", "word", "side"),
    [("50", "contradicted", "above"), ("9", "understated", "below"),
     ("10", "supported", None), ("20", "supported", None)],
)  # fmt: skip
def test_a_range_without_a_value_has_only_sides(world, value, word, side):
    """Beside 10 to 20 %; within it, no source gives the very value."""
    source = 'low: "10", high: "20", unit: percent'
    verdict = world.verdict(background("symptom-prevalence", value, "percent", source))
    assert verdict.word == word
    if side:
        assert told(verdict)[0] == (
            "Source 1: 10 to 20 % have such symptoms. The article's figure is "
            f"{side} that."
        )
    assert ("no-source-for-figure" in codes(verdict)) is (side is None)


@pytest.mark.parametrize(
    ("value", "sources", "word", "more"),
    [
        ("12", ("10", "24"), "supported, context missing",
         ["no-source-for-figure", "sources-differ"]),
        ("19", ("10", "20"), "supported", []),
        ("12", ("10", "20"), "supported", ["no-source-for-figure"]),
        ("10.5", ("10", "20.1"), "supported, context missing", ["sources-differ"]),
    ],
)  # fmt: skip
def test_sources_that_differ_more_than_twofold_are_context(
    world, value, sources, word, more
):
    """Twice as much still agrees; within 5 % of a source is what it gives."""
    rows = (f'value: "{each}", unit: percent' for each in sources)
    verdict = world.verdict(background("prevalence", value, "percent", *rows))
    assert (verdict.word, codes(verdict)[2:]) == (word, more)


def test_how_far_sources_differ_is_told(world):
    """Between 10.6 and 96.4 % anything fits; that is not plain support."""
    source = 'low: "10.6", high: "96.4", unit: percent'
    verdict = world.verdict(background("symptom-prevalence", "45", "percent", source))
    assert verdict.word == "supported, context missing"
    assert told(verdict)[-1] == (
        "The highest of these is 9.1 times the lowest: it depends on whom and what one "
        "counts."
    )
