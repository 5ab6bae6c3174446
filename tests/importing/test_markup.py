import pytest
from hypothesis import given
from hypothesis import strategies as st

from lupus_evidence.importing.markup import without_markup


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
