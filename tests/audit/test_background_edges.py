"""The ends of what sources give, and who says what with which unit."""

import pytest
from audit.made import background as claim
from audit.made import told

YEARLY = "per-100000-a-year"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("4.5", "contradicted"),
        ("5", "contradicted"),
        ("5.5", "understated"),
        ("7.5", "understated"),
        ("8", "supported"),
        ("12", "supported"),
        ("12.5", "overstated"),
        ("19.5", "overstated"),
        ("20", "contradicted"),
        ("20.5", "contradicted"),
    ],
)
def test_the_ends_of_a_range_and_twice_and_half_of_the_value(world, value, word):
    """Beside 10 (8 to 12), 8 to 12 fit; up to 5 and from 20 on it is contradicted."""
    source = f'value: "10", low: "8", high: "12", unit: {YEARLY}'
    assert world.verdict(claim("incidence", value, YEARLY, source)).word == word


@pytest.mark.parametrize(
    ("value", "word"),
    [("4", "understated"), ("5", "supported"), ("6", "supported"),
     ("8", "supported"), ("8.5", "overstated")],
)  # fmt: skip
def test_between_two_sources_is_within_them(world, value, word):
    """Sources of 5 and of 8: 6 is above one and below the other, and fits."""
    sources = (f'value: "{each}", unit: {YEARLY}' for each in (5, 8))
    assert world.verdict(claim("incidence", value, YEARLY, *sources)).word == word


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("incidence", YEARLY, "{} in 100,000 people fall ill in a year"),
        ("incidence", "per-100000", "{} in 100,000 people fall ill in a year"),
        ("incidence", "percent", "{} % fall ill in a year"),
        ("prevalence", "per-100000", "{} in 100,000 people live with it"),
        ("prevalence", "percent", "{} % live with it"),
        ("symptom-prevalence", "percent", "{} % have such symptoms"),
        ("sex-ratio", "women-per-man", "{} women to each man"),
    ],
)
def test_every_quantity_has_its_words_in_every_unit(world, quantity, unit, words):
    """A value, a value with its interval and a range; the whole in the source's unit.

    The interval stands behind the unit where that is a percent sign.
    """
    verdict = world.verdict(
        claim(
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


def test_a_percentage_beside_cases_in_a_hundred_thousand(world):
    """0.5 % is 500 in 100,000: 100 times 5, and 10 times a prevalence of 50."""
    verdict = world.verdict(
        claim(
            *("incidence", "0.5", "percent"),
            f'value: "5", unit: {YEARLY}',
            'quantity: prevalence, value: "50", unit: per-100000',
        )
    )
    assert verdict.word == "contradicted"
    assert told(verdict) == [
        (
            "Source 1: 5 in 100,000 people fall ill in a year. The article's 0.5 % is "
            "500 in 100,000, 100 times that."
        ),
        (
            "Source 1: 5 in 100,000 people fall ill in a year. The article's figure "
            "is 100 times that."
        ),
        (
            "Source 2: 50 in 100,000 people live with it. The article's figure is 10 "
            "times that."
        ),
    ]


def test_cases_in_a_hundred_thousand_beside_a_percentage(world):
    """2,000 in 100,000 are 2 %, which lies within 1 to 2.5 %."""
    source = 'value: "2", low: "1", high: "2.5", unit: percent'
    verdict = world.verdict(claim("prevalence", "2000", "per-100000", source))
    assert verdict.word == "supported"
    assert told(verdict) == [
        "Other sources: 1 to 2.5 % live with it.",
        "Source 1: 2 % (1 to 2.5) live with it.",
    ]


def test_a_ratio_is_told_as_printed_and_divided_out(world):
    """18 to 2 is 9, and 3 times the article's 6 to 2."""
    verdict = world.verdict(
        claim(
            *("sex-ratio", "6", "women-per-man"),
            'value: "18", to: "2", unit: women-per-man',
            more=', to: "2"',
        )
    )
    assert verdict.word == "contradicted"
    assert told(verdict) == [
        (
            "Source 1: 9 women to each man (printed as 18 to 2). The article's 6 to 2 "
            "makes 3; the source's figure is 3 times that."
        ),
        (
            "Source 1: 9 women to each man (printed as 18 to 2). That is 3 times the "
            "article's figure."
        ),
    ]


def test_a_ratio_above_its_source_says_how_many_times(world):
    """24 to 2 is 12, which is 2 times 6."""
    verdict = world.verdict(
        claim(
            *("sex-ratio", "24", "women-per-man"),
            'value: "6", unit: women-per-man',
            more=', to: "2"',
        )
    )
    assert verdict.word == "contradicted"
    assert told(verdict)[0] == (
        "Source 1: 6 women to each man. The article's 24 to 2 makes 12, 2 times that."
    )


def test_a_ratio_beside_a_range_says_on_which_side_it_lies(world):
    """24 to 2 is 12, above 2 to 9; 2 to 2 is 1, below it."""
    source = 'low: "2", high: "9", unit: women-per-man'
    for value, made, side in (("24", 12, "above"), ("2", 1, "below")):
        text = claim("sex-ratio", value, "women-per-man", source, more=', to: "2"')
        assert told(world.verdict(text))[0] == (
            f"Source 1: 2 to 9 women to each man. The article's {value} to 2 makes "
            f"{made}, {side} that."
        )
