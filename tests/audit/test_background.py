"""Claims about the disease: a figure beside its sources, by arithmetic."""

import pytest
from audit.made import answer, background, codes, values

YEARLY = "per-100000-a-year"
WOMEN = "women-per-man"
#: Of a range from 2 to 9.
MIDDLE = 5.5


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
    ("quantity", "unit"),
    [
        ("incidence", YEARLY),
        ("incidence", "per-100000"),
        ("incidence", "percent"),
        ("prevalence", "per-100000"),
        ("prevalence", "percent"),
        ("symptom-prevalence", "percent"),
        ("sex-ratio", WOMEN),
    ],
)
def test_every_quantity_is_told_in_every_unit(world, quantity, unit):
    """A value, one with its interval and a range; the whole in the source's unit."""
    verdict = world.verdict(
        background(
            *(quantity, "10", unit),
            f'value: "10", unit: {unit}',
            f'value: "10", low: "8", high: "12", unit: {unit}',
            f'low: "9", high: "11", unit: {unit}, note: As printed.',
        )
    )
    assert verdict.word == "supported"
    about = {"unit": unit, "quantity": quantity}
    assert answer(verdict) == ("sources", about | {"low": 8, "high": 12})
    given = [finding.values["source"] for finding in verdict.findings]
    assert [(item.label, *printed(item)) for item in given] == [
        ("Source 1", "10", None, None, None),
        ("Source 2", "10", None, "8", "12"),
        ("Source 3", None, None, "9", "11"),
    ]
    assert {(item.quantity, item.unit) for item in given} == {(quantity, unit)}
    notes = [finding.values["note"] for finding in verdict.findings]
    assert notes == [None, None, "As printed."]
    assert [finding.links for finding in verdict.findings] == [
        (f"https://doi.org/10.1000/{number}",) for number in (1, 2, 3)
    ]


def printed(source):
    """Return the figures of a source as printed: value, divisor, both ends."""
    figures = (source.value, source.to, source.low, source.high)
    return tuple(figure and str(figure) for figure in figures)


def beside(finding):
    """Return source, side and factor of what one source gives."""
    off = finding.values["comparison"]
    return finding.values["source"].label, off and (off.side, off.factor)


@pytest.mark.parametrize(
    ("claim", "word", "own", "off"),
    [
        (
            background(
                *("incidence", "0.5", "percent", f'value: "5", unit: {YEARLY}'),
                'quantity: prevalence, value: "50", unit: per-100000',
            ),
            "contradicted",
            ("0.5", 500, True),
            [("Source 1", (1, 100)), ("Source 2", (1, 10))],
        ),
        (
            background(
                *("prevalence", "2000", "per-100000"),
                'value: "2", low: "1", high: "2.5", unit: percent',
            ),
            "supported",
            None,
            [("Source 1", None)],
        ),
        (
            background("incidence", "1", YEARLY, f'value: "5", unit: {YEARLY}'),
            "contradicted",
            ("1", 1, False),
            [("Source 1", (-1, 5))],
        ),
        (
            background(
                "incidence", "5", YEARLY,
                'quantity: prevalence, value: "5", unit: percent',
            ),
            "not checkable",
            None,
            [],
        ),
    ],
)  # fmt: skip
def test_units_are_brought_to_one_scale(world, claim, word, own, off):
    """1 % is 1,000 in 100,000; another quantity is shown and decides nothing."""
    verdict = world.verdict(claim)
    assert verdict.word == word
    code, told = answer(verdict)
    if own:
        article = told["article"]
        assert (str(article.printed), article.value, article.in_100000) == own
        assert (told["comparison"].side, told["comparison"].factor) == off[0][1]
    elif off:
        assert (code, told["low"], told["high"], told["unit"]) == (
            *("sources", 1, 2.5, "percent"),
        )
    else:
        assert code == "no-reference"
    assert [beside(finding) for finding in verdict.findings] == off


@pytest.mark.parametrize(
    ("value", "source", "given", "centre", "own", "off"),
    [
        ("6", 'value: "18", to: "2"', ("18", "2", None, None), 9, 3, (-1, 3)),
        ("24", 'value: "6"', ("6", None, None, None), 6, 12, (1, 2)),
        ("24", 'low: "2", high: "9"', (None, None, "2", "9"), MIDDLE, 12, (1, None)),
        ("2", 'low: "2", high: "9"', (None, None, "2", "9"), MIDDLE, 1, (-1, None)),
    ],
)
def test_a_ratio_is_divided_out(world, value, source, *, given, centre, own, off):
    """Printed as 18 to 2, it is 9 to 1; a range only says on which side."""
    claim = background(
        "sex-ratio", value, WOMEN, f"{source}, unit: {WOMEN}", more=', to: "2"'
    )
    verdict = world.verdict(claim)
    code, told = answer(verdict)
    assert (verdict.word, code) == ("contradicted", "source")
    article, comparison = told["article"], told["comparison"]
    assert printed(told["source"]) == given
    assert told["source"].centre == pytest.approx(centre)
    assert (str(article.printed), str(article.to), article.value) == (value, "2", own)
    assert (comparison.side, comparison.factor) == off


@pytest.mark.parametrize(
    ("value", "word", "side"),
    [("50", "contradicted", 1), ("9", "understated", -1),
     ("10", "supported", None), ("20", "supported", None)],
)  # fmt: skip
def test_a_range_without_a_value_has_only_sides(world, value, word, side):
    """Beside 10 to 20 %; within it, no source gives the very value."""
    source = 'low: "10", high: "20", unit: percent'
    verdict = world.verdict(background("symptom-prevalence", value, "percent", source))
    assert verdict.word == word
    if side:
        _, told = answer(verdict)
        assert printed(told["source"]) == (None, None, "10", "20")
        assert (told["comparison"].side, told["comparison"].factor) == (side, None)
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
    factor = values(verdict, "sources-differ")["factor"]
    assert factor == pytest.approx(96.4 / 10.6)
