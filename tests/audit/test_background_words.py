"""A figure about the disease beside its sources, in exact words."""

import pytest
from audit.made import background as claim
from audit.made import told

YEARLY = "per-100000-a-year"


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        (
            claim("incidence", "16", YEARLY, f'value: "5", low: "1.4", high: "15", '
                  f"unit: {YEARLY}, note: As estimated."),
            "contradicted",
            [
                ("Source 1: 5 (1.4 to 15) in 100,000 people fall ill in a year. The "
                "article's figure is 3.2 times that."),
                ("Source 1: 5 (1.4 to 15) in 100,000 people fall ill in a year. The "
                "article's figure is 3.2 times that. As estimated."),
            ],
        ),
        (
            claim("incidence", "1", YEARLY, f'value: "5", unit: {YEARLY}'),
            "contradicted",
            [
                ("Source 1: 5 in 100,000 people fall ill in a year. That is 5 times "
                "the "
                "article's figure."),
                ("Source 1: 5 in 100,000 people fall ill in a year. That is 5 times "
                "the "
                "article's figure."),
            ],
        ),
        (
            claim("symptom-prevalence", "50", "percent", 'low: "10", high: "20", '
                  "unit: percent"),
            "contradicted",
            [
                ("Source 1: 10 to 20 % have such symptoms. The article's figure is "
                "above "
                "that."),
                ("Source 1: 10 to 20 % have such symptoms. The article's figure is "
                "above "
                "that."),
            ],
        ),
        (
            claim("symptom-prevalence", "9", "percent", 'low: "10", high: "20", '
                  "unit: percent"),
            "understated",
            [
                ("Source 1: 10 to 20 % have such symptoms. The article's figure is "
                "below "
                "that."),
                ("Source 1: 10 to 20 % have such symptoms. The article's figure is "
                "below "
                "that."),
            ],
        ),
        (
            claim("symptom-prevalence", "10", "percent", 'low: "10", high: "20", '
                  "unit: percent"),
            "supported",
            [
                "Other sources: 10 to 20 % have such symptoms.",
                "Source 1: 10 to 20 % have such symptoms.",
                "The article's figure lies within these, but none of them gives it.",
            ],
        ),
        (
            claim("symptom-prevalence", "20", "percent", 'low: "10", high: "20", '
                  "unit: percent"),
            "supported",
            [
                "Other sources: 10 to 20 % have such symptoms.",
                "Source 1: 10 to 20 % have such symptoms.",
                "The article's figure lies within these, but none of them gives it.",
            ],
        ),
        (
            claim("prevalence", "12", "percent", 'value: "10", unit: percent',
                  'value: "24", unit: percent'),
            "supported, context missing",
            [
                "Other sources: 10 to 24 % live with it.",
                "Source 1: 10 % live with it. The article's figure is 1.2 times that.",
                "Source 2: 24 % live with it. That is 2 times the article's figure.",
                "The article's figure lies within these, but none of them gives it.",
                ("The highest of these is 2.4 times the lowest: it depends on whom and "
                "what one counts."),
            ],
        ),
        (
            claim("prevalence", "19", "percent", 'value: "10", unit: percent',
                  'value: "20", unit: percent'),
            "supported",
            [
                "Other sources: 10 to 20 % live with it.",
                "Source 1: 10 % live with it. The article's figure is 1.9 times that.",
                "Source 2: 20 % live with it. That is 1.1 times the article's figure.",
            ],
        ),
        (
            claim("incidence", "5", YEARLY, 'quantity: prevalence, value: "5", '
                  "unit: percent"),
            "not checkable",
            ["There is no reference value to compare this with."],
        ),
        (
            claim("sex-ratio", "2", "women-per-man", 'value: "9", unit: women-per-man',
                  more=', to: "1"'),
            "contradicted",
            [
                ("Source 1: 9 women to each man. The article's 2 to 1 makes 2; the "
                "source's figure is 4.5 times that."),
                ("Source 1: 9 women to each man. That is 4.5 times the article's "
                "figure."),
            ],
        ),
    ],
)  # fmt: skip
def test_a_figure_beside_its_sources(world, text, word, said):
    """Who says what, and how many times that the article's figure is."""
    verdict = world.verdict(text)
    assert verdict.word == word
    assert told(verdict) == said
