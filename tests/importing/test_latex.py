import pytest

from lupus_evidence.importing.markup import address_in_latex, without_latex


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
