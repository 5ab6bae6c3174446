"""Text without the markup of web pages and of LaTeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.importing.markup import (
    address_in_latex,
    without_latex,
    without_markup,
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Lupus in <i>BALB</i>/c mice", "Lupus in BALB/c mice"),
        ("CD34<SUP>+</SUP> cells", "CD34+ cells"),
        ("10<sup>6</sup> cells per kg", "10⁶ cells per kg"),
        ("10<sup>-3</sup> mol", "10⁻³ mol"),
        ("10&lt;sup&gt;6&lt;/sup&gt; cells", "10⁶ cells"),
        ("the 12<sup>th</sup> congress", "the 12th congress"),
        ("CO<sub>2</sub>", "CO2"),
        ("<jats:italic>In vivo</jats:italic> results", "In vivo results"),
        ('<span style="font: x">Cells</span> in lupus', "Cells in lupus"),
        ("One<br/>two", "One two"),
        ("Haematology &amp; Cells", "Haematology & Cells"),
        ("Haematology &amp;amp; Cells", "Haematology & Cells"),
        ("&lt;i&gt;In vivo&lt;/i&gt;", "In vivo"),
        ("people aged &lt; 50", "people aged < 50"),
        ("people aged &lt;50 or &gt;70", "people aged <50 or >70"),
        ("M&uuml;ller&#8217;s &#x3b1;", "Müller’s α"),
        ("if p<q and r>s", "if p<q and r>s"),
        ("R&D; a &b", "R&D; a &b"),
        ("P<0.05", "P<0.05"),
    ],
)
def test_tags_go_and_entities_become_characters(said, expected):
    """Also where they were escaped twice; what is no tag stays."""
    assert without_markup(said) == expected


@given(st.text(st.characters(exclude_characters="<&")))
def test_text_without_markup_stays(text):
    """Nothing else is touched."""
    assert without_markup(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"{C}ells in {SLE}", "Cells in SLE"),
        (
            r"{\"u}mlauts \'e \c{c} {\ss} \v{S}imi{\'c} \'{\i} \o{}",
            "ümlauts é ç ß Šimić í ø",
        ),
        (r"\"{u} {\AA}ngstr{\"o}m Mu\~noz \v s", "ü Ångström Muñoz š"),
        (r"50\% of na{\"\i}ve \& co, 20% of all", "50% of naïve & co, 20% of all"),
        (r"$\alpha$-IFN $\geq$ 5 \textgreater{} 4", "α-IFN ≥ 5 > 4"),
        (r"\textit{in vivo} --- ``so''", "in vivo — “so”"),
        ("a~b  c\n d", "a b c d"),
        (r"\unheard{of} and more", r"\unheard of and more"),
        ("no LaTeX at all", "no LaTeX at all"),
    ],
)
def test_latex_becomes_characters(text, said):
    """Accents, signs and braces; a command that nobody knows is not lost."""
    assert without_latex(text) == said


def test_a_power_stays_one():
    """What stands higher is marked as web pages mark it, for the next reader."""
    assert without_latex(r"10$^{6}$ \textsuperscript{+}cells \alpha") == (
        "10<sup>6</sup> <sup>+</sup>cells α"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"10.1007/978-3\_12", "10.1007/978-3_12"),
        ("10.1007/978-3_12", "10.1007/978-3_12"),
        (r"10.1000/a{\&}b{\%}", "10.1000/a&b%"),
        (r"10.1000/(1)$<$2:a$>$3", "10.1000/(1)<2:a>3"),
        ("https://a.b/\n c", "https://a.b/ c"),
    ],
)
def test_addresses_are_taken_as_they_are(text, said):
    """Escaped or not, an address is the same."""
    assert address_in_latex(text) == said


def test_braces_in_braces_without_end_are_left_alone():
    """Nothing is read by recursion to any depth."""
    text = "{" * 5_000 + r"\alpha"
    assert without_latex(text) == text
